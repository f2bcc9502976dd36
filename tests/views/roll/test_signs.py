from __future__ import annotations

from itertools import pairwise

from harmonizer_gui.score import KeySignature, Score, Tempo, TimeSignature
from harmonizer_gui.views.roll.background import _outside
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.grid import Grid, bar_around
from harmonizer_gui.views.roll.sign_marks import GAP, sign_marks, sign_text

BAR = 1920
VIEW = Coordinates(left=0.0, tick_width=0.1, width=800.0)


def width(text: str) -> float:
    return 6.0 * len(text)


def test_signs_at_one_tick_stand_side_by_side_metre_first() -> None:
    score = Score(key_signatures=(KeySignature(0, 1),))
    marks = sign_marks(score, VIEW, width)
    assert [mark.text for mark in marks] == ["4/4", "♩ = 84", "G major"]
    assert all(right.left >= left.right + GAP for left, right in pairwise(marks))


def test_of_hundreds_of_tempos_only_those_in_view_and_no_word_over_another() -> None:
    tempos = tuple(Tempo(120 * index, 60.0 + index % 50) for index in range(900))
    marks = sign_marks(Score(tempos=tempos), VIEW, width)
    assert all(mark.sign.tick < 8000 for mark in marks)
    worded = [mark for mark in marks if mark.text]
    assert 2 < len(worded) < len(marks) < 200
    assert all(right.left >= left.right for left, right in pairwise(worded))


def test_words_of_a_sign_left_of_the_view_reach_into_it() -> None:
    score = Score(time_signatures=(TimeSignature(0, 4, 4), TimeSignature(BAR, 3, 4)))
    marks = sign_marks(score, VIEW.at(left=BAR + 30.0), width)
    assert any(mark.text == "3/4" and mark.right > 0 for mark in marks)


def test_a_sign_is_met_by_its_words() -> None:
    (mark, *_) = sign_marks(Score(), VIEW, width)
    assert mark.holds((mark.left + mark.right) / 2)
    assert not mark.holds(mark.right + 5)


def test_signs_in_words() -> None:
    assert sign_text(Tempo(0, 96.5)) == "♩ = 96.5"
    assert sign_text(KeySignature(0, -3, "minor")) == "C minor"


def test_a_pickup_has_its_grid_lines_where_a_full_bar_would_have_them() -> None:
    score = Score(time_signatures=(TimeSignature(0, 4, 4),), pickup=720)
    quarter = Grid(4)
    assert [quarter.before(score, tick) for tick in (0, 239, 240, 719, 720)] == [0, 0, 240, 240, 720]
    assert quarter.after(score, 0) == 240
    assert quarter.origin(bar_around(score, 0)) == 720 - BAR


def test_what_lies_outside_a_scale() -> None:
    assert _outside(KeySignature(0, 1)) == {0 + 1, 3, 5, 8, 10}
    assert _outside(KeySignature(0, 0, "minor")) == {1, 3, 6, 10}
