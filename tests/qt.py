"""Helpers for tests that run Qt: waiting on its event loop, collecting what signals carry."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

POLL_MS = 5


def wait_until(predicate: Callable[[], object], timeout: float = 5.0) -> None:
    """Run the event loop until `predicate()` holds; fail after `timeout` seconds."""
    deadline = QDeadlineTimer(int(timeout * 1000))
    heartbeat = QTimer()  # wakes the loop for what happens without an event
    heartbeat.start(POLL_MS)
    loop = QEventLoop()
    try:
        while not predicate():
            assert not deadline.hasExpired(), f"nothing happened within {timeout:g} s"
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    finally:
        heartbeat.stop()


def process_events() -> None:
    """Handle all that is queued now, deferred deletions included."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Collector(QObject):
    """Keeps what a signal carried, in order; a QObject, so that it hears in its own thread."""

    def __init__(self, signal: Any) -> None:  # noqa: ANN401  # a bound signal has no public type
        super().__init__()
        self.items: list[Any] = []
        signal.connect(self.keep)

    @Slot()
    @Slot(object)
    def keep(self, item: object = None) -> None:
        self.items.append(item)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def last(self) -> Any:  # noqa: ANN401  # whatever the signal carries
        return self.items[-1]


def assert_uncrowded(bar: QWidget) -> None:
    """Hold that the parts of `bar` stand side by side within it, none narrower than it may be."""
    layout = bar.layout()
    assert layout is not None
    layout.activate()
    items = [item for item in map(layout.itemAt, range(layout.count())) if item is not None]
    seen = [item for item in items if item.widget() is not None and not item.isEmpty()]
    assert all(left.geometry().right() < right.geometry().left() for left, right in pairwise(seen))
    assert all(item.geometry().width() >= item.minimumSize().width() for item in seen)
    assert seen[-1].geometry().right() <= bar.width()
