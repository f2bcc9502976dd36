"""Moving notes towards the grid."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from harmonizer_gui.score.edits.laying import remove_notes
from harmonizer_gui.score.edits.moving import reshape_notes, reshaped
from harmonizer_gui.score.edits.selection import NoteRef, Selection, notes_by_voice
from harmonizer_gui.score.notes import Note
from harmonizer_gui.score.score import Score

Nearest = Callable[[float], int]
"""The grid line nearest to a tick."""


@dataclass(frozen=True, slots=True)
class Quantising:
    """Whether starts and lengths are moved, and how far of the way to the grid: `strength` 0–1.

    Raises ValueError for a strength outside of that.
    """

    starts: bool = True
    lengths: bool = False
    strength: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.strength <= 1.0:
            raise ValueError(f"a strength of {self.strength:g} is outside 0–1")


def quantise(
    score: Score, selection: Selection, how: Quantising, nearest: Nearest, *, shortest: int
) -> tuple[Score, Selection]:
    """Move starts and ends of the selected notes towards the lines that `nearest` knows.

    Where only starts move, lengths stay as they are. A length goes to no less than `shortest` ticks. A note
    ends where the next selected one starts now, and goes where both start at once.
    """
    shaped: dict[NoteRef, Note] = {}
    for voice, notes in notes_by_voice(selection).items():
        limit = sys.maxsize
        for note in reversed(notes):
            start, end = _quantised(note, how, nearest, shortest)
            if start < limit:
                shaped[NoteRef(voice, note)] = reshaped(note, start, min(end, limit))
            limit = min(start, limit)
    return reshape_notes(remove_notes(score, selection - shaped.keys()), shaped)


def _quantised(note: Note, how: Quantising, nearest: Nearest, shortest: int) -> tuple[int, int]:
    """Where the note starts and ends if nothing is in its way."""
    start, end = note.start, note.end
    if how.starts:
        start = _towards(note.start, nearest(note.start), how.strength)
        end += start - note.start
    if how.lengths:
        goal = max(nearest(end), nearest(start) + shortest)
        end = max(start + 1, _towards(end, goal, how.strength))
    return start, end


def _towards(tick: int, goal: int, strength: float) -> int:
    return tick + round(strength * (goal - tick))
