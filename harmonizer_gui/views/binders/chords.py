"""Ties the line of chords, and the rows of the scale, to the session."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.chords import ChordNames
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.chords import ChordStrip
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.canvas import Row

CHORDS: Final = "chords"
SCALE: Final = "scale-rows"
"""Names of switches in the settings."""


class ChordsBinder(QObject):
    """Nothing is named while the line is hidden; whether it is shown is kept for the next time."""

    def __init__(self, window: MainWindow, names: ChordNames, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._names = names
        self._settings = settings
        self.strip = ChordStrip(window.roll.look)
        self.strip.set_label(
            self.tr("chords"), self.tr("The chord at each beat, in the key that holds there")
        )
        window.roll.add_strip(self.strip, Row.CHORDS, shown=False)
        names.changed.connect(self._show)
        names.failed.connect(self._on_failed)
        action = window.actions_["chords"]
        action.toggled.connect(self._switch)
        action.setChecked(settings.switch(CHORDS, usual=False))
        rows = window.actions_["scale-rows"]
        rows.toggled.connect(self._switch_rows)
        rows.setChecked(settings.switch(SCALE, usual=True))

    @Slot(bool)
    def _switch(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._window.roll.show_strip(self.strip, on=on)
        self._names.set_active(on=on)
        self._settings.set_switch(CHORDS, on=on)

    @Slot(bool)
    def _switch_rows(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._window.roll.set_scale(on=on)
        self._settings.set_switch(SCALE, on=on)

    @Slot()
    def _show(self) -> None:
        self.strip.set_chords(self._names.chords, stale=self._names.stale)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._window.say(Message(failure.sentence, Severity.PROBLEM, failure.details))
