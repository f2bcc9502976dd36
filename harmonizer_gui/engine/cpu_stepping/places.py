"""Shifting the scores of intervals to absolute pitch, for all experts at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, REST, TOKENS
from harmonizer_gui.engine.cpu_stepping.state import Ints
from harmonizer_gui.engine.cpu_stepping.weights import Floats
from harmonizer_gui.engine.experts.base import BEYOND, LearnedExpert

_LOWEST = -PITCHES
_ORIGINS = 3 * PITCHES
"""An origin is a pitch, or one transposed out of the range."""


class Shift:
    """From scores [R, n, width] to tokens [R, n, 90], where the R rows belong to several experts.

    The scores of a row are its window, HOLD, REST and zeros up to `width`.
    """

    def __init__(self, experts: Sequence[LearnedExpert], rows: Sequence[int], width: int) -> None:
        """`rows`: how many there are of each expert, one expert after the other."""
        self._tables = _tables(tuple((expert.window, expert.zero) for expert in experts))
        first = np.arange(len(experts)) * _ORIGINS * 2 - 2 * _LOWEST
        self._first = np.repeat(first, rows)[:, None]
        self._width = width
        self._begin = np.empty((0, 0, 1), np.intp)

    def __call__(self, scores: Floats, origins: Ints, silent: Ints) -> Floats:
        """`origins` and `silent` are [R, n]; `silent` is 1 where nothing sounds, that could be held."""
        if self._begin.shape[:2] != origins.shape:
            self._begin = (np.arange(origins.size) * self._width).reshape(*origins.shape, 1)
        places, added = self._tables
        chosen = self._first + 2 * origins + silent
        tokens = scores.take(places.take(chosen, axis=0) + self._begin)
        tokens += added.take(chosen, axis=0)
        return tokens


@lru_cache(maxsize=8)
def _tables(windows: tuple[tuple[int, int], ...]) -> tuple[Ints, Floats]:
    """Where each token lies among the scores of an expert, and what is added there: [rows, 90] both.

    For each window (its width, and the place of interval 0 in it) two rows for each origin: where something
    sounds, and where nothing does.
    """
    tables = [_window_tables(width, zero) for width, zero in windows]
    return np.concatenate([places for places, _ in tables]), np.concatenate([added for _, added in tables])


def _window_tables(width: int, zero: int) -> tuple[Ints, Floats]:
    interval = np.arange(PITCHES) - np.arange(_LOWEST, _LOWEST + _ORIGINS)[:, None] + zero
    nearest = interval.clip(0, width - 1)
    places = np.empty((_ORIGINS, 2, TOKENS), np.intp)
    added = np.zeros(places.shape, np.float32)
    places[..., :PITCHES] = nearest[:, None]
    added[..., :PITCHES] = -BEYOND * abs(interval - nearest)[:, None]
    places[..., HOLD], places[..., REST] = width, width + 1
    places[:, 1, HOLD] = width + 2  # a zero
    added[:, 1, HOLD] = IMPOSSIBLE
    return places.reshape(-1, TOKENS), added.reshape(-1, TOKENS)
