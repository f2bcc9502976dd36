"""Which strand of a file is which voice, as the user writes it: `soprano=1,alto=2,tenor=3a,bass=3b`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from harmonizer_gui.files.strands import MOST_STRANDS
from harmonizer_gui.score import VoiceName

_REF = re.compile(rf"([1-9]\d{{0,3}})([{ascii_lowercase[:MOST_STRANDS]}]?)")


@dataclass(frozen=True, slots=True, order=True)
class StrandRef:
    """A strand of the file: part `part` (from 0) as one line, or of its strands number `strand` from above.

    Written `3` and `3b`: parts are counted from 1, in the order of the file, those without notes left out.
    """

    part: int
    strand: int | None = None

    def __str__(self) -> str:
        letter = "" if self.strand is None else ascii_lowercase[self.strand]
        return f"{self.part + 1}{letter}"

    @classmethod
    def parse(cls, text: str) -> StrandRef:
        """Raises ValueError for anything but a number and perhaps a letter."""
        found = _REF.fullmatch(text.strip().lower())
        if found is None:
            raise ValueError(f"“{text}” is no strand: write a number, as 2, or a number and a letter, as 2b")
        number, letter = found.groups()
        return cls(int(number) - 1, ascii_lowercase.index(letter) if letter else None)


Assignment = Mapping[VoiceName, StrandRef]
"""Voices that are not in it stay empty."""


def parse_assignment(text: str) -> dict[VoiceName, StrandRef]:
    """Read `soprano=1,alto=2,…`; the voices by name or first letter. Raises ValueError."""
    answer: dict[VoiceName, StrandRef] = {}
    for item in text.split(","):
        name, equals, ref = item.partition("=")
        if not equals:
            raise ValueError(f"“{item}” names no strand: write it as soprano=1,alto=2,tenor=3a,bass=3b")
        voice = VoiceName.parse(name)
        if voice in answer:
            raise ValueError(f"the {voice.label} is named twice")
        answer[voice] = StrandRef.parse(ref)
    twice = _first_repeated(answer.values())
    if twice is not None:
        raise ValueError(f"strand {twice} cannot be two voices at once")
    return answer


def written_assignment(assignment: Assignment) -> str:
    """The inverse of `parse_assignment`."""
    return ",".join(f"{voice.label}={assignment[voice]}" for voice in sorted(assignment))


def _first_repeated(refs: Iterable[StrandRef]) -> StrandRef | None:
    seen: set[StrandRef] = set()
    for ref in refs:
        if ref in seen:
            return ref
        seen.add(ref)
    return None
