"""What a note has besides its place: loudness and fermata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from harmonizer_gui.score.edits.moving import replace_notes
from harmonizer_gui.score.edits.selection import NoteRef, Selection
from harmonizer_gui.score.notes import Note
from harmonizer_gui.score.score import Score

SOFTEST: Final = 1
LOUDEST: Final = 127


def set_fermata(score: Score, selection: Selection, *, on: bool) -> tuple[Score, Selection]:
    """Put a fermata on each selected note, or take it away."""
    return _changed(score, selection, {ref: replace(ref.note, fermata=on) for ref in selection})


def set_velocities(
    score: Score, selection: Selection, velocities: Mapping[NoteRef, int]
) -> tuple[Score, Selection]:
    """Give the notes of `velocities` theirs, held within 1–127; what is selected stays so."""
    return _changed(score, selection, {ref: _at(ref.note, velocity) for ref, velocity in velocities.items()})


def shift_velocities(score: Score, selection: Selection, by: int) -> tuple[Score, Selection]:
    """Make the selected notes louder or softer as one block: the differences between them stay."""
    if not selection:
        return score, selection
    now = [ref.note.velocity for ref in selection]
    by = max(SOFTEST - min(now), min(by, LOUDEST - max(now)))
    return set_velocities(score, selection, {ref: ref.note.velocity + by for ref in selection})


def _at(note: Note, velocity: int) -> Note:
    return replace(note, velocity=max(SOFTEST, min(velocity, LOUDEST)))


def _changed(score: Score, selection: Selection, notes: Mapping[NoteRef, Note]) -> tuple[Score, Selection]:
    """Neither loudness nor fermata makes a generated note the user's own: it may still be written anew."""
    score, _ = replace_notes(score, notes)
    return score, frozenset(NoteRef(ref.voice, notes.get(ref, ref.note)) for ref in selection)
