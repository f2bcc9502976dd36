from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import KeySignature, Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef, Selection
from harmonizer_gui.views.roll import commands
from harmonizer_gui.views.roll.grid import Grid

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS
NOTES = (Note(0, 480, 66), Note(480, 480, 67), Note(960, 480, 69, generated=True))
G_MAJOR = KeySignature(0, 1)
SCORE = Score((Voice(), Voice(NOTES), Voice(), Voice((Note(0, 960, 22),))), key_signatures=(G_MAJOR,))
EIGHTH = Grid(8)


def alto(*indices: int) -> Selection:
    return frozenset(NoteRef(ALTO, NOTES[index]) for index in indices)


BASS_NOTE: Selection = frozenset({NoteRef(BASS, SCORE.voice(BASS).notes[0])})


def pitches(score: Score, voice: VoiceName = ALTO) -> list[int]:
    return [note.pitch for note in score.voice(voice)]


def test_the_words_of_an_undo_step() -> None:
    assert commands.delete(SCORE, alto(0)).text == "Delete a note of the alto"
    assert commands.delete(SCORE, alto(0, 1)).text == "Delete 2 notes of the alto"
    assert commands.delete(SCORE, alto(0, 1) | BASS_NOTE).text == "Delete 3 notes"
    assert commands.clear(SCORE, BASS).text == "Clear the bass"


def test_transposed_notes_stay_selected_and_count_as_written_by_hand() -> None:
    edit = commands.transpose(SCORE, alto(1, 2), 2)
    assert pitches(edit.score) == [66, 69, 71]
    assert edit.selection == {NoteRef(ALTO, note) for note in edit.score.voice(ALTO).notes[1:]}
    assert not any(note.generated for note in edit.score.voice(ALTO))


def test_a_block_stops_as_a_whole_at_the_end_of_the_keys() -> None:
    edit = commands.transpose(SCORE, alto(0) | BASS_NOTE, -12)
    assert pitches(edit.score) == [65, 67, 69]
    assert pitches(edit.score, BASS) == [21]


def test_a_step_of_the_scale() -> None:
    assert pitches(commands.transpose_in_scale(SCORE, alto(0, 1), 1).score) == [67, 69, 69]
    assert pitches(commands.transpose_in_scale(SCORE, alto(0, 1), -1).score) == [64, 66, 69]


def test_no_note_moves_by_a_step_where_one_would_leave_the_keys() -> None:
    score = SCORE.with_voice(BASS, Voice((Note(0, 960, 21),)))
    chosen = alto(0) | {NoteRef(BASS, score.voice(BASS).notes[0])}
    assert commands.transpose_in_scale(score, chosen, -1).score == score


@pytest.mark.parametrize(
    ("pitch", "direction", "key", "expected"),
    [
        (65, 1, G_MAJOR, 66),
        (66, -1, G_MAJOR, 64),
        (57, 1, KeySignature(0, 0, "minor"), 59),
        (59, 1, KeySignature(0, 0, "minor"), 60),
        (61, 1, KeySignature(0, 0), 62),
    ],
)
def test_the_next_pitch_of_a_scale(pitch: int, direction: int, key: KeySignature, expected: int) -> None:
    assert commands.next_in_scale(pitch, direction, key) == expected


def test_later_and_earlier_go_to_the_next_grid_line() -> None:
    edit = commands.shift_in_time(SCORE, alto(2), EIGHTH, 1)
    assert [note.start for note in edit.score.voice(ALTO)] == [0, 480, 1200]
    back = commands.shift_in_time(edit.score, edit.selection, EIGHTH, -1)
    assert [note.start for note in back.score.voice(ALTO)] == [0, 480, 960]


def test_nothing_moves_before_the_start() -> None:
    assert commands.shift_in_time(SCORE, alto(0), EIGHTH, -1).score == SCORE


def test_longer_covers_what_follows_and_shorter_leaves_a_gap() -> None:
    longer = commands.lengthen(SCORE, alto(0), EIGHTH, 1)
    assert [(note.start, note.duration) for note in longer.score.voice(ALTO)][:2] == [(0, 720), (720, 240)]
    shorter = commands.lengthen(SCORE, alto(0), EIGHTH, -1)
    assert [(note.start, note.duration) for note in shorter.score.voice(ALTO)][:2] == [(0, 240), (480, 480)]


def test_a_note_of_one_grid_step_gets_no_shorter() -> None:
    once = commands.lengthen(SCORE, alto(0), EIGHTH, -1)
    assert commands.lengthen(once.score, once.selection, EIGHTH, -1).score == once.score


def test_from_note_to_note() -> None:
    first = commands.neighbour(SCORE, NOTHING, ALTO, 1)
    assert first == alto(0)
    assert commands.neighbour(SCORE, first, ALTO, 1) == alto(1)
    assert commands.neighbour(SCORE, NOTHING, ALTO, -1) == alto(2)
    assert commands.neighbour(SCORE, alto(2), ALTO, 1) == alto(0)
    assert commands.neighbour(SCORE, NOTHING, VoiceName.TENOR, 1) == NOTHING


@given(st.sets(st.integers(0, 2), min_size=1), st.integers(-12, 12))
def test_up_and_down_again_is_where_it_was(indices: set[int], semitones: int) -> None:
    chosen = alto(*indices)
    there = commands.transpose(SCORE, chosen, semitones)
    back = commands.transpose(there.score, there.selection, -semitones)
    assert pitches(back.score) == pitches(SCORE)
