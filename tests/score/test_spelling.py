"""Names of pitches, by the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import KeySignature, key_alterations, pitch_name, spelled

NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
KEYS = st.builds(KeySignature, st.just(0), st.integers(-7, 7), st.sampled_from(("major", "minor")))


@pytest.mark.parametrize(
    ("fifths", "mode", "names"),
    [
        (0, "major", "C4 C♯4 D4 E♭4 E4 F4 F♯4 G4 G♯4 A4 B♭4 B4"),
        (1, "minor", "C4 C♯4 D4 D♯4 E4 F4 F♯4 G4 G♯4 A4 A♯4 B4"),
        (-2, "minor", "C4 C♯4 D4 E♭4 E4 F4 F♯4 G4 A♭4 A4 B♭4 B4"),
        (-4, "major", "C4 D♭4 D4 E♭4 E4 F4 G♭4 G4 A♭4 A4 B♭4 C♭5"),
    ],
)
def test_notes_are_named_by_the_key(fifths: int, mode: str, names: str) -> None:
    key = KeySignature(0, fifths, "minor" if mode == "minor" else "major")
    assert [pitch_name(pitch, key) for pitch in range(60, 72)] == names.split()


def test_without_a_key_there_are_few_accidentals() -> None:
    assert [pitch_name(pitch) for pitch in (61, 63, 66, 68, 70)] == ["C♯4", "E♭4", "F♯4", "A♭4", "B♭4"]


@given(pitch=st.integers(0, 127), key=st.none() | KEYS)
def test_a_spelling_sounds_as_the_pitch(pitch: int, key: KeySignature | None) -> None:
    spelling = spelled(pitch, key)
    assert NATURAL[spelling.step] + spelling.alteration + 12 * (spelling.octave + 1) == pitch


@given(key=KEYS)
def test_the_notes_of_a_key_need_no_accidental(key: KeySignature) -> None:
    alterations = key_alterations(key)
    for step, alteration in alterations.items():
        spelling = spelled(60 + (NATURAL[step] + alteration) % 12, key)
        assert (spelling.step, spelling.alteration) == (step, alteration)
