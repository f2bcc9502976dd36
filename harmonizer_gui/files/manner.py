"""How a part with several voices is written: what its order, its unisons and its repeated notes tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from harmonizer_gui.files.sharing import Manner
from harmonizer_gui.files.strands import TOGETHER, Found
from harmonizer_gui.files.voice_prior import shift, voices_of
from harmonizer_gui.score import TICKS_PER_QUARTER

_STEP = TICKS_PER_QUARTER // 4
_SHARED_NEVERTHELESS = 20.0
"""What it costs two strands to share a note in a part that writes unisons as two notes."""
_ORDERED = 0.9
"""Above this share of pairs in order of height, the order in the file is taken for that of the voices."""
_STRUCK_ANEW = 0.3
"""Above this share of notes struck where the same pitch has just ended, they stand for held ones. In chorales
one note in seven is repeated."""


def manner_of(found: Sequence[Found], count: int, order: Order) -> Manner:
    """How `count` strands are written in these notes, of which there is at least one."""
    pitches = [item.note.pitch for item in found]
    voices = voices_of(sum(pitches) / len(pitches), count)
    has_unisons = len({(item.note.start, item.note.pitch) for item in found}) < len(found)
    return Manner(
        voices=voices,
        shift=shift(pitches, voices),
        phase=_phase(found),
        shared=_SHARED_NEVERTHELESS if has_unisons else 0.0,
        struck=order.struck,
        left=order.left if has_unisons else 0,
        is_struck_anew=_is_struck_anew(found),
    )


def onsets(found: Sequence[Found]) -> Iterator[tuple[int, list[Found]]]:
    """The notes by start, each chord from high to low."""
    ordered = sorted(found, key=lambda item: (item.note.start, -item.note.pitch, -item.note.duration))
    for start, chord in groupby(ordered, key=lambda item: item.note.start):
        yield start, list(chord)


def _is_struck_anew(found: Sequence[Found]) -> bool:
    ends = {(item.note.end, item.note.pitch) for item in found}
    again = sum((item.note.start, item.note.pitch) in ends for item in found)
    return again > _STRUCK_ANEW * len(found)


def _phase(found: Sequence[Found]) -> int:
    counts = [0] * 4
    for item in found:
        counts[(item.note.start + TOGETHER) // _STEP % 4] += 1
    return counts.index(max(counts)) * _STEP


@dataclass(frozen=True, slots=True)
class Order:
    """The order of notes at one tick in a file: `struck` together, and `left` together.

    1 where they stand in the order of the voices from the upper down, -1 the other way, 0 for neither.
    """

    struck: int = 0
    left: int = 0


def order_of(parts: Sequence[Sequence[Found]]) -> Order:
    """The order in all parts of a file that hold several voices: one program has written them all.

    Sorted by height without any exception notes say nothing about the voices, unless the beginnings have
    exceptions and the ends have none, or the other way round: then both have the order of the voices.
    """
    struck = _Tally.of(parts, lambda item: item.note.start, lambda item: item.place)
    left = _Tally.of(parts, lambda item: item.note.end, lambda item: item.leaving)
    return Order(struck.order or struck.order_beside(left), left.order or left.order_beside(struck))


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many pairs of notes at one tick there are, and in how many of them the higher stands first."""

    higher_first: int
    pairs: int

    @classmethod
    def of(
        cls,
        parts: Sequence[Sequence[Found]],
        tick: Callable[[Found], int],
        place: Callable[[Found], int],
    ) -> _Tally:
        told = [
            (one.note.pitch > other.note.pitch) == (place(one) < place(other))
            for found in parts
            for _, together in groupby(sorted(found, key=tick), key=tick)
            for one, other in combinations(together, 2)
            if one.note.pitch != other.note.pitch
        ]
        return cls(sum(told), len(told))

    @property
    def order(self) -> int:
        if _ORDERED * self.pairs <= self.higher_first < self.pairs:
            return 1
        return -1 if 0 < self.higher_first <= (1 - _ORDERED) * self.pairs else 0

    def order_beside(self, other: _Tally) -> int:
        """The order of the other, if nothing here is against it."""
        without_exception = {1: self.pairs, -1: 0}.get(other.order)
        return other.order if self.higher_first == without_exception else 0
