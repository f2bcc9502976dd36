"""Everything the user can do, each as one QAction for menu, button and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from harmonizer_gui.engine.surprise import Measure
from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.actions import (
    edit,
    file,
    generate,
    grid,
    guidance,
    heat,
    helping,
    notes,
    signs,
    transport,
    view,
    voices,
    why,
)
from harmonizer_gui.views.actions.generate import SEVERAL, count_action
from harmonizer_gui.views.actions.grid import grid_action
from harmonizer_gui.views.actions.heat import colors_action, scale_action
from harmonizer_gui.views.actions.reasons import usual_reason
from harmonizer_gui.views.actions.spec import Keys, Spec, Where, plain
from harmonizer_gui.views.actions.transport import follow_action
from harmonizer_gui.views.actions.view import theme_action
from harmonizer_gui.views.actions.voices import label_action, voice_action
from harmonizer_gui.views.actions.why import measure_action
from harmonizer_gui.views.follow import Follow
from harmonizer_gui.views.heat_scale import ColorMap, HeatMeasure
from harmonizer_gui.views.roll.grid import GRIDS
from harmonizer_gui.views.roll.note_painting import Labels
from harmonizer_gui.views.theme import ThemeChoice

AREAS = (file, edit, notes, grid, signs, view, heat, voices, generate, guidance, transport, why, helping)
"""The modules that list the actions of one area each."""

_SCARCE = frozenset(f"F{number}" for number in range(13, 36))
"""Keys that X11 still gives to cut, copy and undo, and hardly a keyboard has: they would only be in the way
where keys are listed."""


class Actions(QObject):
    """`actions["save"]` is the QAction of that name; raises KeyError for one that is not there.

    Keys of the whole window work once its actions are added to it, those of the roll likewise.
    """

    def __init__(self, undo_stack: QUndoStack, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._where: dict[str, Where] = {}
        self._usual_keys: dict[str, list[QKeySequence]] = {}
        self._add_history(undo_stack)
        for area in AREAS:
            for spec in area.specs():
                self._add(spec)
        for names in (
            ("draw", "select", "knife", "erase", "paint"),
            tuple(map(grid_action, GRIDS)),
            tuple(map(voice_action, VoiceName)),
            tuple(map(theme_action, ThemeChoice)),
            tuple(map(count_action, SEVERAL)),
            tuple(map(label_action, Labels)),
            tuple(map(measure_action, Measure)),
            tuple(map(scale_action, HeatMeasure)),
            tuple(map(colors_action, ColorMap)),
            tuple(map(follow_action, Follow)),
        ):
            self._group(names)
        for name, action in self._actions.items():
            self._usual_keys[name] = action.shortcuts()
            action.changed.connect(partial(self._show_tip, name))
            self._show_tip(name)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def attach(self, widget: QWidget, where: Where) -> None:
        """Let the keys of this kind work in `widget`."""
        widget.addActions([self._actions[name] for name in self if self._where[name] is where])

    def where(self, name: str) -> Where:
        """Where the keys of this action work."""
        return self._where[name]

    def disable(self, name: str, reason: str) -> None:
        """Grey the action out, and let its tooltip say why; with an empty `reason` it can be done."""
        action = self._actions[name]
        action.setStatusTip(reason)
        action.setEnabled(not reason)

    def reason(self, name: str) -> str:
        """Why the action cannot be done now; empty where it can."""
        action = self._actions[name]
        if action.isEnabled():
            return ""
        return action.statusTip() or usual_reason(name)

    def refusal(self, keys: QKeySequence, where: Where) -> str:
        """Why what these keys do there cannot be done now; empty where it can, or they do nothing."""
        exact = QKeySequence.SequenceMatch.ExactMatch
        here = (name for name in self if self._where[name] in (Where.WINDOW, where))
        meant = (name for name in here if any(keys.matches(own) == exact for own in self[name].shortcuts()))
        return next(filter(None, map(self.reason, meant)), "")

    def usual_keys(self, name: str) -> list[QKeySequence]:
        """The keys that the action comes with."""
        return self._usual_keys[name]

    def set_keys(self, name: str, keys: Iterable[QKeySequence]) -> None:
        """Let these keys do it from now on, and no others."""
        self._actions[name].setShortcuts(list(keys))

    def words(self, name: str) -> str:
        """What the action is called, without the mark of the letter that opens it."""
        return plain(self._actions[name].text())

    def _show_tip(self, name: str) -> None:
        """Its words, its key, and why it is grey. Setting it says “changed” again, once."""
        action = self._actions[name]
        if not isValid(action):
            return  # the window is being taken apart, and what is left of it still says “changed”
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = f"{self.words(name)} ({key})" if key else self.words(name)
        reason = self.reason(name)
        tip = f"{tip}\n{reason}" if reason else tip
        if action.toolTip() != tip:
            action.setToolTip(tip)

    def _add_history(self, stack: QUndoStack) -> None:
        """Undo and redo name what they will do."""
        undo = stack.createUndoAction(self, self.tr("Undo"))
        redo = stack.createRedoAction(self, self.tr("Redo"))
        undo.setShortcuts(_sequences((Keys.Undo,)))
        redo.setShortcuts(_sequences((Keys.Redo, "Ctrl+Y")))
        for name, action in (("undo", undo), ("redo", redo)):
            self._actions[name], self._where[name] = action, Where.WINDOW

    def _add(self, spec: Spec) -> None:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setShortcuts(_sequences(spec.keys))
        if spec.where is Where.ROLL:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._actions[spec.name], self._where[spec.name] = action, spec.where

    def _group(self, names: tuple[str, ...]) -> None:
        group = QActionGroup(self)
        for name in names:
            group.addAction(self[name])


def _sequences(keys: tuple[str | Keys, ...]) -> list[QKeySequence]:
    """Each once: what the platform calls Redo may be Ctrl+Y already."""
    found: dict[str, QKeySequence] = {}
    for key in keys:
        for sequence in [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key):
            if sequence.toString() not in _SCARCE:
                found.setdefault(sequence.toString(), sequence)
    return list(found.values())
