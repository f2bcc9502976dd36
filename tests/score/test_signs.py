from __future__ import annotations

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
PIECE = Score((Voice((Note(0, 8 * BAR, 60),)), Voice(), Voice(), Voice()))

signs = st.one_of(
    st.builds(Tempo, st.integers(0, 8).map(lambda n: n * BAR), st.sampled_from((60.0, 84.0, 90.0))),
    st.builds(
        TimeSignature,
        st.integers(0, 8).map(lambda n: n * BAR),
        st.sampled_from((2, 3, 4)),
        st.sampled_from((2, 4)),
    ),
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


def test_a_pickup_that_no_longer_fits_goes_with_the_metre() -> None:
    score = set_pickup(PIECE, 1440)
    assert set_sign(score, TimeSignature(0, 2, 4)).pickup == 0
    assert set_sign(score, TimeSignature(0, 5, 4)).pickup == 1440


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
