"""Ties the roll, the tools and the keys of editing to the document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Slot

from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import NOTHING, Selection
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.lock_guard import is_locked
from harmonizer_gui.views.actions import to_voice_action, voice_action
from harmonizer_gui.views.binders.clipboard import ClipboardBinder
from harmonizer_gui.views.binders.moving import MovingBinder
from harmonizer_gui.views.binders.notes import apply_edit
from harmonizer_gui.views.binders.shaping import ShapingBinder
from harmonizer_gui.views.history import History
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll import commands
from harmonizer_gui.views.roll.edit import Edit
from harmonizer_gui.views.roll.gestures import Tool

NEEDS_NOTES: Final = (
    "cut",
    "copy",
    "duplicate",
    "delete",
    "quantise",
    "quantise-how",
    "fermata",
    "louder",
    "softer",
    "exchange-voices",
    *map(to_voice_action, VoiceName),
)
"""What can be done to selected notes only. The arrows are not among them: they look around, too."""


class EditingBinder(QObject):
    """Hands the roll what the document holds, and the document what roll, tools and keys ask for."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._roll = window.roll
        self._document = document
        self._connect_roll()
        self._connect_tools()
        self._connect_keys()
        MovingBinder(window, document, self)
        self.shaping = ShapingBinder(window, document, self)
        ClipboardBinder(window, document, self)
        left = Qt.DockWidgetArea.LeftDockWidgetArea
        window.add_dock("history", self.tr("History"), History(document.undo_stack, window), area=left)
        document.changed.connect(self._on_changed)
        self._on_changed(Change(score=True, selection=True, target=True, piece=True))
        self.set_tool(Tool.DRAW)

    def _connect_roll(self) -> None:
        self._roll.edit_asked.connect(self._edit)
        self._roll.selection_asked.connect(self._select)
        self._roll.target_asked.connect(self._set_target)
        self._roll.set_locks(lambda ref: is_locked(self._document.locks, ref))

    def _connect_tools(self) -> None:
        toolbar, actions = self._window.toolbar, self._window.actions_
        toolbar.tool_asked.connect(self.set_tool)
        toolbar.target_asked.connect(self._set_target)
        for tool in Tool:
            actions[tool.value].triggered.connect(partial(self.set_tool, tool))
        for voice in VoiceName:
            actions[voice_action(voice)].triggered.connect(partial(self._set_target, voice))

    def _connect_keys(self) -> None:
        does: dict[str, Callable[[], object]] = {
            "delete": self._delete,
            "clear-voice": self._clear_voice,
            "select-all": lambda: self._select(commands.all_notes(self._document.score)),
            "select-voice": self._select_voice,
            "select-others": self._invert_selection,
            "select-none": lambda: self._select(NOTHING),
            "next-note": partial(self._select_neighbour, 1),
            "previous-note": partial(self._select_neighbour, -1),
        }
        for name, work in does.items():
            self._window.actions_[name].triggered.connect(work)

    def set_tool(self, tool: Tool) -> None:
        """What the left button does from now on."""
        self._roll.set_tool(tool)
        self._window.toolbar.set_tool(tool)
        self._window.actions_[tool.value].setChecked(True)

    @Slot(object)
    def _edit(self, edit: Edit) -> None:
        apply_edit(edit, self._window, self._document, self)

    @Slot(object)
    def _select(self, selection: Selection) -> None:
        self._document.select(selection, initiator=self)

    @Slot(object)
    def _set_target(self, voice: VoiceName) -> None:
        self._document.set_target(voice, initiator=self)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        document, actions = self._document, self._window.actions_
        if change.piece:
            self._roll.set_piece(document.score)
            if not document.score.end:
                self.set_tool(Tool.DRAW)  # as the roll invites to
        elif change.score:
            self._roll.set_score(document.score)
        if change.selection or change.score:
            self._roll.set_selection(document.selection)
            self._enable_for(document.selection)
        if change.score or change.piece or change.target:
            has_notes = bool(document.score.voice(document.target).notes)
            actions.disable("clear-voice", "" if has_notes else self.tr("The voice has no notes yet"))
        if change.target:
            self._roll.set_target(document.target)
            self._window.toolbar.set_target(document.target)
            actions[voice_action(document.target)].setChecked(True)

    def _enable_for(self, selection: Selection) -> None:
        """What needs selected notes is grey without, and says so."""
        reason = "" if selection else self.tr("Select notes first")
        for name in NEEDS_NOTES:
            self._window.actions_[name].setEnabled(bool(selection))
            self._window.actions_[name].setStatusTip(reason)

    def _delete(self) -> None:
        if self._document.selection:
            self._edit(commands.delete(self._document.score, self._document.selection))

    def _clear_voice(self) -> None:
        self._edit(commands.clear(self._document.score, self._document.target))

    def _select_voice(self) -> None:
        self._select(commands.notes_of(self._document.score, self._document.target))

    def _invert_selection(self) -> None:
        self._select(commands.all_notes(self._document.score) - self._document.selection)

    def _select_neighbour(self, direction: int) -> None:
        document = self._document
        self._select(commands.neighbour(document.score, document.selection, document.target, direction))
        self._roll.navigator.reveal(document.selection)
        for ref in document.selection:
            self._roll.sound_asked.emit(ref.voice, ref.note.pitch)
