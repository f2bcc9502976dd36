"""How far the reading of a file has come, and the way to stop it from another thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

Item = TypeVar("Item")
Report = Callable[[float], None]
"""Is told the share that is done, 0–1; may raise `Cancelled`."""

OFTEN: Final = 500
"""After so many items it is told again."""


class Cancelled(BaseException):  # no error, and not to be caught as one by a reader
    """Nobody waits for the answer any more."""


_report: ContextVar[tuple[Report, float, float] | None] = ContextVar("report", default=None)


@contextmanager
def reported_to(report: Report) -> Iterator[None]:
    """Within this, `reached` tells `report`."""
    token = _report.set((report, 0.0, 1.0))
    try:
        yield
    finally:
        _report.reset(token)


@contextmanager
def part(first: float, last: float) -> Iterator[None]:
    """Within this, what is reached counts from `first` to `last` of the whole."""
    outer = _report.get()
    if outer is None:
        yield
        return
    report, start, end = outer
    token = _report.set((report, start + first * (end - start), start + last * (end - start)))
    try:
        yield
    finally:
        _report.reset(token)


def reached(share: float) -> None:
    """Say that `share` (0–1) of this part is done. Raises Cancelled where that is asked for."""
    current = _report.get()
    if current is not None:
        report, start, end = current
        report(start + min(1.0, share) * (end - start))


def told(items: Sequence[Item]) -> Iterator[Item]:
    """The items, telling now and then how many are done."""
    for index, item in enumerate(items):
        if index % OFTEN == 0:
            reached(index / len(items))
        yield item
    reached(1.0)
