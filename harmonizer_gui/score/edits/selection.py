"""What a selection is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from harmonizer_gui.score.notes import Note, VoiceName
from harmonizer_gui.score.score import Score


@dataclass(frozen=True, slots=True, order=True)
class NoteRef:
    """A note and the voice it belongs to: what a selection is made of."""

    voice: VoiceName
    note: Note


Selection = frozenset[NoteRef]
NOTHING: Final[Selection] = frozenset()


def existing(score: Score, selection: Selection) -> Selection:
    """The part of `selection` that is still in `score`, for after an undo."""
    return frozenset(ref for ref in selection if score.voice(ref.voice).index(ref.note) is not None)


def notes_by_voice(selection: Iterable[NoteRef]) -> dict[VoiceName, list[Note]]:
    """The selected notes of each voice that has any, in order of time."""
    found: dict[VoiceName, list[Note]] = {}
    for ref in selection:
        found.setdefault(ref.voice, []).append(ref.note)
    return {voice: sorted(found[voice]) for voice in sorted(found)}
