from __future__ import annotations

import pytest

from harmonizer_gui.views.roll.coordinates import Coordinates, Paper
from harmonizer_gui.views.roll.wheel import PIXELS_A_NOTCH, Turn, turned

PAPER = Paper(end=100_000)
VIEW = Coordinates(left=10_000.0, top=80.0, tick_width=0.1, row_height=12.0, width=800.0, height=480.0)
DOWN = (0.0, -1.0)


def test_the_wheel_scrolls_up_and_down() -> None:
    after = turned(VIEW, Turn(0, 0, notches=DOWN), PAPER)
    assert after.top == pytest.approx(VIEW.top - PIXELS_A_NOTCH / 12.0)
    assert (after.left, after.tick_width, after.row_height) == (VIEW.left, 0.1, 12.0)


def test_with_shift_it_scrolls_sideways() -> None:
    after = turned(VIEW, Turn(0, 0, notches=DOWN, shift=True), PAPER)
    assert after.left == pytest.approx(VIEW.left + PIXELS_A_NOTCH / 0.1)
    assert after.top == VIEW.top


def test_a_sideways_turn_scrolls_sideways() -> None:
    after = turned(VIEW, Turn(0, 0, notches=(-1.0, 0.0)), PAPER)
    assert [after.left, after.top] == pytest.approx([VIEW.left + PIXELS_A_NOTCH / 0.1, VIEW.top])


def test_a_trackpad_scrolls_by_its_pixels_both_ways() -> None:
    after = turned(VIEW, Turn(0, 0, notches=(5.0, 5.0), pixels=(-30.0, -24.0)), PAPER)
    assert [after.left, after.top] == pytest.approx([10_300.0, 78.0])


def test_with_ctrl_the_time_zooms_at_the_pointer() -> None:
    after = turned(VIEW, Turn(300.0, 0, notches=(0.0, 1.0), ctrl=True), PAPER)
    assert after.tick_width > VIEW.tick_width
    assert after.tick(300.0) == pytest.approx(VIEW.tick(300.0))
    assert after.row_height == VIEW.row_height


def test_with_ctrl_and_shift_the_pitches_zoom() -> None:
    after = turned(VIEW, Turn(0, 100.0, notches=DOWN, ctrl=True, shift=True), PAPER)
    assert after.row_height < VIEW.row_height
    assert after.tick_width == VIEW.tick_width


def test_one_cannot_scroll_into_nowhere() -> None:
    assert turned(VIEW, Turn(0, 0, notches=(0.0, 1e6)), PAPER).top == PAPER.highest + 0.5
    assert turned(VIEW, Turn(0, 0, notches=(1e6, 0.0)), PAPER).left == 0.0
