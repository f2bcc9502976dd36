"""The brush without a window: which cells a stroke meets, what it is called, and what marks them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.engine.guidance import AVOID, FAVOUR, NO_GUIDANCE, Guidance
from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.roll.gestures import Brush, Outcome, Pointer, Tool, press, right_press
from harmonizer_gui.views.roll.gestures.paint import cells_at
from harmonizer_gui.views.roll.paint_marks import Patch, patches
from tests.views.roll.test_gestures import SCENE, VIEW, at, play

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS
OLD = NO_GUIDANCE.paint(ALTO, [(0, 70)], FAVOUR).paint(BASS, [(0, 40)], AVOID)
PAINTING = replace(SCENE, brush=Brush(guidance=OLD))


def guidance_of(outcomes: list[Outcome]) -> Guidance:
    found = [outcome.stroke.guidance for outcome in outcomes if outcome.stroke is not None]
    return found[-1] if found else OLD


def stroke(*pointers: Pointer, tool: Tool = Tool.PAINT, right: bool = False) -> Guidance:
    begin = right_press if right else press
    return guidance_of(play(begin(PAINTING, tool, pointers[0]), *pointers[1:]).outcomes)


def strengths(guidance: Guidance, voice: VoiceName = ALTO) -> dict[tuple[int, int], float]:
    return {(cell.step, cell.pitch): cell.strength for cell in guidance.painted_in(voice)}


def test_a_click_favours_one_cell_of_the_target() -> None:
    assert strengths(stroke(at(250, 64))) == {(0, 70): FAVOUR, (2, 64): FAVOUR}
    assert strengths(stroke(at(250, 64)), BASS) == {(0, 40): AVOID}


@pytest.mark.parametrize(
    ("button", "held", "strength"),
    [
        ("left", {}, FAVOUR),
        ("right", {}, AVOID),
        ("left", {"alt": True}, AVOID),
        ("right", {"alt": True}, AVOID),
    ],
)
def test_the_other_button_and_alt_avoid(button: str, held: dict[str, bool], strength: float) -> None:
    painted = stroke(replace(at(250, 64), **held), right=button == "right")
    assert strengths(painted)[2, 64] == strength


def test_shift_and_the_eraser_take_away_what_is_painted_and_nothing_else() -> None:
    assert strengths(stroke(replace(at(10, 70), shift=True))) == {}
    assert strengths(stroke(at(10, 70), tool=Tool.ERASE)) == {}
    beside = play(press(PAINTING, Tool.PAINT, replace(at(250, 64), shift=True)))
    assert guidance_of(beside.outcomes) is OLD
    erased = play(press(PAINTING, Tool.ERASE, at(100, 60)))
    assert erased.alto == [(480, 480, 62)]


def test_a_stroke_is_one_step_and_names_what_it_met() -> None:
    played = play(press(PAINTING, Tool.PAINT, at(20, 64)), at(700, 64), at(1400, 64))
    told = [outcome.stroke for outcome in played.outcomes if outcome.stroke is not None]
    assert len({id(each.gesture) for each in told}) == 1
    assert told[-1].text == "Favour 12 cells for the alto"
    assert told[0].text == "Favour 1 cell for the alto"
    assert {step for step, pitch in strengths(told[-1].guidance) if pitch == 64} == set(range(12))


def test_a_stroke_over_the_same_cells_says_nothing_new() -> None:
    played = play(press(PAINTING, Tool.PAINT, at(20, 70)), at(30, 70))
    assert all(outcome.stroke is None for outcome in played.outcomes)


def test_a_stroke_that_is_cancelled_leaves_all_as_it_was() -> None:
    played = play(press(PAINTING, Tool.PAINT, at(20, 64)), at(700, 66), cancelled=True)
    last = played.outcomes[-1].stroke
    assert last is not None
    assert (last.text, last.guidance) == ("", OLD)
    nothing = play(press(PAINTING, Tool.PAINT, at(20, 70)), cancelled=True)
    assert nothing.outcomes[-1].stroke is None


@given(
    start=st.tuples(st.integers(0, 6000), st.integers(40, 70)),
    end=st.tuples(st.integers(0, 6000), st.integers(40, 70)),
)
def test_a_quick_stroke_leaves_no_step_and_no_pitch_out(start: tuple[int, int], end: tuple[int, int]) -> None:
    met = strengths(stroke(at(*start), at(*end))).keys() - {(0, 70)}
    first, last = sorted((start[0] // 120, end[0] // 120))
    low, high = sorted((start[1], end[1]))
    missing = {(0, 70)} if low <= 70 <= high and first == 0 else set()
    assert {step for step, _ in met | missing} == set(range(first, last + 1))
    assert {pitch for _, pitch in met | missing} == set(range(low, high + 1))


@pytest.mark.parametrize(
    ("semitones", "expected"), [(1, {60}), (2, {60, 61}), (3, {59, 60, 61}), (5, {58, 59, 60, 61, 62})]
)
def test_the_brush_is_some_semitones_wide(semitones: int, expected: set[int]) -> None:
    assert cells_at(130, 60, semitones) == {(1, pitch) for pitch in expected}


def test_the_brush_stays_on_the_paper() -> None:
    assert cells_at(130, 108, 3) == {(1, 107), (1, 108)}
    assert cells_at(-5, 60, 1) == frozenset()
    assert strengths(stroke(Pointer(VIEW.x(-400), VIEW.y(64) + 5.0))) == {(0, 70): FAVOUR}


def test_cells_side_by_side_are_one_mark() -> None:
    painted = NO_GUIDANCE.paint(ALTO, [(0, 60), (1, 60), (2, 61), (4, 60)], FAVOUR).paint(
        ALTO, [(2, 60)], AVOID
    )
    assert patches(painted.painted_in(ALTO)) == [
        Patch(60, 0, 2, favours=True),
        Patch(60, 2, 3, favours=False),
        Patch(60, 4, 5, favours=True),
        Patch(61, 2, 3, favours=True),
    ]
