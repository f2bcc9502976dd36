"""How probabilities become colours: the scale that all pictures of heat share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FAINTEST: Final = 1e-4
"""Where the scale of the logarithm begins."""
LAST_RANK: Final = 12
"""The first rank that has no colour is the next."""
LEAST_GAMMA, MOST_GAMMA = 0.2, 1.0
LEAST_SPAN: Final = 0.05
"""How near each other the ends of the scale can be brought."""
LEAST_OPACITY: Final = 0.1


class HeatMeasure(Enum):
    """What of a probability is shown; the value is what settings and projects keep."""

    PROBABILITY = "probability"
    LOG = "log"
    RANK = "rank"


class ColorMap(Enum):
    """Which colours; the value is pyqtgraph's name."""

    VIRIDIS = "viridis"
    BLUE_YELLOW = "CET-CBL1"


@dataclass(frozen=True, slots=True)
class HeatScale:
    """A probability has a place from 0 to 1; what lies between the ends `low` and `high` is spread over all
    colours, what lies outside has the colour of the nearer end.

    The place is p to the power of `gamma`, or its logarithm from 1e-4 up, or its rank among the pitches of
    the step: 1 for the likeliest, 0 from the thirteenth on. Raises ValueError for ends that are out of
    order and a gamma outside 0.2–1.
    """

    measure: HeatMeasure = HeatMeasure.PROBABILITY
    gamma: float = 0.5
    low: float = 0.0
    high: float = 1.0
    colors: ColorMap = ColorMap.VIRIDIS

    def __post_init__(self) -> None:
        if not (self.low >= 0.0 and self.low + LEAST_SPAN <= self.high + 1e-9 and self.high <= 1.0):
            raise ValueError(f"the scale of the heat cannot go from {self.low:g} to {self.high:g}")
        if not LEAST_GAMMA <= self.gamma <= MOST_GAMMA:
            raise ValueError(f"the gamma of the heat is {self.gamma:g}, outside 0.2–1")

    def place(self, probability: float) -> float:
        """Where a probability lies, 0–1, before the ends count. For ranks: of what `ranked` gives."""
        p = min(1.0, max(0.0, probability))
        if self.measure is HeatMeasure.LOG:
            return 0.0 if p <= FAINTEST else 1.0 - math.log(p) / math.log(FAINTEST)
        return math.sqrt(p) if self.measure is HeatMeasure.RANK else math.pow(p, self.gamma)

    def probability(self, place: float) -> float:
        """What lies at `place`, 0–1: the inverse of `place`."""
        if self.measure is HeatMeasure.LOG:
            return math.pow(FAINTEST, 1.0 - place)
        return place**2 if self.measure is HeatMeasure.RANK else math.pow(place, 1.0 / self.gamma)

    def spread(self, place: float) -> float:
        """Where in the colours, 0–1, a place stands."""
        return min(1.0, max(0.0, (place - self.low) / (self.high - self.low)))

    def prepared(self, heat: Floats) -> Floats:
        """`heat` [T, pitches] as it may be pooled and coloured: ranks are told before neighbours are lost."""
        return ranked(heat) if self.measure is HeatMeasure.RANK else heat

    def with_measure(self, measure: HeatMeasure) -> Self:
        """Another measure, over all of its scale."""
        return self if measure is self.measure else replace(self, measure=measure, low=0.0, high=1.0)

    def with_low(self, place: float) -> Self:
        """The lower end at `place`, or as near to it as the upper one allows."""
        return replace(self, low=round(min(max(0.0, place), self.high - LEAST_SPAN), 4))

    def with_high(self, place: float) -> Self:
        return replace(self, high=round(max(min(1.0, place), self.low + LEAST_SPAN), 4))

    def with_all(self) -> Self:
        """The whole scale."""
        return replace(self, low=0.0, high=1.0)

    @property
    def marks(self) -> tuple[tuple[float, str], ...]:
        """Places that the colour bar names, and their names."""
        if self.measure is HeatMeasure.RANK:
            return tuple((rank_place(rank), str(rank)) for rank in (1, 3, 6, 9, 12))
        values = (1.0, 0.1, 0.01, 0.001, 1e-4) if self.measure is HeatMeasure.LOG else (1.0, 0.25, 0.05, 0.0)
        return tuple((self.place(value), short(value)) for value in values)


def ranked(heat: Floats) -> Floats:
    """The rank of each cell among the pitches of its step, as the square of its place: 1 for the likeliest.

    `heat` and the answer are [T, pitches]; what cannot sound has no rank, and is 0.
    """
    order = np.argsort(-heat, axis=1)[:, :LAST_RANK]
    places = np.array([rank_place(rank) for rank in range(1, LAST_RANK + 1)], np.float32) ** 2
    result = np.zeros_like(heat)
    np.put_along_axis(result, order, places[: order.shape[1]][None], axis=1)
    result[heat <= 0.0] = 0.0
    return result


def rank_place(rank: int) -> float:
    """Where on the scale a rank stands."""
    return max(0.0, 1.0 - (rank - 1) / LAST_RANK)


def short(probability: float) -> str:
    """`0`, `.05`, `1`: a probability without its leading nought."""
    text = f"{probability:g}" if probability > FAINTEST else f"{probability:.4f}".rstrip("0").rstrip(".")
    return text.removeprefix("0") if probability else "0"


@dataclass(frozen=True, slots=True)
class HeatLook:
    """How heat is shown: its scale, how strongly it lies on the roll, and what is told besides.

    `onsets`: where a pitch is struck, not where it sounds. `rests`: a lane for silence.
    """

    scale: HeatScale = HeatScale()
    opacity: float = 1.0
    onsets: bool = False
    rests: bool = False

    def __post_init__(self) -> None:
        if not LEAST_OPACITY <= self.opacity <= 1.0:
            raise ValueError(f"the opacity of the heat is {self.opacity:g}, outside {LEAST_OPACITY:g}–1")

    def values(self) -> dict[str, Any]:
        """As plain JSON values."""
        scale = asdict(self.scale) | {"measure": self.scale.measure.value, "colors": self.scale.colors.value}
        return {"scale": scale, "opacity": self.opacity, "onsets": self.onsets, "rests": self.rests}


def look_of(values: object) -> HeatLook:
    """The look that `values` describe; the usual one where they make no sense."""
    try:
        return _look_of(values) if isinstance(values, Mapping) else HeatLook()
    except (KeyError, TypeError, ValueError):
        return HeatLook()


def _look_of(values: Mapping[str, Any]) -> HeatLook:
    scale = values["scale"]
    return HeatLook(
        HeatScale(
            HeatMeasure(scale["measure"]),
            float(scale["gamma"]),
            float(scale["low"]),
            float(scale["high"]),
            ColorMap(scale["colors"]),
        ),
        opacity=float(values["opacity"]),
        onsets=bool(values["onsets"]),
        rests=bool(values["rests"]),
    )
