"""A file on its way in: what is told of it on the way, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from harmonizer_gui.session.answers import Failure, Task, failure_of
from harmonizer_gui.session.disk import fingerprint
from harmonizer_gui.session.document import State

if TYPE_CHECKING:
    from harmonizer_gui.files.imported import Imported
    from harmonizer_gui.session.file_jobs import Unclear

OFTEN_S: Final = 0.05
"""Progress is told at most once in this time."""


class Relay(QObject):
    """Tells in one thread what is reached in another."""

    progress = Signal(float)


@dataclass(frozen=True, slots=True)
class Opened:
    """A piece is open; `view` is what its project file says of the window, empty for other formats."""

    path: Path | None
    view: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A file being read, and how the open piece stood when the user asked for it."""

    path: Path | None
    state: State
    as_copy: bool = False
    shared: bool = False
    """Whether it is to be opened even if another program has it open."""
    cancelled: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The answer of the file thread; `result` is None where the reading was stopped."""

    opening: Opening
    result: Imported | Unclear | Failure | None
    fingerprint: str | None = None


def read_file(
    opening: Opening, work: Callable[[], Imported | Unclear], tell: Callable[[float], None]
) -> ReadFile:
    """Runs on the file thread. A failure is answered together with what it befell.

    The fingerprint is taken first: a file that changes while it is read counts as changed afterwards.
    """
    from harmonizer_gui.files.progress import Cancelled, reported_to

    found = None if opening.path is None else fingerprint(opening.path)
    try:
        with reported_to(_teller(opening, tell, Cancelled)):
            return ReadFile(opening, work(), found)
    except Cancelled:
        return ReadFile(opening, None)
    except Exception as error:  # told to the user in a sentence
        return ReadFile(opening, failure_of(error, Task.JOB))


def _teller(
    opening: Opening, tell: Callable[[float], None], stopped: type[BaseException]
) -> Callable[[float], None]:
    """Passes on what is reached, not too often; raises `stopped` once the opening is cancelled."""
    last = monotonic()

    def report(share: float) -> None:
        nonlocal last
        if opening.cancelled.is_set():
            raise stopped
        if (now := monotonic()) - last >= OFTEN_S:
            last = now
            tell(share)

    return report
