from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.engine.roman import chord_label, pretty
from harmonizer_gui.score import KeySignature

C, A_MINOR, E_FLAT = KeySignature(0, 0), KeySignature(0, 0, "minor"), KeySignature(0, -3)


@pytest.mark.parametrize(
    ("pitches", "key", "label"),
    [
        ((48, 64, 67, 72), C, "I"),
        ((52, 60, 67, 72), C, "I⁶"),
        ((59, 67, 74, 77), C, "V⁶₅"),
        ((62, 66, 69, 72), C, "V⁷/V"),
        ((48, 55, 64, 70), C, "V⁷/IV"),
        ((58, 62, 65), C, "♭VII"),
        ((60, 64), C, "I"),
        ((57, 60, 64), A_MINOR, "i"),
        ((55, 59, 62), A_MINOR, "VII"),
        ((56, 59, 62), A_MINOR, "vii°"),
        ((58, 62, 65, 68), E_FLAT, "V⁷"),
    ],
)
def test_a_chord_of_thirds_has_a_numeral(pitches: tuple[int, ...], key: KeySignature, label: str) -> None:
    assert chord_label(pitches, key, key) == label


@pytest.mark.parametrize(
    ("pitches", "key", "label"),
    [
        ((60, 65, 67), C, "C–F–G"),
        ((60, 72), C, "C"),
        ((61, 65, 68), E_FLAT, "♭VII"),
        ((60, 62, 63), E_FLAT, "C–D–E♭"),
        ((), C, ""),
    ],
)
def test_what_is_no_chord_goes_by_its_notes(pitches: tuple[int, ...], key: KeySignature, label: str) -> None:
    assert chord_label(pitches, key, key) == label


def test_names_are_spelled_by_the_key_that_is_written_numerals_by_the_other() -> None:
    sharp = KeySignature(0, 7)
    assert chord_label((53, 54, 60), sharp, sharp) == "E♯–F♯–B♯"
    assert chord_label((53, 54, 60), sharp, None) == "F–F♯–C"
    assert chord_label((54, 58, 61), sharp, None) == chord_label((54, 58, 61), sharp, sharp) == "IV"


def test_figures_are_written_small() -> None:
    assert [pretty(figure) for figure in ("V65/V", "viio7", "bII6", "I")] == ["V⁶₅/V", "vii°⁷", "♭II⁶", "I"]


keys = st.builds(KeySignature, st.just(0), st.integers(-7, 7), st.sampled_from(("major", "minor")))


@given(st.lists(st.integers(36, 81), min_size=1, max_size=4), keys)
def test_whatever_sounds_has_a_short_name(pitches: list[int], key: KeySignature) -> None:
    label = chord_label(pitches, key, key)
    assert 1 <= len(label) <= 16
