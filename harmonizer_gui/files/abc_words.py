"""Words under ABC: `w: Glo-ri-a_ | in` as syllables, and which note sings which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum


class Step(Enum):
    """What moves on without a syllable."""

    NOTE = "note"
    """A note that sings on, or nothing."""
    BAR = "bar"
    """Up to the next barline."""


Token = str | Step
"""A syllable, with hyphens where its word goes on, or a step."""

_SIGN = re.compile(
    r"(?P<syllable>(?:\\-|[^\s\-_*|])+)|(?P<space>\s+)|(?P<hyphen>-)|(?P<hold>[_*])|(?P<bar>\|)"
)


def tokens_of(text: str) -> list[Token]:
    """The syllables and steps of a line of words."""
    answer: list[Token] = []
    may_join = goes_on = False
    for sign in _SIGN.finditer(text):
        kind = sign.lastgroup
        if kind == "syllable":
            answer.append(("-" if goes_on else "") + _plain(sign.group()))
            goes_on = False
        elif kind == "hyphen" and may_join:
            last = answer.pop()
            answer.append(f"{last}-")
            goes_on = True
        elif kind in ("hyphen", "hold"):
            answer.append(Step.NOTE)
        elif kind == "bar":
            answer.append(Step.BAR)
        may_join = kind == "syllable"
    return answer


def aligned(words: Sequence[Token], bars: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The index of a note, and what it sings, for notes that stand in these bars."""
    index, bar = 0, bars[0] if bars else 0
    for word in words:
        if word is Step.BAR:
            bar += 1
            while index < len(bars) and bars[index] < bar:
                index += 1
        elif index < len(bars):
            if isinstance(word, str):
                yield index, word
            index += 1


def _plain(syllable: str) -> str:
    return syllable.replace("\\-", "-").replace("~", " ").strip()
