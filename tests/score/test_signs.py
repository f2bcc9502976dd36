from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice
from harmonizer_gui.score.edits import (
    Sign,
    SignKind,
    can_remove,
    move_sign,
    remove_sign,
    set_pickup,
    set_sign,
    sign_at,
    sign_tick,
    signs_of,
)

BAR = 1920
QUARTER = 480
PIECE = Score((Voice((Note(0, 8 * BAR, 60),)), Voice(), Voice(), Voice()))

metres = st.builds(
    TimeSignature,
    st.integers(0, 8).map(lambda n: n * BAR),
    st.sampled_from((2, 3, 4)),
    st.sampled_from((2, 4)),
)
signs = st.one_of(
    st.builds(Tempo, st.integers(0, 8).map(lambda n: n * BAR), st.sampled_from((60.0, 84.0, 90.0))),
    metres,
    st.builds(KeySignature, st.integers(0, 8).map(lambda n: n * BAR), st.integers(-2, 2)),
)


def kind_of(sign: Sign) -> SignKind:
    kinds = {Tempo: SignKind.TEMPO, TimeSignature: SignKind.METRE, KeySignature: SignKind.KEY}
    return kinds[type(sign)]


@given(st.lists(signs, max_size=8), signs)
def test_a_sign_holds_from_its_tick_on_and_no_note_moves(before: list[Sign], sign: Sign) -> None:
    score = PIECE
    for other in before:
        score = set_sign(score, other)
    changed = set_sign(score, sign)
    found = sign_at(changed, kind_of(sign), sign.tick)
    assert found is not None
    assert repr(found).replace(f"tick={found.tick}", "") == repr(sign).replace(f"tick={sign.tick}", "")
    assert changed.voices == score.voices
    assert set_sign(changed, sign) == changed


@given(st.lists(signs, min_size=1, max_size=8), st.data())
def test_what_is_removed_holds_no_more(placed: list[Sign], data: st.DataObject) -> None:
    score = PIECE
    for sign in placed:
        score = set_sign(score, sign)
    kind = kind_of(placed[-1])
    sign = data.draw(st.sampled_from(signs_of(score, kind)))
    left = remove_sign(score, sign)
    assert (sign in signs_of(left, kind)) is not can_remove(score, sign)


def test_a_metre_in_the_middle_counts_the_bars_on() -> None:
    score = set_sign(PIECE, TimeSignature(2 * BAR, 3, 4))
    assert [bar.end - bar.start for bar in score.bars[:4]] == [BAR, BAR, 1440, 1440]
    assert [bar.number for bar in score.bars[:4]] == [1, 2, 3, 4]


def test_two_alike_become_one_when_what_stood_between_goes() -> None:
    score = set_sign(set_sign(PIECE, Tempo(BAR, 100.0)), Tempo(2 * BAR, 84.0))
    assert remove_sign(score, Tempo(BAR, 100.0)).tempos == (Tempo(0, 84.0),)


def test_the_first_bar_after_a_pickup_takes_its_signs_from_the_start_of_the_piece() -> None:
    score = set_pickup(PIECE, 480)
    assert [sign_tick(score, tick) for tick in (0, 480, 2000, 2400)] == [0, 0, 0, 480 + BAR]


