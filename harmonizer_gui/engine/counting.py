"""Counting what ear and textbook notice in written voices: parallels, crossings, leaps, range."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST, STEP_TICKS
from harmonizer_gui.engine.ranges import SINGABLE
from harmonizer_gui.score import LOWEST_PITCH, Score

Grid4 = NDArray[np.int64]
"""[4, T] the index of the pitch that sounds in each cell, −1 for silence."""
Cells = NDArray[np.bool_]
Leading = NDArray[np.int64]
"""[T] the pitch class of the leading note at each step (C is 0), UNKNOWN_KEY where no key is known."""
UNKNOWN_KEY = -1
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
    def share(self) -> float:
        return self.found / max(1, self.of)

    @property
    def per_1000(self) -> float:
        return 1000.0 * self.share


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
    motion = motions(pitches)
    for one, other in combinations(range(4), 2):
        if one in voices or other in voices:
            both = (motion[one] != 0) & (motion[other] != 0)
            total += Count(int((parallel_to(pitches, one, other) >= 0).sum()), int(both.sum()))
    return total


def parallel_to(pitches: Grid4, one: int, other: int) -> Grid4:
    """[T − 1] the interval, 0 or 7 semitones, in which two voices go in parallel to the next cell, or −1."""
    motion = motions(pitches)
    same = motion[one] * motion[other] > 0
    interval = pitches[one] - pitches[other]
    before, after = interval[:-1], interval[1:]
    alike = (before * after >= 0) & (abs(before) % 12 == abs(after) % 12)
    perfect = alike & np.isin(abs(after) % 12, _PERFECT)
    return np.where(same & perfect, abs(after) % 12, -1)


def crossings(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Cells in which a voice sounds below its lower neighbour."""
    total = Count()
    for upper, lower in _neighbours(voices):
        both = (pitches[upper] >= 0) & (pitches[lower] >= 0)
        total += Count(int(crossed(pitches, upper, lower).sum()), int(both.sum()))
    return total


def crossed(pitches: Grid4, upper: int, lower: int) -> Cells:
    """[T] whether the upper of two neighbours sounds below the lower one."""
    return np.asarray((pitches[upper] >= 0) & (pitches[upper] < pitches[lower]))


