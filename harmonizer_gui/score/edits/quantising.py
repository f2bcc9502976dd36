"""Moving notes towards the grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from harmonizer_gui.score.edits.moving import replace_notes
from harmonizer_gui.score.edits.selection import Selection, existing
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

    Where only starts move, lengths stay as they are. A length goes to no less than `shortest` ticks.
    """
    changed = {ref: _quantised(ref.note, how, nearest, shortest) for ref in selection}
    changed = {ref: note for ref, note in changed.items() if note != ref.note}
    moved, fresh = replace_notes(score, changed)
    return moved, existing(moved, fresh | (selection - changed.keys()))


def _quantised(note: Note, how: Quantising, nearest: Nearest, shortest: int) -> Note:
    start, end = note.start, note.end
    if how.starts:
        start = _towards(note.start, nearest(note.start), how.strength)
        end += start - note.start
    if how.lengths:
        goal = max(nearest(end), nearest(start) + shortest)
        end = max(start + 1, _towards(end, goal, how.strength))
    if (start, end) == (note.start, note.end):
        return note
    return replace(note.at(start, end), generated=False)


def _towards(tick: int, goal: int, strength: float) -> int:
    return tick + round(strength * (goal - tick))
