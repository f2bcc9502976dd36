from __future__ import annotations

from fractions import Fraction

import pytest

from harmonizer_gui.score import Note, Score, TimeSignature, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.note_table.cells import Column, cell_text, parse_pitch, written
from harmonizer_gui.views.places import bar_and_beat, length_words, tick_of

NOTE = Note(1920 + 480, 240, 66, 80, fermata=True, generated=True)
SCORE = Score((Voice((Note(0, 480, 72),)), Voice((NOTE,)), Voice(), Voice()))
REF = NoteRef(VoiceName.ALTO, NOTE)
PICKUP = Score((Voice((Note(0, 4800, 72),)), Voice(), Voice(), Voice()), pickup=480)


def test_a_row_says_what_musicians_say() -> None:
    texts = [cell_text(SCORE, REF, column) for column in Column]
    assert texts == ["2", "2", "1/8", "alto", "F♯4", "80", "yes", ""]


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        (Column.BAR, "1", NOTE.at(480, 720)),
        (Column.BEAT, "2.5", NOTE.at(2640, 2880)),
        (Column.BEAT, "1,5", NOTE.at(2160, 2400)),
        (Column.LENGTH, "3/8", NOTE.at(2400, 3120)),
        (Column.LENGTH, "1", NOTE.at(2400, 4320)),
    ],
)
def test_a_number_moves_or_stretches_the_note(column: Column, text: str, expected: Note) -> None:
    edit = written(SCORE, REF, column, text)
    (note,) = edit.score.voice(VoiceName.ALTO)
    assert (note.start, note.duration) == (expected.start, expected.duration)
    assert not note.generated
    assert edit.selection == {NoteRef(VoiceName.ALTO, note)}
    assert edit.text


def test_another_voice_takes_the_note() -> None:
    edit = written(SCORE, REF, Column.VOICE, "t")
    assert not edit.score.voice(VoiceName.ALTO).notes
    assert edit.score.voice(VoiceName.TENOR).notes[0].pitch == 66


def test_another_loudness_leaves_it_generated() -> None:
    (note,) = written(SCORE, REF, Column.LOUDNESS, "100").score.voice(VoiceName.ALTO)
    assert (note.velocity, note.generated) == (100, True)


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (Column.BAR, "two", "whole number"),
        (Column.BEAT, "x", "a number"),
        (Column.BEAT, "5", "Bar 2 has no beat 5"),
        (Column.BEAT, "0", "has no beat"),
        (Column.LENGTH, "0", "part of a whole note"),
        (Column.LENGTH, "1/0", "part of a whole note"),
        (Column.VOICE, "viola", "“viola” is no voice"),
        (Column.PITCH, "X4", "“X4” is no pitch"),
        (Column.PITCH, "C12", "on no key"),
        (Column.LOUDNESS, "0", "1 to 127"),
        (Column.LOUDNESS, "loud", "1 to 127"),
    ],
)
def test_what_makes_no_sense_is_answered_by_a_sentence(column: Column, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        written(SCORE, REF, column, text)


@pytest.mark.parametrize(
    ("text", "pitch"),
    [("C4", 60), ("c4", 60), ("F#4", 66), ("F♯4", 66), ("Bb3", 58), ("B♭3", 58), ("h3", 59), ("60", 60)],
)
def test_pitches_are_read_as_they_are_written(text: str, pitch: int) -> None:
    assert parse_pitch(text) == pitch


@pytest.mark.parametrize("tick", [0, 120, 480, 2400, 2560, 5000, 40_000])
@pytest.mark.parametrize("score", [SCORE, PICKUP, Score(time_signatures=(TimeSignature(0, 6, 8),))])
def test_a_place_leads_back_to_its_tick(score: Score, tick: int) -> None:
    assert tick_of(score, *bar_and_beat(score, tick)) == tick


def test_a_pickup_ends_on_the_last_beat() -> None:
    assert bar_and_beat(PICKUP, 0) == (0, Fraction(4))
    assert bar_and_beat(PICKUP, 480) == (1, Fraction(1))
    with pytest.raises(ValueError, match="no beat"):
        tick_of(PICKUP, 0, Fraction(1))
    with pytest.raises(ValueError, match="begins with bar 1"):
        tick_of(SCORE, 0, Fraction(1))


@pytest.mark.parametrize(("ticks", "words"), [(480, "1/4"), (720, "3/8"), (1920, "1"), (160, "1/12")])
def test_lengths_are_parts_of_a_whole(ticks: int, words: str) -> None:
    assert length_words(ticks) == words
