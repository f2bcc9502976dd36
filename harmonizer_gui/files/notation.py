"""A score as notation: bars, and in them written notes, rests and ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from harmonizer_gui.files.changes import in_order
from harmonizer_gui.score import (
    Bar,
    KeySignature,
    Note,
    Score,
    Tempo,
    TimeSignature,
    Voice,
)

GRID_TICKS = 5
"""All lengths in multiples of this are notes, dotted notes, triplets or ties of them."""
SHORTEST_BINARY = 15
"""A length in multiples of this needs no triplet."""
NO_KEY = KeySignature(0, 0)

Signature = TimeSignature | KeySignature


@dataclass(frozen=True, slots=True)
class Written:
    """A note or rest as it is written: of one note value, or a rest over the whole bar.

    `note` is what it is written for, None for a rest.
    """

    start: int
    length: int
    note: Note | None = None
    is_bar_rest: bool = False

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def is_first(self) -> bool:
        """Whether its note is struck here, and not tied over from before."""
        return self.note is not None and self.start == self.note.start

    @property
    def is_last(self) -> bool:
        """Whether its note ends here."""
        return self.note is not None and self.end == self.note.end

    @property
    def is_triplet(self) -> bool:
        return self.length % SHORTEST_BINARY != 0


def on_grid(tick: int) -> int:
    """The nearest tick that notation can show."""
    return (tick + GRID_TICKS // 2) // GRID_TICKS * GRID_TICKS


def notatable(score: Score) -> Score:
    """The score with everything on the nearest tick that notation can show; notes never vanish."""
    soprano, alto, tenor, bass = map(_notatable_voice, score.voices)
    metres = in_order(replace(metre, tick=on_grid(metre.tick)) for metre in score.time_signatures)
    return replace(
        score,
        voices=(soprano, alto, tenor, bass),
        time_signatures=metres,
        key_signatures=in_order(replace(key, tick=on_grid(key.tick)) for key in score.key_signatures),
        tempos=in_order(replace(tempo, tick=on_grid(tempo.tick)) for tempo in score.tempos),
        pickup=min(on_grid(score.pickup), metres[0].bar_ticks - GRID_TICKS),
    )


def _notatable_voice(voice: Voice) -> Voice:
    notes: list[Note] = []
    end = 0
    for note in voice:
        start = max(end, on_grid(note.start))
        end = max(start + GRID_TICKS, on_grid(note.end))
        notes.append(note.at(start, end))
    return Voice(tuple(notes))


def written_bars(score: Score) -> Sequence[Bar]:
    """All bars; a lone pickup gets a bar after it, without which nobody could tell that it is one."""
    bars = score.bars
    if score.pickup and len(bars) == 1:
        metre = bars[0].time_signature
        return (*bars, Bar(1, bars[0].end, bars[0].end + metre.bar_ticks, metre))
    return bars


def signatures_in(score: Score, bar: Bar) -> list[Signature]:
    """Changes of key and metre in the bar, in the order in which notation has them."""
    found: list[Signature] = [*score.key_signatures, *score.time_signatures]
    return [change for change in found if bar.start <= change.tick < bar.end]


def tempos_in(score: Score, bar: Bar) -> list[Tempo]:
    return [tempo for tempo in score.tempos if bar.start <= tempo.tick < bar.end]


def written_in(score: Score, voice: Voice, bar: Bar) -> Iterator[Written]:
    """Notes and rests that fill the bar.

    Where the key changes within the bar, they are tied: a change can only stand between two of them.
    """
    inside = [key.tick for key in score.key_signatures if bar.start < key.tick < bar.end]
    # Said to fill the bar, a rest would be read as one of the whole metre even in a pickup.
    is_whole = bar.end - bar.start == bar.time_signature.bar_ticks
    if is_whole and not inside and not voice.between(bar.start, bar.end):
        yield Written(bar.start, bar.end - bar.start, is_bar_rest=True)
        return
    for start, end in pairwise([bar.start, *inside, bar.end]):
        yield from _filled(voice, start, end)


def _filled(voice: Voice, start: int, end: int) -> Iterator[Written]:
    """Notes and rests that fill the ticks [start, end)."""
    tick = start
    for note in voice.between(start, end):
        first, last = max(note.start, start), min(note.end, end)
        yield from (Written(*piece) for piece in _pieces(tick, first))
        yield from (Written(*piece, note) for piece in _pieces(first, last))
        tick = note.end
    yield from (Written(*piece) for piece in _pieces(tick, end))


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and length of the written notes that make up the ticks [start, end), longest first.

    Binary lengths, dotted or not, and single triplet values are one note each.
    """
    tick = start
    while tick < end:
        length = _longest_value(end - tick)
        yield tick, length
        tick += length


def _longest_value(ticks: int) -> int:
    """The longest single note value that fits into `ticks` and leaves what can be written too."""
    values = _BINARY_VALUES if ticks % SHORTEST_BINARY == 0 else _TRIPLET_VALUES
    return max(value for value in values if value <= ticks and (ticks - value) % SHORTEST_BINARY == 0)


_BINARY_VALUES = sorted(
    value for power in range(10) for value in (SHORTEST_BINARY * 2**power, SHORTEST_BINARY * 3 * 2**power)
)
_TRIPLET_VALUES = [GRID_TICKS << power for power in range(10)]
