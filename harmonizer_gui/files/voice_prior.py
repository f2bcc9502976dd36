"""How voices move: what a step of a voice costs, in nats, counted from chorales.

The counts are in `voice_counts.json`; `make count-voices` makes them anew from the chorales that models are
trained on, so that the others can judge what comes of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

from harmonizer_gui.files.strands import TOGETHER
from harmonizer_gui.score import TICKS_PER_QUARTER, VoiceName

START = 0
"""The class of moves before the first note, and of the one after a rest."""
MOVES = 8
WIDEST = 12
"""Moves of more semitones are counted as one kind."""
WIDE = 2 * WIDEST + 1
BEATS = 3
LENGTHS = 6
LOWEST_SPACING, HIGHEST_SPACING = -9, 20
SPACINGS = HIGHEST_SPACING - LOWEST_SPACING + 1
LOWEST, HIGHEST = 36, 84
HEIGHTS = HIGHEST - LOWEST + 1
CENTRES = (69, 64, 59, 51)
STANDINGS = 3
"""How two neighbours stood before: crossed, in unison, apart."""
_STEP = TICKS_PER_QUARTER // 4
_LENGTHS = (1, 2, 3, 5, 7)
"""In sixteenths: up to a sixteenth, an eighth, a dotted eighth, a quarter, a dotted quarter; then longer."""
_PSEUDO = 12.0
"""How many counts the coarser table is worth where a finer one has few."""
_FLOOR = 0.02
"""What is added to each count, so that nothing is impossible."""
_PER_SEMITONE = 0.2
"""What each semitone more costs beyond the widest counted."""


def move_class(semitones: int) -> int:
    """1 for a repeated note, then steps, thirds and wider moves, each up and down."""
    size = abs(semitones)
    if not size:
        return 1
    wide = 2 if size <= 2 else 4 if size <= 4 else 6
    return wide + (semitones < 0)


def move_index(semitones: int) -> int:
    """The column of a move in the counts; the last is for all that are wider than an octave."""
    return semitones + WIDEST if abs(semitones) <= WIDEST else WIDE


def beat_class(tick: int) -> int:
    """0 for a note on the beat (a quarter), 1 half a beat later, 2 between these."""
    step = (tick + TOGETHER) % TICKS_PER_QUARTER // _STEP
    return (0, 2, 1, 2)[step]


def length_class(ticks: int) -> int:
    sixteenths = max(1, round(ticks / _STEP))
    return next((index for index, most in enumerate(_LENGTHS) if sixteenths <= most), len(_LENGTHS))


def spacing_index(semitones: int) -> int:
    return min(HIGHEST_SPACING, max(LOWEST_SPACING, semitones)) - LOWEST_SPACING


def height_index(pitch: int) -> int:
    return min(HIGHEST, max(LOWEST, pitch)) - LOWEST


def shift(pitches: Sequence[int], voices: Sequence[int]) -> int:
    """How much these pitches of some voices lie above the usual height, in semitones."""
    usual = sum(CENTRES[voice] for voice in voices) / len(voices)
    return round(sum(pitches) / max(1, len(pitches)) - usual)


def standing(upper: int, lower: int) -> int:
    """0 where two neighbours are crossed, 1 in unison, 2 apart."""
    return (upper > lower) - (upper < lower) + 1


Table = list[list[list[float]]]
DeepTable = list[list[list[list[float]]]]


@dataclass(frozen=True)
class Prior:
    """What the moves of a voice and the places of neighbours cost, in nats, none below 0.

    `moves[voice][class of the move before][beat][move]`, `lengths[voice][beat][length before][length]`,
    `spacings[upper voice][standing][spacing]`, `heights[voice][height]`, and `durations[beat][length]` in
    whatever voice; `parallel` is for a fifth, an octave or a unison that moves as one.
    """

    moves: DeepTable
    lengths: DeepTable
    spacings: Table
    heights: list[list[float]]
    durations: list[list[float]]
    parallel: float

    def move(self, voice: int, before: int, beat: int, semitones: int) -> float:
        cost = self.moves[voice][before][beat][move_index(semitones)]
        return cost + _PER_SEMITONE * max(0, abs(semitones) - WIDEST)


@cache
def prior() -> Prior:
    """The prior of the counts that come with the program."""
    text = files("harmonizer_gui.files").joinpath("voice_counts.json").read_text(encoding="utf-8")
    return prior_of(json.loads(text))


def prior_of(counts: Mapping[str, Any]) -> Prior:
    """The prior of the counts as `voice_counts.json` has them."""
    return Prior(
        moves=[_move_costs(voice) for voice in counts["moves"]],
        lengths=[[_costs(rows) for rows in voice] for voice in counts["lengths"]],
        spacings=[_costs(pair) for pair in counts["spacings"]],
        heights=[_nats(_smooth(row), _shares(_summed(counts["heights"]))) for row in counts["heights"]],
        durations=_durations(counts["lengths"]),
        parallel=log(counts["parallels"]["expected"] / counts["parallels"]["found"]),
    )


def _move_costs(voice: Sequence[Sequence[Sequence[int]]]) -> list[list[list[float]]]:
    """Costs by beat and the move before; where that was seldom seen, as on this beat after any move."""
    by_beat = [_summed([before[beat] for before in voice]) for beat in range(BEATS)]
    return [[_nats(before[beat], _shares(by_beat[beat])) for beat in range(BEATS)] for before in voice]


def _costs(rows: Sequence[Sequence[int]]) -> list[list[float]]:
    """Costs row by row; a row with few counts leans on the sum of all."""
    shares = _shares(_summed(rows))
    return [_nats(row, shares) for row in rows]


def _durations(lengths: Sequence[Sequence[Sequence[Sequence[int]]]]) -> list[list[float]]:
    """What lengths cost on each beat, in whatever voice and after whatever length."""
    return [_costs([_summed([row for voice in lengths for row in voice[beat]])])[0] for beat in range(BEATS)]


def _smooth(row: Sequence[int]) -> list[float]:
    """Keys are distributed by chance: each count is spread over five semitones."""
    wide = [0, 0, *row, 0, 0]
    return [sum(wide[index : index + 5]) / 5 for index in range(len(row))]


def _summed(rows: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts) + _FLOOR * len(counts)
    return [(count + _FLOOR) / total for count in counts]


def _nats(counts: Sequence[float], shares: Sequence[float]) -> list[float]:
    total = sum(counts) + _PSEUDO
    return [-log((count + _PSEUDO * share) / total) for count, share in zip(counts, shares, strict=True)]


def voices_of(mean_pitch: float, count: int) -> tuple[int, ...]:
    """Which voices so many neighbouring strands are by their mean pitch, as numbers from the soprano down."""
    if count >= len(VoiceName):
        return tuple(range(len(VoiceName)))
    centres = (69, 63, 58, 49)
    first = min(
        range(len(centres) - count + 1),
        key=lambda index: abs(sum(centres[index : index + count]) / count - mean_pitch),
    )
    return tuple(range(first, first + count))


def is_perfect(upper: int, lower: int) -> bool:
    """Whether two pitches are a unison, a fifth, or octaves of these apart."""
    return (upper - lower) % 12 in (0, 7)
