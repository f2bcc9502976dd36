"""What other programs do to the open file: noticed when it happens, and again before it is written over."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from harmonizer_gui.session.worker import Worker

SETTLE_MS: Final = 300
"""Programs write a file in several strokes: it is looked at once they are done."""


def fingerprint(path: Path) -> str | None:
    """What tells these contents from any others; None where there is no file that can be read."""
    digest = blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


class DiskWatch(QObject):
    """Watches one file, and its folder: a file that is replaced or removed is no longer watched itself."""

    altered = Signal(object)
    """The fingerprint of what is there now, None where the file is gone. Looked up on the file thread."""

    def __init__(self, worker: Worker, parent: QObject | None = None, *, settle_ms: int = SETTLE_MS) -> None:
        super().__init__(parent)
        self._worker = worker
        self._path: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_changed)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._timer = QTimer(self, singleShot=True, interval=settle_ms)
        self._timer.timeout.connect(self._look)

    def watch(self, path: Path | None) -> None:
        """Watch this file in the place of the one before; None for none."""
        if path == self._path:
            return
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self._timer.stop()
        self._path = path
        self._watch_again()

    def _watch_again(self) -> None:
        """Put on the watch what is not on it and can be; Qt warns of the rest."""
        if self._path is None:
            return
        watched = {*self._watcher.files(), *self._watcher.directories()}
        for wanted in (self._path, self._path.parent):
            if str(wanted) not in watched and wanted.exists():
                self._watcher.addPath(str(wanted))

    @Slot(str)
    def _on_changed(self, _path: str) -> None:
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        path = self._path
        if path is not None:
            self._watch_again()
            job = self._worker.run(lambda: (path, fingerprint(path)))
            job.done.connect(self._on_looked)

    @Slot(object)
    def _on_looked(self, answer: tuple[Path, str | None]) -> None:
        path, found = answer
        if path == self._path:
            self.altered.emit(found)
