"""Shows how far the opening of a large file has come, and lets it be stopped."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from harmonizer_gui.session.files import Files
from harmonizer_gui.session.messages import Message
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.message_bar import Action, MessageRow

PATIENCE_MS: Final = 400
"""What opens within this time is not worth a word."""


class OpeningBinder(QObject):
    """One message while a file is being read: its name, the share that is done, a button to stop; Esc too."""

    def __init__(self, window: MainWindow, files: Files, *, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self._row: MessageRow | None = None
        self._share = 0.0
        self._timer = QTimer(self, singleShot=True, interval=patience_ms)
        self._timer.timeout.connect(self._show)
        files.reading.connect(self._on_reading)
        files.progress.connect(self._on_progress)
        window.actions_["escape"].triggered.connect(files.cancel_opening)

    @Slot()
    def _on_reading(self) -> None:
        self._share = 0.0
        if self._files.is_opening:
            self._timer.start()
        else:
            self._timer.stop()
            self._hide()

    @Slot(float)
    def _on_progress(self, share: float) -> None:
        self._share = share
        if self._row is not None:
            self._row.set_text(self._text())

    @Slot()
    def _show(self) -> None:
        if self._files.opening_name:
            cancel = Action(self.tr("Cancel"), self._files.cancel_opening)
            self._window.messages.say(Message(self._text()), cancel)
            self._row = self._window.messages.rows[-1]

    def _hide(self) -> None:
        row, self._row = self._row, None
        if row in self._window.messages.rows and row is not None:
            self._window.messages.dismiss(row)

    def _text(self) -> str:
        text = self.tr("Opening “{name}” … {percent} % (Esc stops)")
        return text.format(name=self._files.opening_name, percent=round(100 * self._share))
