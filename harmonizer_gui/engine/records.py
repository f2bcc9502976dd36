"""What is kept of how a take came about: its figures, and the probabilities it was drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import PITCHES
from harmonizer_gui.engine.analysis import Analysis, expert_heat, product_heat
from harmonizer_gui.engine.counting import counted, leading_notes, sounding_pitches
from harmonizer_gui.engine.grid import Grid, sounding_before
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import Score, VoiceName

Cells = NDArray[np.bool_]
"""[T] which steps of a voice are free."""

CELL_BUDGET: Final = 8192
"""Of a turn that draws more cells (takes × steps) no heat is kept."""
FAINTEST: Final = 1e-4
"""Probabilities below this are kept as 0: no picture shows them."""


@dataclass(frozen=True, eq=False)
class SampledHeat:
    """The heat of one voice at the moment its notes were drawn, over the steps `first` … `first` + T − 1."""

    voice: VoiceName
    first: int
    experts: tuple[str, ...]
    """Those that had a say."""
    heat: NDArray[np.float16]
    """[1 + E, T, 88] of the product, then of each expert; read-only."""

    def __post_init__(self) -> None:
        if self.heat.shape[0] != 1 + len(self.experts) or self.heat.shape[2:] != (PITCHES,):
            raise ValueError(f"heat of shape {self.heat.shape} for {len(self.experts)} experts")
        self.heat.setflags(write=False)

    def of(self, source: str | None, steps: int) -> NDArray[np.float32] | None:
        """[steps, 88] of one expert, or of the product for None; 0 where nothing was drawn.

        None where the expert had no say.
        """
        if source is not None and source not in self.experts:
            return None
        row = 0 if source is None else 1 + self.experts.index(source)
        whole = np.zeros((steps, PITCHES), np.float32)
        part = self.heat[row, : max(0, steps - self.first)]
        whole[self.first : self.first + len(part)] = part
        return whole


@dataclass(frozen=True)
class Record:
    """What is known of one finished take."""

    bits: float
    """Mean −log2 p of the steps that were written, each given its past and the other voices, by the learned
    experts at their learned exponents: a measure for takes of any mix."""
    faults: tuple[tuple[str, int], ...] = ()
    """What the counter of voice-leading faults finds in the written voices, by its names; what lasts, like a
    crossing, counts for each step."""
    heats: tuple[SampledHeat, ...] = ()
    """One for each voice that was written; none for music too long to keep them."""


class Recorder:
    """Collects what the experts said in the hull of the `free` cells [T] while `takes` lines were drawn."""

    def __init__(self, voice: VoiceName, experts: tuple[str, ...], free: Cells, takes: int) -> None:
        cells = np.flatnonzero(free)
        self._voice, self._experts = voice, experts
        self._first, self._stop = (int(cells[0]), int(cells[-1]) + 1) if len(cells) else (0, 0)
        self._is_kept = 0 < takes * (self._stop - self._first) <= CELL_BUDGET
        self._log_probs: list[NDArray[np.float32]] = []
        self._terms: list[NDArray[np.float32]] = []
        self._tokens: NDArray[np.int16] = np.empty((0, 0), np.int16)

    def accept(self, time: int, log_probs: NDArray[np.float32], terms: NDArray[np.float32]) -> None:
        """Take in one step, [E, K, 90] both."""
        if self._is_kept and self._first <= time < self._stop:
            self._log_probs.append(log_probs)
            self._terms.append(terms)

    def finish(self, tokens: NDArray[np.int16]) -> None:
        """Take in the whole lines [K, T]."""
        self._tokens = tokens

    def heat(self, take: int, mix: Mix) -> SampledHeat | None:
        """The heat of one take; None where none is kept."""
        if not self._log_probs:
            return None
        steps = slice(self._first, self._stop)
        tokens = self._tokens[take : take + 1]
        analysis = Analysis(
            experts=self._experts,
            log_probs=_of_take(self._log_probs, take),
            terms=_of_take(self._terms, take),
            sounding=sounding_before(tokens)[:, steps],
            tokens=tokens[:, steps],
            written=np.ones(self._stop - self._first, np.bool_),
        )
        rows = [product_heat(analysis, mix), *(expert_heat(analysis, name, mix) for name in self._experts)]
        heat = np.stack(rows)
        heat[heat < FAINTEST] = 0.0
        return SampledHeat(self._voice, self._first, self._experts, heat.astype(np.float16))


def _of_take(steps: Sequence[NDArray[np.float32]], take: int) -> NDArray[np.float32]:
    """[E, 1, T, 90] of one line of T steps [E, K, 90]."""
    return np.stack([step[:, take : take + 1] for step in steps], axis=2)


def faults_in(score: Score, grid: Grid, free: Mapping[VoiceName, Cells]) -> tuple[tuple[str, int], ...]:
    """What is found in and around the `free` cells of some voices, by the counter's names."""
    cells = np.flatnonzero(np.any(list(free.values()), axis=0))
    if not len(cells):
        return ()
    around = slice(max(0, int(cells[0]) - 1), int(cells[-1]) + 2)
    pitches = sounding_pitches(grid.tokens)[:, around]
    found = counted(pitches, leading_notes(score, grid.steps)[around], tuple(free))
    return tuple((name, count.found) for name, count in found.items() if count.found)