def lines(score: Score) -> list[int]:
    """The bar lines, in quarters."""
    return [bar.start // QUARTER for bar in score.bars]


CHANGING = set_sign(set_pickup(PIECE, QUARTER), TimeSignature(21 * QUARTER, 3, 4))
"""A pickup of a quarter, five bars of 4/4, and 3/4 from bar 6 on."""


def test_a_metre_like_one_further_on_leaves_the_bars_there_alone() -> None:
    changed = set_sign(CHANGING, TimeSignature(5 * QUARTER, 3, 4))
    assert lines(changed) == [0, 1, 5, 8, 11, 14, 17, 20, 21, 24, 27, 30]
    assert TimeSignature(21 * QUARTER, 3, 4) in changed.time_signatures


def test_a_metre_like_one_that_follows_in_whole_bars_takes_its_place() -> None:
    changed = set_sign(CHANGING, TimeSignature(9 * QUARTER, 3, 4))
    assert changed.time_signatures == (TimeSignature(0, 4, 4), TimeSignature(9 * QUARTER, 3, 4))
    assert lines(changed) == [0, 1, 5, 9, 12, 15, 18, 21, 24, 27, 30]


def test_a_metre_that_is_removed_leaves_the_bars_further_on_alone() -> None:
    three, four = TimeSignature(5 * QUARTER, 3, 4), TimeSignature(20 * QUARTER, 4, 4)
    score = set_sign(set_sign(set_pickup(PIECE, QUARTER), three), four)
    left = remove_sign(score, three)
    assert left.time_signatures == (TimeSignature(0, 4, 4), four)
    assert lines(left) == [0, 1, 5, 9, 13, 17, 20, 24, 28]


@given(st.lists(metres, max_size=8), metres, st.sampled_from((0, 480, 960)))
def test_bars_after_the_next_metre_stay_where_they_are(
    before: list[TimeSignature], metre: TimeSignature, pickup: int
) -> None:
    score = set_pickup(PIECE, pickup)
    for other in before:
        score = set_sign(score, other)
    following = [other.tick for other in score.time_signatures if other.tick > metre.tick]
    for changed in (set_sign(score, metre), remove_sign(score, metre)):
        if following:
            starts = [bar.start for bar in changed.bars if bar.start >= following[0]]
            assert starts == [bar.start for bar in score.bars if bar.start >= following[0]]


@pytest.mark.parametrize(("counts", "left"), [(2, 1), (3, 0), (1, 0), (4, 3), (5, 3)])
def test_of_a_pickup_too_long_for_the_metre_what_fills_no_bar_is_left(counts: int, left: int) -> None:
    score = set_pickup(PIECE, 3 * QUARTER)
    assert set_sign(score, TimeSignature(0, counts, 4)).pickup == left * QUARTER


def test_metres_and_keys_go_with_their_bars_when_the_pickup_changes_and_tempos_stay() -> None:
    score = set_sign(set_sign(CHANGING, KeySignature(0, 0)), KeySignature(9 * QUARTER, 1))
    score = set_sign(score, Tempo(9 * QUARTER, 100.0))
    longer = set_pickup(score, 3 * QUARTER)
    assert longer.time_signatures == (TimeSignature(0, 4, 4), TimeSignature(23 * QUARTER, 3, 4))
    assert longer.key_signatures == (KeySignature(0, 0), KeySignature(11 * QUARTER, 1))
    assert longer.tempos == score.tempos
    assert longer.voices == score.voices
    assert longer.bar_at(23 * QUARTER).number == score.bar_at(21 * QUARTER).number == 6
    assert set_pickup(longer, QUARTER) == score


@given(st.lists(st.integers(1, 12), max_size=4, unique=True), st.data())
def test_pickups_there_and_back_are_no_change(bars: list[int], data: st.DataObject) -> None:
    pickups = st.sampled_from((QUARTER, 2 * QUARTER))
    score = set_pickup(Score(), data.draw(pickups))
    for bar in sorted(bars):
        start = score.bars[min(bar, len(score.bars) - 1)].start
        score = set_sign(score, TimeSignature(start, data.draw(st.integers(3, 5)), 4))
        score = set_sign(score, KeySignature(start, data.draw(st.integers(-2, 2))))
    other = set_pickup(score, data.draw(pickups))
    assert [bar.number for bar in other.bars] == [bar.number for bar in score.bars]
    assert set_pickup(other, score.pickup) == score


def test_without_a_pickup_the_signs_of_bar_1_hold_from_the_start() -> None:
    score = set_pickup(PIECE, QUARTER)
    for sign in (TimeSignature(QUARTER, 3, 4), KeySignature(0, 0), KeySignature(QUARTER, 1)):
        score = set_sign(score, sign)
    without = set_pickup(score, 0)
    assert without.time_signatures == (TimeSignature(0, 3, 4),)
    assert without.key_signatures == (KeySignature(0, 1),)


def test_a_key_within_the_pickup_is_not_passed_by_that_of_bar_1() -> None:
    score = set_pickup(PIECE, QUARTER)
    for tick, fifths in ((0, 0), (QUARTER // 2, 1), (QUARTER, 2)):
        score = set_sign(score, KeySignature(tick, fifths))
    assert set_pickup(score, 0) == replace(score, pickup=0)


def test_signs_in_mid_bar_stay_with_the_music_when_the_pickup_changes() -> None:
    """As in a file that says nothing of its pickup: once the pickup is told, its signs fit."""
    score = set_sign(PIECE, TimeSignature(21 * QUARTER, 3, 4))
    for tick in (0, 2 * QUARTER, 24 * QUARTER):
        score = set_sign(score, KeySignature(tick, tick // QUARTER % 7))
    told = set_pickup(score, QUARTER)
    assert told == replace(score, pickup=QUARTER)
    assert lines(told)[:8] == [0, 1, 5, 9, 13, 17, 21, 24]


def test_no_sign_passes_another_when_the_pickup_changes() -> None:
    score = set_pickup(PIECE, QUARTER)
    for tick, fifths in ((0, 0), (5, 1), (6, 2), (8, 3), (9, 4)):
        score = set_sign(score, KeySignature(tick * QUARTER, fifths))
    there = [
        [key.tick // QUARTER for key in set_pickup(score, n * QUARTER).key_signatures] for n in (0, 2, 3)
    ]
    assert there == [[0, 4, 6, 8, 9], [0, 5, 6, 8, 10], [0, 5, 6, 8, 11]]


def test_a_pickup_as_long_as_a_bar_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        set_pickup(PIECE, BAR)


def test_a_tempo_moves_but_the_first_does_not() -> None:
    score = set_sign(PIECE, Tempo(BAR, 100.0))
    assert move_sign(score, Tempo(BAR, 100.0), 3 * BAR).tempos[1] == Tempo(3 * BAR, 100.0)
    assert move_sign(score, score.tempos[0], BAR) == score
    assert move_sign(score, Tempo(BAR, 100.0), 0) == score


def test_the_only_key_may_go_and_a_first_one_before_others_may_not() -> None:
    score = set_sign(PIECE, KeySignature(0, 1))
    assert remove_sign(score, KeySignature(0, 1)).key_signatures == ()
    longer = set_sign(score, KeySignature(BAR, 2))
    assert remove_sign(longer, KeySignature(0, 1)) == longer


@given(st.lists(st.integers(1, 40), max_size=30, unique=True), st.floats(0, 40 * BAR))
def test_seconds_and_ticks_are_inverse_over_many_tempos(places: list[int], tick: float) -> None:
    tempos = (Tempo(0, 84.0), *(Tempo(n * 480, 40.0 + 7 * n) for n in sorted(places)))
    score = Score(tempos=tempos)
    assert score.tick_at(score.seconds_at(tick)) == pytest.approx(tick, abs=1e-6)
