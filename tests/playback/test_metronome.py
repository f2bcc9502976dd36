from __future__ import annotations

from dataclasses import replace

import pytest

from harmonizer_gui.playback.messages import Click, NoteOn
from harmonizer_gui.playback.metronome import CountIn, clicks_between
from harmonizer_gui.playback.player import Player
from harmonizer_gui.playback.sequencer import Sequencer, Step
from harmonizer_gui.score import Note, Score, Tempo, TimeSignature, Voice
from tests.playback.fakes import PORT, FakeClock, FakeSystem

MINUTE = (Tempo(0, 60.0),)
ONE_NOTE = Score((Voice((Note(0, 480, 72),)), Voice(), Voice(), Voice()), tempos=MINUTE)


def beats(score: Score, seconds: float) -> list[tuple[float, bool]]:
    return [(round(when, 6), click.accented) for when, click in clicks_between(score, 0.0, seconds)]


@pytest.mark.parametrize(
    ("metre", "pickup", "expected"),
    [
        ((4, 4), 0, [(0, True), (1, False), (2, False), (3, False), (4, True)]),
        ((3, 4), 0, [(0, True), (1, False), (2, False), (3, True), (4, False)]),
        ((4, 4), 480, [(0, False), (1, True), (2, False), (3, False), (4, False)]),
        ((6, 8), 0, [(0, True), (1.5, False), (3, True), (4.5, False)]),
    ],
)
def test_beats_follow_the_metre(
    metre: tuple[int, int], pickup: int, expected: list[tuple[float, bool]]
) -> None:
    score = replace(ONE_NOTE, time_signatures=(TimeSignature(0, *metre),), pickup=pickup)
    assert beats(score, 4.9) == expected


def test_beats_go_on_past_the_end_in_the_last_metre() -> None:
    signatures = (TimeSignature(0, 4, 4), TimeSignature(1920, 3, 4))
    voice = Voice((Note(0, 1920, 72), Note(1920, 480, 74)))
    score = replace(ONE_NOTE, voices=(voice, Voice(), Voice(), Voice()), time_signatures=signatures)
    assert [when for when, accented in beats(score, 12.0) if accented] == [0, 4, 7, 10]


def test_no_click_is_lost_or_doubled_between_two_stretches() -> None:
    score = replace(ONE_NOTE, tempos=(Tempo(0, 77.7), Tempo(700, 133.1)))
    cuts = [index * 0.0371 for index in range(300)]
    pieces = [click for cut in cuts for click in clicks_between(score, cut, cut + 0.0371)]
    assert len(pieces) == pytest.approx(len(clicks_between(score, 0.0, cuts[-1] + 0.0371)), abs=0)


def test_a_bar_is_counted_before_the_first_note() -> None:
    sequencer = Sequencer()
    steps: list[Step] = sequencer.play(ONE_NOTE, 0, counted_in=True)
    counted = []
    for _ in range(39):
        counted.append(sequencer.counting)
        steps += sequencer.advance(0.1)
    assert [step for step in steps if isinstance(step, Click)] == [Click(True), *[Click(False)] * 3]
    assert not [step for step in steps if isinstance(step, NoteOn)]
    assert (counted[0], counted[-1]) == (1, 4)
    steps = sequencer.advance(0.2)
    assert [step.pitch for step in steps if isinstance(step, NoteOn)] == [72]
    assert sequencer.counting == 0


def test_while_it_counts_the_position_lies_before_the_start() -> None:
    sequencer = Sequencer()
    sequencer.play(ONE_NOTE, 1920, counted_in=True, endless=True)
    assert sequencer.tick_after(0.0) == pytest.approx(0)
    sequencer.advance(3.0)
    assert sequencer.tick_after(0.5) == pytest.approx(1680)
    assert sequencer.tick_after(1.5) == pytest.approx(2160)
    sequencer.pause()
    assert sequencer.tick_after(0.0) == 1920


def test_an_eighth_metre_counts_in_its_own_beats() -> None:
    score = replace(ONE_NOTE, time_signatures=(TimeSignature(0, 6, 8),))
    count = CountIn(score, 0)
    assert count.left == pytest.approx(3.0)
    assert len(count.advance(3.0)) == 2


def test_endless_playing_goes_on_past_the_end_until_it_is_told() -> None:
    sequencer = Sequencer()
    sequencer.play(ONE_NOTE, 0, endless=True)
    for _ in range(60):
        sequencer.advance(1.0)
    assert sequencer.is_playing
    assert sequencer.tick_after(0.0) == pytest.approx(60 * 480)
    sequencer.play(ONE_NOTE, 0)
    for _ in range(6):
        sequencer.advance(1.0)
    assert not sequencer.is_playing


def test_the_player_sends_clicks_and_what_is_played_by_hand() -> None:
    clock, system = FakeClock(), FakeSystem()
    player = Player(output=PORT, open_output=system.open, clock=clock, threaded=False)
    player.set_clicks(on=True)
    player.play(ONE_NOTE)
    for _ in range(60):
        player.advance()
        clock.now += 0.02
    assert system.last.log.count(Click(True)) == 1
    assert system.last.log.count(Click(False)) == 1
