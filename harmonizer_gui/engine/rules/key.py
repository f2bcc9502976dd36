"""Key: the notes of the scale."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from harmonizer_gui.engine.alphabet import PITCHES
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.rules.base import Floats, Ints, Surroundings, no_faults
from harmonizer_gui.score import LOWEST_PITCH, KeySignature

OUTSIDE = 2.5
_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 9, 10, 11)
"""Natural, harmonic and melodic minor together."""


class Key:
    """Finds fault with notes outside the scale of the key signature; where no key is known, with none."""

    name: ClassVar[str] = "key"
    summary: ClassVar[str] = "the notes of the scale"

    def judge(self, surroundings: Surroundings) -> KeyJudge:
        return KeyJudge(surroundings)


class KeyJudge:
    def __init__(self, surroundings: Surroundings) -> None:
        known = {key: _scale_faults(key) for key in set(surroundings.keys)}
        self._faults = np.stack([known[key] for key in surroundings.keys])

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:  # noqa: ARG002  # the key decides
        faults = no_faults(len(time))
        faults[:, :PITCHES] = self._faults[time]
        return faults


def _scale_faults(key: KeySignature | None) -> Floats:
    """[88]"""
    if key is None:
        return np.zeros(PITCHES, np.float32)
    scale = _MINOR if key.mode == "minor" else _MAJOR
    degree = (np.arange(PITCHES) + LOWEST_PITCH - key.tonic) % 12
    return np.where(np.isin(degree, scale), 0.0, OUTSIDE).astype(np.float32)
