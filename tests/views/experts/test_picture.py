from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.views.experts.picture import Cells, HeatPicture, ViewRange, seen_cells
from harmonizer_gui.views.experts.probe import Probe
from harmonizer_gui.views.heat_image import Floats, HeatPalette
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.theme import ThemeManager
from tests.qt import Collector


def heat(*cells: tuple[int, int], steps: int = 64) -> Floats:
    """Certainty in the named cells (step, MIDI pitch), nothing elsewhere."""
    result = np.zeros((steps, 88), np.float32)
    for step, pitch in cells:
        result[step, pitch - 21] = 1.0
    return result


@pytest.fixture
def picture(themes: ThemeManager, show: Callable[..., None]) -> HeatPicture:
    """320 × 240 pixels of heat inside its frame: 16 steps of 20 pixels, 24 pitches of 10."""
    picture = HeatPicture()
    picture.set_theme(themes.theme)
    show(picture, 322, 242)
    picture.set_range(ViewRange(0, 16 * STEP_TICKS, 47.5, 71.5))
    return picture


def lit(picture: HeatPicture, theme_color: QColor) -> list[tuple[int, int, int, int]]:
    """The bounding box of all pixels in a colour: left, top, right, bottom, all inclusive."""
    image = picture.grab().toImage()
    places = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == theme_color
    ]
    if not places:
        return []
    xs, ys = zip(*places, strict=True)
    return [(min(xs), min(ys), max(xs), max(ys))]


def certain(themes: ThemeManager) -> QColor:
    return HeatPalette(themes.theme).color(1.0)


@pytest.mark.parametrize(
    ("cell", "box"),
    [
        ((5, 60), (101, 111, 120, 120)),
        ((8, 70), (161, 11, 180, 20)),
        ((12, 50), (241, 211, 260, 220)),
    ],
)
def test_a_cell_lies_where_the_range_says(
    picture: HeatPicture, themes: ThemeManager, cell: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    picture.set_heat(heat(cell))
    assert lit(picture, certain(themes)) == [box]


@pytest.mark.parametrize("start", [0.0, 60.0, 133.0, 1000.0])
@pytest.mark.parametrize("span", [960.0, 1920.0, 5000.0])
@pytest.mark.parametrize("low", [47.5, 50.25])
def test_cells_lie_where_the_roll_has_them(start: float, span: float, low: float) -> None:
    roll = Coordinates(
        left=start, top=low + 24, tick_width=800 / span, row_height=480 / 24, width=800, height=480
    )
    view = ViewRange(roll.left, roll.right, roll.bottom, roll.top).coordinates(200, 120)
    for step, pitch in ((0, 60), (9, 55), (30, 71)):
        place = Cells(step, step + 1, pitch, pitch).place(view)
        assert place.left() == pytest.approx(roll.x(step * STEP_TICKS) / 4)
        assert place.right() == pytest.approx(roll.x((step + 1) * STEP_TICKS) / 4)
        assert place.top() == pytest.approx(roll.y(pitch) / 4)
        assert place.bottom() == pytest.approx((roll.y(pitch) + roll.row_height) / 4)


@pytest.mark.parametrize(
    ("view", "cells"),
    [
        (ViewRange(0, 1920, 47.5, 71.5), Cells(0, 16, 48, 71)),
        (ViewRange(60, 1980, 47.6, 71.6), Cells(0, 17, 48, 72)),
        (ViewRange(0, 99999, 10.5, 120.5), Cells(0, 64, 21, 108)),
        (ViewRange(9000, 9900, 47.5, 71.5), None),
        (ViewRange(0, 1920, 109.5, 120.5), None),
    ],
)
def test_only_what_is_seen_is_drawn(view: ViewRange, cells: Cells | None) -> None:
    assert seen_cells(view.coordinates(100, 50), steps=64) == cells


def test_a_thin_peak_survives_zooming_out(picture: HeatPicture, themes: ThemeManager) -> None:
    picture.resize(162, 42)
    picture.set_range(ViewRange(0, 64 * 16 * STEP_TICKS, 20.5, 108.5))
    picture.set_heat(heat((777, 64), steps=1024))
    assert lit(picture, certain(themes))


def test_without_heat_there_is_only_the_row(picture: HeatPicture, themes: ThemeManager) -> None:
    picture.set_heat(heat((5, 60)))
    picture.set_heat(None)
    assert not lit(picture, certain(themes))
    assert picture.grab().toImage().pixelColor(160, 120).name() == themes.theme.roll_row


@pytest.mark.parametrize("width", [322, 200])
def test_a_note_leaves_the_eye_free(picture: HeatPicture, width: int) -> None:
    picture.resize(width, 38)
    picture.setChecked(True)
    eye = 2 * picture.fontMetrics().height()

    def corner() -> QImage:
        return picture.grab().toImage().copy(width - eye, 0, eye, 38)

    empty = corner()
    picture.set_note("The heat appears when the model has loaded.")
    assert corner() == empty


def test_a_note_stands_in_for_heat(picture: HeatPicture) -> None:
    empty = picture.grab().toImage()
    picture.set_note("No expert counts.")
    assert picture.grab().toImage() != empty
    picture.set_heat(heat((5, 60)))
    with_note = picture.grab().toImage()
    picture.set_note("")
    assert picture.grab().toImage() == with_note


def test_what_does_not_count_is_faint(picture: HeatPicture, themes: ThemeManager) -> None:
    picture.set_heat(heat((5, 60)))
    picture.set_dimmed(on=True)
    assert not lit(picture, certain(themes))
    assert picture.grab().toImage().pixelColor(110, 116).name() != themes.theme.roll_row


def test_a_click_asks_and_does_not_choose(picture: HeatPicture) -> None:
    clicked = Collector(picture.clicked)
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton)
    QTest.keyClick(picture, Qt.Key.Key_Space)
    assert len(clicked) == 2
    assert not picture.isChecked()


def test_the_chosen_one_has_an_eye(picture: HeatPicture, themes: ThemeManager) -> None:
    fill = QColor(themes.theme.accent_fill)
    assert not lit(picture, fill)
    picture.setChecked(True)
    ((left, top, _, bottom),) = lit(picture, fill)
    assert left > 290
    assert top < bottom < 30


def test_the_cell_under_the_mouse_is_marked(picture: HeatPicture, themes: ThemeManager) -> None:
    white = QColor(themes.theme.selection)
    picture.set_probe(Probe(5, 60))
    image = picture.grab().toImage()
    assert any(image.pixelColor(x, 116) == white for x in range(97, 101))
    picture.set_probe(None)
    image = picture.grab().toImage()
    assert not any(image.pixelColor(x, 116) == white for x in range(97, 101))
