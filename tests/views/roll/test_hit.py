from __future__ import annotations

import pytest

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.roll.coordinates import Box, Coordinates
from harmonizer_gui.views.roll.hit import Hit, Part, hit_test, notes_in

LONG, SHORT, TWIN = Note(480, 960, 60), Note(1920, 60, 64), Note(480, 960, 60)
SCORE = Score((Voice(), Voice((LONG, SHORT)), Voice((TWIN,)), Voice()))
VIEW = Coordinates(left=0.0, top=70.5, tick_width=0.1, row_height=10.0)
ALTO, TENOR = VoiceName.ALTO, VoiceName.TENOR
ROW = VIEW.y(60) + 5.0


@pytest.mark.parametrize(
    ("x", "part"),
    [(48.0, Part.START), (53.9, Part.START), (60, Part.BODY), (138, Part.END), (143.9, Part.END)],
)
def test_the_parts_of_a_note(x: float, part: Part) -> None:
    assert hit_test(SCORE, ALTO, VIEW, x, ROW) == Hit(NoteRef(ALTO, LONG), part)


@pytest.mark.parametrize("x", [47.9, 144.0, -20.0])
def test_beside_a_note_there_is_nothing(x: float) -> None:
    assert hit_test(SCORE, ALTO, VIEW, x, ROW) is None


def test_above_a_note_there_is_nothing() -> None:
    assert hit_test(SCORE, ALTO, VIEW, 60.0, ROW - 10.0) is None


def test_of_two_notes_on_each_other_the_target_is_met() -> None:
    assert hit_test(SCORE, ALTO, VIEW, 60.0, ROW) == Hit(NoteRef(ALTO, LONG), Part.BODY)
    assert hit_test(SCORE, TENOR, VIEW, 60.0, ROW) == Hit(NoteRef(TENOR, TWIN), Part.BODY)
    assert hit_test(SCORE, VoiceName.BASS, VIEW, 60.0, ROW) == Hit(NoteRef(ALTO, LONG), Part.BODY)


def test_a_short_note_can_be_taken_in_the_middle() -> None:
    hit = hit_test(SCORE, ALTO, VIEW, 195.0, VIEW.y(64) + 5.0)
    assert hit == Hit(NoteRef(ALTO, SHORT), Part.BODY)


def test_a_box_holds_what_it_touches() -> None:
    box = Box(140.0, VIEW.y(64), 60.0, VIEW.y(60) - VIEW.y(64) + 2.0)
    assert notes_in(SCORE, VIEW, box) == {NoteRef(ALTO, LONG), NoteRef(ALTO, SHORT), NoteRef(TENOR, TWIN)}
    assert notes_in(SCORE, VIEW, Box(145.0, 0.0, 40.0, 300.0)) == frozenset()
