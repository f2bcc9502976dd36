from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Note
from harmonizer_gui.views.roll.coordinates import (
    MAX_ROW_HEIGHT,
    MAX_TICK_WIDTH,
    Box,
    Coordinates,
    Paper,
)

PAPER = Paper(end=100_000)
lengths = st.floats(50.0, 3000.0)
views = st.builds(
    Coordinates,
    left=st.floats(-5_000.0, 150_000.0),
    top=st.floats(0.0, 140.0),
    tick_width=st.floats(0.001, 2.0),
    row_height=st.floats(1.0, 40.0),
    width=lengths,
    height=lengths,
)
clamped_views = views.map(lambda view: view.clamped(PAPER))
ticks = st.integers(0, 200_000)


@given(clamped_views, ticks)
def test_tick_to_pixel_and_back(view: Coordinates, tick: int) -> None:
    assert view.tick(view.x(tick)) == pytest.approx(tick, abs=1e-6)


@given(clamped_views, st.integers(0, 127), st.floats(0.01, 0.99))
def test_every_pixel_of_a_row_is_its_pitch(view: Coordinates, pitch: int, part: float) -> None:
    assert view.pitch(view.y(pitch) + part * view.row_height) == pitch


@given(views)
def test_a_clamped_view_shows_nothing_but_paper(view: Coordinates) -> None:
    clamped = view.clamped(PAPER)
    assert clamped.left >= 0
    assert clamped.right <= PAPER.end + 1e-6
    assert clamped.top <= PAPER.highest + 0.5
    assert clamped.bottom >= PAPER.lowest - 0.5 - 1e-6
    assert clamped.clamped(PAPER) == clamped


@given(clamped_views, st.floats(0.2, 5.0), st.floats(0.0, 1.0))
def test_time_zoom_keeps_the_tick_under_the_pointer(view: Coordinates, factor: float, part: float) -> None:
    x = part * view.width
    zoomed = view.time_zoomed(factor, x, PAPER)
    is_at_an_end = zoomed.left == 0.0 or zoomed.right == pytest.approx(PAPER.end)
    assert is_at_an_end or zoomed.tick(x) == pytest.approx(view.tick(x), abs=1e-3)
    assert zoomed.tick_width <= MAX_TICK_WIDTH


@given(clamped_views, st.floats(0.2, 5.0), st.floats(0.0, 1.0))
def test_pitch_zoom_keeps_the_pitch_under_the_pointer(view: Coordinates, factor: float, part: float) -> None:
    y = part * view.height
    zoomed = view.pitch_zoomed(factor, y, PAPER)
    is_at_an_end = zoomed.top == PAPER.highest + 0.5 or zoomed.bottom == pytest.approx(PAPER.lowest - 0.5)
    before, after = view.top - y / view.row_height, zoomed.top - y / zoomed.row_height
    assert is_at_an_end or after == pytest.approx(before, abs=1e-6)
    assert zoomed.row_height <= max(MAX_ROW_HEIGHT, view.row_height)


@given(clamped_views)
def test_zooming_out_far_shows_the_whole_paper(view: Coordinates) -> None:
    zoomed = view.time_zoomed(1e-9, 0.0, PAPER)
    assert [zoomed.left, zoomed.right] == pytest.approx([0.0, PAPER.end], abs=1e-6)


def test_a_note_lies_in_the_row_of_its_pitch() -> None:
    view = Coordinates(left=480.0, top=60.5, tick_width=0.1, row_height=10.0)
    assert view.box(Note(960, 240, 60)) == Box(48.0, 0.0, 24.0, 10.0)
    assert view.box(Note(480, 240, 58)) == Box(0.0, 20.0, 24.0, 10.0)


def test_visible_pitches_are_those_of_which_a_part_is_seen() -> None:
    view = Coordinates(top=60.5, row_height=10.0, height=30.0)
    assert list(view.visible_pitches) == [58, 59, 60]
    assert list(view.scrolled(0.0, -1.0).visible_pitches) == [58, 59, 60, 61]


@given(clamped_views, st.integers(0, 90_000), st.integers(1, 2_000), st.integers(30, 100))
def test_what_is_revealed_is_in_view(view: Coordinates, start: int, length: int, pitch: int) -> None:
    shown = view.revealing(ticks=(start, start + length), pitches=(pitch, pitch), margin=20.0)
    assert shown.left <= start + 1e-6
    assert start + length <= shown.right + 1e-6 or length > shown.ticks_shown
    assert shown.bottom <= pitch - 0.5 + 1e-6
    assert pitch + 0.5 <= shown.top + 1e-6


def test_what_is_in_view_already_does_not_move() -> None:
    view = Coordinates(left=1000.0, top=80.0, tick_width=0.1, row_height=10.0, width=500.0, height=300.0)
    assert view.revealing(ticks=(3000, 3100), pitches=(65, 65), margin=20.0) == view


def test_another_size_keeps_place_and_scale() -> None:
    view = Coordinates(left=100.0, top=90.0)
    bigger = view.resized(1600.0, 900.0)
    assert (bigger.left, bigger.top) == (view.left, view.top)
    assert (bigger.tick_width, bigger.row_height) == (view.tick_width, view.row_height)


def test_fitted_shows_the_span_it_was_asked_for() -> None:
    view = Coordinates(width=1000.0, height=400.0).fitted(ticks=(480, 8480), pitches=(50, 69))
    assert [view.left, view.right] == pytest.approx([480, 8480])
    assert [view.bottom, view.top] == pytest.approx([49.5, 69.5])
