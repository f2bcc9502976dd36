"""Gestures without a window: what they ask for, from the press to the release."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef, Selection
from harmonizer_gui.views.roll.coordinates import Box, Coordinates
from harmonizer_gui.views.roll.gestures import (
    Gesture,
    Outcome,
    Pointer,
    Scene,
    Tool,
    double_click,
    erase,
    press,
)
from harmonizer_gui.views.roll.grid import Grid

ALTO, TENOR = VoiceName.ALTO, VoiceName.TENOR
FIRST, SECOND, TENOR_NOTE = Note(0, 480, 60), Note(480, 480, 62), Note(0, 960, 55)
SCORE = Score((Voice(), Voice((FIRST, SECOND)), Voice((TENOR_NOTE,)), Voice()))
VIEW = Coordinates(left=0.0, top=72.5, tick_width=0.1, row_height=10.0, width=800.0, height=400.0)
SCENE = Scene(SCORE, NOTHING, ALTO, VIEW, Grid(8), last_length=480)


def at(tick: float, pitch: int) -> Pointer:
    """The middle of the row of `pitch`, at `tick`."""
    return Pointer(VIEW.x(tick), VIEW.y(pitch) + 5.0)


def ref(note: Note, voice: VoiceName = ALTO) -> NoteRef:
    return NoteRef(voice, note)


@dataclass
class Played:
    """What a gesture left behind: what a document would now hold."""

    score: Score
    selection: Selection
    outcomes: list[Outcome]

    @property
    def alto(self) -> list[tuple[int, int, int]]:
        return [(note.start, note.duration, note.pitch) for note in self.score.voice(ALTO)]

    @property
    def text(self) -> str:
        return [outcome.edit.text for outcome in self.outcomes if outcome.edit][-1]


def play(gesture: Gesture, *pointers: Pointer, scene: Scene = SCENE, cancelled: bool = False) -> Played:
    """Begin, move over all pointers, and end at the last one."""
    outcomes = [gesture.begin(), *(gesture.move(pointer) for pointer in pointers)]
    end = pointers[-1] if pointers else at(0, 60)
    outcomes.append(gesture.cancel() if cancelled else gesture.finish(end))
    played = Played(scene.score, scene.selection, outcomes)
    for outcome in outcomes:
        if outcome.edit is not None:
            assert outcome.edit.gesture is gesture, "one gesture is one undo step"
            played.score, played.selection = outcome.edit.score, outcome.edit.selection
        elif outcome.selection is not None:
            played.selection = outcome.selection
    return played


def test_a_click_draws_a_note_of_the_last_length_on_the_grid() -> None:
    played = play(press(SCENE, Tool.DRAW, at(1100, 64)))
    assert played.alto == [(0, 480, 60), (480, 480, 62), (960, 480, 64)]
    assert played.selection == NOTHING
    assert played.text == "Draw a note of the alto"
    assert played.outcomes[0].sound == (ALTO, 64)


def test_dragging_to_the_right_says_how_long() -> None:
    played = play(press(SCENE, Tool.DRAW, at(970, 64)), at(1500, 64), at(2150, 64))
    assert played.alto[-1] == (960, 1200, 64)
    assert played.outcomes[-1].length == 1200


def test_a_drawn_note_is_not_shorter_than_the_grid() -> None:
    played = play(press(SCENE, Tool.DRAW, at(1400, 64)), at(1000, 64))
    assert played.alto[-1] == (1200, 240, 64)


def test_alt_draws_off_the_grid() -> None:
    start = replace(at(1013, 64), alt=True)
    played = play(press(SCENE, Tool.DRAW, start), replace(at(1320, 64), alt=True))
    assert played.alto[-1] == (1013, 307, 64)


def test_what_a_drawn_note_covers_is_trimmed_while_it_is_there() -> None:
    gesture = press(SCENE, Tool.DRAW, at(250, 64))
    played = play(gesture, at(700, 64), at(260, 64))
    middle = played.outcomes[1].edit
    assert middle is not None
    assert [(n.start, n.duration) for n in middle.score.voice(ALTO)] == [(0, 240), (240, 480), (720, 240)]
    assert played.alto == [(0, 240, 60), (240, 480, 64), (720, 240, 62)]


def test_a_click_on_a_note_selects_it_and_sounds_it() -> None:
    played = play(press(SCENE, Tool.DRAW, at(200, 60)))
    assert played.score == SCORE
    assert played.selection == {ref(FIRST)}
    assert played.outcomes[0].sound == (ALTO, 60)


def test_a_click_on_another_voice_makes_it_the_target() -> None:
    played = play(press(SCENE, Tool.DRAW, at(200, 55)))
    assert played.outcomes[0].target == TENOR
    assert played.selection == {ref(TENOR_NOTE, TENOR)}


def test_a_dragged_note_moves_by_the_grid_and_by_rows() -> None:
    played = play(press(SCENE, Tool.DRAW, at(650, 62)), at(1000, 65))
    assert played.alto == [(0, 480, 60), (720, 480, 65)]
    assert played.text == "Move a note of the alto"
    assert played.selection == {ref(Note(720, 480, 65))}


def test_what_a_dragged_note_uncovers_comes_back() -> None:
    gesture = press(SCENE, Tool.SELECT, at(650, 62))
    played = play(gesture, at(400, 62), at(160, 62), at(650, 62))
    assert played.outcomes[2].edit is not None
    assert played.outcomes[2].edit.score != SCORE
    assert played.score == SCORE


def test_a_trembling_hand_moves_nothing() -> None:
    start = at(650, 62)
    gesture = press(SCENE, Tool.DRAW, start)
    assert play(gesture, replace(start, x=start.x + 2), replace(start, y=start.y - 3)).score == SCORE


def test_a_selection_moves_as_a_block_and_stops_as_one() -> None:
    scene = replace(SCENE, selection=frozenset({ref(FIRST), ref(SECOND)}))
    played = play(press(scene, Tool.SELECT, at(650, 62)), at(0, 62), scene=scene)
    assert played.alto == [(0, 480, 60), (480, 480, 62)]
    higher = play(press(scene, Tool.SELECT, at(650, 62)), at(650, 200), scene=scene)
    assert [pitch for _, _, pitch in higher.alto] == [106, 108]


def test_a_click_on_one_of_several_leaves_it_alone() -> None:
    scene = replace(SCENE, selection=frozenset({ref(FIRST), ref(SECOND)}))
    assert play(press(scene, Tool.SELECT, at(650, 62)), scene=scene).selection == {ref(SECOND)}


def test_shift_adds_and_alt_takes_away() -> None:
    scene = replace(SCENE, selection=frozenset({ref(FIRST)}))
    more = press(scene, Tool.SELECT, replace(at(650, 62), shift=True))
    assert play(more, scene=scene).selection == {ref(FIRST), ref(SECOND)}
    less = press(scene, Tool.SELECT, replace(at(200, 60), alt=True))
    assert play(less, scene=scene).selection == NOTHING


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(470, 60), at(700, 60), [(0, 720, 60), (720, 240, 62)]),
        (at(470, 60), at(250, 60), [(0, 240, 60), (480, 480, 62)]),
        (at(490, 62), at(730, 62), [(0, 480, 60), (720, 240, 62)]),
        (at(490, 62), at(240, 62), [(0, 240, 60), (240, 720, 62)]),
    ],
)
def test_both_edges_can_be_dragged(
    start: Pointer, end: Pointer, expected: list[tuple[int, int, int]]
) -> None:
    played = play(press(SCENE, Tool.DRAW, start), end)
    assert played.alto == expected
    assert played.text == "Change the length of a note of the alto"


def test_the_next_note_is_as_long_as_the_last_one_was_made() -> None:
    assert play(press(SCENE, Tool.DRAW, at(470, 60)), at(700, 60)).outcomes[-1].length == 720


def test_a_box_selects_what_it_touches_and_is_drawn() -> None:
    played = play(press(SCENE, Tool.SELECT, at(-20, 70)), at(500, 58))
    assert played.selection == {ref(FIRST), ref(SECOND)}
    assert played.outcomes[1].band == Box(-2.0, VIEW.y(70) + 5.0, 52.0, 120.0)
    assert played.score == SCORE


def test_a_box_adds_with_shift_and_takes_away_with_alt() -> None:
    scene = replace(SCENE, selection=frozenset({ref(TENOR_NOTE, TENOR), ref(FIRST)}))
    start = at(-20, 70)
    more = press(scene, Tool.SELECT, replace(start, shift=True))
    assert len(play(more, at(500, 58), scene=scene).selection) == 3
    less = press(scene, Tool.SELECT, replace(start, alt=True))
    assert play(less, at(500, 58), scene=scene).selection == {ref(TENOR_NOTE, TENOR)}


def test_a_click_beside_all_notes_selects_nothing() -> None:
    scene = replace(SCENE, selection=frozenset({ref(FIRST)}))
    assert play(press(scene, Tool.SELECT, at(3000, 70)), scene=scene).selection == NOTHING


def test_ctrl_boxes_with_the_draw_tool() -> None:
    played = play(press(SCENE, Tool.DRAW, replace(at(-20, 70), ctrl=True)), at(500, 58))
    assert played.selection == {ref(FIRST), ref(SECOND)}


def test_a_double_click_adds_a_note_with_the_select_tool() -> None:
    played = play(double_click(SCENE, Tool.SELECT, at(1000, 64)))
    assert played.alto[-1] == (960, 480, 64)
    assert play(double_click(SCENE, Tool.SELECT, at(200, 60))).score == SCORE


def test_a_stroke_of_the_eraser_takes_all_notes_it_meets() -> None:
    scene = replace(SCENE, selection=frozenset({ref(FIRST), ref(TENOR_NOTE, TENOR)}))
    played = play(press(scene, Tool.ERASE, at(100, 62)), at(100, 52), scene=scene)
    assert [len(voice) for voice in played.score.voices] == [0, 1, 0, 0]
    assert played.text == "Erase 2 notes"
    assert played.selection == NOTHING


def test_the_right_button_erases_with_any_tool() -> None:
    assert play(erase(SCENE, at(200, 60))).alto == [(480, 480, 62)]
    assert play(erase(SCENE, at(200, 70))).score == SCORE


def pointers() -> st.SearchStrategy[Pointer]:
    return st.builds(
        Pointer,
        st.floats(-50.0, 850.0),
        st.floats(-50.0, 450.0),
        shift=st.booleans(),
        alt=st.booleans(),
        ctrl=st.booleans(),
    )


@given(
    tool=st.sampled_from(Tool),
    start=pointers(),
    way=st.lists(pointers(), max_size=6),
    selects=st.booleans(),
)
def test_whatever_the_mouse_does_the_piece_stays_whole(
    *, tool: Tool, start: Pointer, way: list[Pointer], selects: bool
) -> None:
    scene = replace(SCENE, selection=frozenset({ref(FIRST), ref(SECOND)})) if selects else SCENE
    done = play(press(scene, tool, start), *way, scene=scene)
    notes = [note for voice in done.score.voices for note in voice]
    assert all(21 <= note.pitch <= 108 and note.start >= 0 for note in notes)
    assert all(chosen.note in done.score.voice(chosen.voice).notes for chosen in done.selection)
    undone = play(press(scene, tool, start), *way, scene=scene, cancelled=True)
    assert undone.score == scene.score
    assert undone.selection == scene.selection
