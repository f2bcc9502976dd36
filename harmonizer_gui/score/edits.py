"""Every edit of a score, as a pure function. A voice stays one line: what a note covers is trimmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from harmonizer_gui.score.notes import Note, Voice, VoiceName
from harmonizer_gui.score.score import Score


@dataclass(frozen=True, slots=True, order=True)
class NoteRef:
    """A note and the voice it belongs to: what a selection is made of."""

    voice: VoiceName
    note: Note


Selection = frozenset[NoteRef]
NOTHING: Selection = frozenset()


def lay_notes(score: Score, voice: VoiceName, notes: Iterable[Note]) -> Score:
    """Put `notes` into `voice`; what they cover is trimmed, later notes win over earlier ones."""
    line = score.voice(voice)
    for note in notes:
        line = line.laid(note)
    return score.with_voice(voice, line)


def remove_notes(score: Score, selection: Selection) -> Score:
    for voice in VoiceName:
        gone = [ref.note for ref in selection if ref.voice == voice]
        if gone:
            score = score.with_voice(voice, score.voice(voice).without(gone))
    return score


def move_notes(score: Score, selection: Selection, *, ticks: int, semitones: int) -> tuple[Score, Selection]:
    """Move the selection as one block, stopped as a whole at tick 0 and at the ends of the pitch range.

    Returns the new score and the selection in its new place.
    """
    if not selection:
        return score, selection
    pitches = [ref.note.pitch for ref in selection]
    ticks = max(ticks, -min(ref.note.start for ref in selection))
    semitones = max(-min(pitches), min(semitones, 127 - max(pitches)))
    if ticks == 0 and semitones == 0:
        return score, selection
    return _replace(
        score,
        {
            ref: replace(
                ref.note, start=ref.note.start + ticks, pitch=ref.note.pitch + semitones, generated=False
            )
            for ref in selection
        },
    )


def resize_notes(
    score: Score, selection: Selection, *, ticks: int, edge: Literal["start", "end"], shortest: int
) -> tuple[Score, Selection]:
    """Move one edge of every selected note by `ticks`; none gets shorter than `shortest` ticks.

    A note that is shorter already keeps its length when it is shortened further.
    """
    changed: dict[NoteRef, Note] = {}
    for ref in selection:
        note = ref.note
        floor = min(shortest, note.duration)
        if edge == "end":
            start, end = note.start, max(note.start + floor, note.end + ticks)
        else:
            start, end = max(0, min(note.end - floor, note.start + ticks)), note.end
        if (start, end) != (note.start, note.end):
            changed[ref] = replace(note.at(start, end), generated=False)
    moved, fresh = _replace(score, changed)
    return moved, existing(moved, fresh | (selection - changed.keys()))


def move_to_voice(score: Score, selection: Selection, voice: VoiceName) -> tuple[Score, Selection]:
    """Put the selected notes into another voice, at the same time and pitch."""
    notes = [replace(ref.note, generated=False) for ref in sorted(selection)]
    return (
        lay_notes(remove_notes(score, selection), voice, notes),
        frozenset(NoteRef(voice, note) for note in notes),
    )


def clear_voice(score: Score, voice: VoiceName) -> Score:
    return score.with_voice(voice, Voice())


def replace_span(score: Score, voice: VoiceName, start: int, end: int, notes: Iterable[Note]) -> Score:
    """Silence [start, end) ticks of `voice`, then put `notes` there."""
    return lay_notes(score.with_voice(voice, score.voice(voice).cut(start, end)), voice, notes)


def existing(score: Score, selection: Selection) -> Selection:
    """The part of `selection` that is still in `score`, for after an undo."""
    return frozenset(ref for ref in selection if score.voice(ref.voice).at(ref.note.start) == ref.note)


def _replace(score: Score, changed: dict[NoteRef, Note]) -> tuple[Score, Selection]:
    """Take the keys out, lay the values in their stead; a value that another covers may end up trimmed."""
    score = remove_notes(score, frozenset(changed))
    for ref in sorted(changed):
        score = lay_notes(score, ref.voice, [changed[ref]])
    return score, existing(score, frozenset(NoteRef(ref.voice, note) for ref, note in changed.items()))
