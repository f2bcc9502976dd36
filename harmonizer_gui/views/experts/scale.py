"""What the length of a slider means."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from harmonizer_gui.engine.mix import AS_LEARNED, MAX_FACTOR


@dataclass(frozen=True, slots=True)
class Scale:
    """The values `low`–`high` along a slider of `positions`, with a mark at the `usual` one.

    With `ratio` equal distances are equal ratios, else equal differences.
    """

    low: float
    high: float
    positions: int
    ratio: bool = False
    usual: float = 1.0

    def position(self, value: float) -> int:
        """The place of `value`, 0–`positions`; the nearer end for what lies outside."""
        inside = min(self.high, max(self.low, value))
        part = (
            math.log(inside / self.low) / math.log(self.high / self.low)
            if self.ratio
            else (inside - self.low) / (self.high - self.low)
        )
        return round(part * self.positions)

    def value(self, position: int) -> float:
        """The value at `position`, in hundredths."""
        part = position / self.positions
        value = (
            self.low * math.pow(self.high / self.low, part)
            if self.ratio
            else self.low + part * (self.high - self.low)
        )
        return round(value, 2)

    @property
    def mark(self) -> int:
        """The position of the usual value."""
        return self.position(self.usual)

    def snapped(self, position: int, reach: int) -> int:
        """`position`, or the mark where that is at most `reach` away."""
        return self.mark if abs(position - self.mark) <= reach else position


FACTORS: Final = Scale(0.0, MAX_FACTOR, positions=300)
"""The factors of an expert; most stand at 1, as learned."""
TEMPERATURES: Final = Scale(0.5, 2.0, positions=200, ratio=True)


def factors_of(expert: str) -> Scale:
    """The factors of `expert`, with the mark where it stands until the user moves it."""
    return replace(FACTORS, usual=AS_LEARNED.factor(expert))
