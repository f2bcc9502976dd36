from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonizer_gui.playback.messages import NoteOff, NoteOn
from harmonizer_gui.playback.scheduler import Schedule, TimedMessage
from harmonizer_gui.score import Note, Score, Tempo, Voice, VoiceName
from tests.playback.scores import two_voices
from tests.strategies import scores as any_scores

EVER = 1e6
SCORES = any_scores(grid=70)  # on and off the sixteenths


@settings(deadline=None, max_examples=60)
@given(SCORES, st.lists(st.floats(0, 60), max_size=6))
def test_windows_laid_side_by_side_give_each_event_once(score: Score, cuts: list[float]) -> None:
    schedule = Schedule.of(score)
    windows = [
        event
        for start, end in pairwise([0.0, *sorted(cuts), EVER])
        for event in schedule.events_between(start, end)
    ]
    assert tuple(windows) == schedule.events_between(0, EVER)
    assert len(windows) == 2 * sum(len(voice) for voice in score.voices)


@settings(deadline=None, max_examples=60)
@given(SCORES)
def test_windows_that_end_on_events_give_each_event_once(score: Score) -> None:
    schedule = Schedule.of(score)
    everything = schedule.events_between(0, EVER)
    edges = sorted({0.0, EVER, *(event.seconds for event in everything)})
    assert everything == tuple(
        event for start, end in pairwise(edges) for event in schedule.events_between(start, end)
    )


@settings(deadline=None, max_examples=60)
@given(SCORES)
def test_each_note_begins_and_ends_where_the_tempo_map_says(score: Score) -> None:
    expected = Counter[tuple[float, type, VoiceName, int]]()
    for voice in VoiceName:
        for note in score.voice(voice):
            expected[score.seconds_at(note.start), NoteOn, voice, note.pitch] += 1
            expected[score.seconds_at(note.end), NoteOff, voice, note.pitch] += 1
    events = Schedule.of(score).events_between(0, EVER)
    assert expected == Counter(
        (event.seconds, type(event.message), event.message.voice, event.message.pitch) for event in events
    )


@settings(deadline=None, max_examples=60)
@given(SCORES)
def test_each_onset_is_followed_by_its_end_before_the_voice_goes_on(score: Score) -> None:
    held: dict[VoiceName, int] = {}
    for event in Schedule.of(score).events_between(0, EVER):
        message = event.message
        if isinstance(message, NoteOn):
            assert message.voice not in held
            held[message.voice] = message.pitch
        else:
            assert held.pop(message.voice) == message.pitch
    assert held == {}


@settings(deadline=None, max_examples=60)
@given(SCORES, st.floats(0, 60))
def test_notes_sounding_are_those_begun_and_not_ended(score: Score, moment: float) -> None:
    schedule = Schedule.of(score)
    held: dict[VoiceName, int] = {}
    for event in schedule.events_between(0, EVER):
        if event.seconds > moment:
            break
        if isinstance(event.message, NoteOn):
            held[event.message.voice] = event.message.pitch
        else:
            held.pop(event.message.voice)
    assert {note.voice: note.pitch for note in schedule.notes_sounding_at(moment)} == held


def test_a_note_sounds_from_its_start_until_just_before_its_end() -> None:
    schedule = Schedule.of(two_voices(), voices=[VoiceName.SOPRANO])
    assert [note.pitch for note in schedule.notes_sounding_at(1.0)] == [74]
    assert [note.pitch for note in schedule.notes_sounding_at(0.999)] == [72]
    assert schedule.notes_sounding_at(4.0) == ()


def test_only_the_chosen_voices_are_heard() -> None:
    events = Schedule.of(two_voices(), voices=[VoiceName.BASS]).events_between(0, EVER)
    assert {event.message.voice for event in events} == {VoiceName.BASS}
    assert len(events) == 4


def test_at_one_moment_notes_end_before_others_begin() -> None:
    schedule = Schedule.of(two_voices())
    assert schedule.events_between(2.0, 2.5) == (
        TimedMessage(2.0, NoteOff(VoiceName.SOPRANO, 74)),
        TimedMessage(2.0, NoteOff(VoiceName.BASS, 48)),
        TimedMessage(2.0, NoteOn(VoiceName.SOPRANO, 76, 80)),
        TimedMessage(2.0, NoteOn(VoiceName.BASS, 53, 80)),
    )


@pytest.mark.parametrize(("start", "end"), [(2.0, 2.0), (3.0, 2.0)])
def test_an_empty_window_has_no_events(start: float, end: float) -> None:
    assert Schedule.of(two_voices()).events_between(start, end) == ()


def test_a_fermata_keeps_strict_time() -> None:
    plain = Voice((Note(0, 480, 60), Note(480, 480, 62)))
    held = Voice((Note(0, 480, 60, fermata=True), Note(480, 480, 62)))
    with_plain, with_held = (Score().with_voice(VoiceName.ALTO, voice) for voice in (plain, held))
    assert Schedule.of(with_plain).events_between(0, EVER) == Schedule.of(with_held).events_between(0, EVER)


def test_a_change_of_tempo_inside_a_note_bends_its_length() -> None:
    score = Score(tempos=(Tempo(0, 60), Tempo(480, 120))).with_voice(
        VoiceName.TENOR, Voice((Note(0, 960, 60),))
    )
    assert [event.seconds for event in Schedule.of(score).events_between(0, EVER)] == [0.0, 1.5]


def test_the_end_is_that_of_the_last_bar() -> None:
    score = Score(tempos=(Tempo(0, 60),)).with_voice(VoiceName.TENOR, Voice((Note(0, 480, 60),)))
    assert Schedule.of(score).end == 4.0
