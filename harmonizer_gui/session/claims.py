"""Which program has which project file open: a second one shall know before both save over each other."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QLockFile


class Claims:
    """One claim at a time, held in a folder of the user's own: nothing is put beside the user's files.

    A claim ends with the program that holds it, however it ends. Where locks cannot be written at all,
    every file counts as free: what another program saves is noticed on disk all the same.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path: Path | None = None
        self._lock: QLockFile | None = None

    def is_free(self, path: Path) -> bool:
        """Whether no other program has `path` open."""
        lock = None if path == self._path else self._tried(path)
        if lock is not None and not lock.isLocked():
            return False
        if lock is not None:
            lock.unlock()
        return True

    def take(self, path: Path | None) -> None:
        """Claim `path`, if it is free, and let the file claimed before go; None for no file."""
        if path is not None and path == self._path:
            return
        self.release()
        if path is not None:
            self._path, self._lock = path, self._tried(path)

    def release(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
        self._path = self._lock = None

    def _tried(self, path: Path) -> QLockFile | None:
        """The lock of `path`, locked unless another program holds it; None where no locks can be kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        name = sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        lock = QLockFile(str(self.folder / f"{name}.open"))
        lock.setStaleLockTime(0)  # only a program that is gone makes a lock stale, never its age
        if not lock.tryLock(0) and lock.error() != QLockFile.LockError.LockFailedError:
            return None
        return lock
