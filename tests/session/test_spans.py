from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.session.spans import Spans, covers, joined, laid_in, minus, silent_spans, without

ALTO = VoiceName.ALTO
TICKS = range(40)
spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8))).map(
    lambda pairs: joined((start, start + length) for start, length in pairs)
)


@given(spans, spans)
def test_what_is_left_is_in_the_one_and_not_in_the_other(some: Spans, others: Spans) -> None:
    left = minus(some, others)
    for tick in TICKS:
        assert covers(left, tick) == (covers(some, tick) and not covers(others, tick))
    assert left == joined(left)


def test_what_is_silent_is_all_but_the_notes() -> None:
    alto = Voice((Note(480, 480, 60), Note(960, 240, 62)))
    score = Score().with_voice(ALTO, alto).with_voice(VoiceName.BASS, Voice((Note(0, 1920, 40),)))
    assert silent_spans(score, ALTO) == ((0, 480), (1200, 1920))


def test_a_line_is_laid_whole_where_nothing_has_changed_around_it() -> None:
    base = Voice((Note(0, 960, 60),))
    line = Voice((Note(0, 480, 60), Note(480, 480, 67)))
    there = laid_in(base, line, ((480, 960),))
    assert there is line
    assert laid_in(there, base, ((480, 960),)) is base


def test_a_line_is_cut_where_it_has() -> None:
    base = Voice((Note(0, 240, 50), Note(480, 480, 60)))
    line = Voice((Note(0, 960, 67),))
    assert laid_in(base, line, ((480, 960),)).notes == (Note(0, 240, 50), Note(480, 480, 67))
    assert without(line, ((240, 480),)).notes == (Note(0, 240, 67), Note(480, 480, 67))
