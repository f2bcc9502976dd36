"""A pitch is typed by its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from harmonizer_gui.engine.guidance import FAULTS
from harmonizer_gui.score import pitch_name
from harmonizer_gui.views.rules.pitch_field import PitchField, pitch_of
from harmonizer_gui.views.rules.words import fault_sentence


@given(pitch=st.integers(12, 127))
def test_every_name_leads_back_to_its_pitch(pitch: int) -> None:
    assert pitch_of(pitch_name(pitch)) == pitch


@pytest.mark.parametrize(
    ("text", "pitch"),
    [("c4", 60), ("A#3", 58), ("Bb3", 58), ("Cb4", 59), ("A-1", 9), ("60", 60), ("H3", None), ("C", None)],
)
def test_names_as_people_type_them(text: str, pitch: int | None) -> None:
    assert pitch_of(text) == pitch


def test_what_is_typed_stays_within_the_range(qapp: QApplication, show: Callable[..., None]) -> None:
    field = PitchField("Lowest note")
    field.setRange(40, 60)
    field.setValue(50)
    asked: list[int] = []
    field.pitch_asked.connect(lambda _gesture: asked.append(field.value()))
    show(field)
    for text in ("C9", "xyz", "E2"):
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked == [60, 40]
    assert field.text() == "E2"


def test_every_fault_is_explained() -> None:
    sentences = [fault_sentence(fault) for faults in FAULTS.values() for fault in faults]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)
    assert fault_sentence("bad luck") == ""
