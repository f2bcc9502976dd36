"""A copy of what is not yet saved, kept on disk while the program runs, and found again after a crash."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from platformdirs import user_state_path
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot

from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.comparing import difference_from_file
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.files import PROJECT_SUFFIX, Files
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.project import Snapshot, write_snapshot
from harmonizer_gui.session.worker import Worker

if TYPE_CHECKING:
    from harmonizer_gui.files.project import Project

SAVE_AFTER_MS = 3_000
SECTION = "recovery"
"""The section of the project file that says which file the copy belongs to."""


@dataclass(frozen=True)
class Recovered:
    """A copy at `path` that a program left behind when it ended without saving.

    `original` is the project file that the piece belongs to, None if it had none; `on_disk` the fingerprint
    that the file had then, if it is known. `difference` says what the copy has more than that file.
    """

    path: Path
    saved_at: datetime
    original: Path | None
    project: Project
    on_disk: str | None = None
    difference: str = ""

    @property
    def name(self) -> str:
        """What the window called the piece: by its file, else by its title; empty for neither."""
        return self.project.score.title if self.original is None else self.original.stem


def recovery_folder() -> Path:
    """The user's folder for these copies."""
    return user_state_path("harmonizer", appauthor=False) / "recovery"


class Recovery(QObject):
    """Writes a copy at most every few seconds while the piece differs from what is on disk.

    The copy goes once the piece is saved, cleanly discarded or undone to what is on disk; nothing else
    deletes one. Each process has its own copy, and a lock that shows the others that it is alive.
    """

    found = Signal(object)
    """The copies that programs left behind, a tuple of `Recovered`, newest first; answers `look`."""
    messages = Signal(object)
    """`Message`"""

    def __init__(
        self,
        document: Document,
        worker: Worker,
        files: Files,
        folder: Path | None = None,
        *,
        save_after_ms: int = SAVE_AFTER_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker
        self._files = files
        self.folder = recovery_folder() if folder is None else folder
        self.path = self.folder / f"{datetime.now():%Y-%m-%d_%H-%M-%S}_{os.getpid()}{PROJECT_SUFFIX}"
        self._writing = Lock()
        self._lock_file = _lock_file_of(self.path)
        self._last = Snapshot(document.state, document.target)
        self._may_exist = False
        self._has_complained = False
        self._timer = QTimer(self, singleShot=True, interval=save_after_ms)
        self._timer.timeout.connect(self._save)
        document.changed.connect(self._on_document_changed)

    def save_now(self) -> None:
        """Write the copy at once, in the thread that calls, if the piece is not saved. Raises FileError.

        For the worst case: the window is not asked for its view, the last one known is kept.
        """
        if self._document.is_dirty:
            self._may_exist = True
            state, target = self._document.state, self._document.target
            self._write(self._with_origin(replace(self._last, state=state, target=target)))

    def discard(self) -> None:
        """Let the copy go: the piece is saved, or the user does not want it."""
        self._timer.stop()
        if self._may_exist:
            self._may_exist = False
            self._worker.run(self._remove)

    def look(self) -> None:
        """Look for copies left behind; `found` answers."""
        job = self._worker.run(lambda: left_behind(self.folder, self.path))
        job.done.connect(self._on_looked)

    def restore(self, recovered: Recovered) -> None:
        """Make a copy the open piece, not yet saved. It goes once this process has a copy of its own."""
        self._files.adopt(recovered.project, recovered.original, found=recovered.on_disk)
        self._document.mark_changed()
        self._save(in_place_of=recovered.path)

    def forget(self, recovered: Recovered) -> None:
        """Delete a copy that the user does not want."""
        self._worker.run(lambda: _forget(recovered.path)).failed.connect(self._on_failed)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if not self._document.is_dirty:
            self.discard()
        elif not _is_passing(change) and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _save(self, in_place_of: Path | None = None) -> None:
        self._last = self._files.snapshot()
        self._may_exist = True
        copy = self._with_origin(self._last)
        job = self._worker.run(lambda: self._write(copy, in_place_of))
        job.failed.connect(self._on_failed)

    def _with_origin(self, snapshot: Snapshot) -> Snapshot:
        """The same, with the file that the piece belongs to."""
        path = self._document.path
        origin = {"path": None if path is None else str(path.absolute()), "on_disk": self._files.on_disk}
        return replace(snapshot, sections={**snapshot.sections, SECTION: origin})

    def _write(self, snapshot: Snapshot, in_place_of: Path | None = None) -> None:
        """Runs on the file thread, or wherever the program fails."""
        with self._writing:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self._lock_file.isLocked():
                self._lock_file.tryLock(0)
            write_snapshot(snapshot, self.path)
        if in_place_of is not None:
            _forget(in_place_of)

    def _remove(self) -> None:
        """Runs on the file thread, after the writing that was asked for before."""
        with self._writing:
            self.path.unlink(missing_ok=True)
            self._lock_file.unlock()

    @Slot(object)
    def _on_looked(self, found: tuple[Recovered, ...]) -> None:
        self.found.emit(found)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        """Say it once: the user can do no more than save the piece."""
        if not self._has_complained:
            self._has_complained = True
            text = self.tr("No recovery copy can be kept ({reason}): save your work often.")
            text = text.format(reason=failure.sentence.rstrip("."))
            self.messages.emit(Message(text, Severity.PROBLEM, failure.details))


def _is_passing(change: Change) -> bool:
    """Whether only the selection or the voice being edited is another."""
    return change == Change(selection=change.selection, target=change.target, initiator=change.initiator)


def _lock_file_of(path: Path) -> QLockFile:
    lock_file = QLockFile(f"{path}.lock")
    lock_file.setStaleLockTime(0)  # only a process that is gone makes a lock stale, never its age
    return lock_file


def left_behind(folder: Path, own: Path) -> tuple[Recovered, ...]:
    """The readable copies that no living process holds, newest first. What cannot be read stays as it is."""
    paths = [path for path in folder.glob(f"*{PROJECT_SUFFIX}") if path != own]
    found = [recovered for path in paths if (recovered := _read_if_left(path)) is not None]
    return tuple(sorted(found, key=lambda recovered: recovered.saved_at, reverse=True))


def _read_if_left(path: Path) -> Recovered | None:
    from harmonizer_gui.files.errors import FileError

    lock_file = _lock_file_of(path)
    if not lock_file.tryLock(0):
        return None
    try:
        return _read(path)
    except FileError:
        return None
    finally:
        lock_file.unlock()


def _read(path: Path) -> Recovered:
    from harmonizer_gui.files.project import read_project

    project = read_project(path)
    sections = dict(project.sections)
    origin = sections.pop(SECTION, {})
    original = None if origin.get("path") is None else Path(origin["path"])
    return Recovered(
        path=path,
        saved_at=datetime.fromtimestamp(path.stat().st_mtime),
        original=original,
        project=replace(project, sections=sections),
        on_disk=origin.get("on_disk"),
        difference=difference_from_file(project.score, original),
    )


def _forget(path: Path) -> None:
    """Delete a copy, unless another process has taken it."""
    lock_file = _lock_file_of(path)
    if lock_file.tryLock(0):
        path.unlink(missing_ok=True)
        lock_file.unlock()
