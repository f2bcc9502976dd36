"""Chords and scales as people write them: `G7`, `F♯m`, `V7` in a key, `D dorian`. Without music21."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from harmonizer_gui.engine.keys import CHORDS, SCALES, pitch_classes
from harmonizer_gui.score import KeySignature

MOST_LETTERS: Final = 40


@dataclass(frozen=True, slots=True)
class Harmony:
    """What may sound: its name, tidied, and its pitch classes (C = 0)."""

    label: str
    pitch_classes: frozenset[int]


class HarmonyError(ValueError):
    """A chord that cannot be read; one sentence."""


_LETTERS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SIGNS: Final = {"": 0, "#": 1, "b": -1, "##": 2, "bb": -2}
_KINDS: Final[dict[str, tuple[int, ...]]] = {
    "": CHORDS["major"],
    "maj": CHORDS["major"],
    "m": CHORDS["minor"],
    "min": CHORDS["minor"],
    "-": CHORDS["minor"],
    "dim": CHORDS["diminished"],
    "°": CHORDS["diminished"],
    "aug": CHORDS["augmented"],
    "+": CHORDS["augmented"],
    "7": CHORDS["dominant seventh"],
    "maj7": CHORDS["major seventh"],
    "M7": CHORDS["major seventh"],
    "Δ": CHORDS["major seventh"],
    "m7": CHORDS["minor seventh"],
    "min7": CHORDS["minor seventh"],
    "-7": CHORDS["minor seventh"],
    "mmaj7": (0, 3, 7, 11),
    "ø": CHORDS["half-diminished seventh"],
    "ø7": CHORDS["half-diminished seventh"],
    "m7b5": CHORDS["half-diminished seventh"],
    "dim7": CHORDS["diminished seventh"],
    "°7": CHORDS["diminished seventh"],
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "9": (0, 2, 4, 7, 10),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "sus": (0, 5, 7),
    "7sus4": (0, 5, 7, 10),
    "5": (0, 7),
}
"""Semitones above the root, by what is written after it."""

_ROOT: Final = r"([A-G])(##|bb|#|b)?"
_CHORD: Final = re.compile(rf"{_ROOT}([^/]*?)(?:/{_ROOT})?")
_SCALE: Final = re.compile(rf"{_ROOT} *([a-z]{{3}}[a-z ]*)")
_NUMERAL: Final = re.compile(
    r"(#|b)?(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(°|ø|\+)?(7|6|65|64|43|42|2)?(?:/(.+))?"
)
_DEGREES: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii")
_SEVENTHS: Final = ("7", "65", "43", "42", "2")
_MAJOR: Final = SCALES["major"]
_MINOR: Final = SCALES["natural minor"]
_MODES: Final = {"ionian": "major", "aeolian": "natural minor"}


def read_harmony(text: str, key: KeySignature | None = None) -> Harmony:
    """The chord or scale that `text` names; Roman numerals are of `key`.

    Flats may be written b or ♭, sharps # or ♯, diminished o or °. Raises HarmonyError.
    """
    plain = " ".join(text.replace("♯", "#").replace("♭", "b").split())
    if not plain:
        raise HarmonyError("no chord is written here")
    if len(plain) > MOST_LETTERS:
        raise HarmonyError(f"“{plain[:MOST_LETTERS]}…” is too long for a chord")
    found = _numeral(plain, key) or _scale(plain) or _chord(plain)
    if found is None:
        raise HarmonyError(f"“{_pretty(plain)}” is no chord or scale: try C, Am, G7, V7 or D dorian")
    return Harmony(_pretty(plain), found)


def _chord(plain: str) -> frozenset[int] | None:
    match = _CHORD.fullmatch(plain)
    if match is None:
        return None
    letter, sign, kind, bass, bass_sign = match.groups()
    intervals = _KINDS.get(_tidy(kind))
    if intervals is None:
        return None
    sounding = pitch_classes(_class(letter, sign), intervals)
    return sounding if bass is None else sounding | {_class(bass, bass_sign)}


def _scale(plain: str) -> frozenset[int] | None:
    match = _SCALE.fullmatch(plain)
    if match is None:
        return None
    letter, sign, name = match.groups()
    intervals = SCALES.get(_MODES.get(name, name))
    return None if intervals is None else pitch_classes(_class(letter, sign), intervals)


def _numeral(plain: str, key: KeySignature | None) -> frozenset[int] | None:
    match = _NUMERAL.fullmatch(re.sub(r"(?<=[iIvV])o", "°", plain))
    if match is None:
        return None
    if key is None:
        raise HarmonyError(f"“{_pretty(plain)}” is a degree: choose a key first")
    sign, numeral, quality, figure, of = match.groups()
    tonic, is_minor = key.tonic, key.mode == "minor"
    if of is not None:
        tonic, is_minor = _applied(plain, of, key)
    degree = _DEGREES.index(numeral.lower())
    root = _root(degree, numeral, quality, is_minor=is_minor) + _SIGNS[sign or ""]
    intervals = _triad(numeral, quality)
    if figure in _SEVENTHS:
        intervals = (*intervals, _seventh(numeral, root, quality, is_minor=is_minor))
    return pitch_classes(tonic + root, intervals)


def _applied(plain: str, of: str, key: KeySignature) -> tuple[int, bool]:
    """The tonic of the degree that a chord as V/V leads to, and whether it is minor."""
    if of.lower() not in _DEGREES:
        raise HarmonyError(f"“{_pretty(plain)}” leads to no degree: write it like V7/V")
    root = _root(_DEGREES.index(of.lower()), of, None, is_minor=key.mode == "minor")
    return key.tonic + root, of.islower()


def _root(degree: int, numeral: str, quality: str | None, *, is_minor: bool) -> int:
    """Semitones above the tonic; in minor, vii° stands on the leading note and VII below it."""
    if is_minor and not (degree == 6 and (quality in ("°", "ø") or numeral.islower())):
        return _MINOR[degree]
    return _MAJOR[degree]


def _triad(numeral: str, quality: str | None) -> tuple[int, ...]:
    if quality in ("°", "ø"):
        return CHORDS["diminished"]
    if quality == "+":
        return CHORDS["augmented"]
    return CHORDS["major"] if numeral.isupper() else CHORDS["minor"]


def _seventh(numeral: str, root: int, quality: str | None, *, is_minor: bool) -> int:
    """Semitones from the root to the seventh: over a major triad that of the scale."""
    if quality == "°":
        return 9
    if quality == "ø" or numeral.islower():
        return 10
    scale = _MINOR if is_minor else _MAJOR
    return (scale[(_DEGREES.index(numeral.lower()) + 6) % 7] - root) % 12


def _class(letter: str, sign: str | None) -> int:
    return (_LETTERS[letter] + _SIGNS[sign or ""]) % 12


def _tidy(kind: str) -> str:
    """What is written after a root, without brackets and spaces, and with a sign for “diminished”."""
    kind = re.sub(r"[ ()]", "", kind).replace("Maj", "maj")
    return re.sub(r"^o(?=7?$)", "°", kind)


def _pretty(plain: str) -> str:
    """With flats and sharps as they are printed."""
    flats = re.sub(r"(?<=[A-G])b+|^b(?=[IViv])", lambda found: "♭" * len(found[0]), plain)
    return flats.replace("#", "♯")
