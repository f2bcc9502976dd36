"""All notes of a piece in order of time, kept up with the piece at little cost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.score.edits.difference import VoiceDifference

Row = tuple[int, VoiceName, Note]
"""Start in ticks, voice, note: rows sort by time, and within a chord from the soprano down."""


def row_of(voice: VoiceName, note: Note) -> Row:
    return note.start, voice, note


def rows_of(score: Score) -> list[Row]:
    """The notes of all voices, sorted."""
    return sorted((row_of(voice, note) for voice in VoiceName for note in score.voice(voice)), key=_place)


def ref_of(row: Row) -> NoteRef:
    return NoteRef(row[1], row[2])


def place_of_row(rows: list[Row], row: Row) -> int:
    """Where `row` is, or would have to be put in."""
    return bisect_left(rows, _place(row), key=_place)


@dataclass(frozen=True, slots=True)
class Step:
    """One row comes or goes."""

    row: Row
    is_new: bool


def steps_between(before: Score, after: Score) -> Iterator[Step]:
    """What goes and what comes, row by row. Quick where the voices share most of their notes."""
    for voice in VoiceName:
        change = VoiceDifference.between(before.voice(voice), after.voice(voice))
        if change is not None:
            yield from (Step(row_of(voice, note), is_new=False) for note in change.before)
            yield from (Step(row_of(voice, note), is_new=True) for note in change.after)


def _place(row: Row) -> tuple[int, VoiceName]:
    return row[0], row[1]
