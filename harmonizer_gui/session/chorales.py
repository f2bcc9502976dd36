"""The list of Bach's chorales: made on the file thread, a few at a time, and kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.worker import Worker

if TYPE_CHECKING:
    from harmonizer_gui.files.chorales import Chorale

AT_ONCE: Final = 6
"""So many are read in one job, so that opening and saving need not wait long."""


class Shelf:
    """Where chorales come from; every method is slow."""

    def kept(self) -> tuple[Chorale, ...] | None:
        """The whole list, if it is known already."""
        from harmonizer_gui.files.chorales import kept_list

        return kept_list()

    def files(self) -> tuple[Chorale, ...]:
        """All that may be chorales."""
        from harmonizer_gui.files.chorales import chorale_files

        return chorale_files()

    def described(self, chorale: Chorale) -> Chorale | None:
        """One with its key; None for what is none."""
        from harmonizer_gui.files.chorales import described

        return described(chorale)

    def keep(self, chorales: Sequence[Chorale]) -> None:
        from harmonizer_gui.files.chorales import keep_list

        keep_list(chorales)


@dataclass(frozen=True, slots=True)
class Listed:
    """The chorales known so far, and the share of the whole list that this is, 0–1."""

    chorales: tuple[Chorale, ...]
    share: float


class Chorales(QObject):
    """`listed` is emitted as the list grows, at the latest when it is whole."""

    listed = Signal(object)
    """`Listed`"""
    messages = Signal(object)
    """`Message`"""

    def __init__(self, worker: Worker, parent: QObject | None = None, *, shelf: Shelf | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._shelf = Shelf() if shelf is None else shelf
        self._found: tuple[Chorale, ...] = ()
        self._waiting: tuple[Chorale, ...] = ()
        self._has_begun = False
        self._total = 0
        self._is_whole = False
        self._is_wanted = False
        self._is_busy = False

    def want(self) -> None:
        """Somebody is looking: tell what is known, and find out the rest."""
        self._is_wanted = True
        if self._found:
            self._tell()
        self._go_on()

    def leave(self) -> None:
        """Nobody is looking any more: what is not known yet can wait."""
        self._is_wanted = False

    def _go_on(self) -> None:
        if not self._is_wanted or self._is_busy or self._is_whole:
            return
        shelf = self._shelf
        if not self._has_begun:
            self._run(lambda: _begin(shelf), self._on_begun)
        else:
            batch = self._waiting[:AT_ONCE]
            self._run(lambda: [shelf.described(each) for each in batch], self._on_described)

    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._is_busy = True
        job = self._worker.run(work)
        job.done.connect(then)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_begun(self, answer: tuple[tuple[Chorale, ...], bool]) -> None:
        chorales, self._is_whole = answer
        self._has_begun = True
        if self._is_whole:
            self._found = chorales
        else:
            self._waiting, self._total = chorales, len(chorales)
            self._is_whole = not chorales
        self._after_job()

    @Slot(object)
    def _on_described(self, chorales: list[Chorale | None]) -> None:
        self._waiting = self._waiting[AT_ONCE:]
        self._found += tuple(each for each in chorales if each is not None)
        if not self._waiting:
            self._is_whole = True
            shelf, found = self._shelf, self._found
            self._worker.run(lambda: shelf.keep(found))
        self._after_job()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._is_busy = False
        self.messages.emit(Message(failure.sentence, Severity.PROBLEM, failure.details))

    def _after_job(self) -> None:
        self._is_busy = False
        if self._is_wanted:
            self._tell()
        self._go_on()

    def _tell(self) -> None:
        left = 0 if self._is_whole else len(self._waiting)
        self.listed.emit(Listed(self._found, 1.0 - left / self._total if self._total else 1.0))


def _begin(shelf: Shelf) -> tuple[tuple[Chorale, ...], bool]:
    """The list that was kept, and True; or the files, and False."""
    kept = shelf.kept()
    return (shelf.files(), False) if kept is None else (kept, True)
