from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonizer_gui.playback.messages import NoteOff, NoteOn
from harmonizer_gui.playback.scheduler import Schedule
from harmonizer_gui.playback.sequencer import Sequencer, Silence, Step
from harmonizer_gui.score import Score, Tempo, VoiceName
from tests.playback.scores import line, two_voices
from tests.strategies import scores as any_scores

SCORES = any_scores(grid=70)  # on and off the sixteenths
SOPRANO, BASS = VoiceName.SOPRANO, VoiceName.BASS


def playing(score: Score | None = None, from_tick: float = 0) -> Sequencer:
    sequencer = Sequencer()
    sequencer.play(score or two_voices(), from_tick)
    return sequencer


def onsets(steps: list[Step]) -> list[int]:
    return [step.pitch for step in steps if isinstance(step, NoteOn)]


@settings(deadline=None, max_examples=60)
@given(SCORES, st.lists(st.floats(0.05, 5), min_size=1, max_size=30))
def test_stepping_gives_the_events_of_the_schedule(score: Score, paces: list[float]) -> None:
    sequencer = playing(score)
    steps: list[Step] = []
    while sequencer.is_playing:
        for pace in paces:
            steps += sequencer.advance(pace)
    expected = [event.message for event in Schedule.of(score).events_between(0, Schedule.of(score).end)]
    assert steps == [*expected, Silence()]


@settings(deadline=None, max_examples=60)
@given(
    SCORES,
    st.lists(
        st.one_of(
            st.tuples(st.just("advance"), st.floats(0, 3)),
            st.tuples(st.just("seek"), st.floats(0, 6000)),
            st.tuples(st.just("mute"), st.sets(st.sampled_from(VoiceName))),
            st.tuples(st.just("loop"), st.tuples(st.integers(0, 3000), st.integers(1, 3000))),
            st.tuples(st.just("score"), SCORES),
            st.tuples(st.just("pause"), st.none()),
            st.tuples(st.just("stop"), st.none()),
        ),
        max_size=8,
    ),
)
def test_whatever_is_done_no_note_hangs(score: Score, wishes: list[tuple[str, object]]) -> None:
    sequencer = Sequencer()
    held: set[tuple[VoiceName, int]] = set()
    sequencer.play(score, 0)
    for wish in wishes:
        for step in carry_out(sequencer, *wish):
            match step:
                case NoteOn(voice, pitch, _):
                    assert (voice, pitch) not in held, "struck twice"
                    held.add((voice, pitch))
                case NoteOff(voice, pitch):
                    held.remove((voice, pitch))
                case Silence():
                    held.clear()
        assert held == sequencer.sounding
        assert sequencer.is_playing or not held
        assert len({voice for voice, _ in held}) == len(held), "a voice sounds two notes"


def carry_out(sequencer: Sequencer, wish: str, value: object) -> list[Step]:
    match wish, value:
        case "advance", float(seconds):
            return sequencer.advance(seconds)
        case "seek", float(tick):
            return sequencer.seek(tick)
        case "mute", set(muted):
            return sequencer.set_muted(frozenset(muted))
        case "loop", (int(start), int(length)):
            return sequencer.set_loop((start, start + length))
        case "score", Score() as score:
            return sequencer.set_score(score)
        case "pause", None:
            return sequencer.pause()
        case "stop", None:
            return sequencer.stop()
    raise AssertionError(wish)


def test_play_in_the_middle_strikes_what_already_sounds() -> None:
    sequencer = Sequencer()
    steps = sequencer.play(two_voices(), 480)
    assert steps == [Silence(), NoteOn(BASS, 48, 80)]
    assert onsets(sequencer.advance(0.5)) == [74]


def test_pause_stays_and_stop_goes_back() -> None:
    sequencer = playing(from_tick=240)
    sequencer.advance(1.0)
    assert sequencer.pause() == [Silence()]
    assert sequencer.tick_after(0) == 720
    sequencer.stop()
    assert sequencer.tick_after(0) == 240


