"""Strands: lines of notes in a file, before it is known which voice they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby, pairwise

from harmonizer_gui.score import TICKS_PER_QUARTER, Note, VoiceName

MOST_STRANDS = len(VoiceName)
TOGETHER = TICKS_PER_QUARTER // 16
"""Notes that start this close to each other count as struck together when chords are looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A note as it stands in a file; `rank` is that of its voice on the staff, 0 the uppermost.

    `place` is where the note stands in the order of the file, `leaving` where its end does; both 0 where the
    file has no such order.
    """

    note: Note
    rank: int | None = None
    place: int = 0
    leaving: int = 0


class Kept(Enum):
    """What is kept of notes struck together that are too many."""

    TOP = "top"
    BOTTOM = "bottom"
    OUTER = "outer"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A note that was left out at `start`, where so many were struck `together`."""

    start: int
    together: int
    kept: Kept


class Unsure(Enum):
    """What may be otherwise in a file that does not say it."""

    HOLDS = "holds"
    """After a unison: which strand holds on."""
    CROSSED = "crossed"
    """Which of two strands sings which note."""
    MOVES = "moves"
    """Which strand moves on, or sings a note that stands once."""


@dataclass(frozen=True, slots=True, eq=False)
class Doubt:
    """From `start` on the strands with these numbers may be otherwise; each of them has the same doubt.

    Of a unison `holder` is the strand that may be the one that holds.
    """

    start: int
    what: Unsure
    strands: tuple[int, ...]
    holder: int


@dataclass
class Strand:
    """One line of notes in the making, and where notes did not fit into it."""

    notes: list[Note] = field(default_factory=list)
    trimmed: list[int] = field(default_factory=list)
    """The ticks at which a note was cut short by the next."""
    dropped: list[Dropped] = field(default_factory=list)
    unisons: int = 0
    """How many of the notes are another strand's too, and stand in the file once."""
    doubts: list[Doubt] = field(default_factory=list)
    _is_shared: bool = False

    def add(self, note: Note, *, is_shared: bool = False) -> None:
        """Append a note that starts later than all others; what reaches into it is trimmed.

        A note shared with another strand may be left before it ends, which is nothing to tell of.
        """
        if self.notes and self.notes[-1].end > note.start:
            if not self._is_shared:
                self.trimmed.append(note.start)
            self.notes[-1] = self.notes[-1].at(self.notes[-1].start, note.start)
        self.notes.append(note)
        self.unisons += is_shared
        self._is_shared = is_shared


def single_strand(found: Sequence[Found], *, keep_lowest: bool = False) -> Strand:
    """One line: of notes struck together the highest (or lowest) is kept; a later note trims an earlier."""
    strand = Strand()
    kept = Kept.BOTTOM if keep_lowest else Kept.TOP
    ordered = sorted(
        (item.note for item in found), key=lambda note: (note.start, -note.pitch, -note.duration)
    )
    for start, chord in groupby(ordered, key=lambda note: note.start):
        notes = list(chord)
        strand.add(notes[-1] if keep_lowest else notes[0])
        strand.dropped += [Dropped(start, len(notes), kept)] * (len(notes) - 1)
    return strand


def width(found: Sequence[Found]) -> int:
    """How many strands the notes make, 1–4: 1 for a melody, even if its notes overlap; more for chords."""
    starts = sorted(item.note.start for item in found)
    together = sum(later - earlier <= TOGETHER for earlier, later in pairwise(starts))
    if together * 20 <= len(starts):
        return 1
    sounding, total = _sounding_time(found)
    wide_enough = (count for count in range(2, MOST_STRANDS + 1) if 20 * _at_least(sounding, count) >= total)
    return max(wide_enough, default=1)


def _at_least(sounding: dict[int, int], count: int) -> int:
    return sum(ticks for number, ticks in sounding.items() if number >= count)


def _sounding_time(found: Sequence[Found]) -> tuple[dict[int, int], int]:
    """For every number of notes at once the ticks it lasts, and the ticks with any note at all."""
    steps = sorted(step for item in found for step in ((item.note.start, 1), (item.note.end, -1)))
    ticks: dict[int, int] = {}
    number, before = 0, 0
    for tick, change in steps:
        if number:
            ticks[number] = ticks.get(number, 0) + tick - before
        number, before = number + change, tick
    return ticks, sum(ticks.values())
