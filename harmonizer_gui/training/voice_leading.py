"""Counting what ear and textbook notice in written voices: parallels, crossings, leaps, range."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST
from harmonizer_gui.engine.ranges import SINGABLE
from harmonizer_gui.score import LOWEST_PITCH

Grid4 = NDArray[np.int64]
"""[4, T] the index of the pitch that sounds in each cell, −1 for silence."""
Voices = Sequence[int]
ALL: Voices = (0, 1, 2, 3)
_PERFECT = (0, 7)
"""Octave (or unison) and fifth, in semitones modulo the octave."""
_OCTAVE = 12
_HARD_LEAPS = (6, 10, 11)
"""Tritone and sevenths, in semitones; whatever is wider than an octave is hard, too."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was `found`, of how many places where it could have been."""

    found: int = 0
    of: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.found + other.found, self.of + other.of)

    @property
    def per_1000(self) -> float:
        return 1000.0 * self.found / max(1, self.of)


def sounding_pitches(tokens: NDArray[np.int16]) -> Grid4:
    """The pitches that sound in the cells of tokens [4, T] (or of fewer voices)."""
    answer = np.empty(tokens.shape, np.int64)
    current = np.full(tokens.shape[0], -1, np.int64)
    for step in range(tokens.shape[1]):
        token = tokens[:, step]
        current = np.where(token == HOLD, current, np.where(token == REST, -1, token))
        answer[:, step] = current
    return answer


def parallels(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Parallel fifths and octaves among the pairs that move, over the pairs that hold one of `voices`.

    Two voices go in parallel when both move the same way, from a fifth (octave) to a fifth (octave).
    """
    total = Count()
    motion = _motion(pitches)
    for one, other in combinations(range(4), 2):
        if one in voices or other in voices:
            both = (motion[one] != 0) & (motion[other] != 0)
            same = both & (np.sign(motion[one]) == np.sign(motion[other]))
            interval = pitches[one] - pitches[other]
            before, after = interval[:-1], interval[1:]
            alike = (before * after >= 0) & (abs(before) % 12 == abs(after) % 12)
            perfect = alike & np.isin(abs(after) % 12, _PERFECT)
            total += Count(int((same & perfect).sum()), int(both.sum()))
    return total


def crossings(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Cells in which a voice sounds below its lower neighbour."""
    total = Count()
    for upper, lower in _neighbours(voices):
        both = (pitches[upper] >= 0) & (pitches[lower] >= 0)
        total += Count(int((both & (pitches[upper] < pitches[lower])).sum()), int(both.sum()))
    return total


def overlaps(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Moves of a voice past where its neighbour has just been, without a crossing."""
    total = Count()
    motion = _motion(pitches)
    for upper, lower in _neighbours(voices):
        above, below = pitches[upper], pitches[lower]
        sounds = (np.minimum(above, below)[1:] >= 0) & (np.minimum(above, below)[:-1] >= 0)
        past = (below[1:] > above[:-1]) | (above[1:] < below[:-1])
        moved = sounds & ((motion[upper] != 0) | (motion[lower] != 0))
        total += Count(int((moved & past & (above[1:] >= below[1:])).sum()), int(moved.sum()))
    return total


def wide_spacings(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Cells in which soprano and alto, or alto and tenor, lie more than an octave apart."""
    total = Count()
    for upper, lower in _neighbours(voices):
        if lower < 3:
            both = (pitches[upper] >= 0) & (pitches[lower] >= 0)
            total += Count(int((both & (pitches[upper] - pitches[lower] > _OCTAVE)).sum()), int(both.sum()))
    return total


def hard_leaps(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Moves by a tritone, a seventh or more than an octave."""
    motion = abs(_motion(pitches)[list(voices)])
    hard = (motion > _OCTAVE) | np.isin(motion, _HARD_LEAPS)
    return Count(int(hard.sum()), int((motion != 0).sum()))


FAULTS: dict[str, Callable[[Grid4, Voices], Count]] = {
    "parallels": parallels,
    "crossings": crossings,
    "overlaps": overlaps,
    "wide_spacings": wide_spacings,
    "hard_leaps": hard_leaps,
}
"""What is counted in generated voices and in Bach's own, by its name in the figures."""


def in_range(tokens: NDArray[np.int16], voice: int) -> Count:
    """How many onsets of one voice [T] lie in its training range."""
    low, high = SINGABLE[voice]
    pitches = tokens[tokens < PITCHES] + LOWEST_PITCH
    return Count(int(((pitches >= low) & (pitches <= high)).sum()), len(pitches))


def _motion(pitches: Grid4) -> Grid4:
    """[4, T − 1] semitones from step to step, 0 where one of the two is silent."""
    before, after = pitches[:, :-1], pitches[:, 1:]
    return np.where((before >= 0) & (after >= 0), after - before, 0)


def _neighbours(voices: Voices) -> Iterator[tuple[int, int]]:
    """Upper and lower of the neighbouring voices of which one is in `voices`."""
    return (pair for pair in pairwise(range(4)) if set(pair) & set(voices))
