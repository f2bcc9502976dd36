"""The laws of a voice: one line, whatever is cut from it and laid over it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Note, Voice, VoiceName, pitch_name
from tests.strategies import voices

TICKS = st.integers(0, 6000)
SPANS = st.tuples(TICKS, TICKS).map(lambda ends: (min(ends), max(ends)))
NOTES = st.builds(Note, TICKS, st.integers(1, 3000), st.integers(0, 127), st.integers(1, 127))
VOICES = voices(grid=40)


def sounding(voice: Voice, tick: int) -> tuple[int, int] | None:
    """Pitch and velocity of what sounds at the tick: what a listener hears."""
    note = voice.at(tick)
    return (note.pitch, note.velocity) if note else None


@given(voice=VOICES, span=SPANS, tick=TICKS)
def test_a_cut_silences_its_span_and_nothing_else(voice: Voice, span: tuple[int, int], tick: int) -> None:
    cut = voice.cut(*span)
    inside = span[0] <= tick < span[1]
    assert sounding(cut, tick) == (None if inside else sounding(voice, tick))


@given(voice=VOICES, span=SPANS)
def test_cutting_twice_is_cutting_once(voice: Voice, span: tuple[int, int]) -> None:
    assert voice.cut(*span).cut(*span) == voice.cut(*span)


@given(voice=VOICES, note=NOTES, tick=TICKS)
def test_a_laid_note_sounds_and_the_rest_is_as_before(voice: Voice, note: Note, tick: int) -> None:
    laid = voice.laid(note)
    assert laid.at(note.start) == note
    assert laid.at(note.end - 1) == note
    inside = note.start <= tick < note.end
    assert sounding(laid, tick) == ((note.pitch, note.velocity) if inside else sounding(voice, tick))


@given(voice=VOICES, note=NOTES)
def test_a_note_laid_and_taken_away_leaves_silence(voice: Voice, note: Note) -> None:
    assert voice.laid(note).without([note]) == voice.cut(note.start, note.end)


@given(voice=VOICES)
def test_a_voice_is_what_laying_its_notes_makes(voice: Voice) -> None:
    again = Voice()
    for note in reversed(voice.notes):
        again = again.laid(note)
    assert again == voice


@given(voice=VOICES, span=SPANS)
def test_between_gives_just_the_notes_that_sound_there(voice: Voice, span: tuple[int, int]) -> None:
    start, end = span
    expected = tuple(note for note in voice if note.start < end and note.end > start)
    assert voice.between(start, end) == (expected if start < end else voice.between(start, start))


@given(voice=VOICES, tick=TICKS)
def test_at_gives_the_note_that_sounds(voice: Voice, tick: int) -> None:
    expected = [note for note in voice if note.start <= tick < note.end]
    assert voice.at(tick) == (expected[0] if expected else None)


@given(voice=VOICES)
def test_the_end_is_that_of_the_last_note(voice: Voice) -> None:
    assert voice.end == max((note.end for note in voice), default=0)


def test_notes_that_overlap_are_no_voice() -> None:
    with pytest.raises(ValueError, match="overlap at tick 479: C4 and D4"):
        Voice((Note(0, 480, 60), Note(479, 480, 62)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": -1}, "starts at tick -1"),
        ({"duration": 0}, "lasts 0 ticks"),
        ({"pitch": 128}, "pitch 128, outside 0–127"),
        ({"velocity": 0}, "velocity 0, outside 1–127"),
    ],
)
def test_impossible_notes(changes: dict[str, int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(Note(0, 480, 60), **changes)  # type: ignore[arg-type]  # whole numbers all


def test_names_of_voices_and_pitches() -> None:
    assert [VoiceName.parse(text) for text in ("Alto", " b ", "TENOR", "s")] == [
        VoiceName.ALTO,
        VoiceName.BASS,
        VoiceName.TENOR,
        VoiceName.SOPRANO,
    ]
    with pytest.raises(ValueError, match="“viola” is no voice"):
        VoiceName.parse("viola")
    assert [pitch_name(pitch) for pitch in (0, 21, 60, 70, 108, 127)] == [
        "C-1", "A0", "C4", "B♭4", "C8", "G9",
    ]  # fmt: skip
