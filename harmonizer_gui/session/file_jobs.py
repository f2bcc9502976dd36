"""What is done with files on the file thread, and what is asked and answered about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from harmonizer_gui.errors import UserError
from harmonizer_gui.score import Score
from harmonizer_gui.session.disk import fingerprint
from harmonizer_gui.session.project import Snapshot, write_snapshot

if TYPE_CHECKING:
    from harmonizer_gui.files.assignment import Assignment
    from harmonizer_gui.files.imported import Imported
    from harmonizer_gui.files.material import Material


class Clash(Enum):
    """Why a file is not simply opened or saved."""

    IN_USE = "in use"
    """Another program has it open, and it is not opened here yet."""
    TAKEN = "taken"
    """Another program has the file open that the piece was to be saved as."""
    CHANGED = "changed"
    """Another program has written it since it was opened or saved here."""
    GONE = "gone"
    """It was removed or renamed."""
    REFUSED = "refused"
    """It cannot be written: the disk is full, say, or the folder can only be read."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that only the user can decide: nothing was read or written."""

    path: Path
    clash: Clash
    while_saving: bool = False
    exporting: bool = False
    reason: str = ""
    """The sentence about a file that cannot be written."""


@dataclass(frozen=True, slots=True)
class Saving:
    """A file to be written, and which piece it holds: by then another may be open.

    `expected` is the fingerprint that the file on disk must have, None where it does not matter; `written`
    the one it has now, None where it was another's and is left alone; `problem` says in a sentence why it
    could not be written.
    """

    path: Path
    snapshot: Snapshot
    piece: int
    expected: str | None = None
    written: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Unclear:
    """A file of which the user is to say which strand is which voice, and what becomes of its repeats."""

    path: Path
    material: Material


def read(path: Path, *, ask: bool = False) -> Imported | Unclear:
    """Read a file; one that has repeats or voices that are not plain is no piece yet, with `ask` none is."""
    from harmonizer_gui.files import formats
    from harmonizer_gui.files.errors import naming
    from harmonizer_gui.files.imported import Imported

    found = formats.gather(path)
    if isinstance(found, Imported):
        return found
    with naming(path):
        if found.guess.is_plain and not found.has_repeats and not ask:
            return found.imported()
        found.strands  # noqa: B018  # taken apart here, and not where they are shown
    return Unclear(path, found)


def read_chosen(unclear: Unclear, assignment: Assignment, *, expand_repeats: bool) -> Imported:
    """The piece as the user wants it."""
    from harmonizer_gui.files.errors import naming

    with naming(unclear.path):
        return unclear.material.imported(assignment, expand_repeats=expand_repeats)


def read_demo() -> Imported:
    from harmonizer_gui.files.demo import demo_score
    from harmonizer_gui.files.imported import Imported

    return Imported(demo_score())


def save(saving: Saving) -> Saving:
    """Write the file, unless another program has written it meanwhile. One that is gone is made anew."""
    if saving.expected is not None and fingerprint(saving.path) not in (None, saving.expected):
        return saving
    try:
        write_snapshot(saving.snapshot, saving.path)
    except UserError as error:
        return replace(saving, problem=str(error))
    return replace(saving, written=fingerprint(saving.path) or "")


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written in another format, and what that does not carry of the music."""

    path: Path
    losses: tuple[str, ...]


def export(score: Score, path: Path) -> Exported | Conflict:
    """Write the score; where that cannot be, the user decides what then."""
    from harmonizer_gui.files.formats import losses, write

    try:
        write(score, path)
    except UserError as error:
        return Conflict(path, Clash.REFUSED, exporting=True, reason=str(error))
    return Exported(path, losses(score, path.suffix))
