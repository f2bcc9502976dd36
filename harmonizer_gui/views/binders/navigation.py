"""Ties zooming, the overview, the lane of loudness and following the playhead to keys and settings."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QGridLayout

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import VoiceDifference
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.actions.transport import follow_action
from harmonizer_gui.views.follow import Follow
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.overview import Overview
from harmonizer_gui.views.roll.commands import all_notes
from harmonizer_gui.views.roll.keyboard import KEYBOARD_WIDTH

LOUDNESS: Final = "velocities"
"""The action that shows the lane of loudness, and its name in the settings."""


class NavigationBinder(QObject):
    """How the user looks around is kept for the next time; where, with the piece."""

    def __init__(self, window: MainWindow, document: Document, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._settings = settings
        self._navigator = window.roll.navigator
        self.overview = Overview(KEYBOARD_WIDTH, window.roll)
        self._lay_out()
        self._connect_zoom()
        self._connect_overview()
        self._connect_loudness()
        self._connect_follow()
        self._score = document.score
        document.changed.connect(self._on_changed)
        self._show_score()

    def _lay_out(self) -> None:
        layout = self._window.roll.layout()
        if isinstance(layout, QGridLayout):
            layout.addWidget(self.overview, 2, 0)

    def _connect_zoom(self) -> None:
        actions, navigator = self._window.actions_, self._navigator
        actions["zoom-in"].triggered.connect(lambda: navigator.zoom(1))
        actions["zoom-out"].triggered.connect(lambda: navigator.zoom(-1))
        actions["zoom-fit"].triggered.connect(navigator.zoom_to_fit)
        actions["zoom-selection"].triggered.connect(self._zoom_to_selection)
        actions["zoom-voice"].triggered.connect(self._zoom_to_voice)

    def _connect_overview(self) -> None:
        action, overview = self._window.actions_["overview"], self.overview
        action.toggled.connect(self._show_overview)
        action.setChecked(self._settings.overview)
        self._show_overview(on=self._settings.overview)
        overview.scroll_asked.connect(self._scroll)
        overview.span_asked.connect(self._navigator.show_ticks)
        self._navigator.changed.connect(overview.set_view)
        self._window.add_themed(overview)

    def _connect_loudness(self) -> None:
        action = self._window.actions_[LOUDNESS]
        action.toggled.connect(self._show_loudness)
        action.setChecked(self._settings.switch(LOUDNESS, usual=False))

    def _connect_follow(self) -> None:
        for how in Follow:
            action = self._window.actions_[follow_action(how)]
            action.triggered.connect(partial(self._follow, how))
            action.setChecked(how.value == self._settings.follow)
        self._navigator.set_follow(Follow(self._settings.follow))

    def _follow(self, how: Follow) -> None:
        self._settings.follow = how.value
        self._navigator.set_follow(how)

    def _show_overview(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        """It takes the place of the scroll bar, which tells less."""
        self.overview.setVisible(on)
        self._window.roll.bars.across.setVisible(not on)
        self._settings.overview = on

    @Slot(bool)
    def _show_loudness(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._window.roll.show_strip(self._window.roll.loudness, on=on)
        self._settings.set_switch(LOUDNESS, on=on)

    @Slot(float)
    def _scroll(self, left: float) -> None:
        self._navigator.go_to(left=left, top=self._navigator.view.top)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.score or change.piece:
            self._show_score()
        before, self._score = self._score, self._document.score
        if change.score and not change.piece and change.initiator is None:
            self._reveal_change(before)  # an undo or redo: the user may be elsewhere
        if change.score or change.piece or change.selection or change.target:
            self._show_reasons()

    def _reveal_change(self, before: Score) -> None:
        """Scroll to where notes are others than `before`, unless some of them are in view."""
        found = (VoiceDifference.between(before.voice(v), self._score.voice(v)) for v in VoiceName)
        notes = [note for each in found if each is not None for note in (*each.before, *each.after)]
        view = self._navigator.view
        is_seen = any(
            note.start < view.right and note.end > view.left and view.bottom < note.pitch < view.top
            for note in notes
        )
        if notes and not is_seen:
            ticks = min(note.start for note in notes), max(note.end for note in notes)
            pitches = [note.pitch for note in notes]
            self._navigator.reveal_place(ticks, (min(pitches), max(pitches)))

    @Slot()
    def _show_score(self) -> None:
        self.overview.set_score(self._document.score)
        self.overview.set_view(self._navigator.view)

    def _show_reasons(self) -> None:
        document, actions = self._document, self._window.actions_
        actions.disable("zoom-selection", "" if document.score.end else self.tr("There are no notes yet"))
        has_notes = bool(document.score.voice(document.target).notes)
        actions.disable("zoom-voice", "" if has_notes else self.tr("The voice has no notes yet"))

    def _zoom_to_selection(self) -> None:
        """With nothing selected, to all notes there are."""
        chosen = self._document.selection or all_notes(self._document.score)
        self._navigator.zoom_to(ref.note for ref in chosen)

    def _zoom_to_voice(self) -> None:
        self._navigator.zoom_to(self._document.score.voice(self._document.target))
