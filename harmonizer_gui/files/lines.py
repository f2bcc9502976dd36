"""From notes that may sound together to lines that never do: chords and closed score taken apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from harmonizer_gui.score import TICKS_PER_QUARTER, Note

SILENCED = 7
"""What it costs a line that was singing to be left without a note, in semitones of movement."""
DOUBLED = 2
"""What it costs two lines to share one note."""
UPPER_SINGS = 5
"""So many semitones nearer than the next upper line must a line lie to have a single note for its own."""
LONGEST_UNISON = 4 * TICKS_PER_QUARTER
"""Lines that share single notes for longer than this are one line and a silent one."""
TOGETHER = TICKS_PER_QUARTER // 16
"""Notes that start this close to each other count as struck together when chords are looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A note as it stands in a file; `rank` is that of its voice on the staff, 0 the uppermost."""

    note: Note
    rank: int | None = None


@dataclass
class Line:
    """One line in the making, and the ticks at which notes did not fit into it."""

    notes: list[Note] = field(default_factory=list)
    trimmed: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    shared: list[Note] = field(default_factory=list)
    """Notes of another line that this one may be singing too, unless that goes on for too long."""
    unisons: int = 0

    @property
    def last(self) -> Note | None:
        return self.shared[-1] if self.shared else self.notes[-1] if self.notes else None

    @property
    def end(self) -> int:
        return self.last.end if self.last else 0

    def add(self, note: Note) -> None:
        """Append a note that starts later than all others; what reaches into it is trimmed."""
        self.settle()
        self._append(note)

    def share(self, note: Note) -> None:
        """Sing along with another line, or fall silent where that has gone on for too long."""
        if self.shared and note.end - self.shared[0].start > LONGEST_UNISON:
            self.shared = []
        else:
            self.shared.append(note)

    def settle(self) -> None:
        """Take the shared notes for this line's own."""
        self.unisons += len(self.shared)
        for note in self.shared:
            self._append(note)
        self.shared = []

    def _append(self, note: Note) -> None:
        if self.notes and self.notes[-1].end > note.start:
            self.trimmed.append(note.start)
            self.notes[-1] = self.notes[-1].at(self.notes[-1].start, note.start)
        self.notes.append(note)


def single_line(found: Sequence[Found], *, keep_lowest: bool = False) -> Line:
    """One line: of notes struck together the highest (or lowest) is kept; a later note trims an earlier."""
    line = Line()
    for start, chord in _onsets(found):
        notes = [item.note for item in chord]
        line.add(notes[-1] if keep_lowest else notes[0])
        line.dropped.extend([start] * (len(notes) - 1))
    return line


def split_lines(found: Sequence[Found], count: int) -> list[Line]:
    """`count` lines from high to low out of chords and crossing, meeting and resting voices.

    Notes struck together keep their order from high to low; a held note keeps its line, so that lines may
    cross. A single note that stands for two lines is given to both if both go on around it.
    """
    lines = [Line() for _ in range(count)]
    starting: dict[int, list[int]] = {}
    for item in found:
        starting.setdefault(item.note.start, []).append(item.note.pitch)
    for start, chord in _onsets(found):
        _place(start, _unisons_in_order(_place_ranked(start, chord, lines), starting), lines)
    for line in lines:
        line.settle()
    return lines


def width(found: Sequence[Found]) -> int:
    """How many lines the notes make: 1 for a melody, even if its notes overlap; more for chords."""
    starts = sorted(item.note.start for item in found)
    together = sum(later - earlier <= TOGETHER for earlier, later in pairwise(starts))
    if together * 20 < len(starts):
        return 1
    sounding, total = _sounding_time(found)
    return max((count for count in sounding if 20 * _at_least(sounding, count) >= total), default=1)


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


def _onsets(found: Sequence[Found]) -> Iterator[tuple[int, list[Found]]]:
    """The notes by start, each chord from high to low."""
    ordered = sorted(found, key=lambda item: (item.note.start, -item.note.pitch, -item.note.duration))
    for start, chord in groupby(ordered, key=lambda item: item.note.start):
        yield start, list(chord)


