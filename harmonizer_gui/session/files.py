"""Opening, saving and exporting, on the file thread. What fails leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.claims import Claims
from harmonizer_gui.session.disk import DiskWatch, fingerprint
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.file_jobs import (
    Clash,
    Conflict,
    Exported,
    Saving,
    Unclear,
    export,
    read,
    read_chosen,
    read_demo,
    save,
)
from harmonizer_gui.session.file_messages import edits_message, notices_message
from harmonizer_gui.session.guidance_values import guidance_of
from harmonizer_gui.session.locks import locks_of
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.opening import Opened, Opening, ReadFile, Relay, read_file
from harmonizer_gui.session.project import Kept, Snapshot, mix_of
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.sounds import sounds_of
from harmonizer_gui.session.worker import Worker

if TYPE_CHECKING:
    from harmonizer_gui.files.assignment import Assignment
    from harmonizer_gui.files.imported import Imported
    from harmonizer_gui.files.project import Project

PROJECT_SUFFIX = ".harmonizer"


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
    conflict = Signal(object)
    """`Conflict`"""
    unclear = Signal(object)
    """`Unclear`: the file that was to be opened waits for `open_chosen`; the open piece stays till then."""
    reading = Signal()
    """`is_opening` is another."""
    progress = Signal(float)
    """The share of the file being opened that is read, 0–1, now and then."""

    def __init__(
        self,
        document: Document,
        worker: Worker,
        settings: Settings,
        parent: QObject | None = None,
        *,
        claims: Claims | None = None,
    ) -> None:
        """Without `claims` no other program is told of which file is open here, nor asked."""
        super().__init__(parent)
        self.view_state: Callable[[], dict[str, Any]] = dict
        """Set by the window: what it wants kept in project files, as plain JSON values."""
        self._document = document
        self._worker = worker
        self._settings = settings
        self._claims = claims
        self._kept: list[Kept] = []
        self._views: dict[str, Callable[[], Any]] = {}
        self._opening: Opening | None = None
        self._imported_from: Path | None = None
        self._extra: dict[str, Any] = {}
        self._on_disk: str | None = None
        self._told: str | None = ""
        self._relay = Relay(self)
        self._relay.progress.connect(self.progress)
        self._disk = DiskWatch(worker, self)
        self._disk.altered.connect(self._on_altered)

    def keep(self, kept: Kept) -> None:
        """From now on save this part of the session with the piece, and bring it back."""
        self._kept.append(kept)

    def show(self, name: str, collect: Callable[[], Any]) -> None:
        """From now on save what `collect` gives as a part of the view; it comes back with `opened`."""
        self._views[name] = collect

    @property
    def is_opening(self) -> bool:
        return self._opening is not None

    @property
    def suggested_path(self) -> Path:
        """Where *Save as* should begin: a project file beside the file that the piece came from."""
        known = self._document.path or self._imported_from
        if known is not None:
            is_copy = self._document.path is None and known.suffix.lower() == PROJECT_SUFFIX
            return known.with_name(f"{known.stem}{self.tr(' (copy)') if is_copy else ''}{PROJECT_SUFFIX}")
        title = "".join(c if c.isalnum() or c in " -_.()" else "_" for c in self._document.score.title)
        return self._settings.folder / f"{title.strip(' .') or self.tr('Untitled')}{PROJECT_SUFFIX}"

    def snapshot(self) -> Snapshot:
        """The session as a project file would hold it."""
        sections = {kept.name: kept.collect() for kept in self._kept}
        view = self.view_state() | {name: collect() for name, collect in self._views.items()}
        return Snapshot(self._document.state, self._document.target, view, sections, self._extra)

    def new(self) -> None:
        """Put an empty piece in the place of the open one."""
        self.cancel_opening()
        self._show(Score(), None, Opened(None))

    def open(self, path: Path, *, shared: bool = False, ask: bool = False) -> None:
        """Read a file, whatever its format, and put it in the place of the open piece.

        A project that another program has open gives a `conflict`, unless it is to be `shared`. A file with
        repeats, or strands that are not plain voices, is `unclear`; with `ask` in any case.
        """
        self._read(Opening(path, self._document.state, shared=shared), lambda: read(path, ask=ask))

    def open_chosen(self, unclear: Unclear, assignment: Assignment, *, expand_repeats: bool) -> None:
        """Open a file that was `unclear`, its voices by `assignment`."""
        self._read(
            Opening(unclear.path, self._document.state),
            lambda: read_chosen(unclear, assignment, expand_repeats=expand_repeats),
        )

    def open_piece(self, work: Callable[[], Imported]) -> None:
        """Put a piece that comes from no file of the user's in the place of the open one."""
        self._read(Opening(None, self._document.state), work)

    def open_copy(self, path: Path) -> None:
        """Open what a project file holds as a piece that has no file yet."""
        self._read(Opening(path, self._document.state, as_copy=True), lambda: read(path))

    def open_demo(self) -> None:
        """Put the piece of the first start in the place of the open one."""
        self.open_piece(read_demo)

    @property
    def on_disk(self) -> str | None:
        """The fingerprint of the own file as it was read or written here, None where there is none."""
        return self._on_disk

    @property
    def opening_name(self) -> str:
        """The name of the file being opened; empty for none."""
        path = None if self._opening is None else self._opening.path
        return "" if path is None else path.name

    def cancel_opening(self) -> None:
        """Let go of the file being opened; the open piece stays."""
        if self._opening is not None:
            self._opening.cancelled.set()
            self._opening = None
            self.reading.emit()

    def save(self) -> bool:
        """Save to the piece's own file; False where it has none yet and the user must be asked."""
        if self._document.path is None:
            return False
        self.save_as(self._document.path)
        return True

    def save_as(self, path: Path, *, over: bool = False) -> None:
        """Save as a project file, which becomes the piece's own; other suffixes export.

        Where another program has changed the piece's own file, or has `path` open, nothing is written and
        there is a `conflict`; `over` writes in any case.
        """
        if path.suffix.lower() != PROJECT_SUFFIX:
            self.export(path)
            return
        is_own = path == self._document.path
        if not (over or is_own or self._is_free(path)):
            self.conflict.emit(Conflict(path, Clash.TAKEN, while_saving=True))
            return
        expected = self._on_disk if is_own and not over else None
        saving = Saving(path, self.snapshot(), self._document.piece, expected)
        job = self._worker.run(lambda: save(saving))
        job.done.connect(self._on_saved)
        job.failed.connect(self._on_failed)

    def export(self, path: Path) -> None:
        """Write the notes in the format that the suffix names; the piece keeps its own file.

        Where it cannot be written there is a `conflict`.
        """
        score = self._document.score
        job = self._worker.run(lambda: export(score, path))
        job.done.connect(self._on_exported)
        job.failed.connect(self._on_failed)

    def keep_mine(self) -> None:
        """Take note of what another program has made of the file: *Save* writes over it."""
        path = self._document.path
        if path is not None:
            self._on_disk = None  # whatever is there
            self._document.mark_changed()
            job = self._worker.run(lambda: fingerprint(path))
            job.done.connect(self._on_noted)

    def close(self) -> None:
        """At the end of the program: let the file go for others."""
        self.cancel_opening()
        self._own(None)

    def _is_free(self, path: Path) -> bool:
        return self._claims is None or self._claims.is_free(path)

    def _read(self, opening: Opening, work: Callable[[], Imported | Unclear]) -> None:
        self.cancel_opening()
        self._opening = opening
        # The thread must not hold the files themselves: they would end there.
        tell = self._relay.progress.emit
        self._worker.run(lambda: read_file(opening, work, tell)).done.connect(self._on_read)
        self.reading.emit()

    @Slot(object)
    def _on_read(self, answer: ReadFile) -> None:
        opening, result = answer.opening, answer.result
        if opening is not self._opening or result is None:
            return  # another file was asked for since, or none
        self._opening = None
        self.reading.emit()
        if isinstance(result, Failure):
            self._on_failed(result)
        elif opening.state is not self._document.state:
            self._tell(edits_message(opening.path))
        elif isinstance(result, Unclear):
            self.unclear.emit(result)
        elif opening.path is not None and self._is_in_use(opening, result):
            self.conflict.emit(Conflict(opening.path, Clash.IN_USE))
        else:
            self._take(result, opening, answer.fingerprint)

    def _is_in_use(self, opening: Opening, imported: Imported) -> bool:
        is_ours = imported.project is None or opening.shared or opening.as_copy
        return not (is_ours or opening.path is None or self._is_free(opening.path))

    def _take(self, imported: Imported, opening: Opening, found: str | None) -> None:
        path = opening.path
        if imported.project is None:
            self._show(imported.score, path, Opened(path))
        else:
            self.adopt(imported.project, path, as_copy=opening.as_copy, found=found)
        if path is not None:
            self._remember(path)
            self._tell(notices_message(path, imported.notices))

    def adopt(
        self, project: Project, path: Path | None, *, as_copy: bool = False, found: str | None = None
    ) -> None:
        """Put what a project file holds in the place of the open piece; `path` is the file it belongs to.

        A copy has no file of its own yet. `found` is the fingerprint of the file as it was read.
        """
        own = path if path is not None and path.suffix.lower() == PROJECT_SUFFIX and not as_copy else None
        # What the window of another version kept of its view is kept, too.
        extra = {**project.extra, "view": project.view} if project.view else project.extra
        self._imported_from, self._extra = path, extra
        self._own(own, found)
        self._document.open(
            project.score,
            path=own,
            mix=mix_of(project.mix),
            guidance=guidance_of(project.sections.get("guidance")),
            locks=locks_of(project.sections.get("locked")),
            sounds=sounds_of(project.sections.get("sounds")),
            target=VoiceName.parse(project.target),
        )
        self._restore(project.sections)
        self.opened.emit(Opened(path, project.view))

    def _show(self, score: Score, imported_from: Path | None, opened: Opened) -> None:
        """Open a piece that has no project file."""
        self._imported_from, self._extra = imported_from, {}
        self._own(None)
        self._document.open(score, path=None)
        self._restore({})
        self.opened.emit(opened)

    def _restore(self, sections: dict[str, Any]) -> None:
        for kept in self._kept:
            kept.restore(sections.get(kept.name))

    def _own(self, path: Path | None, found: str | None = None) -> None:
        """Watch and claim the file that the piece belongs to, and know it by what is in it."""
        self._on_disk, self._told = found, ""
        self._disk.watch(path)
        if self._claims is not None:
            self._claims.take(path)

    @Slot(object)
    def _on_altered(self, found: str | None) -> None:
        """Another program has been at the file; what is there already asks for nothing."""
        path = self._document.path
        if path is None or found in (self._on_disk, self._told):
            return
        self._told = found
        self._document.mark_changed()
        self.conflict.emit(Conflict(path, Clash.GONE if found is None else Clash.CHANGED))

    @Slot(object)
    def _on_noted(self, found: str | None) -> None:
        self._on_disk = found

    @Slot(object)
    def _on_saved(self, saving: Saving) -> None:
        if saving.problem:
            self.conflict.emit(Conflict(saving.path, Clash.REFUSED, while_saving=True, reason=saving.problem))
            return
        if saving.written is None:
            self.conflict.emit(Conflict(saving.path, Clash.CHANGED, while_saving=True))
            return
        self._remember(saving.path)
        self.messages.emit(Message(self.tr("Saved {name}.").format(name=saving.path.name)))
        if saving.piece == self._document.piece:
            self._imported_from = None
            self._own(saving.path, saving.written)
            self._document.mark_saved(saving.path, saving.snapshot.state)
            self.saved.emit(saving.path)

    @Slot(object)
    def _on_exported(self, answer: Exported | Conflict) -> None:
        if isinstance(answer, Conflict):
            self.conflict.emit(answer)
            return
        path, losses = answer.path, answer.losses
        self._settings.folder = path.parent
        self.messages.emit(Message(self.tr("Exported {name}.").format(name=path.name)))
        self._tell(notices_message(path, losses))
        self.exported.emit(path)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.messages.emit(Message(failure.sentence, Severity.PROBLEM, failure.details))

    def _tell(self, message: Message | None) -> None:
        if message is not None:
            self.messages.emit(message)

    def _remember(self, path: Path) -> None:
        self._settings.add_recent_file(path)
        self._settings.folder = path.parent
