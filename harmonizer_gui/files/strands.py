"""From notes that may sound together to strands that never do: chords and closed score taken apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from harmonizer_gui.score import TICKS_PER_QUARTER, Note, VoiceName

SILENCED = 7
"""What it costs a strand that was singing to be left without a note, in semitones of movement."""
DOUBLED = 2
"""What it costs two strands to share one note."""
UPPER_SINGS = 5
"""So many semitones nearer than the one above must a strand lie to have a single note for its own."""
LONGEST_UNISON = 4 * TICKS_PER_QUARTER
"""Strands that share single notes for longer than this are one strand and a silent one."""
MOST_STRANDS = len(VoiceName)
TOGETHER = TICKS_PER_QUARTER // 16
"""Notes that start this close to each other count as struck together when chords are looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A note as it stands in a file; `rank` is that of its voice on the staff, 0 the uppermost."""

    note: Note
    rank: int | None = None


@dataclass
class Strand:
    """One line of notes in the making, and the ticks at which notes did not fit into it."""

    notes: list[Note] = field(default_factory=list)
    trimmed: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    shared: list[Note] = field(default_factory=list)
    """Notes of another strand that this one may be singing too, unless that goes on for too long."""
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
        """Sing along with another strand, or fall silent where that has gone on for too long."""
        if self.shared and note.end - self.shared[0].start > LONGEST_UNISON:
            self.shared = []
        else:
            self.shared.append(note)

    def settle(self) -> None:
        """Take the shared notes for this strand's own."""
        self.unisons += len(self.shared)
        for note in self.shared:
            self._append(note)
        self.shared = []

    def _append(self, note: Note) -> None:
        if self.notes and self.notes[-1].end > note.start:
            self.trimmed.append(note.start)
            self.notes[-1] = self.notes[-1].at(self.notes[-1].start, note.start)
        self.notes.append(note)


def single_strand(found: Sequence[Found], *, keep_lowest: bool = False) -> Strand:
    """One line: of notes struck together the highest (or lowest) is kept; a later note trims an earlier."""
    strand = Strand()
    for start, chord in _onsets(found):
        notes = [item.note for item in chord]
        strand.add(notes[-1] if keep_lowest else notes[0])
        strand.dropped.extend([start] * (len(notes) - 1))
    return strand


def split_strands(found: Sequence[Found], count: int) -> list[Strand]:
    """`count` strands from high to low out of chords and crossing, meeting and resting voices.

    Notes struck together keep their order from high to low; a held note keeps its strand, so that two may
    cross. A single note that stands for two strands is given to both if both go on around it.
    """
    strands = [Strand() for _ in range(count)]
    starting: dict[int, list[int]] = {}
    for item in found:
        starting.setdefault(item.note.start, []).append(item.note.pitch)
    for start, chord in _onsets(found):
        _place(start, _unisons_in_order(_place_ranked(start, chord, strands), starting), strands)
    for strand in strands:
        strand.settle()
    return strands


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


def _onsets(found: Sequence[Found]) -> Iterator[tuple[int, list[Found]]]:
    """The notes by start, each chord from high to low."""
    ordered = sorted(found, key=lambda item: (item.note.start, -item.note.pitch, -item.note.duration))
    for start, chord in groupby(ordered, key=lambda item: item.note.start):
        yield start, list(chord)


def _is_free(strand: Strand, start: int) -> bool:
    """Whether the strand can take a note; one that ends a little late, as played notes do, can."""
    if strand.last is None or strand.end <= start:
        return True
    return strand.end - start <= min(TOGETHER * 2, strand.last.duration // 4) or bool(strand.shared)


def _place_ranked(start: int, chord: list[Found], strands: list[Strand]) -> list[Note]:
    """Put each note whose voice is known into its strand; return the others."""
    others: list[Note] = []
    for item in chord:
        if item.rank is not None and item.rank < len(strands) and _is_free(strands[item.rank], start):
            strands[item.rank].add(item.note)
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


def _place(start: int, notes: list[Note], strands: list[Strand]) -> None:
    """Share out notes struck together among the strands; inner ones are left out where there are too many."""
    room = [strand for strand in strands if strand.last is None or strand.last.start < start]
    upper, lower = (len(room) + 1) // 2, len(room) // 2
    inner = notes[upper : max(upper, len(notes) - lower)]
    notes = notes[:upper] + notes[upper + len(inner) :]
    for note in inner:
        _nearest(strands, note).dropped.append(start)
    if notes:
        _give(start, notes, _open_strands(start, notes, strands))


def _nearest(strands: Sequence[Strand], note: Note) -> Strand:
    return min(strands, key=lambda strand: _movement(strand, note))


def _open_strands(start: int, notes: list[Note], strands: list[Strand]) -> list[Strand]:
    """The free strands, and so many of the singing ones that every note has a strand; from high to low."""
    free = [strand for strand in strands if _is_free(strand, start)]
    busy = [
        strand
        for strand in strands
        if not _is_free(strand, start) and strand.last and strand.last.start < start
    ]
    busy.sort(key=lambda strand: min(_movement(strand, note) for note in notes))
    chosen = free + busy[: max(0, len(notes) - len(free))]
    return [strand for strand in strands if any(strand is other for other in chosen)]


def _give(start: int, notes: list[Note], strands: list[Strand]) -> None:
    """Give out the notes. Of the strands on one note, the nearest or upper owns it; the others sing along."""
    taken = range(len(notes)) if len(notes) == len(strands) else _cheapest(start, notes, strands)
    for index, note in enumerate(notes):
        takers = [strand for strand, choice in zip(strands, taken, strict=True) if choice == index]
        owner = min(
            enumerate(takers),
            key=lambda pair: (bool(pair[1].shared), _movement(pair[1], note) + UPPER_SINGS * pair[0]),
        )[1]
        for strand in takers:
            if strand is owner:
                strand.add(note)
            else:
                strand.share(note)


def _movement(strand: Strand, note: Note) -> int:
    """Semitones from the strand's last note to this one."""
    return abs(strand.last.pitch - note.pitch) if strand.last else 0


def _cheapest(start: int, notes: list[Note], strands: list[Strand]) -> Sequence[int | None]:
    """Which note each strand takes, from high to low and every note taken, with the least movement."""
    singing = [strand.last is not None and strand.end >= start for strand in strands]

    def best(place: int, used: int, owner: int) -> tuple[float, tuple[int | None, ...]]:
        """The cheapest way on from strand `place`, with `used` notes taken, the last of them by `owner`."""
        if len(notes) - used > len(strands) - place:
            return math.inf, ()
        if place == len(strands):
            return 0.0, ()
        cost, rest = best(place + 1, used, owner)
        ways = [(cost + (SILENCED if singing[place] else 0), (None, *rest))]
        if used < len(notes):
            cost, rest = best(place + 1, used + 1, place)
            # Where no strand has a past yet, the upper ones begin.
            ways.append((cost + _movement(strands[place], notes[used]) + place / 10, (used, *rest)))
        if used and singing[place] and singing[owner]:
            cost, rest = best(place + 1, used, place)
            ways.append((cost + _movement(strands[place], notes[used - 1]) + DOUBLED, (used - 1, *rest)))
        return min(ways, key=lambda way: way[0])

    return best(0, 0, 0)[1]