def test_the_end_silences_and_stays_there() -> None:
    sequencer = playing()
    steps = sequencer.advance(10)
    assert steps[-1] == Silence()
    assert not sequencer.is_playing
    assert sequencer.tick_after(0) == two_voices().length


def test_a_seek_silences_and_goes_on_there() -> None:
    sequencer = playing()
    sequencer.advance(0.5)
    assert sequencer.seek(1200) == [Silence(), NoteOn(SOPRANO, 76, 80), NoteOn(BASS, 53, 80)]
    assert sequencer.tick_after(0.5) == 1440


def test_a_loop_comes_round_silenced_and_on_time() -> None:
    sequencer = playing(from_tick=480)
    sequencer.set_loop((480, 960))
    assert onsets(sequencer.advance(0.9)) == [74]
    steps = sequencer.advance(0.2)
    assert steps == [Silence(), NoteOn(BASS, 48, 80), NoteOn(SOPRANO, 74, 80)]
    assert sequencer.tick_after(0) == pytest.approx(480 + 48)


def test_a_long_step_goes_round_a_short_loop_more_than_once() -> None:
    sequencer = playing()
    sequencer.set_loop((0, 480))
    assert onsets(sequencer.advance(2.5)).count(72) == 3
    assert sequencer.tick_after(0) == pytest.approx(240)
    assert sequencer.tick_after(1.75) == pytest.approx(120)


def test_a_loop_that_lies_behind_is_left_alone() -> None:
    sequencer = playing(from_tick=960)
    sequencer.set_loop((0, 480))
    sequencer.advance(0.5)
    assert sequencer.tick_after(0) == 1200


def test_a_loop_may_reach_past_the_end() -> None:
    sequencer = playing(from_tick=1800)
    sequencer.set_loop((1440, 2400))
    sequencer.advance(1.0)
    assert sequencer.is_playing
    assert sequencer.tick_after(0) == 2280


def test_muting_ends_the_notes_of_a_voice_and_unmuting_takes_them_up() -> None:
    sequencer = playing()
    sequencer.advance(0.5)
    assert sequencer.set_muted(frozenset({BASS})) == [NoteOff(BASS, 48)]
    assert onsets(sequencer.advance(1.0)) == [74]
    assert sequencer.set_muted(frozenset()) == [NoteOn(BASS, 48, 80)]


def test_an_edit_is_heard_at_once_and_leaves_the_rest_sounding() -> None:
    sequencer = playing()
    sequencer.advance(0.5)
    edited = two_voices().with_voice(SOPRANO, line(79, 74))
    assert sequencer.set_score(edited) == [NoteOff(SOPRANO, 72), NoteOn(SOPRANO, 79, 80)]


def test_a_new_tempo_keeps_the_place_in_the_music() -> None:
    sequencer = playing()
    sequencer.advance(1.5)
    sequencer.set_score(two_voices(quarters_per_minute=120))
    assert sequencer.tick_after(0) == 720
    assert sequencer.tick_after(0.25) == 960


def test_an_edit_while_paused_makes_no_sound() -> None:
    sequencer = playing()
    sequencer.pause()
    assert sequencer.set_score(two_voices().with_voice(SOPRANO, line(79))) == []


def test_the_next_event_is_foretold() -> None:
    sequencer = playing()
    assert sequencer.seconds_to_next(0.05) == 0
    sequencer.advance(0.9)
    assert sequencer.seconds_to_next(0.05) == pytest.approx(0.05)
    assert sequencer.seconds_to_next(5) == pytest.approx(0.1)


def test_an_empty_piece_moves_the_playhead_through_its_bars() -> None:
    sequencer = playing(Score(tempos=(Tempo(0, 60),)))
    assert sequencer.advance(31.9) == []
    assert sequencer.advance(0.1) == [Silence()]
    assert not sequencer.is_playing
