"""Opening, saving and exporting, on the file thread. What fails leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.session.answers import Failure, Task, failure_of
from harmonizer_gui.session.document import Document, State
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.project import Snapshot, mix_of, write_snapshot
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker

if TYPE_CHECKING:
    from harmonizer_gui.files.imported import Imported
    from harmonizer_gui.files.project import Project

PROJECT_SUFFIX = ".harmonizer"
SHOWN_NOTICES = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """A piece is open; `view` is what its project file says of the window, empty for other formats."""

    path: Path | None
    view: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A file being read, and how the open piece stood when the user asked for it."""

    path: Path | None
    state: State


@dataclass(frozen=True, slots=True)
class _Saving:
    """A file that was written, and which piece it holds: by now another may be open."""

    path: Path
    snapshot: Snapshot
    piece: int


class Files(QObject):
    """The files of the open piece.

    Only a project file becomes the piece's own file, which *Save* writes. MIDI and MusicXML are brought in
    and exported: to save over them would lose what they held besides the notes.
    """

    opened = Signal(object)
    """`Opened`"""
    saved = Signal(object)
    """The path of the project file, which the open piece has as its own now."""
    exported = Signal(object)
    """The path."""
    messages = Signal(object)
    """`Message`"""

    def __init__(
        self, document: Document, worker: Worker, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.view_state: Callable[[], dict[str, Any]] = dict
        """Set by the window: what it wants kept in project files, as plain JSON values."""
        self._document = document
        self._worker = worker
        self._settings = settings
        self._opening: _Opening | None = None
        self._imported_from: Path | None = None
        self._extra: dict[str, Any] = {}

    @property
    def is_opening(self) -> bool:
        return self._opening is not None

    @property
    def suggested_path(self) -> Path:
        """Where *Save as* should begin: a project file beside the file that the piece came from."""
        known = self._document.path or self._imported_from
        if known is not None:
            return known.with_suffix(PROJECT_SUFFIX)
        title = "".join(c if c.isalnum() or c in " -_.()" else "_" for c in self._document.score.title)
        return self._settings.folder / f"{title.strip(' .') or self.tr('Untitled')}{PROJECT_SUFFIX}"

    def snapshot(self) -> Snapshot:
        """The session as a project file would hold it."""
        return Snapshot(self._document.state, self._document.target, self.view_state(), self._extra)

    def new(self) -> None:
        """Put an empty piece in the place of the open one."""
        self._opening = None
        self._show(Score(), None, Opened(None))

    def open(self, path: Path) -> None:
        """Read a file, whatever its format, and put it in the place of the open piece."""
        self._read(path, lambda: _read(path))

    def open_demo(self) -> None:
        """Put the piece of the first start in the place of the open one."""
        self._read(None, _read_demo)

    def save(self) -> bool:
        """Save to the piece's own file; False where it has none yet and the user must be asked."""
        if self._document.path is None:
            return False
        self.save_as(self._document.path)
        return True

    def save_as(self, path: Path) -> None:
        """Save as a project file, which becomes the piece's own; other suffixes export."""
        if path.suffix.lower() != PROJECT_SUFFIX:
            self.export(path)
            return
        saving = _Saving(path, self.snapshot(), self._document.piece)
        job = self._worker.run(lambda: _save(saving))
        job.done.connect(self._on_saved)
        job.failed.connect(self._on_failed)

    def export(self, path: Path) -> None:
        """Write the notes in the format that the suffix names; the piece keeps its own file."""
        score = self._document.score
        job = self._worker.run(lambda: _export(score, path))
        job.done.connect(self._on_exported)
        job.failed.connect(self._on_failed)

    def _read(self, path: Path | None, work: Callable[[], Imported]) -> None:
        opening = _Opening(path, self._document.state)
        self._opening = opening
        self._worker.run(lambda: _attempt(opening, work)).done.connect(self._on_read)

    @Slot(object)
    def _on_read(self, answer: tuple[_Opening, Imported | Failure]) -> None:
        opening, result = answer
        if opening is not self._opening:
            return  # another file was asked for since
        self._opening = None
        if isinstance(result, Failure):
            self._on_failed(result)
        elif opening.state is not self._document.state:
            self._tell_of_edits(opening)
        else:
            self._take(result, opening.path)

    def _take(self, imported: Imported, path: Path | None) -> None:
        if imported.project is None:
            self._show(imported.score, path, Opened(path))
        else:
            self.adopt(imported.project, path)
        if path is not None:
            self._remember(path)
            self._tell_notices(path, imported.notices)

    def adopt(self, project: Project, path: Path | None) -> None:
        """Put what a project file holds in the place of the open piece; `path` is the file it belongs to."""
        own = path if path is not None and path.suffix.lower() == PROJECT_SUFFIX else None
        target = VoiceName.parse(project.target)
        self._imported_from, self._extra = path, project.extra
        self._document.open(project.score, path=own, mix=mix_of(project.mix), target=target)
        self.opened.emit(Opened(path, project.view))

    def _show(self, score: Score, imported_from: Path | None, opened: Opened) -> None:
        """Open a piece that has no project file."""
        self._imported_from, self._extra = imported_from, {}
        self._document.open(score, path=None)
        self.opened.emit(opened)

    @Slot(object)
    def _on_saved(self, saving: _Saving) -> None:
        self._remember(saving.path)
        self.messages.emit(Message(self.tr("Saved {name}.").format(name=saving.path.name)))
        if saving.piece == self._document.piece:
            self._imported_from = None
            self._document.mark_saved(saving.path, saving.snapshot.state)
            self.saved.emit(saving.path)

    @Slot(object)
    def _on_exported(self, answer: tuple[Path, tuple[str, ...]]) -> None:
        path, losses = answer
        self._settings.folder = path.parent
        self.messages.emit(Message(self.tr("Exported {name}.").format(name=path.name)))
        self._tell_notices(path, losses)
        self.exported.emit(path)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.messages.emit(Message(failure.sentence, Severity.PROBLEM, failure.details))

    def _tell_notices(self, path: Path, notices: tuple[str, ...]) -> None:
        """One message for all notices: the first few to read, all of them to copy."""
        if not notices:
            return
        text = f"{path.name}: {'; '.join(notices[:SHOWN_NOTICES])}"
        if len(notices) <= SHOWN_NOTICES:
            self.messages.emit(Message(text, Severity.NOTICE))
            return
        text += self.tr("; and {count} more").format(count=len(notices) - SHOWN_NOTICES)
        self.messages.emit(Message(text, Severity.NOTICE, "\n".join(notices)))

    def _tell_of_edits(self, opening: _Opening) -> None:
        name = self.tr("The piece") if opening.path is None else opening.path.name
        text = self.tr("{name} was not opened, because you edited the open piece meanwhile.")
        self.messages.emit(Message(text.format(name=name), Severity.NOTICE))

    def _remember(self, path: Path) -> None:
        self._settings.add_recent_file(path)
        self._settings.folder = path.parent


def _attempt(opening: _Opening, work: Callable[[], Imported]) -> tuple[_Opening, Imported | Failure]:
    """Answer a failure together with what it befell: by then the user may have asked for another file."""
    try:
        return opening, work()
    except Exception as error:  # told to the user in a sentence
        return opening, failure_of(error, Task.JOB)


def _read(path: Path) -> Imported:
    from harmonizer_gui.files.formats import read

    return read(path)


def _read_demo() -> Imported:
    from harmonizer_gui.files.demo import demo_score
    from harmonizer_gui.files.imported import Imported

    return Imported(demo_score())


def _save(saving: _Saving) -> _Saving:
    write_snapshot(saving.snapshot, saving.path)
    return saving


def _export(score: Score, path: Path) -> tuple[Path, tuple[str, ...]]:
    from harmonizer_gui.files.formats import losses, write

    write(score, path)
    return path, losses(score, path.suffix)
