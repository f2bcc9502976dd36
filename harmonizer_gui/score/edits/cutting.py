"""Cutting notes in two, and joining what follows each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harmonizer_gui.score.edits.laying import lay_notes, remove_notes
from harmonizer_gui.score.edits.moving import replace_notes
from harmonizer_gui.score.edits.selection import NoteRef, Selection, existing, notes_by_voice
from harmonizer_gui.score.notes import Note, Voice
from harmonizer_gui.score.score import Score


def split_notes(score: Score, selection: Selection, tick: int) -> tuple[Score, Selection]:
    """Cut the selected notes that sound across `tick` in two.

    The first half keeps the syllable, the second the fermata.
    Returns the new score and the selection with both halves in it.
    """
    cut = frozenset(ref for ref in selection if ref.note.start < tick < ref.note.end)
    halves = frozenset(NoteRef(ref.voice, half) for ref in cut for half in _halves(ref.note, tick))
    score = remove_notes(score, cut)
    for voice, notes in notes_by_voice(halves).items():
        score = lay_notes(score, voice, notes)
    return score, (selection - cut) | halves


def _halves(note: Note, tick: int) -> tuple[Note, Note]:
    whole = replace(note, generated=False)
    return replace(whole.at(note.start, tick), fermata=False), replace(whole.at(tick, note.end), lyric="")


def join_notes(score: Score, selection: Selection) -> tuple[Score, Selection]:
    """Make one note of those that follow each other in a voice and are all selected.

    It has the pitch of the first and lasts to the end of the last, over any rest between them. A selected
    note with no selected neighbour is joined with the one after it, if nothing else is selected.
    """
    joined: dict[NoteRef, Note] = {}
    gone: set[NoteRef] = set()
    for voice, notes in notes_by_voice(selection).items():
        for run in _runs(score.voice(voice), notes, alone=len(selection) == 1):
            joined[NoteRef(voice, run[0])] = _join(run)
            gone |= {NoteRef(voice, note) for note in run}
    score, fresh = replace_notes(score, joined)
    return score, existing(score, fresh | (selection - gone))


def _runs(line: Voice, chosen: list[Note], *, alone: bool) -> Iterator[list[Note]]:
    """Each stretch of two or more neighbours among the `chosen` notes of `line`."""
    if alone:
        chosen = _with_next(line, chosen[0])
    run: list[Note] = []
    expected = -1
    for note in chosen:
        index = line.index(note)
        if index is None:
            continue
        if index != expected and len(run) > 1:
            yield run
        run = [*run, note] if index == expected else [note]
        expected = index + 1
    if len(run) > 1:
        yield run


def _with_next(line: Voice, note: Note) -> list[Note]:
    index = line.index(note)
    return [note] if index is None else list(line.notes[index : index + 2])


def _join(run: list[Note]) -> Note:
    whole = run[0].at(run[0].start, run[-1].end)
    return replace(whole, fermata=any(note.fermata for note in run), generated=False)
