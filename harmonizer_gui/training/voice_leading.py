"""Counting what ear and textbook notice in written voices: parallels, range, how often notes are struck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.ranges import SINGABLE
from harmonizer_gui.engine.requests import FillRequest, HarmonyModel
from harmonizer_gui.score import LOWEST_PITCH, Score, VoiceName

_PERFECT = (0, 7)
"""Octave (or unison) and fifth, in semitones modulo the octave."""


@dataclass(frozen=True, slots=True)
class Count:
    """`moving` pairs of voices that both move to another pitch at one step, and how many go in parallel."""

    moving: int = 0
    parallels: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.moving + other.moving, self.parallels + other.parallels)

    @property
    def per_1000(self) -> float:
        return 1000.0 * self.parallels / max(1, self.moving)


def sounding_pitches(tokens: NDArray[np.int16]) -> NDArray[np.int16]:
    """[4, T] the pitch index that sounds in each cell, -1 for silence."""
    answer = np.empty_like(tokens)
    current = np.full(tokens.shape[0], -1, np.int16)
    for step in range(tokens.shape[1]):
        token = tokens[:, step]
        current = np.where(token == HOLD, current, np.where(token == REST, -1, token)).astype(np.int16)
        answer[:, step] = current
    return answer


def count_parallels(tokens: NDArray[np.int16], voices: Sequence[int] = (0, 1, 2, 3)) -> Count:
    """Parallel fifths and octaves of grids [4, T], over the pairs that hold at least one of `voices`.

    Two voices go in parallel when both move the same way, from a fifth (octave) to a fifth (octave).
    """
    pitches = sounding_pitches(tokens).astype(np.int64)
    before, after = pitches[:, :-1], pitches[:, 1:]
    there = (before >= 0) & (after >= 0)
    motion = np.where(there, after - before, 0)
    total = Count()
    for one, other in combinations(range(4), 2):
        if one not in voices and other not in voices:
            continue
        both = (motion[one] != 0) & (motion[other] != 0)
        same = both & (np.sign(motion[one]) == np.sign(motion[other]))
        interval_before, interval_after = before[one] - before[other], after[one] - after[other]
        uncrossed = interval_before * interval_after >= 0
        alike = abs(interval_before) % 12 == abs(interval_after) % 12
        perfect = uncrossed & alike & np.isin(abs(interval_after) % 12, _PERFECT)
        total += Count(int(both.sum()), int((same & perfect).sum()))
    return total


def in_range(tokens: NDArray[np.int16], voice: int) -> tuple[int, int]:
    """How many onsets of one voice [T] lie in its training range, and of how many."""
    low, high = SINGABLE[voice]
    pitches = tokens[tokens < PITCHES] + LOWEST_PITCH
    return int(((pitches >= low) & (pitches <= high)).sum()), len(pitches)


def compare(model: HarmonyModel, scores: Iterable[Score], seed: int) -> dict[str, object]:
    """Fill every voice of every score in turn, and count in what is written against what Bach wrote."""
    bach, generated = Count(), Count()
    inside = written = 0
    rates = np.zeros(2)
    for index, score in enumerate(scores):
        own = grid_of(score).tokens
        for voice in VoiceName:
            *_, last = model.fill(FillRequest(score, (voice,), seed=seed + index))
            filled = grid_of(last.takes[0], score.end).tokens
            bach += count_parallels(own, (voice,))
            generated += count_parallels(filled, (voice,))
            fitting, struck = in_range(filled[voice], voice)
            inside, written = inside + fitting, written + struck
            rates += (own[voice] < PITCHES).sum(), struck
    return {
        "parallels_per_1000": {"bach": bach.per_1000, "generated": generated.per_1000},
        "in_range": inside / max(1, written),
        "onset_rate_ratio": float(rates[1] / rates[0]),
    }
