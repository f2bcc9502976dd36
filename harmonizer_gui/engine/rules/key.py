"""Key: the notes of the scale, or whatever the user has locked."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from harmonizer_gui.engine.alphabet import PITCHES, STEP_TICKS
from harmonizer_gui.engine.guidance import Lock
from harmonizer_gui.engine.keys import SCALES, pitch_classes
from harmonizer_gui.engine.rules.base import CellJudge, Floats, Surroundings
from harmonizer_gui.score import LOWEST_PITCH

OUTSIDE = 2.5
"""Against the scale of the key signature: notes outside it are rare, but music has them."""
LOCKED_OUT = 6.0
"""Against what the user has locked: that is meant to hold, for a note that goes on, too."""

_CLASS = (np.arange(PITCHES) + LOWEST_PITCH) % 12


class Key:
    """Finds fault with notes outside what is locked; where nothing is, outside the scale of the key
    signature; where no key is known either, with none.
    """

    name: ClassVar[str] = "key"
    summary: ClassVar[str] = "the notes of the scale"

    def judge(self, surroundings: Surroundings) -> CellJudge | None:
        locks = _locks(surroundings)
        if not any(locks) and not any(surroundings.keys):
            return None
        signatures = {
            key: _outside(pitch_classes(key.tonic, SCALES[key.mode]), OUTSIDE)
            for key in set(surroundings.keys)
            if key is not None
        }
        locked = {lock: _outside(lock.pitch_classes, LOCKED_OUT) for lock in set(locks) if lock is not None}
        nothing = np.zeros(PITCHES, np.float32)
        struck = [
            (nothing if key is None else signatures[key]) if lock is None else locked[lock]
            for key, lock in zip(surroundings.keys, locks, strict=True)
        ]
        held = [nothing if lock is None else locked[lock] for lock in locks]
        return CellJudge(np.stack(struck), np.stack(held))


def _locks(surroundings: Surroundings) -> list[Lock | None]:
    """[T] what is locked at each step; its middle decides."""
    guidance = surroundings.guidance
    if not guidance.locks:
        return [None] * surroundings.steps
    return [guidance.lock_at(step * STEP_TICKS + STEP_TICKS // 2) for step in range(surroundings.steps)]


def _outside(allowed: frozenset[int], fault: float) -> Floats:
    """[88] the fault of each pitch that is not allowed."""
    return np.where(np.isin(_CLASS, list(allowed)), 0.0, fault).astype(np.float32)
