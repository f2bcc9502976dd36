"""Ties the question which strand is which voice to the window, and lets the strands be heard."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import Score
from harmonizer_gui.session.file_jobs import Unclear
from harmonizer_gui.session.files import Files
from harmonizer_gui.views.import_dialog import ImportDialog
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.theme import ThemeManager


class ImportBinder(QObject):
    """The open piece stays as it is until the user has chosen, and where nothing is chosen for good.

    `hearing` is a player of its own: loops, mutes and the playhead of the open piece are none of its
    business.
    """

    _finished = Signal()

    def __init__(self, window: MainWindow, files: Files, hearing: Player, themes: ThemeManager) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self._hearing = hearing
        self._themes = themes
        self.dialog: ImportDialog | None = None
        """The question that is open now."""
        # The player calls this on its own thread; the signal brings it over.
        hearing.on_finished = self._finished.emit
        self._finished.connect(self._on_finished)
        files.unclear.connect(self._ask)

    @Slot(object)
    def _ask(self, unclear: Unclear) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        dialog = ImportDialog(unclear, self._themes.theme, self._window)
        self.dialog = dialog
        dialog.hear_asked.connect(self._hear)
        dialog.silence_asked.connect(self.silence)
        dialog.accepted.connect(self._open)
        dialog.finished.connect(self._forget)
        dialog.open()

    @Slot()
    def _open(self) -> None:
        dialog = self.dialog
        if dialog is not None:
            repeats = dialog.repeats.isChecked()
            self._files.open_chosen(dialog.unclear, dialog.assignment, expand_repeats=repeats)

    @Slot()
    def _forget(self) -> None:
        self.dialog = None

    @Slot(object)
    def _hear(self, score: Score) -> None:
        self._window.transport.pause_asked.emit()
        self._hearing.play(score)

    @Slot()
    def silence(self) -> None:
        """End what is heard; from any thread."""
        if self._hearing.is_playing:
            self._hearing.stop()

    @Slot()
    def _on_finished(self) -> None:
        if self.dialog is not None and not self._hearing.is_playing:
            self.dialog.show_silent()
