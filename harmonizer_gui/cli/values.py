"""The values that arguments can have: from text, or an error that is one sentence."""

from __future__ import annotations

import argparse

from harmonizer_gui.files.assignment import StrandRef, parse_assignment
from harmonizer_gui.score import KeySignature, TimeSignature, VoiceName

LARGEST_SEED = 2**53 - 1
"""What torch, numpy and JSON all carry exactly."""
MOST_SWEEPS = 100


def voice(text: str) -> VoiceName:
    try:
        return VoiceName.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def takes(text: str) -> int:
    number = positive(text)
    if number > 64:
        raise argparse.ArgumentTypeError(f"{number} takes are too many: 64 at most")
    return number


def positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number above 0")
    return int(text)


def count(text: str) -> int:
    return 0 if text == "0" else positive(text)


def transpositions(text: str) -> tuple[int, ...]:
    try:
        steps = tuple(int(step) for step in text.split(","))
    except ValueError:
        steps = ()
    if not steps or len(set(steps)) != len(steps) or max(map(abs, steps)) > 12:
        raise argparse.ArgumentTypeError(f"“{text}” are no transpositions: give semitones as 0,-2,2")
    return steps


def assignment(text: str) -> dict[VoiceName, StrandRef]:
    try:
        return parse_assignment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def sweeps(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > MOST_SWEEPS:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of sweeps: give 0 to {MOST_SWEEPS}")
    return int(text)


def seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"“{text}” is no seed: give a whole number from 0 to {LARGEST_SEED}")
    return int(text)


def meter(text: str) -> TimeSignature:
    numerator, slash, denominator = text.partition("/")
    try:
        if slash:
            return TimeSignature(0, int(numerator), int(denominator))
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{text}” is no metre: write it as 4/4")


def key(text: str) -> KeySignature:
    """A tonic as F#, Bb or C; small letters mean minor. The key signature is that of the circle of fifths."""
    letter, accidental = text[:1], text[1:].replace("♯", "#").replace("♭", "b")
    places = "FCGDAEB"
    if letter and letter.upper() in places and accidental in ("", "#", "b"):
        fifths = places.index(letter.upper()) - 1 + {"": 0, "#": 7, "b": -7}[accidental]
        fifths -= 3 if letter.islower() else 0
        if -7 <= fifths <= 7:
            return KeySignature(0, fifths, "minor" if letter.islower() else "major")
    raise argparse.ArgumentTypeError(f"“{text}” is no key: write it as G, Bb or f# (small letters for minor)")


def deviation(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 100.0:
        raise argparse.ArgumentTypeError(f"“{text}” is no standard deviation: give a number from 0 to 100")
    return value


def exponent(text: str) -> tuple[str, float]:
    name, equals, factor = text.partition("=")
    try:
        return (name.strip().lower(), float(factor)) if equals else _no_exponent(text)
    except ValueError:
        return _no_exponent(text)


def _no_exponent(text: str) -> tuple[str, float]:
    raise argparse.ArgumentTypeError(f"“{text}” is no exponent: write it as contour=1.5")
