"""The list of chorales grows in the background and is kept."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from harmonizer_gui.files.chorales import Chorale
from harmonizer_gui.session.chorales import AT_ONCE, Chorales, Listed, Shelf
from harmonizer_gui.session.worker import Worker
from tests.fake_model import Gate
from tests.qt import Collector, process_events, wait_until

ALL = tuple(Chorale(f"bwv{number}.mxl", str(number)) for number in range(250, 250 + 2 * AT_ONCE + 1))


class FakeShelf(Shelf):
    """Fifteen chorales, one of which turns out to be none."""

    def __init__(self, kept: tuple[Chorale, ...] | None = None) -> None:
        self.list = kept
        self.read: list[str] = []
        self.gate = Gate()
        self.is_broken = False

    def kept(self) -> tuple[Chorale, ...] | None:
        return self.list

    def files(self) -> tuple[Chorale, ...]:
        return ALL

    def described(self, chorale: Chorale) -> Chorale | None:
        self.gate.pass_through()
        if self.is_broken:
            raise RuntimeError("broken")
        self.read.append(chorale.bwv)
        return None if chorale is ALL[1] else chorale

    def keep(self, chorales: Sequence[Chorale]) -> None:
        self.list = tuple(chorales)


@pytest.fixture
def shelf() -> FakeShelf:
    return FakeShelf()


FOUND = (ALL[0], *ALL[2:])


def test_it_grows_until_it_is_whole_and_is_kept(worker: Worker, shelf: FakeShelf) -> None:
    chorales = Chorales(worker, shelf=shelf)
    listed = Collector(chorales.listed)
    chorales.want()
    wait_until(lambda: shelf.list is not None)
    assert [round(item.share, 2) for item in listed.items] == [0.0, 0.46, 0.92, 1.0]
    assert listed.last == Listed(FOUND, 1.0)
    assert shelf.list == FOUND
    chorales.want()
    assert (listed.last, len(shelf.read)) == (Listed(FOUND, 1.0), len(ALL))


def test_a_kept_list_is_there_at_once(worker: Worker) -> None:
    shelf = FakeShelf(ALL[:3])
    chorales = Chorales(worker, shelf=shelf)
    listed = Collector(chorales.listed)
    chorales.want()
    wait_until(lambda: listed.items)
    assert listed.items == [Listed(ALL[:3], 1.0)]
    assert shelf.read == []


def test_who_leaves_does_not_keep_the_thread_busy(worker: Worker, shelf: FakeShelf) -> None:
    chorales = Chorales(worker, shelf=shelf)
    listed = Collector(chorales.listed)
    shelf.gate.close()
    chorales.want()
    wait_until(lambda: listed.items)
    chorales.leave()
    shelf.gate.open()
    wait_until(lambda: len(shelf.read) == AT_ONCE)
    process_events()
    done = Collector(worker.run(lambda: None).done)
    wait_until(lambda: done.items)
    assert len(shelf.read) == AT_ONCE
    chorales.want()
    wait_until(lambda: shelf.list is not None)
    assert shelf.list == FOUND


def test_trouble_is_told_and_tried_again_when_asked(worker: Worker, shelf: FakeShelf) -> None:
    chorales = Chorales(worker, shelf=shelf)
    messages = Collector(chorales.messages)
    shelf.is_broken = True
    chorales.want()
    wait_until(lambda: messages.items)
    assert "broken" in messages.last.text
    shelf.is_broken = False
    chorales.want()
    wait_until(lambda: shelf.list is not None)
