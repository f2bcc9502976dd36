"""Notes and voices: the smallest values of the program, immutable and checked when they are made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from itertools import pairwise

TICKS_PER_QUARTER = 480
LOWEST_PITCH = 21
HIGHEST_PITCH = 108

_PITCH_NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")


class VoiceName(IntEnum):
    """The four voices, highest first; the value is the index into `Score.voices`."""

    SOPRANO = 0
    ALTO = 1
    TENOR = 2
    BASS = 3

    @property
    def label(self) -> str:
        """The name in lower case, as it stands in sentences and on the command line."""
        return self.name.lower()

    @property
    def letter(self) -> str:
        return self.name[0]

    @classmethod
    def parse(cls, text: str) -> VoiceName:
        """Read a name or its first letter, in any case; raise ValueError for anything else."""
        for voice in cls:
            if text.strip().lower() in (voice.label, voice.letter.lower()):
                return voice
        raise ValueError(f"“{text}” is no voice: use soprano, alto, tenor or bass")


def pitch_name(pitch: int) -> str:
    """Scientific name of a MIDI pitch, C4 = 60."""
    return f"{_PITCH_NAMES[pitch % 12]}{pitch // 12 - 1}"


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A note of one voice. `start` and `duration` in ticks (480 a quarter), `pitch` 0–127 (C4 = 60).

    `generated` marks what the model wrote and nobody has touched since; only such notes are written anew.
    Raises ValueError for a value out of range.
    """

    start: int
    duration: int
    pitch: int
    velocity: int = 80
    fermata: bool = False
    generated: bool = False

    def __post_init__(self) -> None:
        if self.start < 0:
            raise ValueError(f"a note starts at tick {self.start}, before the piece")
        if self.duration <= 0:
            raise ValueError(f"the note at tick {self.start} lasts {self.duration} ticks")
        if not 0 <= self.pitch <= 127:
            raise ValueError(f"the note at tick {self.start} has pitch {self.pitch}, outside 0–127")
        if not 1 <= self.velocity <= 127:
            raise ValueError(f"the note at tick {self.start} has velocity {self.velocity}, outside 1–127")

    @property
    def end(self) -> int:
        return self.start + self.duration

    def at(self, start: int, end: int) -> Note:
        """The same note from `start` to `end`, both in ticks."""
        return replace(self, start=start, duration=end - start)


@dataclass(frozen=True)
class Voice:
    """One line: notes in order of time, none over another. Raises ValueError where two overlap."""

    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.notes):
            if later.start < earlier.start + earlier.duration:
                raise ValueError(
                    f"two notes of one voice overlap at tick {later.start}: "
                    f"{pitch_name(earlier.pitch)} and {pitch_name(later.pitch)}"
                )

    def __iter__(self) -> Iterator[Note]:
        return iter(self.notes)

    def __len__(self) -> int:
        return len(self.notes)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(note.start for note in self.notes)

    @property
    def end(self) -> int:
        """The tick at which the last note ends, 0 for an empty voice."""
        return self.notes[-1].end if self.notes else 0

    def at(self, tick: int) -> Note | None:
        """The note that sounds at `tick`, if any."""
        index = bisect_right(self._starts, tick) - 1
        if index >= 0 and self.notes[index].end > tick:
            return self.notes[index]
        return None

    def between(self, start: int, end: int) -> tuple[Note, ...]:
        """The notes that sound anywhere in the ticks [start, end)."""
        first, stop = self._span(start, end)
        return self.notes[first:stop]

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of `notes` that sounds in [start, end)."""
        first = max(0, bisect_right(self._starts, start) - 1)
        if first < len(self.notes) and self.notes[first].end <= start:
            first += 1
        return first, max(first, bisect_left(self._starts, end))

    def cut(self, start: int, end: int) -> Voice:
        """The voice with silence in [start, end): what it covers is trimmed, split or removed."""
        first, stop = self._span(start, end)
        if first == stop or start >= end:
            return self
        head, tail = self.notes[first], self.notes[stop - 1]
        rest: list[Note] = []
        if head.start < start:
            rest.append(head.at(head.start, start))
        if tail.end > end:
            rest.append(tail.at(end, tail.end))
        return Voice((*self.notes[:first], *rest, *self.notes[stop:]))

    def laid(self, note: Note) -> Voice:
        """The voice with `note` laid over it: a voice is one line, so what lies below is trimmed."""
        cleared = self.cut(note.start, note.end)
        index = bisect_left(cleared._starts, note.start)
        return Voice((*cleared.notes[:index], note, *cleared.notes[index:]))

    def without(self, notes: Iterable[Note]) -> Voice:
        gone = frozenset(notes)
        return Voice(tuple(note for note in self.notes if note not in gone))
