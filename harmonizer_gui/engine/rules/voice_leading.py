"""Voice leading: the rules of the textbook, which likelihood alone never learns well enough."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, PITCHES
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.guidance import (
    AWKWARD_LEAPS,
    CROSSINGS,
    DOUBLED_LEADING_NOTE,
    FAULTS,
    OVERLAPS,
    PARALLEL_FIFTHS,
    PARALLEL_OCTAVES,
    WIDE_LEAPS,
    WIDE_SPACING,
)
from harmonizer_gui.engine.past import NO_PITCH
from harmonizer_gui.engine.rules.base import NOTHING, Floats, Ints, Surroundings, no_faults
from harmonizer_gui.score import LOWEST_PITCH, KeySignature, VoiceName

COSTS = {
    PARALLEL_FIFTHS: 7.5,
    PARALLEL_OCTAVES: 7.5,
    CROSSINGS: 2.0,
    OVERLAPS: 0.7,
    WIDE_SPACING: 1.5,
    WIDE_LEAPS: 4.0,
    AWKWARD_LEAPS: 1.2,
    DOUBLED_LEADING_NOTE: 1.5,
}
"""What each fault costs, in nats."""
PER_SEMITONE = 0.3
"""How much more a crossing costs for each semitone."""
_PARALLELS = {0: PARALLEL_OCTAVES, 7: PARALLEL_FIFTHS}
"""Octave (or unison) and fifth, in semitones modulo the octave."""
_AWKWARD = (6, 10, 11)
_WIDEST = {(0, 1): 12, (1, 2): 12, (2, 3): 24}
"""Semitones that neighbouring voices may lie apart."""

Pitches = NDArray[np.int64]

_PITCH = np.arange(PITCHES)


class VoiceLeading:
    """Finds fault with parallel fifths and octaves, crossings, overlaps, wide spacing, leaps that are hard to
    sing, and a doubled leading note (where the key is known).

    The faults are nats at an exponent of 1, so that a parallel becomes e^7.5 times less likely. Each can be
    switched off by its name.
    """

    name: ClassVar[str] = "voice leading"
    summary: ClassVar[str] = "parallels, crossings, leaps"

    def judge(self, surroundings: Surroundings) -> VoiceLeadingJudge | None:
        if surroundings.guidance.off.issuperset(FAULTS[self.name]):
            return None
        return VoiceLeadingJudge(surroundings)


class VoiceLeadingJudge:
    def __init__(self, surroundings: Surroundings) -> None:
        self._off = surroundings.guidance.off
        self._target = surroundings.target
        self._pitches = surroundings.pitches
        self._before, self._now = self._others()
        self._moves = (self._now != NOTHING).any(axis=1)
        self._parallels = np.zeros(12, np.float32)
        for interval, fault in _PARALLELS.items():
            self._parallels[interval] = self._cost(fault)
        self._leaps = self._leap_faults()
        self._placed = self._place_faults()
        for time, key in enumerate(surroundings.keys):
            self._add_leading_notes(time, key)
        self._placed = self._placed.reshape(-1, PITCHES)

    def _cost(self, fault: str) -> np.float32:
        """What a fault costs: nothing where it is switched off."""
        return np.float32(0.0 if fault in self._off else COSTS[fault])

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:
        cell = time * len(self._pitches) + row
        faults = no_faults(len(time))
        np.add(self._placed.take(cell, axis=0), self._leaps.take(state.last, axis=0), out=faults[:, :PITCHES])
        held = np.minimum(state.sounding, PITCHES - 1)
        faults[:, HOLD] = self._placed.take(cell * PITCHES + held)
        busy = self._moves.take(cell) & (state.sounding != NO_PITCH)
        if busy.any():
            self._add_parallels(faults, np.flatnonzero(busy), cell, state)
        return faults

    def _others(self) -> tuple[Pitches, Pitches]:
        """[T · B, 3] where the other voices come from and go to; NOTHING for both where they do not move."""
        others = [voice for voice in VoiceName if voice != self._target]
        now = self._pitches[:, others].transpose(2, 0, 1).reshape(-1, len(others))
        rows = len(self._pitches)
        before = np.concatenate([now[:rows], now[:-rows]])
        moves = (now != NOTHING) & (before != NOTHING) & (now != before)
        return np.where(moves, before, NOTHING), np.where(moves, now, NOTHING)

    def _place_faults(self) -> Floats:
        """[T, B, 88] crossings, overlaps and wide spacing of each pitch with the neighbours."""
        rows, _, steps = self._pitches.shape
        faults = np.zeros((steps, rows, PITCHES), np.float32)
        for voice, sign in ((self._target - 1, 1), (self._target + 1, -1)):
            if not 0 <= voice < len(VoiceName):
                continue
            now = self._pitches[:, voice].T[..., None]
            before = np.concatenate([now[:1], now[:-1]])
            beyond = sign * (_PITCH - now)
            known = now != NOTHING
            crosses = known & (beyond > 0)
            overlaps = (before != NOTHING) & (before != now) & (sign * (_PITCH - before) > 0) & ~crosses
            widest = _WIDEST[min(voice, self._target), max(voice, self._target)]
            faults[crosses] += self._cost(CROSSINGS)
            further = 0.0 if CROSSINGS in self._off else PER_SEMITONE
            faults += np.where(crosses, further * beyond, 0.0).astype(np.float32)
            faults[overlaps] += self._cost(OVERLAPS)
            faults[known & (-beyond > widest)] += self._cost(WIDE_SPACING)
        return faults

    def _add_leading_notes(self, time: int, key: KeySignature | None) -> None:
        """A second leading note beside one that sounds already at one step."""
        if key is None:
            return
        leading = (key.tonic - 1 - LOWEST_PITCH) % 12
        sounding = self._pitches[:, :, time]
        doubled = ((sounding != NOTHING) & (sounding % 12 == leading)).any(axis=1)
        self._placed[time] += np.outer(doubled, leading == _PITCH % 12) * self._cost(DOUBLED_LEADING_NOTE)

    def _add_parallels(self, faults: Floats, some: Ints, cell: Ints, state: LineState) -> None:
        """From a fifth (octave) to a fifth (octave), both voices moving the same way, in `some` cells."""
        before, now = (pitches.take(cell[some], axis=0)[..., None] for pitches in (self._before, self._now))
        costs = self._parallels.take(abs(_PITCH - now) % 12)
        costs *= _parallel(state.sounding[some, None, None], before, now) & (now != NOTHING)
        faults[some, :PITCHES] += np.add.reduce(costs, axis=1)

    def _leap_faults(self) -> Floats:
        """[89, 88] how hard each pitch is to reach from the last one of the line, or from none."""
        size = abs(_PITCH - np.arange(PITCHES + 1)[:, None])
        wide = (size > 12) * self._cost(WIDE_LEAPS)
        faults = np.asarray(wide + np.isin(size, _AWKWARD) * self._cost(AWKWARD_LEAPS), np.float32)
        faults[NO_PITCH] = 0.0
        return faults


def _parallel(own: Pitches, before: Pitches, now: Pitches) -> NDArray[np.bool_]:
    """[…, 88] whether going from `own` to each pitch keeps the interval to a voice going from `before`.

    Both move the same way, and neither goes past the other.
    """
    first, second = own - before, _PITCH - now
    same_way = np.sign(_PITCH - own) == np.sign(now - before)
    found: NDArray[np.bool_] = same_way & (abs(first) % 12 == abs(second) % 12) & (first * second >= 0)
    return found