def _is_free(line: Line, start: int) -> bool:
    """Whether the line can take a note; one that ends a little late, as played notes do, can."""
    if line.last is None or line.end <= start:
        return True
    return line.end - start <= min(TOGETHER * 2, line.last.duration // 4) or bool(line.shared)


def _place_ranked(start: int, chord: list[Found], lines: list[Line]) -> list[Note]:
    """Put each note whose voice is known into its line; return the others."""
    others: list[Note] = []
    for item in chord:
        if item.rank is not None and item.rank < len(lines) and _is_free(lines[item.rank], start):
            lines[item.rank].add(item.note)
        else:
            others.append(item.note)
    return others


def _unisons_in_order(notes: list[Note], starting: dict[int, list[int]]) -> list[Note]:
    """Of two notes in unison the shorter is the upper voice's if what follows it lies higher."""
    notes = list(notes)
    for index, (longer, shorter) in enumerate(pairwise(notes)):
        if longer.pitch == shorter.pitch and longer.duration > shorter.duration:
            following = min(
                starting.get(shorter.end, ()), key=lambda pitch: abs(pitch - shorter.pitch), default=0
            )
            if following > shorter.pitch:
                notes[index], notes[index + 1] = shorter, longer
    return notes


def _place(start: int, notes: list[Note], lines: list[Line]) -> None:
    """Share out notes struck together among the lines; inner ones are left out where there are too many."""
    room = [line for line in lines if line.last is None or line.last.start < start]
    while len(notes) > len(room):
        inner = notes.pop(len(notes) // 2)
        _nearest(lines, inner).dropped.append(start)
    if notes:
        _give(start, notes, _open_lines(start, notes, lines))


def _nearest(lines: Sequence[Line], note: Note) -> Line:
    return min(lines, key=lambda line: _movement(line, note))


def _open_lines(start: int, notes: list[Note], lines: list[Line]) -> list[Line]:
    """The free lines, and so many of the singing ones that every note has a line; from high to low."""
    free = [line for line in lines if _is_free(line, start)]
    busy = [line for line in lines if not _is_free(line, start) and line.last and line.last.start < start]
    busy.sort(key=lambda line: min(_movement(line, note) for note in notes))
    chosen = free + busy[: max(0, len(notes) - len(free))]
    return [line for line in lines if any(line is other for other in chosen)]


def _give(start: int, notes: list[Note], lines: list[Line]) -> None:
    """Give out the notes. Of the lines on one note, the nearest or upper owns it; the others sing along."""
    taken = range(len(notes)) if len(notes) == len(lines) else _cheapest(start, notes, lines)
    for index, note in enumerate(notes):
        takers = [line for line, choice in zip(lines, taken, strict=True) if choice == index]
        owner = min(
            enumerate(takers),
            key=lambda pair: (bool(pair[1].shared), _movement(pair[1], note) + UPPER_SINGS * pair[0]),
        )[1]
        for line in takers:
            if line is owner:
                line.add(note)
            else:
                line.share(note)


def _movement(line: Line, note: Note) -> int:
    """Semitones from the line's last note to this one."""
    return abs(line.last.pitch - note.pitch) if line.last else 0


def _cheapest(start: int, notes: list[Note], lines: list[Line]) -> Sequence[int | None]:
    """Which note each line takes, from high to low and every note taken, with the least movement."""
    singing = [line.last is not None and line.end >= start for line in lines]

    def best(place: int, used: int, owner: int) -> tuple[float, tuple[int | None, ...]]:
        """The cheapest way on from line `place`, with `used` notes taken, the last of them by `owner`."""
        if len(notes) - used > len(lines) - place:
            return math.inf, ()
        if place == len(lines):
            return 0.0, ()
        cost, rest = best(place + 1, used, owner)
        ways = [(cost + (SILENCED if singing[place] else 0), (None, *rest))]
        if used < len(notes):
            cost, rest = best(place + 1, used + 1, place)
            # Where no line has a past yet, the upper ones begin.
            ways.append((cost + _movement(lines[place], notes[used]) + place / 10, (used, *rest)))
        if used and singing[place] and singing[owner]:
            cost, rest = best(place + 1, used, place)
            ways.append((cost + _movement(lines[place], notes[used - 1]) + DOUBLED, (used - 1, *rest)))
        return min(ways, key=lambda way: way[0])

    return best(0, 0, 0)[1]
