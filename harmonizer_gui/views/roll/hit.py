"""What lies under the pointer: a pure function of the score and the coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import NoteRef, Selection
from harmonizer_gui.views.roll.coordinates import Box, Coordinates

EDGE: Final = 6.0
"""Pixels at either end of a note by which it is lengthened."""


class Part(Enum):
    """Which part of a note was met."""

    BODY = "body"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Hit:
    """A note and the part of it that was met."""

    ref: NoteRef
    part: Part


def hit_test(
    score: Score,
    target: VoiceName,
    coordinates: Coordinates,
    x: float,
    y: float,
    unseen: frozenset[VoiceName] = frozenset(),
) -> Hit | None:
    """The note at pixel (x, y) of a voice that is seen; of notes on top of each other that of the target."""
    tick, pitch = coordinates.tick(x), coordinates.pitch(y)
    for voice in voices_from_top(target):
        if voice in unseen:
            continue
        note = _near(score, voice, tick, pitch)
        if note is not None:
            return Hit(NoteRef(voice, note), _part(note, coordinates, x))
    return None


def _near(score: Score, voice: VoiceName, tick: float, pitch: int) -> Note | None:
    note = score.voice(voice).at(int(tick)) if tick >= 0 else None
    return note if note is not None and note.pitch == pitch else None


def _part(note: Note, coordinates: Coordinates, x: float) -> Part:
    """Short notes keep at least the middle third for moving."""
    box = coordinates.box(note)
    edge = min(EDGE, box.width / 3)
    if x < box.x + edge:
        return Part.START
    return Part.END if x >= box.x + box.width - edge else Part.BODY


def notes_in(
    score: Score, coordinates: Coordinates, box: Box, unseen: frozenset[VoiceName] = frozenset()
) -> Selection:
    """The notes of all voices that are seen and that a rubber band over `box` touches."""
    start, stop = coordinates.tick(box.x), coordinates.tick(box.x + box.width)
    highest, lowest = coordinates.pitch(box.y), coordinates.pitch(box.y + box.height)
    return frozenset(
        NoteRef(voice, note)
        for voice in VoiceName
        for note in score.voice(voice).between(max(0, int(start)), int(stop) + 1)
        if voice not in unseen and lowest <= note.pitch <= highest
    )


def voices_from_top(target: VoiceName) -> tuple[VoiceName, ...]:
    """The voices in the order in which they lie on each other, the target on top."""
    return (target, *(voice for voice in VoiceName if voice != target))
