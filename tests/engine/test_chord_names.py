"""Chords and scales as people write them."""

from __future__ import annotations

import pytest

from harmonizer_gui.engine.chord_names import HarmonyError, read_harmony
from harmonizer_gui.score import KeySignature

NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
C_MAJOR, A_MINOR = KeySignature(0, 0), KeySignature(0, 0, "minor")


def sounding(text: str, key: KeySignature | None = None) -> str:
    return " ".join(NAMES[each] for each in sorted(read_harmony(text, key).pitch_classes))


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("C", "C E G"),
        ("Am", "C E A"),
        ("A-", "C E A"),
        ("G7", "D F G B"),
        ("F#m", "C♯ F♯ A"),
        ("F♯ m", "C♯ F♯ A"),
        ("Bb", "D F B♭"),
        ("B♭maj7", "D F A B♭"),
        ("Bo7", "D F A♭ B"),
        ("B(b5)", None),
        ("Bm7b5", "D F A B"),
        ("Caug", "C E A♭"),
        ("C/D", "C D E G"),
        ("Dsus4", "D G A"),
        ("D dorian", "C D E F G A B"),
        ("C major", "C D E F G A B"),
        ("A minor", "C D E F F♯ G A♭ A B"),
        ("A harmonic minor", "C D E F A♭ A B"),
        ("A aeolian", "C D E F G A B"),
    ],
)
def test_chords_and_scales_by_their_letters(text: str, notes: str | None) -> None:
    if notes is None:
        with pytest.raises(HarmonyError, match="is no chord or scale"):
            read_harmony(text)
    else:
        assert sounding(text) == notes


@pytest.mark.parametrize(
    ("text", "in_major", "in_minor"),
    [
        ("V7", "D F G B", "D E A♭ B"),
        ("viio7", "D F A♭ B", "D F A♭ B"),
        ("VII", "E♭ F♯ B", "D G B"),
        ("iv7", "C E♭ F A♭", "C D F A"),
        ("ii65", "C D F A", None),
        ("bVII", "D F B♭", None),
        ("V7/V", "C D F♯ A", "C E♭ F♯ A B"),
        ("I", "C E G", "C♯ E A"),
        ("I6", "C E G", "C♯ E A"),
        ("III+", "E A♭ C", None),
    ],
)
def test_degrees_are_of_the_key(text: str, in_major: str, in_minor: str | None) -> None:
    found = read_harmony(text, C_MAJOR).pitch_classes
    assert found == {NAMES.index(name) for name in in_major.split()}
    if in_minor is not None and text != "V7/V":
        assert read_harmony(text, A_MINOR).pitch_classes == {NAMES.index(name) for name in in_minor.split()}


@pytest.mark.parametrize(
    ("text", "label"),
    [("F#m", "F♯m"), ("Bbmaj7", "B♭maj7"), ("Ebb", "E♭♭"), ("bVII", "♭VII"), ("  D   dorian ", "D dorian")],
)
def test_the_name_is_printed_well(text: str, label: str) -> None:
    assert read_harmony(text, C_MAJOR).label == label


@pytest.mark.parametrize("text", ["H", "C blues", "sus4", "c", "I?", "7", "Cmaj7maj7", "G//B"])
def test_what_is_no_chord_is_said_to_be_none(text: str) -> None:
    with pytest.raises(HarmonyError, match="is no chord or scale: try C, Am, G7"):
        read_harmony(text, C_MAJOR)


def test_other_sentences() -> None:
    with pytest.raises(HarmonyError, match="choose a key first"):
        read_harmony("V7")
    with pytest.raises(HarmonyError, match="leads to no degree"):
        read_harmony("V/x", C_MAJOR)
    with pytest.raises(HarmonyError, match="no chord is written"):
        read_harmony("  ")
    with pytest.raises(HarmonyError, match="too long"):
        read_harmony("C" * 60)
