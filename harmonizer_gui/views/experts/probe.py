"""The cell under the mouse and what everyone says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Probe:
    """The cell of `step` and `pitch` (MIDI), and how likely each source thinks that it sounds."""

    step: int
    pitch: int
    values: Mapping[str, float] = field(default_factory=dict)
    """Probability by the name of an expert, or `PRODUCT`."""


def percent(probability: float) -> str:
    """A probability in words of at most six characters: `62 %`, `0.4 %`, `< 0.1 %`."""
    hundredths = 100.0 * probability
    if hundredths >= 9.95 or probability == 0.0:
        return f"{hundredths:.0f} %"
    return "< 0.1 %" if hundredths < 0.1 else f"{hundredths:.1f} %"
