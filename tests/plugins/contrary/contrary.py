"""Contrary: an expert for Harmonizer that has the upper voices move against the bass."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import PITCHES
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.past import NO_PITCH
from harmonizer_gui.engine.rules.base import NOTHING, Floats, Ints, Surroundings, no_faults
from harmonizer_gui.score import VoiceName

SAME_WAY = 2.0
"""Nats: a note that goes the way of the bass becomes e^2, or seven, times rarer."""


class Contrary:
    name: ClassVar[str] = "contrary"
    summary: ClassVar[str] = "moves against the bass"

    def judge(self, surroundings: Surroundings) -> ContraryJudge | None:
        if surroundings.target == VoiceName.BASS:
            return None
        return ContraryJudge(surroundings.pitches[:, VoiceName.BASS])


class ContraryJudge:
    def __init__(self, bass: NDArray[np.int64]) -> None:
        """`bass` [B, T]"""
        before = np.concatenate([bass[:, :1], bass[:, :-1]], axis=1)
        known = (bass != NOTHING) & (before != NOTHING)
        self._way = np.where(known, np.sign(bass - before), 0)

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:
        faults = no_faults(len(time))
        bass, last = self._way[row, time, None], state.last[:, None]
        own = np.sign(np.arange(PITCHES) - last)
        faults[:, :PITCHES] = SAME_WAY * ((bass != 0) & (own == bass) & (last != NO_PITCH))
        return faults
