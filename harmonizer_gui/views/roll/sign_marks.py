"""Where the signs of metre, tempo and key stand on the ruler, and what is written there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from harmonizer_gui.score import KeySignature, Score, Tempo, TimeSignature
from harmonizer_gui.score.edits import Sign, SignKind, signs_of
from harmonizer_gui.views.key_names import key_name
from harmonizer_gui.views.roll.coordinates import Coordinates

GAP: Final = 9.0
"""Pixels between two signs that stand at one tick, and at least between any two."""
INDENT: Final = 7.0
WIDEST: Final = 160.0
"""No sign is wider: one that stands further left than this cannot be seen."""


@dataclass(frozen=True, slots=True)
class SignMark:
    """A sign and the pixels [left, right) of its words; without words where there is no room for them."""

    sign: Sign
    text: str
    left: float
    right: float

    def holds(self, x: float) -> bool:
        return bool(self.text) and self.left - 2.0 <= x < self.right + 2.0


def sign_text(sign: Sign) -> str:
    """`3/4`, `♩ = 96`, `G major`."""
    match sign:
        case Tempo(_, quarters_per_minute):
            return f"♩ = {quarters_per_minute:.4g}"
        case TimeSignature(_, numerator, denominator):
            return f"{numerator}/{denominator}"
        case KeySignature():
            return key_name(sign)


def sign_marks(score: Score, view: Coordinates, width: Callable[[str], float]) -> list[SignMark]:
    """The signs in view from left to right; `width` gives the pixels of a text.

    Signs at one tick stand side by side: metre, tempo, key. Of one that would lie over its neighbour only the
    place is marked.
    """
    marks: list[SignMark] = []
    free = float("-inf")
    tick = -1
    for sign in _in_view(score, view):
        x = view.x(sign.tick) + INDENT
        if sign.tick == tick:
            x = max(x, free)
        tick, text = sign.tick, sign_text(sign)
        if x < free:
            marks.append(SignMark(sign, "", x, x))
            continue
        marks.append(SignMark(sign, text, x, x + width(text)))
        free = marks[-1].right + GAP
    return marks


def _in_view(score: Score, view: Coordinates) -> Iterator[Sign]:
    first, last = view.tick(-WIDEST * len(SignKind)), view.right
    found = [
        (sign.tick, index, sign)
        for index, kind in enumerate(SignKind)
        for sign in _between(signs_of(score, kind), first, last)
    ]
    return (sign for _, _, sign in sorted(found, key=lambda each: each[:2]))


def _between(signs: tuple[Sign, ...], first: float, last: float) -> tuple[Sign, ...]:
    start = bisect_left(signs, first, key=lambda sign: sign.tick)
    return signs[start : bisect_left(signs, last, key=lambda sign: sign.tick)]
