from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from harmonizer_gui.views.tight_bar import TightBar, hiding
from tests.qt import process_events


class Bar(TightBar):
    """Three buttons, of which the last two give way: first the third, then the second."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.parts = [QPushButton("word", self) for _ in range(3)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in self.parts:
            part.setFixedWidth(100)
            row.addWidget(part)
        self.give_way_by(hiding(self.parts[2]), hiding(self.parts[1]))

    @property
    def seen(self) -> int:
        return sum(part.isVisible() for part in self.parts)


@pytest.fixture
def bar(show: Callable[..., None]) -> Bar:
    window = QWidget()  # a bar that is a window is never narrower than all its parts
    bar = Bar(window)
    bar.resize(300, 40)
    show(window, 400, 40)
    return bar


def test_parts_go_one_by_one_and_come_back(bar: Bar) -> None:
    assert bar.minimumSizeHint().width() == 100
    seen = []
    for width in (300, 299, 200, 199, 100, 200, 300):
        bar.resize(width, 40)
        seen.append(bar.seen)
    assert seen == [3, 2, 2, 1, 1, 2, 3]


@pytest.mark.parametrize(("width", "seen"), [(80, 3), (120, 2), (250, 1)])
def test_a_part_that_grows_or_shrinks_makes_others_go_or_come(bar: Bar, width: int, seen: int) -> None:
    bar.resize(290, 40)
    bar.parts[0].setFixedWidth(width)
    process_events()
    assert (bar.seen, bar.minimumSizeHint().width()) == (seen, width)


def test_parts_in_a_layout_within_the_layout_count_at_once(show: Callable[..., None]) -> None:
    window = QWidget()
    bar = TightBar(window)
    stays, goes = QPushButton("word", bar), QPushButton("word", bar)
    inner, outer = QHBoxLayout(), QHBoxLayout(bar)
    for layout in (inner, outer):
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
    for part in (stays, goes):
        part.setFixedWidth(100)
        inner.addWidget(part)
    outer.addLayout(inner)
    bar.give_way_by(hiding(goes))
    assert bar.minimumSizeHint().width() == 100
    show(window, 400, 40)
    seen = []
    for width in (200, 199, 200):
        bar.resize(width, 40)
        seen.append(goes.isVisible())
    assert seen == [True, False, True]


def test_to_measure_does_not_ask_for_room(bar: Bar) -> None:
    """Else the window around would grow for a moment, and stay so."""
    asked: list[int] = []

    def note(is_tight: bool) -> None:  # noqa: FBT001  # one way of several
        asked.append(bar.minimumSizeHint().width())

    bar.give_way_by(hiding(bar.parts[2]), hiding(bar.parts[1]), note)
    assert asked
    assert set(asked) == {100}


def test_the_focus_stays_where_it_is(bar: Bar) -> None:
    bar.window().activateWindow()
    bar.parts[2].setFocus()
    bar.parts[0].setFixedWidth(90)
    process_events()
    assert bar.minimumSizeHint().width() == 90
    assert bar.parts[2].hasFocus()


def test_without_ways_it_is_as_wide_as_its_parts(show: Callable[..., None]) -> None:
    bar = TightBar()
    QHBoxLayout(bar).addWidget(QPushButton("word", bar))
    show(bar)
    layout = bar.layout()
    assert layout is not None
    assert bar.minimumSizeHint() == layout.minimumSize()
