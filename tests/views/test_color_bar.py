from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from harmonizer_gui.views.color_bar import ColorBar
from harmonizer_gui.views.heat_image import HeatPalette
from harmonizer_gui.views.heat_scale import HeatMeasure, HeatScale, short
from harmonizer_gui.views.theme import DARK, LIGHT, Theme, ThemeManager


@pytest.mark.parametrize(("value", "label"), [(0.0, "0"), (0.05, ".05"), (0.25, ".25"), (1.0, "1")])
def test_marks_are_short(value: float, label: str) -> None:
    assert short(value) == label


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("value", [0.05, 0.25, 0.6])
def test_the_bar_has_the_colours_of_the_heat(
    themes: ThemeManager, show: Callable[..., None], theme: Theme, value: float
) -> None:
    bar = ColorBar()
    bar.set_theme(theme)
    show(bar, bar.sizeHint().width(), 400)
    seen = bar.grab().toImage().pixelColor(8, round(bar.place_y(value)))
    meant = HeatPalette(theme).color(value)
    for a, b in zip(seen.getRgb()[:3], meant.getRgb()[:3], strict=True):  # type: ignore[index]  # a tuple
        assert abs(a - b) <= 12


def test_certainty_is_on_top(themes: ThemeManager, show: Callable[..., None]) -> None:
    bar = ColorBar()
    show(bar, 40, 200)
    assert 0 < bar.place_y(1.0) < bar.place_y(0.25) < bar.place_y(0.05) < bar.place_y(0.0) < 200


@pytest.fixture
def bar(themes: ThemeManager, show: Callable[..., None]) -> ColorBar:
    """It shows what it is asked for."""
    bar = ColorBar()
    show(bar, bar.sizeHint().width(), 400)
    bar.scale_asked.connect(bar.set_scale)
    return bar


@pytest.mark.parametrize(("start", "end", "low", "high"), [(0.98, 0.6, 0.0, 0.6), (0.03, 0.3, 0.3, 1.0)])
def test_the_nearer_end_is_dragged(bar: ColorBar, start: float, end: float, low: float, high: float) -> None:
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, round(bar._y(start))))
    QTest.mouseMove(bar, QPoint(8, round(bar._y((start + end) / 2))))
    QTest.mouseMove(bar, QPoint(8, round(bar._y(end))))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, round(bar._y(end))))
    assert bar.scale.low == pytest.approx(low, abs=0.01)
    assert bar.scale.high == pytest.approx(high, abs=0.01)


def test_the_ends_keep_apart(bar: ColorBar) -> None:
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, round(bar._y(0.98))))
    QTest.mouseMove(bar, QPoint(8, round(bar._y(-0.5))))
    assert bar.scale == HeatScale(high=0.05)


def test_a_double_click_brings_back_the_whole_scale(bar: ColorBar) -> None:
    bar.set_scale(HeatScale(HeatMeasure.LOG, low=0.2, high=0.7))
    QTest.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, 100))
    assert bar.scale == HeatScale(HeatMeasure.LOG)


def test_keys_move_the_ends(bar: ColorBar) -> None:
    QTest.keyClick(bar, Qt.Key.Key_Down)
    QTest.keyClick(bar, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert (bar.scale.low, bar.scale.high) == (0.02, 0.98)
    assert "from .0004 to .96" in bar.accessibleDescription()


def test_a_right_click_asks_for_more(bar: ColorBar) -> None:
    places: list[QPoint] = []
    bar.menu_asked.connect(places.append)
    QApplication.sendEvent(
        bar, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(50, 60))
    )
    assert places == [QPoint(50, 60)]


def test_it_says_what_it_is(themes: ThemeManager, show: Callable[..., None]) -> None:
    bar = ColorBar()
    show(bar)
    assert bar.accessibleName() == "Scale of the heat"
    assert "0 to 1" in bar.accessibleDescription()
