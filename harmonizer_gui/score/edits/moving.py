"""Moving, stretching and changing what is selected."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from harmonizer_gui.score.edits.laying import lay_notes, remove_notes
from harmonizer_gui.score.edits.selection import NoteRef, Selection, existing, notes_by_voice
from harmonizer_gui.score.notes import Note, VoiceName
from harmonizer_gui.score.score import Score


def move_notes(
    score: Score, selection: Selection, *, ticks: int, semitones: int, copies: bool = False
) -> tuple[Score, Selection]:
    """Move the selection as one block, stopped as a whole at tick 0 and at the ends of the pitch range.

    With `copies` the selected notes stay and copies go there. Returns the new score and the selection in
    its new place.
    """
    if not selection:
        return score, selection
    pitches = [ref.note.pitch for ref in selection]
    ticks = max(ticks, -min(ref.note.start for ref in selection))
    semitones = max(-min(pitches), min(semitones, 127 - max(pitches)))
    if ticks == 0 and semitones == 0:
        return score, selection
    moved = {ref: _moved(ref.note, ticks, semitones) for ref in selection}
    return _laid(score, moved) if copies else replace_notes(score, moved)


def _moved(note: Note, ticks: int, semitones: int) -> Note:
    return replace(note, start=note.start + ticks, pitch=note.pitch + semitones, generated=False)


def resize_notes(
    score: Score, selection: Selection, *, ticks: int, edge: Literal["start", "end"], shortest: int
) -> tuple[Score, Selection]:
    """Move one edge of every selected note by `ticks`; none gets shorter than `shortest` ticks.

    A note that is shorter already keeps its length when it is shortened further. One that grows stops at
    the next selected one. All stay selected; one that has no room is not touched.
    """
    shaped: dict[NoteRef, Note] = {}
    for voice, notes in notes_by_voice(selection).items():
        for note, (earliest, latest) in zip(notes, _rooms(notes), strict=True):
            start, end, floor = note.start, note.end, min(shortest, note.duration)
            if edge == "end":
                end = min(latest, max(start + floor, end + ticks))
            else:
                start = max(earliest, min(end - floor, start + ticks))
            shaped[NoteRef(voice, note)] = reshaped(note, start, end)
    return reshape_notes(score, shaped)


def _rooms(notes: list[Note]) -> Iterator[tuple[int, int]]:
    """The ticks from the end of the note before to the start of the one after, for each of `notes`."""
    ends = [0, *(note.end for note in notes[:-1])]
    starts = [*(note.start for note in notes[1:]), sys.maxsize]
    return zip(ends, starts, strict=True)


def move_to_voice(score: Score, selection: Selection, voice: VoiceName) -> tuple[Score, Selection]:
    """Put the selected notes into another voice, at the same time and pitch."""
    notes = [replace(ref.note, generated=False) for ref in sorted(selection)]
    moved = lay_notes(remove_notes(score, selection), voice, notes)
    return moved, existing(moved, frozenset(NoteRef(voice, note) for note in notes))


def exchange_voices(score: Score, selection: Selection) -> tuple[Score, Selection]:
    """Give the selected notes of two voices each to the other, at the same time and pitch.

    Raises ValueError unless they are notes of exactly two voices.
    """
    voices = sorted({ref.voice for ref in selection})
    if len(voices) != 2:
        raise ValueError(f"the selected notes are of {len(voices)} voices, not of two")
    other = {voices[0]: voices[1], voices[1]: voices[0]}
    changed = {NoteRef(other[ref.voice], ref.note): replace(ref.note, generated=False) for ref in selection}
    return _laid(remove_notes(score, selection), changed)


def replace_notes(score: Score, changed: Mapping[NoteRef, Note]) -> tuple[Score, Selection]:
    """Take the keys out, lay the values in their stead; a value that another covers may end up trimmed.

    Returns the new score and those of the values that stand in it whole.
    """
    return _laid(remove_notes(score, frozenset(changed)), changed)


def reshape_notes(score: Score, shaped: Mapping[NoteRef, Note]) -> tuple[Score, Selection]:
    """Let each key become its value, none of which covers another; those that are alike are not touched.

    Returns the new score and the values, for they are what is selected now.
    """
    changed, _ = replace_notes(score, {ref: note for ref, note in shaped.items() if note != ref.note})
    return changed, existing(changed, frozenset(NoteRef(ref.voice, note) for ref, note in shaped.items()))


def reshaped(note: Note, start: int, end: int) -> Note:
    """The note from `start` to `end`, both in ticks; the user's own unless it was there already."""
    if (start, end) == (note.start, note.end):
        return note
    return replace(note.at(start, end), generated=False)


def _laid(score: Score, changed: Mapping[NoteRef, Note]) -> tuple[Score, Selection]:
    by_voice: dict[VoiceName, list[Note]] = {}
    for ref in sorted(changed):
        by_voice.setdefault(ref.voice, []).append(changed[ref])
    for voice, notes in by_voice.items():
        score = lay_notes(score, voice, notes)
    return score, existing(score, frozenset(NoteRef(ref.voice, note) for ref, note in changed.items()))
