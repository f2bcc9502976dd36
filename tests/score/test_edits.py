"""Edits: what they change, what they leave, and that a voice stays one line."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import (
    NOTHING,
    NoteRef,
    Selection,
    clear_voice,
    exchange_voices,
    existing,
    lay_notes,
    move_notes,
    move_to_voice,
    remove_notes,
    replace_span,
    resize_notes,
)
from tests.strategies import scores

SCORES = scores(grid=60, most=8)
NAMES = st.sampled_from(list(VoiceName))
EDGES: st.SearchStrategy[Literal["start", "end"]] = st.sampled_from(["start", "end"])


@st.composite
def selected(draw: st.DrawFn) -> tuple[Score, Selection]:
    """A score and some of its notes, perhaps none or all."""
    score = draw(SCORES)
    refs = [NoteRef(name, note) for name in VoiceName for note in score.voice(name)]
    return score, frozenset(ref for ref in refs if draw(st.booleans()))


def moved_by(selection: Selection, *, ticks: int, semitones: int) -> set[tuple[VoiceName, int, int, int]]:
    return {
        (ref.voice, ref.note.start + ticks, ref.note.duration, ref.note.pitch + semitones)
        for ref in selection
    }


@given(case=selected())
def test_removing_takes_just_the_selected_notes(case: tuple[Score, Selection]) -> None:
    score, selection = case
    left = remove_notes(score, selection)
    for name in VoiceName:
        assert set(left.voice(name)) == {
            note for note in score.voice(name) if NoteRef(name, note) not in selection
        }
    assert existing(left, selection) == NOTHING


@given(case=selected(), ticks=st.integers(-9000, 9000), semitones=st.integers(-140, 140))
def test_a_block_moves_as_a_whole_and_stops_at_the_ends(
    case: tuple[Score, Selection], ticks: int, semitones: int
) -> None:
    score, selection = case
    after, moved = move_notes(score, selection, ticks=ticks, semitones=semitones)
    if not selection:
        assert (after, moved) == (score, selection)
        return
    pitches = [ref.note.pitch for ref in selection]
    ticks = max(ticks, -min(ref.note.start for ref in selection))
    semitones = max(-min(pitches), min(127 - max(pitches), semitones))
    assert moved_by(moved, ticks=0, semitones=0) == moved_by(selection, ticks=ticks, semitones=semitones)
    assert existing(after, moved) == moved
    if ticks or semitones:
        assert not any(ref.note.generated for ref in moved)


@given(case=selected(), ticks=st.integers(-2000, 2000))
def test_moving_there_and_back_over_silence_is_no_change(case: tuple[Score, Selection], ticks: int) -> None:
    score, selection = case
    alone = remove_notes(score, frozenset(_all(score)) - selection)
    after, moved = move_notes(alone, selection, ticks=ticks, semitones=0)
    shift = _start(moved) - _start(selection)
    back, _ = move_notes(after, moved, ticks=-shift, semitones=0)
    assert [_positions(voice) for voice in back.voices] == [_positions(voice) for voice in alone.voices]


def _all(score: Score) -> list[NoteRef]:
    return [NoteRef(name, note) for name in VoiceName for note in score.voice(name)]


def _start(selection: Selection) -> int:
    return min((ref.note.start for ref in selection), default=0)


def _positions(voice: Voice) -> list[tuple[int, int, int]]:
    return [(note.start, note.end, note.pitch) for note in voice]


@given(case=selected(), ticks=st.integers(-3000, 3000), edge=EDGES, shortest=st.sampled_from([1, 60, 120]))
def test_resizing_moves_one_edge_and_keeps_the_shortest(
    case: tuple[Score, Selection], ticks: int, edge: Literal["start", "end"], shortest: int
) -> None:
    score, selection = case
    after, resized = resize_notes(score, selection, ticks=ticks, edge=edge, shortest=shortest)
    assert existing(after, resized) == resized
    assert len(resized) <= len(selection)
    still = "start" if edge == "end" else "end"
    for ref in resized:
        old = [
            o.note
            for o in selection
            if o.voice == ref.voice and getattr(o.note, still) == getattr(ref.note, still)
        ]
        assert [note.pitch for note in old] == [ref.note.pitch]
        assert ref.note.duration >= min(shortest, old[0].duration)


def test_a_note_grows_over_its_neighbour() -> None:
    short, neighbour = Note(0, 480, 60, generated=True), Note(480, 480, 62)
    score = lay_notes(Score(), VoiceName.ALTO, [short, neighbour])
    selection = frozenset({NoteRef(VoiceName.ALTO, short)})
    after, _ = resize_notes(score, selection, ticks=240, edge="end", shortest=120)
    assert after.voice(VoiceName.ALTO).notes == (Note(0, 720, 60), Note(720, 240, 62))


NEIGHBOURS = tuple(Note(start, 480, 60, generated=True) for start in (480, 960, 1440))


@pytest.mark.parametrize(
    ("edge", "ticks", "expected"),
    [
        ("end", 240, (*NEIGHBOURS[:2], Note(1440, 720, 60))),
        ("start", -240, (Note(240, 720, 60), *NEIGHBOURS[1:])),
        ("end", -240, tuple(Note(note.start, 240, 60) for note in NEIGHBOURS)),
    ],
)
def test_of_neighbours_that_grow_all_stay_selected_and_those_without_room_as_they_are(
    edge: Literal["start", "end"], ticks: int, expected: tuple[Note, ...]
) -> None:
    score = lay_notes(Score(), VoiceName.ALTO, NEIGHBOURS)
    selection = frozenset(_all(score))
    after, resized = resize_notes(score, selection, ticks=ticks, edge=edge, shortest=120)
    assert after.voice(VoiceName.ALTO).notes == expected
    assert resized == frozenset(_all(after))


def test_a_note_grows_up_to_the_next_that_is_selected_and_over_what_is_not() -> None:
    first, between, last = Note(0, 240, 60), Note(240, 120, 62), Note(480, 240, 64)
    score = lay_notes(Score(), VoiceName.ALTO, [first, between, last])
    selection = frozenset(NoteRef(VoiceName.ALTO, note) for note in (first, last))
    after, _ = resize_notes(score, selection, ticks=960, edge="end", shortest=120)
    assert after.voice(VoiceName.ALTO).notes == (Note(0, 480, 60), Note(480, 1200, 64))


@given(case=selected(), ticks=st.integers(-3000, 3000), edge=EDGES)
def test_resizing_loses_no_selected_note(
    case: tuple[Score, Selection], ticks: int, edge: Literal["start", "end"]
) -> None:
    score, selection = case
    _, resized = resize_notes(score, selection, ticks=ticks, edge=edge, shortest=60)
    assert len(resized) == len(selection)


@given(case=selected(), voice=NAMES)
def test_notes_go_to_another_voice_at_their_time_and_pitch(
    case: tuple[Score, Selection], voice: VoiceName
) -> None:
    score, selection = case
    after, _ = move_to_voice(score, selection, voice)
    for name in VoiceName:
        if name != voice:
            assert not {NoteRef(name, note) for note in after.voice(name)} & selection
    line = after.voice(voice)
    for ref in selection:
        assert line.between(ref.note.start, ref.note.end)


@given(case=selected())
def test_two_voices_exchange_their_lines(case: tuple[Score, Selection]) -> None:
    score, _ = case
    both = (VoiceName.SOPRANO, VoiceName.BASS)
    selection = frozenset(NoteRef(voice, note) for voice in both for note in score.voice(voice))
    if not all(len(score.voice(voice)) for voice in both):
        with pytest.raises(ValueError, match="not of two"):
            exchange_voices(score, selection)
        return
    after, chosen = exchange_voices(score, selection)
    for here, there in (both, both[::-1]):
        expected = [(note.start, note.end, note.pitch) for note in score.voice(there)]
        assert [(note.start, note.end, note.pitch) for note in after.voice(here)] == expected
    assert len(chosen) == len(selection)


@given(score=SCORES, voice=NAMES)
def test_clearing_empties_one_voice(score: Score, voice: VoiceName) -> None:
    after = clear_voice(score, voice)
    assert len(after.voice(voice)) == 0
    assert [after.voice(n) for n in VoiceName if n != voice] == [
        score.voice(n) for n in VoiceName if n != voice
    ]


@given(score=SCORES, voice=NAMES, start=st.integers(0, 4000), length=st.integers(1, 4000))
def test_replacing_a_span_leaves_what_is_outside(
    score: Score, voice: VoiceName, start: int, length: int
) -> None:
    fresh = Note(start, length, 64, generated=True)
    line = replace_span(score, voice, start, start + length, [fresh]).voice(voice)
    assert line.between(start, start + length) == (fresh,)
    assert line.without([fresh]) == score.voice(voice).cut(start, start + length)


@given(score=SCORES, voice=NAMES)
def test_replacing_a_span_by_its_own_notes_is_no_change(score: Score, voice: VoiceName) -> None:
    notes = score.voice(voice).notes
    end = score.voice(voice).end
    assert replace_span(score, voice, 0, end, notes) == score


def test_the_last_laid_note_wins() -> None:
    first, second = Note(0, 480, 60), Note(240, 480, 62)
    score = lay_notes(Score(), VoiceName.BASS, [first, second])
    assert score.voice(VoiceName.BASS).notes == (Note(0, 240, 60), second)
