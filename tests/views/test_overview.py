from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from harmonizer_gui.score import Note, Score, Voice
from harmonizer_gui.views.overview import LEAST_TICKS, Hold, Overview, Span, dragged, held_at
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.theme import DARK, LIGHT
from tests.qt import Collector

BAR = 1920
SCORE = Score((Voice((Note(0, 19 * BAR, 60),)), Voice(), Voice(), Voice()))
VIEW = Coordinates(left=4.0 * BAR, tick_width=400 / (4 * BAR), width=400.0)


@pytest.fixture
def overview(show: Callable[..., None]) -> Overview:
    """Twenty bars in 400 pixels, of which bars 5 to 8 are seen."""
    widget = Overview(56.0)
    widget.set_theme(DARK)
    widget.set_score(SCORE)
    widget.set_view(VIEW)
    show(widget, 458, 40)
    return widget


def test_the_frame_is_around_what_is_seen(overview: Overview) -> None:
    assert overview.frame.left() == pytest.approx(56 + 80, abs=1)
    assert overview.frame.right() == pytest.approx(56 + 160, abs=1)


@pytest.mark.parametrize(
    ("x", "hold"),
    [
        (10.0, None),
        (98.0, Hold.LEFT),
        (103.0, Hold.LEFT),
        (150.0, Hold.FRAME),
        (202.0, Hold.RIGHT),
        (230.0, None),
    ],
)
def test_a_press_takes_hold_of_what_lies_there(x: float, hold: Hold | None) -> None:
    assert held_at(x, QRectF(100, 0, 100, 40)) is hold


@pytest.mark.parametrize(
    ("hold", "ticks", "span"),
    [
        (Hold.FRAME, 500.0, Span(1500.0, 2500.0)),
        (Hold.FRAME, -5000.0, Span(0.0, 1000.0)),
        (Hold.LEFT, 500.0, Span(1500.0, 2000.0)),
        (Hold.LEFT, 5000.0, Span(2000.0 - LEAST_TICKS, 2000.0)),
        (Hold.RIGHT, 500.0, Span(1000.0, 2500.0)),
        (Hold.RIGHT, -5000.0, Span(1000.0, 1000.0 + LEAST_TICKS)),
    ],
)
def test_a_drag_moves_the_frame_or_one_edge(hold: Hold, ticks: float, span: Span) -> None:
    assert dragged(Span(1000.0, 2000.0), hold, ticks) == span


def test_a_drag_of_the_frame_scrolls(overview: Overview) -> None:
    asked, zoomed = Collector(overview.scroll_asked), Collector(overview.span_asked)
    overview.scroll_asked.connect(lambda left: seen.append(left))
    seen: list[float] = []
    start = overview.frame.center().toPoint()
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(overview, start + QPoint(20, 0))
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton, pos=start + QPoint(20, 0))
    assert seen[-1] == pytest.approx(5 * BAR, abs=BAR / 10)
    assert len(asked) == len(seen)
    assert not zoomed.items


def test_a_drag_of_an_edge_zooms(overview: Overview) -> None:
    spans: list[tuple[float, float]] = []
    overview.span_asked.connect(lambda start, stop: spans.append((start, stop)))
    edge = QPoint(round(overview.frame.right()), 20)
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(overview, edge + QPoint(40, 0))
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton, pos=edge + QPoint(40, 0))
    assert spans[-1] == pytest.approx((4 * BAR, 10 * BAR), abs=BAR / 10)


def test_a_click_beside_the_frame_goes_there(overview: Overview) -> None:
    seen: list[float] = []
    overview.scroll_asked.connect(seen.append)
    QTest.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(56 + 300, 20))
    assert seen == [pytest.approx(13 * BAR, abs=BAR / 10)]


def test_the_arrow_keys_do_the_same(overview: Overview) -> None:
    seen: list[float] = []
    spans: list[tuple[float, float]] = []
    overview.scroll_asked.connect(seen.append)
    overview.span_asked.connect(lambda start, stop: spans.append((start, stop)))
    QTest.keyClick(overview, Qt.Key.Key_Right)
    QTest.keyClick(overview, Qt.Key.Key_Up)
    QTest.keyClick(overview, Qt.Key.Key_Down)
    assert seen[0] > 7 * BAR
    assert spans[0][1] - spans[0][0] < 4 * BAR < spans[1][1] - spans[1][0]


def test_the_notes_are_painted_once_for_each_theme(overview: Overview) -> None:
    dark = overview.grab().toImage()
    note = overview.frame.center().toPoint()
    row = [dark.pixelColor(note.x(), y).name() for y in range(dark.height())]
    assert DARK.soprano in row
    overview.set_theme(LIGHT)
    light = overview.grab().toImage()
    assert LIGHT.soprano in [light.pixelColor(note.x(), y).name() for y in range(light.height())]
