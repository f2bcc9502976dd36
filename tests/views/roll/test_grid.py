from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Note, Score, TimeSignature, Voice
from harmonizer_gui.views.roll.grid import GRIDS, Grid, Place, bar_around, bars_between, place_of

THREE_FOUR = Score(
    (Voice((Note(0, 480, 60), Note(480, 4320, 62))), Voice(), Voice(), Voice()),
    time_signatures=(TimeSignature(0, 3, 4),),
    pickup=480,
)
EIGHTH = Grid(8)
grids = st.sampled_from(GRIDS)
ticks = st.integers(0, 20_000)


def test_the_grids_from_the_whole_note_to_the_thirty_second_triplets_and_dotted() -> None:
    assert {grid.name: grid.ticks for grid in GRIDS} == {
        "1/1": 1920,
        "1/2": 960,
        "1/4": 480,
        "1/8": 240,
        "1/16": 120,
        "1/32": 60,
        "1/2 T": 640,
        "1/4 T": 320,
        "1/8 T": 160,
        "1/16 T": 80,
        "1/2.": 1440,
        "1/4.": 720,
        "1/8.": 360,
    }


@given(grids, ticks)
def test_a_tick_lies_between_its_lines(grid: Grid, tick: int) -> None:
    before, after = grid.before(THREE_FOUR, tick), grid.after(THREE_FOUR, tick)
    assert before <= tick < after
    assert after - before <= grid.ticks


@given(grids, ticks)
def test_nearest_is_one_of_the_lines_around_and_stays_itself(grid: Grid, tick: int) -> None:
    nearest = grid.nearest(THREE_FOUR, tick)
    assert nearest in (grid.before(THREE_FOUR, tick), grid.after(THREE_FOUR, tick))
    assert grid.nearest(THREE_FOUR, nearest) == nearest


@given(grids, st.integers(1, 20_000))
def test_previous_and_after_are_inverse_on_lines(grid: Grid, tick: int) -> None:
    line = grid.after(THREE_FOUR, tick)
    assert grid.after(THREE_FOUR, grid.previous(THREE_FOUR, line)) == line


def test_the_grid_starts_anew_with_each_bar() -> None:
    assert [Grid(1).after(THREE_FOUR, tick) for tick in (0, 480, 1000)] == [480, 1920, 1920]
    assert Grid(2).before(THREE_FOUR, 1500) == 1440


def test_there_is_nothing_before_the_start() -> None:
    assert EIGHTH.previous(THREE_FOUR, 0) == 0
    assert EIGHTH.nearest(THREE_FOUR, -50.0) == 0


@pytest.mark.parametrize(
    ("tick", "place"),
    [
        (0, Place(0, 3)),
        (480, Place(1, 1)),
        (959, Place(1, 1)),
        (960, Place(1, 2)),
        (1920, Place(2, 1)),
        (6240, Place(5, 1)),
    ],
)
def test_places_as_musicians_count_them(tick: int, place: Place) -> None:
    assert place_of(THREE_FOUR, tick) == place


def test_three_eighths_are_one_beat_in_six_eight() -> None:
    score = Score(time_signatures=(TimeSignature(0, 6, 8),))
    assert [place_of(score, tick) for tick in (0, 700, 720)] == [Place(1, 1), Place(1, 1), Place(1, 2)]


@given(ticks)
def test_the_bar_around_a_tick_holds_it_past_the_end_too(tick: int) -> None:
    bar = bar_around(THREE_FOUR, tick)
    assert bar.start <= tick < bar.end


def test_bars_go_on_past_the_end_without_a_gap() -> None:
    bars = list(bars_between(THREE_FOUR, 0, 12_000))
    assert [bar.number for bar in bars] == list(range(len(bars)))
    assert all(one.end == other.start for one, other in pairwise(bars))
    assert bars[-1].end >= 12_000
