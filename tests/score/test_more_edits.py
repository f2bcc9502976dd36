"""Cutting, joining, marking, quantising, copying, and what tells one score from the next."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Note, Score, TimeSignature, Voice, VoiceName
from harmonizer_gui.score.edits import (
    NOTHING,
    Clip,
    NoteRef,
    Quantising,
    ScoreDifference,
    Selection,
    changed_ticks,
    copied,
    existing,
    join_notes,
    lay_notes,
    move_notes,
    pasted,
    quantise,
    remove_notes,
    set_fermata,
    set_velocities,
    shift_velocities,
    split_notes,
)
from tests.score.test_edits import SCORES, selected
from tests.strategies import voices

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS


def alto(*notes: Note) -> Score:
    return lay_notes(Score(), ALTO, notes)


def chosen(score: Score, *, voice: VoiceName = ALTO) -> Selection:
    return frozenset(NoteRef(voice, note) for note in score.voice(voice))


def line(score: Score) -> list[tuple[int, int, int]]:
    return [(note.start, note.duration, note.pitch) for note in score.voice(ALTO)]


@given(voice=voices(grid=60, most=8), fresh=voices(grid=60, most=6), later=voices(grid=60, most=3))
def test_laying_many_at_once_is_laying_one_after_the_other(voice: Voice, fresh: Voice, later: Voice) -> None:
    for notes in (fresh.notes, fresh.notes + later.notes):
        assert voice.overlaid(notes) == reduce(Voice.laid, notes, voice)


@given(voice=voices(grid=60, most=8), start=st.integers(0, 5000), length=st.integers(1, 3000))
def test_what_edits_leave_is_one_line(voice: Voice, start: int, length: int) -> None:
    note = Note(start, length, 60)
    for edited in (voice.laid(note), voice.cut(start, start + length), voice.overlaid([note])):
        assert Voice(edited.notes) == edited
        assert list(edited.notes) == sorted(edited.notes, key=lambda n: n.start)


@given(case=selected(), tick=st.integers(0, 6000))
def test_the_knife_cuts_what_sounds_there_and_join_heals_it(case: tuple[Score, Selection], tick: int) -> None:
    score, selection = case
    after, halves = split_notes(score, selection, tick)
    cut = {ref for ref in selection if ref.note.start < tick < ref.note.end}
    assert len(halves) == len(selection) + len(cut)
    assert existing(after, halves) == halves
    healed = after
    for ref in cut:
        healed, _ = join_notes(healed, halves - selection & chosen(after, voice=ref.voice))
    assert [[(n.start, n.end, n.pitch, n.fermata) for n in v] for v in healed.voices] == [
        [(n.start, n.end, n.pitch, n.fermata) for n in v] for v in score.voices
    ]


def test_a_syllable_stays_with_the_first_half() -> None:
    after, _ = split_notes(
        alto(Note(0, 480, 60, lyric="Glo-")), chosen(alto(Note(0, 480, 60, lyric="Glo-"))), 240
    )
    assert [note.lyric for note in after.voice(ALTO)] == ["Glo-", ""]
    whole, _ = join_notes(after, chosen(after))
    assert [note.lyric for note in whole.voice(ALTO)] == ["Glo-"]


def test_joined_notes_have_the_first_pitch_and_last_over_the_rest_between() -> None:
    score = alto(Note(0, 480, 60), Note(720, 240, 64, fermata=True), Note(960, 480, 65))
    first_two = frozenset(ref for ref in chosen(score) if ref.note.start < 960)
    joined, selection = join_notes(score, first_two)
    assert line(joined) == [(0, 960, 60), (960, 480, 65)]
    assert [ref.note.fermata for ref in selection] == [True]


def test_notes_that_do_not_follow_each_other_stay_apart() -> None:
    score = alto(Note(0, 480, 60), Note(480, 480, 62), Note(960, 480, 64))
    outer = frozenset(ref for ref in chosen(score) if ref.note.start != 480)
    assert join_notes(score, outer) == (score, outer)


def test_a_note_alone_is_joined_with_the_next() -> None:
    score = alto(Note(0, 480, 60), Note(480, 480, 62), Note(960, 480, 64))
    alone = frozenset({NoteRef(ALTO, Note(480, 480, 62))})
    assert line(join_notes(score, alone)[0]) == [(0, 480, 60), (480, 960, 62)]
    last = frozenset({NoteRef(ALTO, Note(960, 480, 64))})
    assert join_notes(score, last) == (score, last)


@given(case=selected(), on=st.booleans())
def test_fermatas_change_nothing_else(*, case: tuple[Score, Selection], on: bool) -> None:
    score, selection = case
    after, marked = set_fermata(score, selection, on=on)
    assert all(ref.note.fermata is on for ref in marked)
    back, _ = set_fermata(after, marked, on=not on)
    plain = [[replace(note, fermata=False) for note in voice] for voice in back.voices]
    assert plain == [[replace(note, fermata=False) for note in voice] for voice in score.voices]


@given(case=selected(), by=st.integers(-200, 200))
def test_loudness_shifts_as_a_block(case: tuple[Score, Selection], by: int) -> None:
    score, selection = case
    after, louder = shift_velocities(score, selection, by)
    assert existing(after, louder) == louder
    before = sorted((ref.voice, ref.note.start, ref.note.velocity) for ref in selection)
    now = sorted((ref.voice, ref.note.start, ref.note.velocity) for ref in louder)
    assert len({a[2] - b[2] for a, b in zip(now, before, strict=True)}) <= 1


def test_loudness_keeps_within_what_midi_knows_and_leaves_the_author_alone() -> None:
    score = alto(Note(0, 480, 60, generated=True))
    (ref,) = chosen(score)
    after, _ = set_velocities(score, NOTHING, {ref: 500})
    assert after.voice(ALTO).notes == (Note(0, 480, 60, velocity=127, generated=True),)


def nearest(tick: float) -> int:
    return 240 * round(tick / 240)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Quantising(), [(0, 300, 60), (480, 200, 62)]),
        (Quantising(strength=0.5), [(20, 300, 60), (490, 200, 62)]),
        (Quantising(starts=False, lengths=True), [(40, 200, 60), (500, 220, 62)]),
        (Quantising(lengths=True), [(0, 240, 60), (480, 240, 62)]),
        (Quantising(strength=0.0), [(40, 300, 60), (500, 200, 62)]),
    ],
)
def test_notes_go_to_the_grid_as_far_as_asked(how: Quantising, expected: list[tuple[int, int, int]]) -> None:
    score = alto(Note(40, 300, 60), Note(500, 200, 62))
    after, selection = quantise(score, chosen(score), how, nearest, shortest=240)
    assert line(after) == expected
    assert selection == chosen(after)


@given(case=selected(), strength=st.floats(0, 1), starts=st.booleans(), lengths=st.booleans())
def test_quantised_notes_stay_in_the_score_and_start_on_the_grid(
    *, case: tuple[Score, Selection], strength: float, starts: bool, lengths: bool
) -> None:
    score, selection = case
    how = Quantising(starts=starts, lengths=lengths, strength=strength)
    after, kept = quantise(score, selection, how, nearest, shortest=240)
    assert existing(after, kept) == kept
    if strength == 1.0 and starts:
        assert all(ref.note.start % 240 == 0 for ref in kept)


EIGHTHS = Quantising()


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ([Note(5640, 120, 60), Note(5760, 960, 62)], [(5760, 960, 62)]),
        ([Note(5640, 360, 60), Note(6000, 120, 62)], [(5760, 240, 60), (6000, 120, 62)]),
        ([Note(5640, 100, 60), Note(5760, 60, 62)], [(5760, 60, 62)]),
        ([Note(0, 590, 60), Note(590, 120, 62)], [(0, 480, 60), (480, 120, 62)]),
        ([Note(400, 90, 60), Note(490, 20, 62), Note(510, 300, 64)], [(480, 300, 64)]),
    ],
)
def test_of_two_notes_that_meet_on_a_line_the_later_one_stays(
    notes: list[Note], expected: list[tuple[int, int, int]]
) -> None:
    score = alto(*notes)
    after, selection = quantise(score, chosen(score), EIGHTHS, nearest, shortest=240)
    assert line(after) == expected
    assert selection == chosen(after)


@given(case=selected())
def test_a_note_on_its_line_keeps_its_start(case: tuple[Score, Selection]) -> None:
    score, selection = case
    after, _ = quantise(score, selection, EIGHTHS, nearest, shortest=240)
    for name in VoiceName:
        goals = [nearest(ref.note.start) for ref in selection if ref.voice == name]
        alone = remove_notes(score, frozenset(_others(score, selection)))
        laid, _ = quantise(alone, selection, EIGHTHS, nearest, shortest=240)
        assert {note.start for note in laid.voice(name)} == set(goals)
        assert set(laid.voice(name)) <= set(after.voice(name))


def _others(score: Score, selection: Selection) -> list[NoteRef]:
    refs = [NoteRef(name, note) for name in VoiceName for note in score.voice(name)]
    return [ref for ref in refs if ref not in selection]


def test_a_note_that_stays_on_the_grid_stays_the_models() -> None:
    still, moved = Note(0, 480, 60, generated=True), Note(500, 200, 62, generated=True)
    score = alto(still, moved)
    after, _ = quantise(score, chosen(score), EIGHTHS, nearest, shortest=240)
    assert after.voice(ALTO).notes == (still, Note(480, 200, 62))


def test_a_strength_has_its_limits() -> None:
    with pytest.raises(ValueError, match=r"strength of 1\.5"):
        Quantising(strength=1.5)


@given(case=selected(), tick=st.integers(0, 10_000))
def test_what_was_copied_is_laid_at_the_place_asked_for(case: tuple[Score, Selection], tick: int) -> None:
    score, selection = case
    clip = Clip.from_json(copied(selection).to_json())
    assert clip == copied(selection)
    after, fresh = pasted(score, clip, tick)
    first = min((ref.note.start for ref in selection), default=0)
    assert {(r.voice, r.note.start - tick, r.note.duration, r.note.pitch) for r in fresh} == {
        (r.voice, r.note.start - first, r.note.duration, r.note.pitch) for r in selection
    }
    assert existing(after, fresh) == fresh
    assert not any(ref.note.generated for ref in fresh)


def test_a_clip_can_go_to_another_voice() -> None:
    clip = copied(frozenset({NoteRef(ALTO, Note(960, 480, 60))}))
    after, fresh = pasted(Score(), clip, 240, voice=BASS)
    assert fresh == {NoteRef(BASS, Note(240, 480, 60))}
    assert after.voice(BASS).notes == (Note(240, 480, 60),)
    assert clip.length == 480


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "notes": []}',
        '{"format": 1, "notes": 3}',
        '{"format": 1, "notes": [["alto", 0, 480]]}',
        '{"format": 1, "notes": [["alto", 0, 480, 60, 80, 1, ""]]}',
        '{"format": 1, "notes": [["cello", 0, 480, 60, 80, false, ""]]}',
        '{"format": 1, "notes": [["alto", -5, 480, 60, 80, false, ""]]}',
        '{"format": 1, "notes": [["alto", 0, 99999999999999, 60, 80, false, ""]]}',
        "[" * 100_000,
    ],
)
def test_foreign_text_is_no_clip(text: str) -> None:
    with pytest.raises(ValueError, match=r"clipboard|voice|tick|Expecting"):
        Clip.from_json(text)


@given(before=SCORES, after=SCORES)
def test_a_difference_leads_there_and_back(before: Score, after: Score) -> None:
    step = ScoreDifference.between(before, after)
    assert step.forward(before) == after
    assert step.back(after) == before


@given(case=selected(), ticks=st.integers(-500, 500))
def test_an_edit_differs_only_around_what_it_touched(case: tuple[Score, Selection], ticks: int) -> None:
    score, selection = case
    after, _ = move_notes(score, selection, ticks=ticks, semitones=1)
    step = ScoreDifference.between(score, after)
    assert step.frames is None
    for old, new, part in zip(score.voices, after.voices, step.voices, strict=True):
        assert (part is None) == (old == new)
        assert changed_ticks(old, new) == (None if part is None else part.ticks)


def test_a_new_metre_is_part_of_the_difference() -> None:
    score = alto(Note(0, 480, 60))
    after = replace(score, time_signatures=(TimeSignature(0, 3, 4),))
    step = ScoreDifference.between(score, after)
    assert (step.forward(score), step.back(after)) == (after, score)
    removed = remove_notes(after, chosen(after))
    assert ScoreDifference.between(score, removed).forward(score) == removed
