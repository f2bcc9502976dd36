"""Notes cut or copied: what the clipboard holds, as text that another window understands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from harmonizer_gui.score.edits.laying import lay_notes
from harmonizer_gui.score.edits.selection import NoteRef, Selection, existing, notes_by_voice
from harmonizer_gui.score.notes import Note, VoiceName
from harmonizer_gui.score.score import Score

FORMAT: Final = 1
MOST_NOTES: Final = 1_000_000
LAST_TICK: Final = 2**31


@dataclass(frozen=True, slots=True)
class Clip:
    """Notes of some voices, the first of them at tick 0."""

    notes: tuple[NoteRef, ...]

    @property
    def voices(self) -> frozenset[VoiceName]:
        return frozenset(ref.voice for ref in self.notes)

    @property
    def length(self) -> int:
        """Ticks from the first start to the last end."""
        return max((ref.note.end for ref in self.notes), default=0)

    def to_json(self) -> str:
        rows = [
            [ref.voice.label, note.start, note.duration, note.pitch, note.velocity, note.fermata, note.lyric]
            for ref in self.notes
            for note in [ref.note]
        ]
        return json.dumps({"format": FORMAT, "notes": rows})

    @classmethod
    def from_json(cls, text: str) -> Clip:
        """Raises ValueError for what `to_json` did not write."""
        try:
            content = json.loads(text)
        except RecursionError as error:
            raise ValueError("the clipboard holds no notes") from error
        if not isinstance(content, Mapping) or content.get("format") != FORMAT:
            raise ValueError("the clipboard holds no notes")
        rows = content.get("notes")
        if not isinstance(rows, list) or len(rows) > MOST_NOTES:
            raise ValueError("the clipboard holds no notes")
        return cls(tuple(map(_read, rows)))


def _read(row: Any) -> NoteRef:  # noqa: ANN401  # whatever stands in the text
    match row:
        case [str(voice), int(start), int(duration), int(pitch), int(velocity), bool(fermata), str(lyric)]:
            if start + duration > LAST_TICK:
                raise ValueError(f"the clipboard holds a note that ends at tick {start + duration}")
            return NoteRef(
                VoiceName.parse(voice), Note(start, duration, pitch, velocity, fermata, lyric=lyric)
            )
        case _:
            raise ValueError("the clipboard holds no notes")


def copied(selection: Selection) -> Clip:
    """The selected notes, as the user's own: a copy was written by nobody else."""
    first = min((ref.note.start for ref in selection), default=0)
    return Clip(
        tuple(
            NoteRef(ref.voice, replace(ref.note, start=ref.note.start - first, generated=False))
            for ref in sorted(selection)
        )
    )


def pasted(score: Score, clip: Clip, tick: int, *, voice: VoiceName | None = None) -> tuple[Score, Selection]:
    """Lay the notes of `clip` into the score from `tick` on; returns it and them.

    With `voice`, all go there; else each goes where it came from.
    """
    fresh = frozenset(
        NoteRef(ref.voice if voice is None else voice, replace(ref.note, start=ref.note.start + max(0, tick)))
        for ref in clip.notes
    )
    for name, notes in notes_by_voice(fresh).items():
        score = lay_notes(score, name, notes)
    return score, existing(score, fresh)
