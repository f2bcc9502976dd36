"""What the keys and menus do to the selected notes: pure functions from a score to an `Edit`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import KeySignature, Note, Score, VoiceName
from harmonizer_gui.score.edits import (
    NoteRef,
    Selection,
    clear_voice,
    existing,
    lay_notes,
    move_notes,
    remove_notes,
    resize_notes,
)
from harmonizer_gui.views.roll.edit import Edit, notes_label, voice_label
from harmonizer_gui.views.roll.grid import Grid
from harmonizer_gui.views.roll.limits import within_pitches

OCTAVE: Final = 12
_MAJOR: Final = (0, 2, 4, 5, 7, 9, 11)
_MINOR: Final = (0, 2, 3, 5, 7, 8, 10)
_C_MAJOR: Final = KeySignature(0, 0)


def delete(score: Score, selection: Selection) -> Edit:
    """Take the selected notes away."""
    text = QCoreApplication.translate("Roll", "Delete {notes}").format(notes=notes_label(selection))
    return Edit(text, remove_notes(score, selection))


def clear(score: Score, voice: VoiceName) -> Edit:
    """Take all notes of `voice` away."""
    text = QCoreApplication.translate("Roll", "Clear the {voice}").format(voice=voice_label(voice))
    return Edit(text, clear_voice(score, voice))


def transpose(score: Score, selection: Selection, semitones: int) -> Edit:
    """Move the selection up or down as one block, within the keys."""
    semitones = within_pitches(selection, semitones)
    moved, chosen = move_notes(score, selection, ticks=0, semitones=semitones)
    return Edit(_move_text(selection), moved, chosen)


def transpose_in_scale(score: Score, selection: Selection, steps: int) -> Edit:
    """Move each selected note to the next pitch of the key's scale, up for 1 and down for −1.

    Where one of them would leave the keys, none moves.
    """

    def shifted(note: Note) -> Note:
        pitch = next_in_scale(note.pitch, steps, score.key_at(note.start) or _C_MAJOR)
        return replace(note, pitch=max(0, min(pitch, 127)), generated=False)

    moves = [shifted(ref.note).pitch - ref.note.pitch for ref in selection]
    if any(within_pitches(selection, move) != move for move in moves):
        return Edit(_move_text(selection), score, selection)
    return _replaced(_move_text(selection), score, selection, shifted)


def next_in_scale(pitch: int, direction: int, key: KeySignature) -> int:
    """The nearest pitch of the key's scale above `pitch` (direction 1) or below it (−1)."""
    scale = {(key.tonic + step) % OCTAVE for step in (_MAJOR if key.mode == "major" else _MINOR)}
    pitch += direction
    while pitch % OCTAVE not in scale:
        pitch += direction
    return pitch


def shift_in_time(score: Score, selection: Selection, grid: Grid, direction: int) -> Edit:
    """Move the selection so that its first note starts on the next grid line, or the one before."""
    start = min(ref.note.start for ref in selection)
    line = grid.after(score, start) if direction > 0 else grid.previous(score, start)
    moved, chosen = move_notes(score, selection, ticks=line - start, semitones=0)
    return Edit(_move_text(selection), moved, chosen)


def lengthen(score: Score, selection: Selection, grid: Grid, direction: int) -> Edit:
    """Move the ends of the selected notes so that the last one ends on the next grid line, or before."""
    end = max(ref.note.end for ref in selection)
    line = grid.after(score, end) if direction > 0 else grid.previous(score, end)
    longer, chosen = resize_notes(score, selection, ticks=line - end, edge="end", shortest=grid.ticks)
    text = QCoreApplication.translate("Roll", "Change the length of {notes}")
    return Edit(text.format(notes=notes_label(selection)), longer, chosen)


def all_notes(score: Score) -> Selection:
    return frozenset(NoteRef(voice, note) for voice in VoiceName for note in score.voice(voice))


def notes_of(score: Score, voice: VoiceName) -> Selection:
    return frozenset(NoteRef(voice, note) for note in score.voice(voice))


def neighbour(score: Score, selection: Selection, voice: VoiceName, direction: int) -> Selection:
    """The note of `voice` after (1) or before (−1) the selected ones; the first or last where none is."""
    notes = score.voice(voice).notes
    starts = [ref.note.start for ref in selection if ref.voice == voice]
    if direction > 0:
        later = [note for note in notes if not starts or note.start > max(starts)]
        chosen = (later or list(notes))[:1]
    else:
        earlier = [note for note in notes if not starts or note.start < min(starts)]
        chosen = (earlier or list(notes))[-1:]
    return frozenset(NoteRef(voice, note) for note in chosen)


def _replaced(text: str, score: Score, selection: Selection, change: Callable[[Note], Note]) -> Edit:
    result = remove_notes(score, selection)
    chosen = [NoteRef(ref.voice, change(ref.note)) for ref in sorted(selection)]
    for ref in chosen:
        result = lay_notes(result, ref.voice, [ref.note])
    return Edit(text, result, existing(result, frozenset(chosen)))


def _move_text(selection: Selection) -> str:
    return QCoreApplication.translate("Roll", "Move {notes}").format(notes=notes_label(selection))
