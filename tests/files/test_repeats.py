"""In which order measures are played, and what becomes of a score that is played so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.repeats import MOST_TIMES, PLAIN, Signs, playing_order
from harmonizer_gui.files.unfolding import unfolded
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice, VoiceName

OPENS, TWICE = Signs(opens=True), Signs(times=2)
FIRST = Signs(times=2, endings=frozenset({1}))
SECOND = Signs(endings=frozenset({2}))
ANY = st.builds(
    Signs,
    opens=st.booleans(),
    times=st.sampled_from([0, 0, 2, 3]),
    endings=st.sampled_from([frozenset(), frozenset({1}), frozenset({2}), frozenset({1, 2})]),
    segno=st.booleans(),
    coda=st.booleans(),
    to_coda=st.booleans(),
    fine=st.booleans(),
    da_capo=st.booleans(),
    dal_segno=st.booleans(),
)


@pytest.mark.parametrize(
    ("signs", "order"),
    [
        ([PLAIN, PLAIN], "01"),
        ([PLAIN, TWICE, PLAIN], "01012"),
        ([PLAIN, OPENS, TWICE], "01212"),
        ([OPENS, Signs(times=3)], "010101"),
        ([TWICE, TWICE], "0011"),
        ([PLAIN, FIRST, SECOND, PLAIN], "01023"),
        ([OPENS, FIRST, Signs(times=2, endings=frozenset({2})), PLAIN], "01023"),
        ([PLAIN, FIRST, SECOND, PLAIN, TWICE], "0102" + "34" + "34"),
        ([PLAIN, Signs(times=2, endings=frozenset({1, 2})), Signs(endings=frozenset({3}))], "010102"),
        ([PLAIN, Signs(fine=True), Signs(da_capo=True), PLAIN], "01201"),
        ([PLAIN, Signs(segno=True), Signs(dal_segno=True), PLAIN], "012123"),
        ([Signs(to_coda=True), Signs(da_capo=True), Signs(coda=True)], "0102"),
        ([PLAIN, FIRST, SECOND, Signs(da_capo=True)], "0102" + "3" + "023"),
        ([TWICE, Signs(fine=True), Signs(da_capo=True)], "00" + "12" + "01"),
        ([Signs(times=2, da_capo=True)], "000"),
        ([], ""),
    ],
)
def test_the_order_of_playing(signs: list[Signs], order: str) -> None:
    assert "".join(map(str, playing_order(signs))) == order


@given(signs=st.lists(ANY, max_size=12))
def test_any_signs_come_to_an_end(signs: list[Signs]) -> None:
    order = playing_order(signs)
    assert set(order) <= set(range(len(signs)))
    assert len(order) <= MOST_TIMES * len(signs)


@given(times=st.integers(2, 5), bars=st.integers(1, 6))
def test_music21_plays_repeats_in_the_same_order(times: int, bars: int) -> None:
    from music21 import bar, note, repeat, stream

    part = stream.Part()
    for number in range(bars + 1):
        measure = stream.Measure(number=number)
        measure.append(note.Note(60 + number, quarterLength=4))
        part.append(measure)
    measures = list(part.getElementsByClass(stream.Measure))
    measures[bars // 2].leftBarline = bar.Repeat(direction="start")
    measures[bars - 1].rightBarline = bar.Repeat(direction="end", times=times)
    played = repeat.Expander(part).process()
    signs = [PLAIN] * (bars + 1)
    signs[bars // 2] = OPENS
    signs[bars - 1] = Signs(opens=bars // 2 == bars - 1, times=times)
    assert [n.pitch.midi - 60 for n in played.recurse().notes] == list(playing_order(signs))


TWO_BARS = Score(
    voices=(Voice((Note(0, 1920, 72, lyric="Al-"), Note(1920, 2400, 74))), Voice(), Voice(), Voice()),
    tempos=(Tempo(0, 60), Tempo(1920, 90)),
    key_signatures=(KeySignature(0, 1), KeySignature(1920, -1)),
)
FOUR_FOUR = (TimeSignature(0, 4, 4),)


def test_everything_is_played_again() -> None:
    starts = (0, 1920, 3840, 5760)
    played = unfolded(TWO_BARS, stated=FOUR_FOUR, starts=starts, order=(0, 1, 0, 1, 2))
    assert played.voice(VoiceName.SOPRANO).notes == (
        Note(0, 1920, 72, lyric="Al-"),
        Note(1920, 1920, 74),  # held into a bar that comes later
        Note(3840, 1920, 72, lyric="Al-"),
        Note(5760, 2400, 74),
    )
    assert played.tempos == (Tempo(0, 60), Tempo(1920, 90), Tempo(3840, 60), Tempo(5760, 90))
    assert [key.tick for key in played.key_signatures] == [0, 1920, 3840, 5760]
    assert played.time_signatures == FOUR_FOUR


def test_a_piece_must_not_grow_without_bounds() -> None:
    with pytest.raises(ContentError, match="longer than"):
        unfolded(TWO_BARS, stated=FOUR_FOUR, starts=(0, 1920, 1920 * 5_000), order=(0, 1) * 10)
