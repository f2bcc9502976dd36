from __future__ import annotations

from collections.abc import Callable

from harmonizer_gui.score import KeySignature, Score, TimeSignature
from harmonizer_gui.session.take import Sheet
from harmonizer_gui.views.from_nothing import FromNothing
from tests.qt import Collector


def test_it_begins_with_the_key_and_metre_of_the_piece(show: Callable[..., None]) -> None:
    score = Score(time_signatures=(TimeSignature(0, 5, 4),), key_signatures=(KeySignature(0, 3, "minor"),))
    form = FromNothing(score)
    show(form)
    assert (form.key.currentText(), form.metre.currentText()) == ("F♯ minor", "5/4")
    asked = Collector(form.asked)
    form.bars.setValue(12)
    form.accept()
    assert asked.items == [Sheet(12, TimeSignature(0, 5, 4), KeySignature(0, 3, "minor"))]


def test_without_a_key_any_is_meant(show: Callable[..., None]) -> None:
    form = FromNothing(Score())
    show(form)
    asked = Collector(form.asked)
    form.accept()
    assert asked.items == [Sheet(8, TimeSignature(0, 4, 4), None)]


def test_every_key_has_a_name_of_its_own(show: Callable[..., None]) -> None:
    form = FromNothing(Score())
    show(form)
    names = [form.key.itemText(index) for index in range(form.key.count())]
    assert len(set(names)) == len(names) == 31
    form.reject()
