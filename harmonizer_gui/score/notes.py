"""Notes and voices: the smallest values of the program, immutable and checked when they are made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property, reduce
from itertools import pairwise

from harmonizer_gui.score.spelling import pitch_name

TICKS_PER_QUARTER = 480
LOWEST_PITCH = 21
HIGHEST_PITCH = 108


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


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A note of one voice. `start` and `duration` in ticks (480 a quarter), `pitch` 0–127 (C4 = 60).

    `generated` marks what the model wrote and nobody has touched since; only such notes are written anew.
    `lyric` is the syllable sung, with a hyphen where its word goes on (`Glo-`, `-ri-`, `-a`), a line for each
    verse. Raises ValueError for a value out of range.
    """

    start: int
    duration: int
    pitch: int
    velocity: int = 80
    fermata: bool = False
    generated: bool = False
    lyric: str = ""

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

    @classmethod
    def _in_line(cls, notes: tuple[Note, ...]) -> Voice:
        """A voice of notes known to be one line: looking at each would cost more than the edit itself."""
        voice = object.__new__(cls)
        object.__setattr__(voice, "notes", notes)
        return voice

    def __iter__(self) -> Iterator[Note]:
        return iter(self.notes)

    def __len__(self) -> int:
        return len(self.notes)

    @property
    def end(self) -> int:
        """The tick at which the last note ends, 0 for an empty voice."""
        return self.notes[-1].end if self.notes else 0

    @cached_property
    def range(self) -> tuple[int, int] | None:
        """The lowest and the highest pitch, None for an empty voice."""
        pitches = [note.pitch for note in self.notes]
        return (min(pitches), max(pitches)) if pitches else None

    def at(self, tick: int) -> Note | None:
        """The note that sounds at `tick`, if any."""
        index = bisect_right(self.notes, tick, key=_start) - 1
        if index >= 0 and self.notes[index].end > tick:
            return self.notes[index]
        return None

    def index(self, note: Note) -> int | None:
        """Which of `notes` equals `note`, if any."""
        index = bisect_left(self.notes, note.start, key=_start)
        return index if index < len(self.notes) and self.notes[index] == note else None

    def between(self, start: int, end: int) -> tuple[Note, ...]:
        """The notes that sound anywhere in the ticks [start, end)."""
        first, stop = self._span(start, end)
        return self.notes[first:stop]

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of `notes` that sounds in [start, end)."""
        first = max(0, bisect_right(self.notes, start, key=_start) - 1)
        if first < len(self.notes) and self.notes[first].end <= start:
            first += 1
        return first, max(first, bisect_left(self.notes, end, key=_start))

    def cut(self, start: int, end: int) -> Voice:
        """The voice with silence in [start, end): what it covers is trimmed, split or removed."""
        first, stop = self._span(start, end)
        if first == stop or start >= end:
            return self
        rest = _outside(self.notes[first:stop], start, end)
        return self._in_line((*self.notes[:first], *rest, *self.notes[stop:]))

    def laid(self, note: Note) -> Voice:
        """The voice with `note` laid over it: a voice is one line, so what lies below is trimmed."""
        first, stop = self._span(note.start, note.end)
        rest = _outside(self.notes[first:stop], note.start, note.end)
        around = sorted([*rest, note], key=_start)
        return self._in_line((*self.notes[:first], *around, *self.notes[stop:]))

    def overlaid(self, notes: Iterable[Note]) -> Voice:
        """As `laid` for each of `notes` in turn, in one go where none of them covers another."""
        fresh = tuple(notes)
        if any(later.start < earlier.end for earlier, later in pairwise(fresh)):
            return reduce(Voice.laid, fresh, self)
        if not fresh:
            return self
        first, stop = self._span(fresh[0].start, fresh[-1].end)
        around = sorted([*_beside(self.notes[first:stop], fresh), *fresh], key=_start)
        return self._in_line((*self.notes[:first], *around, *self.notes[stop:]))

    def spliced(self, first: int, stop: int, notes: tuple[Note, ...]) -> Voice:
        """The voice with `notes` in the place of those from number `first` to before `stop`.

        They must fit between their new neighbours, as they do when a change is taken back.
        """
        return self._in_line((*self.notes[:first], *notes, *self.notes[stop:]))

    def without(self, notes: Iterable[Note]) -> Voice:
        gone = sorted({index for note in notes if (index := self.index(note)) is not None})
        left: list[Note] = []
        next_index = 0
        for index in gone:
            left += self.notes[next_index:index]
            next_index = index + 1
        return self._in_line((*left, *self.notes[next_index:])) if gone else self


def _start(note: Note) -> int:
    return note.start


def _beside(notes: tuple[Note, ...], fresh: tuple[Note, ...]) -> Iterator[Note]:
    """What of `notes` none of `fresh` covers; both are in line."""
    passed = 0
    for note in notes:
        while passed < len(fresh) and fresh[passed].end <= note.start:
            passed += 1
        yield from _uncovered(note, fresh, passed)


def _uncovered(note: Note, fresh: tuple[Note, ...], index: int) -> Iterator[Note]:
    """The parts of `note` beside `fresh`, of which number `index` is the first that may cover it."""
    start = note.start
    while index < len(fresh) and fresh[index].start < note.end:
        if fresh[index].start > start:
            yield note.at(start, fresh[index].start)
        start = max(start, fresh[index].end)
        index += 1
    if start == note.start:
        yield note
    elif start < note.end:
        yield note.at(start, note.end)


def _outside(notes: tuple[Note, ...], start: int, end: int) -> list[Note]:
    """What of `notes`, all of which sound in [start, end), lies before and behind it."""
    rest: list[Note] = []
    if notes and notes[0].start < start:
        rest.append(notes[0].at(notes[0].start, start))
    if notes and notes[-1].end > end:
        rest.append(notes[-1].at(end, notes[-1].end))
    return rest
