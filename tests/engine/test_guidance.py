"""Guidance as a value: painting, locking, switching, likening."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.engine.guidance import (
    AVOID,
    CROSSINGS,
    FAVOUR,
    NO_GUIDANCE,
    Compass,
    Guidance,
    Likeness,
    Lock,
    PaintedCell,
)
from harmonizer_gui.score import Note, Voice, VoiceName

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS
C_MAJOR = frozenset({0, 4, 7})
CELLS = st.lists(st.tuples(st.integers(0, 40), st.integers(21, 108)), max_size=20)


@given(first=CELLS, second=CELLS)
def test_the_last_stroke_counts_and_the_eraser_leaves_nothing(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    painted = NO_GUIDANCE.paint(ALTO, first, FAVOUR).paint(ALTO, second, AVOID)
    strengths = {(cell.step, cell.pitch): cell.strength for cell in painted.painted_in(ALTO)}
    assert strengths == dict.fromkeys(first, FAVOUR) | dict.fromkeys(second, AVOID)
    assert painted.painted_in(BASS) == ()
    assert painted.paint(ALTO, [*first, *second], 0.0) == NO_GUIDANCE


def test_voices_are_painted_apart() -> None:
    both = NO_GUIDANCE.paint(BASS, [(0, 48)], AVOID).paint(ALTO, [(0, 48)], FAVOUR)
    assert both.painted == (PaintedCell(ALTO, 0, 48, FAVOUR), PaintedCell(BASS, 0, 48, AVOID))


@pytest.mark.parametrize(
    "cell", [(-1, 60, 1.0), (0, 20, 1.0), (0, 109, 1.0), (0, 60, 10.5), (0, 60, float("nan")), (0, 60, 0.0)]
)
def test_what_cannot_be_painted(cell: tuple[int, int, float]) -> None:
    with pytest.raises(ValueError, match="a cell is painted"):
        Guidance(painted=(PaintedCell(ALTO, *cell),))


def test_cells_are_in_order_each_once() -> None:
    twice = (PaintedCell(ALTO, 0, 60, 1.0), PaintedCell(ALTO, 0, 60, 2.0))
    with pytest.raises(ValueError, match="each once"):
        Guidance(painted=twice)


def test_the_narrowest_lock_holds_whatever_was_locked_last() -> None:
    chord = Lock(1920, 3840, C_MAJOR, "C")
    whole = Lock(0, None, frozenset(range(0, 12, 2)), "whole tones")
    guidance = NO_GUIDANCE.lock(chord).lock(whole)
    assert [guidance.lock_at(tick) for tick in (0, 1919, 1920, 3839, 3840)] == [
        whole,
        whole,
        chord,
        chord,
        whole,
    ]
    again = guidance.lock(Lock(1920, 3840, frozenset({7}), "G"))
    held = again.lock_at(2000)
    assert held is not None
    assert (held.label, len(again.locks)) == ("G", 2)
    assert guidance.unlock(1920, 3840).locks == (whole,)
    assert guidance.unlock().locks == ()
    assert NO_GUIDANCE.lock_at(0) is None


@pytest.mark.parametrize(
    "lock", [(0, 0, C_MAJOR), (-1, 5, C_MAJOR), (0, 5, frozenset()), (0, 5, frozenset({12}))]
)
def test_what_cannot_be_locked(lock: tuple[int, int, frozenset[int]]) -> None:
    with pytest.raises(ValueError, match="lock"):
        Lock(*lock)


def test_faults_have_switches() -> None:
    off = NO_GUIDANCE.switch(CROSSINGS, on=False)
    assert off.off == {CROSSINGS}
    assert off.switch(CROSSINGS, on=True) == NO_GUIDANCE


def test_a_voice_is_likened_to_one_line() -> None:
    line = Voice((Note(0, 480, 60),))
    likened = NO_GUIDANCE.liken(Likeness(ALTO, line)).liken(Likeness(ALTO, line, more=False))
    assert likened.alike == (Likeness(ALTO, line, more=False),)
    assert likened.likeness(BASS) is None
    assert likened.unlike(ALTO) == NO_GUIDANCE
    with pytest.raises(ValueError, match="one line"):
        Guidance(alike=(Likeness(ALTO, line), Likeness(ALTO, line)))


def test_singers_other_than_usual_are_kept_and_those_of_the_chorales_are_not() -> None:
    usual = NO_GUIDANCE.range_of(ALTO)
    low = NO_GUIDANCE.with_range(BASS, 38, 60).with_range(ALTO, 50, 70).with_range(ALTO, 52, 71)
    assert (low.range_of(ALTO), low.range_of(BASS)) == ((52, 71), (38, 60))
    assert [compass.voice for compass in low.ranges] == [ALTO, BASS]
    assert low.with_range(BASS, 36, 64).with_range(ALTO, *usual) == NO_GUIDANCE


@pytest.mark.parametrize(("low", "high"), [(60, 59), (20, 60), (60, 109)])
def test_ranges_that_no_voice_has(low: int, high: int) -> None:
    with pytest.raises(ValueError, match="the bass cannot range over"):
        NO_GUIDANCE.with_range(BASS, low, high)


def test_a_voice_has_one_range() -> None:
    with pytest.raises(ValueError, match="one range"):
        Guidance(ranges=(Compass(ALTO, 50, 60), Compass(ALTO, 51, 60)))
