"""Similar: more like a line, or less."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, PITCHES
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.grid import note_steps
from harmonizer_gui.engine.past import NO_PITCH
from harmonizer_gui.engine.rules.base import NOTHING, Floats, Ints, Surroundings, no_faults
from harmonizer_gui.score import LOWEST_PITCH, Voice

SAME_PITCH = 1.5
SAME_WAY = 0.5
SAME_RHYTHM = 0.8
_NEAR = 3
"""Semitones at which a pitch is no longer near another."""

_PITCH = np.arange(PITCHES)


class Similar:
    """Pulls a voice softly towards a line, or away from it.

    By the pitch that sounds (in full for the same one, less for its neighbours) and by the way the line
    moves; towards it also by its rhythm. Away from it not so: to strike wherever the line rests is not
    another music but none.
    """

    name: ClassVar[str] = "similar"
    summary: ClassVar[str] = "more, or less, like a line"

    def judge(self, surroundings: Surroundings) -> SimilarJudge | None:
        likeness = surroundings.guidance.likeness(surroundings.target)
        if likeness is None:
            return None
        judge = SimilarJudge(likeness.line, surroundings.steps, more=likeness.more)
        return judge if judge.has_opinions else None


class SimilarJudge:
    def __init__(self, line: Voice, steps: int, *, more: bool) -> None:
        self._sign = np.float32(-1.0 if more else 1.0)
        sounding, self._struck, self._way = _laid(line, steps)
        self._sounds = sounding != NOTHING
        distance = abs(_PITCH - sounding[:, None])
        near = np.where(self._sounds[:, None], (1.0 - distance / _NEAR).clip(0.0), 0.0)
        # One column more, for lines in which nothing sounds.
        self._near = np.pad(SAME_PITCH * near, ((0, 0), (0, 1))).astype(np.float32)
        rhythm = np.float32(SAME_RHYTHM if more else 0.0)
        self._onset = rhythm * self._struck
        self._hold = rhythm * (self._sounds & ~self._struck)

    @property
    def has_opinions(self) -> bool:
        return bool(self._sounds.any())

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:  # noqa: ARG002  # alike in all rows
        alike = no_faults(len(time))
        alike[:, :PITCHES] = self._near[time, :PITCHES] + self._onset[time, None]
        alike[:, :PITCHES] += self._contour(time, state)
        alike[:, HOLD] = self._near[time, state.sounding] + self._hold[time]
        return np.asarray(self._sign * alike, np.float32)

    def _contour(self, time: Ints, state: LineState) -> Floats:
        """[K, 88] for going up, down or nowhere as the line does."""
        known = (state.last != NO_PITCH) & self._struck[time] & (self._way[time] != _NO_WAY)
        same = np.sign(_PITCH - state.last[:, None]) == self._way[time, None]
        return np.where(known[:, None] & same, SAME_WAY, 0.0).astype(np.float32)


_NO_WAY = 2
"""In place of −1, 0 or 1: the first note comes from nowhere."""


def _laid(line: Voice, steps: int) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """[T] the index of the pitch that sounds, whether it is struck, and which way it came."""
    sounding = np.full(steps, NOTHING, np.int64)
    struck = np.zeros(steps, np.bool_)
    way = np.full(steps, _NO_WAY, np.int64)
    before = None
    for note in line:
        start, end = note_steps(note)
        pitch = note.pitch - LOWEST_PITCH
        if start < steps:
            sounding[start:end] = pitch
            struck[start] = True
            way[start] = _NO_WAY if before is None else np.sign(pitch - before)
        before = pitch
    return sounding, struck, way
