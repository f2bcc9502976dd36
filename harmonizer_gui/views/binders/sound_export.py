"""Ties the export of sound to the window: where to, how far it is, and a way to stop it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from harmonizer_gui.playback.outputs import OutputKind, output_named
from harmonizer_gui.playback.wavetables import Timbre
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.file_jobs import Conflict
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.sound_export import WAV_SUFFIX, SoundExport
from harmonizer_gui.views.binders.conflicts import offer_another_export
from harmonizer_gui.views.dialogs import Questions
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.message_bar import Action, MessageRow

PATIENCE_MS: Final = 400
"""What is done within this time is not worth a word."""


class SoundExportBinder(QObject):
    """One message while a file is being written: its name, the share done, a button to stop; Esc too."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        files: Files,
        sound: SoundExport,
        settings: Settings,
        dialogs: Questions,
        *,
        patience_ms: int = PATIENCE_MS,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._files = files
        self._sound = sound
        self._settings = settings
        self._dialogs = dialogs
        self._row: MessageRow | None = None
        self._share = 0.0
        self._timer = QTimer(self, singleShot=True, interval=patience_ms)
        self._timer.timeout.connect(self._show)
        sound.writing.connect(self._on_writing)
        sound.progress.connect(self._on_progress)
        sound.exported.connect(self._on_exported)
        sound.conflict.connect(self._on_conflict)
        sound.messages.connect(window.say)
        window.actions_["export-sound"].triggered.connect(self._ask)
        window.actions_["escape"].triggered.connect(sound.cancel)

    @Slot()
    def _ask(self) -> None:
        if not self._document.score.end:
            text = self.tr("There are no notes yet that could sound.")
            self._window.say(Message(text, Severity.NOTICE))
            return
        path = self._dialogs.sound_path(self._files.suggested_path.with_suffix(WAV_SUFFIX))
        if path is not None:
            self._export(path)

    def _export(self, path: Path) -> None:
        self._sound.export(self._document.score, path, self._timbre)

    @property
    def _timbre(self) -> Timbre:
        """As it is heard, or as an organ where it is heard through a MIDI port."""
        kind = output_named(self._settings.output).kind
        return Timbre.CHOIR if kind is OutputKind.CHOIR else Timbre.ORGAN

    @Slot(bool)
    def _on_writing(self, is_writing: bool) -> None:  # noqa: FBT001  # what the signal carries
        self._share = 0.0
        if is_writing:
            self._timer.start()
            return
        self._timer.stop()
        row, self._row = self._row, None
        if row is not None and row in self._window.messages.rows:
            self._window.messages.dismiss(row)

    @Slot(float)
    def _on_progress(self, share: float) -> None:
        self._share = share
        if self._row is not None:
            self._row.set_text(self._text())

    @Slot()
    def _show(self) -> None:
        if self._sound.name:
            self._window.messages.say(Message(self._text()), Action(self.tr("Cancel"), self._sound.cancel))
            self._row = self._window.messages.rows[-1]

    @Slot(object)
    def _on_exported(self, path: Path) -> None:
        self._settings.folder = path.parent

    @Slot(object)
    def _on_conflict(self, conflict: Conflict) -> None:
        again = partial(self._export, conflict.path)
        offer_another_export(self._window, conflict.reason, again, self._ask)

    def _text(self) -> str:
        text = self.tr("Writing “{name}” … {percent} % (Esc stops)")
        return text.format(name=self._sound.name, percent=round(100 * self._share))
