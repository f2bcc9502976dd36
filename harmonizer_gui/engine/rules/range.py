"""Range: what a singer of the voice can sing."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from harmonizer_gui.engine.alphabet import PITCHES, TOKENS
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.guidance import OUT_OF_RANGE
from harmonizer_gui.engine.rules.base import Floats, Ints, Surroundings
from harmonizer_gui.score import LOWEST_PITCH

_OUTSIDE = 8.0
_PER_SEMITONE = 2.0


class Range:
    """No fault inside the range that the guidance gives the voice; outside it eight nats, and two more for
    every semitone further.
    """

    name: ClassVar[str] = "range"
    summary: ClassVar[str] = "what a singer can sing"

    def judge(self, surroundings: Surroundings) -> RangeJudge | None:
        return None if OUT_OF_RANGE in surroundings.guidance.off else RangeJudge(surroundings)


class RangeJudge:
    def __init__(self, surroundings: Surroundings) -> None:
        low, high = surroundings.guidance.range_of(surroundings.target)
        pitches = np.arange(PITCHES) + LOWEST_PITCH
        beyond = np.maximum(low - pitches, pitches - high)
        self._faults = np.zeros(TOKENS, np.float32)
        self._faults[:PITCHES] = np.where(beyond > 0, _OUTSIDE + _PER_SEMITONE * beyond, 0.0)

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:  # noqa: ARG002  # alike everywhere
        return np.repeat(self._faults[None], len(time), axis=0)