def overlaps(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Moves of a voice past where its neighbour has just been, without a crossing."""
    total = Count()
    motion = motions(pitches)
    for upper, lower in _neighbours(voices):
        lower_of_both = np.minimum(pitches[upper], pitches[lower])
        sounds = (lower_of_both[1:] >= 0) & (lower_of_both[:-1] >= 0)
        moved = sounds & ((motion[upper] != 0) | (motion[lower] != 0))
        total += Count(int((moved & overlapped(pitches, upper, lower)).sum()), int(moved.sum()))
    return total


def overlapped(pitches: Grid4, upper: int, lower: int) -> Cells:
    """[T − 1] whether one of two neighbours goes past where the other has just been, without a crossing."""
    above, below = pitches[upper], pitches[lower]
    lowest = np.minimum(above, below)
    past = (below[1:] > above[:-1]) | (above[1:] < below[:-1])
    return np.asarray((lowest[1:] >= 0) & (lowest[:-1] >= 0) & past & (above[1:] >= below[1:]))


def wide_spacings(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Cells in which soprano and alto, or alto and tenor, lie more than an octave apart."""
    total = Count()
    for upper, lower in _neighbours(voices):
        if lower < 3:
            both = (pitches[upper] >= 0) & (pitches[lower] >= 0)
            total += Count(int(wide_apart(pitches, upper, lower).sum()), int(both.sum()))
    return total


def wide_apart(pitches: Grid4, upper: int, lower: int) -> Cells:
    """[T] whether two neighbours among the upper three voices are more than an octave apart."""
    return np.asarray((pitches[lower] >= 0) & (pitches[upper] - pitches[lower] > _OCTAVE))


def hard_leaps(pitches: Grid4, voices: Voices = ALL) -> Count:
    """Moves by a tritone, a seventh or more than an octave."""
    motion = motions(pitches)[list(voices)]
    return Count(int((wide_leap(motion) | awkward_leap(motion)).sum()), int((motion != 0).sum()))


def wide_leap(motion: Grid4) -> Cells:
    return np.asarray(abs(motion) > _OCTAVE)


def awkward_leap(motion: Grid4) -> Cells:
    """A tritone or a seventh."""
    return np.isin(abs(motion), _HARD_LEAPS)


def doubled_leading_notes(pitches: Grid4, leading: Leading, voices: Voices = ALL) -> Count:
    """Steps at which two voices sing the leading note, of those at which one of `voices` sings it."""
    sings = sings_leading_note(pitches, leading)
    one = sings[list(voices)].any(axis=0)
    return Count(int((one & (sings.sum(axis=0) > 1)).sum()), int(one.sum()))


def sings_leading_note(pitches: Grid4, leading: Leading) -> Cells:
    """[4, T]"""
    return np.asarray((pitches >= 0) & ((pitches + LOWEST_PITCH) % 12 == leading))


def leading_notes(score: Score, steps: int) -> Leading:
    """The leading note of the key at each step, as far as the score says."""
    keys = (score.key_at(step * STEP_TICKS) for step in range(steps))
    return np.array([UNKNOWN_KEY if key is None else (key.tonic - 1) % 12 for key in keys], np.int64)


_COUNTERS: dict[str, Callable[[Grid4, Voices], Count]] = {
    "parallels": parallels,
    "crossings": crossings,
    "overlaps": overlaps,
    "wide_spacings": wide_spacings,
    "hard_leaps": hard_leaps,
}
FAULTS = (*_COUNTERS, "doubled_leading_notes")
"""What is counted in generated voices and in Bach's own, by its name in the figures."""


def counted(pitches: Grid4, leading: Leading, voices: Voices = ALL) -> dict[str, Count]:
    """One count for each of FAULTS."""
    return {
        **{name: count(pitches, voices) for name, count in _COUNTERS.items()},
        "doubled_leading_notes": doubled_leading_notes(pitches, leading, voices),
    }


@dataclass(frozen=True, slots=True)
class Found:
    """What was counted in some voices."""

    faults: dict[str, Count] = field(default_factory=dict)
    """One count for each of FAULTS."""
    inside: Count = Count()  # a frozen value
    """Onsets within the range of their voice."""
    struck: Count = Count()  # a frozen value
    """Cells in which a note is struck."""

    @staticmethod
    def of(tokens: NDArray[np.int16], leading: Leading, voices: Voices = ALL) -> Found:
        """In the voices named, of a grid [4, T]."""
        chosen = tokens[list(voices)]
        return Found(
            faults=counted(sounding_pitches(tokens), leading, voices),
            inside=sum((in_range(tokens[voice], voice) for voice in voices), Count()),
            struck=Count(int((chosen < PITCHES).sum()), chosen.size),
        )

    def __add__(self, other: Found) -> Found:
        return Found(
            {
                name: self.faults.get(name, Count()) + other.faults.get(name, Count())
                for name in self.faults | other.faults
            },
            self.inside + other.inside,
            self.struck + other.struck,
        )


def in_range(tokens: NDArray[np.int16], voice: int) -> Count:
    """How many onsets of one voice [T] lie in its training range."""
    low, high = SINGABLE[voice]
    pitches = tokens[tokens < PITCHES] + LOWEST_PITCH
    return Count(int(((pitches >= low) & (pitches <= high)).sum()), len(pitches))


def motions(pitches: Grid4) -> Grid4:
    """[4, T − 1] semitones from step to step, 0 where one of the two is silent."""
    before, after = pitches[:, :-1], pitches[:, 1:]
    return np.where((before >= 0) & (after >= 0), after - before, 0)


def _neighbours(voices: Voices) -> Iterator[tuple[int, int]]:
    """Upper and lower of the neighbouring voices of which one is in `voices`."""
    return (pair for pair in pairwise(range(4)) if set(pair) & set(voices))
