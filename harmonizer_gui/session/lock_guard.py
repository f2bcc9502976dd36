"""Whether an edit would change what is locked."""

from __future__ import annotations

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.session.locks import Locks


def is_locked(locks: Locks, ref: NoteRef) -> bool:
    """Whether a note lies in what is locked, be it in part."""
    here = ((ref.note.start, ref.note.end),)
    return bool(locks) and locks.unlocked(ref.voice, here) != here


def locked_voice_changed(locks: Locks, before: Score, after: Score) -> VoiceName | None:
    """The first voice of which `after` changes what is locked, None where it changes nothing that is."""
    if not locks:
        return None
    pairs = zip(VoiceName, before.voices, after.voices, strict=True)
    return next((name for name, old, new in pairs if _changes(locks, name, old, new)), None)


def _changes(locks: Locks, name: VoiceName, old: Voice, new: Voice) -> bool:
    if old is new or old == new:
        return False
    return name in locks.voices or any(
        _within(old, start, end) != _within(new, start, end) for start, end in locks.spans[name]
    )


def _within(voice: Voice, start: int, end: int) -> list[tuple[Note, bool]]:
    """What of the voice sounds in [start, end), and whether it was struck before.

    Notes that reach beyond may change outside.
    """
    return [
        (note.at(max(start, note.start), min(end, note.end)), note.start < start)
        for note in voice.between(start, end)
    ]
