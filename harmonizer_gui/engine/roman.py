"""Names of chords: Roman numerals in a key, by music21; what is no chord of thirds goes by its notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, Literal

from harmonizer_gui.score import KeySignature, pitch_name, spelled

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_READABLE: Final = re.compile(r"[♯♭]?[ivIV]+[°ø+]?[⁰-⁹¹²³₀-₉]*(/[♯♭]?[ivIV]+)?")
"""Other figures are spelled out with accidentals in the bass figures; the names of the notes say more."""


def chord_label(pitches: Iterable[int], key: KeySignature, written: KeySignature | None) -> str:
    """The Roman numeral of MIDI `pitches` in `key`, or their names from the lowest up; empty for no pitches.

    Names are spelled by the key that is `written` there. Slow the first time: imports music21. What was
    found once is remembered.
    """
    struck = tuple(sorted(set(pitches)))
    numeral = _numeral(struck, key.fifths, key.mode)
    return numeral or "–".join(dict.fromkeys(_name(pitch, written) for pitch in struck))


def _name(pitch: int, key: KeySignature | None) -> str:
    """As everywhere in the program, but for the octave."""
    return pitch_name(pitch, key).rstrip("-0123456789")


@lru_cache(maxsize=20_000)
def _numeral(pitches: tuple[int, ...], fifths: int, mode: Literal["major", "minor"]) -> str:
    """Empty for what has none."""
    names = [_spelled(pitch, fifths, mode) for pitch in pitches]
    return _figure(pitches, names, fifths, mode) if len(set(names)) >= 2 else ""


def _figure(pitches: tuple[int, ...], names: list[str], fifths: int, mode: str) -> str:
    """Empty for what is neither a triad nor a seventh chord, whole or without its fifth."""
    from music21 import chord, key, pitch, roman

    tones = [_tone(pitch, midi, name) for midi, name in zip(pitches, names, strict=True)]
    sounding: Any = chord.Chord(tones)
    if not (
        sounding.isTriad()
        or sounding.isSeventh()
        or sounding.isIncompleteMajorTriad()
        or sounding.isIncompleteMinorTriad()
    ):
        return ""
    tonic = key.KeySignature(fifths).asKey(mode)
    is_chromatic = not {midi % 12 for midi in pitches} <= _scale(fifths, mode)
    numeral: Any = roman.romanNumeralFromChord(sounding, tonic, preferSecondaryDominants=is_chromatic)
    figure = pretty(str(numeral.figure))
    if mode == "minor":  # both sixths and sevenths belong to it
        figure = re.sub(r"^[♭♯](?=vi|VI)", "", figure)
    return figure if _READABLE.fullmatch(figure) else ""


def _scale(fifths: int, mode: str) -> set[int]:
    """The pitch classes of a key; in minor the sixth and seventh degree low and high."""
    major = {(7 * place) % 12 for place in range(fifths - 1, fifths + 6)}
    return major | {(7 * place) % 12 for place in (fifths + 6, fifths + 8)} if mode == "minor" else major


def _tone(module: Any, midi: int, name: str) -> Any:  # noqa: ANN401  # music21 has no types
    """A pitch by its name, in the octave in which it is the MIDI number."""
    tone = module.Pitch(name)
    tone.octave = midi // 12 - 1
    while round(tone.ps) > midi:
        tone.octave -= 1
    while round(tone.ps) < midi:
        tone.octave += 1
    return tone


def _spelled(midi: int, fifths: int, mode: Literal["major", "minor"]) -> str:
    """As music21 writes it: `F#`, `B-`."""
    spelling = spelled(midi, KeySignature(0, fifths, mode))
    sign = spelling.alteration
    return spelling.step + ("#" * sign if sign > 0 else "-" * -sign)


def pretty(figure: str) -> str:
    """`V65/V` as `V⁶₅/V`, `viio7` as `vii°⁷`, `bII6` as `♭II⁶`."""
    parts = figure.replace("o", "°").replace("b", "♭").replace("#", "♯").split("/")
    return "/".join(map(_with_figures, parts))


def _with_figures(part: str) -> str:
    root = part.rstrip("0123456789")
    figures = part[len(root) :]
    if len(figures) == 2:
        return root + figures[0].translate(_RAISED) + figures[1].translate(_LOWERED)
    return root + figures.translate(_RAISED)
