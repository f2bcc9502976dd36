"""Bars and seconds of a score."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Bar, KeySignature, Note, Score, Tempo, TimeSignature, Voice, VoiceName
from tests.strategies import scores

TWO_WHOLES = Score(voices=(Voice((Note(0, 3840, 60),)), Voice(), Voice(), Voice()))


@given(score=scores())
def test_bars_follow_on_each_other_and_hold_the_whole_piece(score: Score) -> None:
    bars = score.bars
    assert bars[0].start == 0
    assert all(bar.end == following.start for bar, following in pairwise(bars))
    assert all(later.number == bar.number + 1 for bar, later in pairwise(bars))
    assert bars[-1].start < score.end <= bars[-1].end == score.length


@given(score=scores())
def test_the_pickup_is_bar_nought_and_other_bars_are_whole(score: Score) -> None:
    first, rest = score.bars[0], score.bars[1:]
    assert (first.number, first.end) == (
        (0, score.pickup) if score.pickup else (1, score.time_signatures[0].bar_ticks)
    )
    assert all(bar.end - bar.start == bar.time_signature.bar_ticks for bar in rest)


@given(score=scores())
def test_a_change_of_metre_starts_a_bar(score: Score) -> None:
    starts = {bar.start: bar.time_signature for bar in score.bars}
    for signature in score.time_signatures:
        assert starts[signature.tick] == signature


@given(score=scores(), tick=st.integers(0, 20_000))
def test_the_bar_at_a_tick_holds_it(score: Score, tick: int) -> None:
    bar = score.bar_at(tick)
    assert bar.start <= tick < bar.end or (bar == score.bars[-1] and tick >= bar.end)


@given(score=scores(), tick=st.floats(0, 100_000))
def test_ticks_to_seconds_and_back(score: Score, tick: float) -> None:
    assert score.tick_at(score.seconds_at(tick)) == pytest.approx(tick, abs=1e-3)


@given(score=scores(), ticks=st.tuples(st.integers(0, 50_000), st.integers(0, 50_000)))
def test_later_ticks_come_later(score: Score, ticks: tuple[int, int]) -> None:
    early, late = min(ticks), max(ticks)
    assert (score.seconds_at(early) < score.seconds_at(late)) == (early < late)


@given(score=scores(), tick=st.integers(0, 20_000))
def test_the_key_at_a_tick_is_the_last_one_stated(score: Score, tick: int) -> None:
    stated = [key for key in score.key_signatures if key.tick <= tick]
    assert score.key_at(tick) == (stated[-1] if stated else None)


def test_seconds_by_the_tempo_map() -> None:
    score = replace(TWO_WHOLES, tempos=(Tempo(0, 60), Tempo(960, 120)))
    assert [score.seconds_at(tick) for tick in (0, 480, 960, 1440)] == [0, 1, 2, 2.5]
    assert score.tick_at(2.25) == 1200


def test_a_change_of_metre_cuts_a_bar_short() -> None:
    metres = (TimeSignature(0, 4, 4), TimeSignature(960, 3, 4))
    score = replace(TWO_WHOLES, time_signatures=metres)
    assert score.bars == (
        Bar(1, 0, 960, metres[0]),
        Bar(2, 960, 2400, metres[1]),
        Bar(3, 2400, 3840, metres[1]),
    )


def test_an_empty_piece_has_eight_bars_to_write_on() -> None:
    score = Score(pickup=480)
    assert (len(score.bars), score.bars[0].number, score.length) == (9, 0, 480 + 8 * 1920)


def test_beats() -> None:
    assert [TimeSignature(0, *metre).beat_ticks for metre in ((4, 4), (2, 2), (6, 8), (3, 8), (12, 16))] == [
        480, 960, 720, 240, 360,
    ]  # fmt: skip


def test_tonics() -> None:
    assert [KeySignature(0, fifths).tonic for fifths in (0, 1, -1, 7)] == [0, 7, 5, 1]
    assert [KeySignature(0, fifths, "minor").tonic for fifths in (0, 1, -3)] == [9, 4, 0]


def test_a_voice_can_be_exchanged() -> None:
    alto = Voice((Note(0, 480, 60),))
    score = TWO_WHOLES.with_voice(VoiceName.ALTO, alto)
    assert (score.voice(VoiceName.ALTO), score.voice(VoiceName.SOPRANO)) == (alto, TWO_WHOLES.voices[0])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"voices": (Voice(),) * 3}, "four voices, not 3"),
        ({"tempos": ()}, "first tempo"),
        ({"tempos": (Tempo(1, 60),)}, "first tempo"),
        ({"time_signatures": (TimeSignature(4, 4, 4),)}, "first time signature"),
        ({"key_signatures": (KeySignature(9, 1), KeySignature(9, 2))}, "in order of time"),
        ({"pickup": 1920}, "pickup of 1920 ticks"),
    ],
)
def test_impossible_scores(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(Score(), **changes)  # type: ignore[arg-type]  # wrong on purpose


def test_impossible_changes() -> None:
    with pytest.raises(ValueError, match="outside 5–1000"):
        Tempo(0, 4)
    with pytest.raises(ValueError, match="4/3 is no time signature"):
        TimeSignature(0, 4, 3)
    with pytest.raises(ValueError, match="8 accidentals"):
        KeySignature(0, 8)
