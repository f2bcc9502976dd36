"""The grid that notes snap to, and the bars it starts anew in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harmonizer_gui.score import TICKS_PER_QUARTER, Bar, Score

_WHOLE: Final = 4 * TICKS_PER_QUARTER


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines every 1/`denominator` of a whole note, or three in the time of two, or half as long again."""

    denominator: int
    triplet: bool = False
    dotted: bool = False

    @property
    def ticks(self) -> int:
        length = _WHOLE // self.denominator
        if self.dotted:
            return length * 3 // 2
        return length * 2 // 3 if self.triplet else length

    @property
    def name(self) -> str:
        """`1/8`, `1/8 T` for triplets, `1/4.` for dotted notes."""
        mark = " T" if self.triplet else "." if self.dotted else ""
        return f"1/{self.denominator}{mark}"

    def before(self, score: Score, tick: float) -> int:
        """The grid line at `tick` or the last one before it. Each bar starts the grid anew."""
        bar = bar_around(score, tick)
        origin = self.origin(bar)
        return max(bar.start, origin + int(max(0.0, tick - origin) // self.ticks) * self.ticks)

    def after(self, score: Score, tick: float) -> int:
        """The first grid line behind `tick`."""
        bar = bar_around(score, tick)
        origin = self.origin(bar)
        steps = int(max(0.0, tick - origin) // self.ticks) + 1
        return min(origin + steps * self.ticks, bar.end)

    def origin(self, bar: Bar) -> int:
        """Where the lines of a bar are counted from: its start, in a pickup a full bar before its end."""
        return bar.start if bar.number else bar.end - bar.time_signature.bar_ticks

    def nearest(self, score: Score, tick: float) -> int:
        """The grid line nearest to `tick`; halfway, the later one."""
        lower, upper = self.before(score, tick), self.after(score, tick)
        return lower if tick - lower < upper - tick else upper

    def previous(self, score: Score, tick: float) -> int:
        """The last grid line before `tick`, 0 if there is none."""
        return self.before(score, max(0.0, tick - 1))


GRIDS: Final = (
    *(Grid(denominator) for denominator in (1, 2, 4, 8, 16, 32)),
    *(Grid(denominator, triplet=True) for denominator in (2, 4, 8, 16)),
    *(Grid(denominator, dotted=True) for denominator in (2, 4, 8)),
)


def bar_around(score: Score, tick: float) -> Bar:
    """The bar that holds `tick`; past the end of the piece the last metre goes on."""
    last = score.bars[-1]
    if tick < last.end:
        return score.bar_at(max(0, int(tick)))
    length = last.time_signature.bar_ticks
    index = int((tick - last.end) // length)
    start = last.end + index * length
    return Bar(last.number + 1 + index, start, start + length, last.time_signature)


def bars_between(score: Score, start: float, stop: float) -> Iterator[Bar]:
    """The bars of which at least a part lies in the ticks [start, stop), past the end of the piece too."""
    tick = max(0.0, start)
    if tick < score.length:
        first = bisect_right(score.bars, tick, key=lambda bar: bar.end)
        last = bisect_left(score.bars, stop, key=lambda bar: bar.start)
        yield from score.bars[first:last]
        tick = score.length
    while tick < stop:
        bar = bar_around(score, tick)
        yield bar
        tick = bar.end


@dataclass(frozen=True, slots=True)
class Place:
    """Bar and beat as musicians count them, from 1; the pickup is bar 0 and ends on the metre's last beat."""

    bar: int
    beat: int


def place_of(score: Score, tick: float) -> Place:
    """Where `tick` lies."""
    bar = bar_around(score, tick)
    beat = bar.time_signature.beat_ticks
    missing = bar.time_signature.bar_ticks - (bar.end - bar.start) if bar.number == 0 else 0
    return Place(bar.number, int((missing + tick - bar.start) // beat) + 1)
