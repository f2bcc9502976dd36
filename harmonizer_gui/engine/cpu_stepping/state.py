"""The past of lines on their way, in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, PITCHES
from harmonizer_gui.engine.past import (
    KINDS,
    MAX_MOTION,
    MAX_SINCE,
    MOTIONS,
    NO_MOTION,
    NO_PITCH,
    START,
    START_KIND,
)

Ints = NDArray[np.intp]

VALUES = {
    "previous": START + 1,
    "kind": KINDS,
    "sounding": NO_PITCH + 1,
    "last": NO_PITCH + 1,
    "motion": MOTIONS,
    "since": MAX_SINCE + 1,
}
"""How many values each field of the past can have, in the order of `LineState`."""


@dataclass
class LineState:
    """The past of the coming step of K lines, as `Past` has it, in numpy."""

    previous: Ints
    kind: Ints
    sounding: Ints
    last: Ints
    motion: Ints
    since: Ints

    @staticmethod
    def start(lines: int) -> LineState:
        first = (START, START_KIND, NO_PITCH, NO_PITCH, NO_MOTION, 0)
        return LineState(*(np.full(lines, value, np.intp) for value in first))

    def advance(self, token: Ints) -> None:
        """One step later, after `token` [K]."""
        onset = token < PITCHES
        if onset.any():
            moved = (token - self.last).clip(-MAX_MOTION, MAX_MOTION) + MAX_MOTION
            interval = np.where(self.last == NO_PITCH, NO_MOTION, moved)
            self.motion = np.where(onset, interval, self.motion)
            self.last = np.where(onset, token, self.last)
        self.sounding = np.where(onset, token, np.where(token == HOLD, self.sounding, NO_PITCH))
        self.since = np.minimum(np.where(onset, 1, self.since + 1), MAX_SINCE)
        self.kind = np.maximum(token - (PITCHES - 1), 0)
        self.previous = token
