"""Pieces ready for training: grids of four voices, and their excerpts as batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST, STEPS_PER_QUARTER
from harmonizer_gui.engine.context import Context, sounding_pitches
from harmonizer_gui.engine.grid import Grid
from harmonizer_gui.engine.ranges import SINGABLE
from harmonizer_gui.score import LOWEST_PITCH


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece of the corpus: its name and its grid, every cell of it written."""

    name: str
    grid: Grid


def without_fermatas(piece: Piece) -> Piece:
    return replace(piece, grid=replace(piece.grid, fermata=np.zeros_like(piece.grid.fermata)))


@dataclass(frozen=True, slots=True)
class Batch:
    """B voices to be predicted, as tensors."""

    tokens: Tensor
    """[B, T] the target's tokens."""
    context: Context
    counted: Tensor
    """[B, T] cells that count in the likelihood: neither padding nor pinned."""

    def to(self, device: torch.device) -> Batch:
        return Batch(self.tokens.to(device), self.context.to(device), self.counted.to(device))


@dataclass(frozen=True, slots=True)
class Masking:
    """How much of the context is hidden in training.

    With the probability `hidden` something of the other voices is unknown: whole voices, spans or single
    beats. With `pinned` some notes of the target itself are shown ahead. `no_fermata` hides all fermatas,
    since few users write them.
    """

    hidden: float = 0.25
    pinned: float = 0.15
    no_fermata: float = 0.1


Given = Sequence[Sequence[int]]
"""For each target voice the voices that are known to it."""
ALL_OTHERS: Given = tuple(tuple(voice for voice in range(4) if voice != target) for target in range(4))


def excerpt(grid: Grid, first: int, steps: int) -> Grid:
    """`steps` steps from `first` on; a note that is held over the cut is struck there."""
    window = slice(first, first + steps)
    tokens = grid.tokens[:, window].copy()
    if first:
        before = sounding_pitches(torch.from_numpy(grid.tokens[:, : first + 1].astype(np.int64)))[
            :, -1
        ].numpy()
        tokens[:, 0] = np.where(tokens[:, 0] == HOLD, before, tokens[:, 0])
    return Grid(
        tokens,
        grid.written[:, window],
        grid.fermata[:, window],
        grid.position[window],
        grid.metre[window],
    )


def transposed(tokens: NDArray[np.int16], semitones: int) -> NDArray[np.int16]:
    return np.where(tokens < PITCHES, tokens + semitones, tokens).astype(np.int16)


def transpositions(grid: Grid, widest: int) -> NDArray[np.int64]:
    """The shifts up to ±`widest` semitones that keep every voice within its training range; 0 always."""
    low, high = -widest, widest
    for voice, (bottom, top) in enumerate(SINGABLE):
        pitches = grid.tokens[voice][grid.tokens[voice] < PITCHES] + LOWEST_PITCH
        if pitches.size:
            low, high = max(low, bottom - int(pitches.min())), min(high, top - int(pitches.max()))
    return np.arange(min(low, 0), max(high, 0) + 1)


def training_batch(
    pieces: Sequence[Piece],
    random: Generator,
    *,
    crops: int,
    steps: int,
    masking: Masking,
    transpose: int = 6,
) -> Batch:
    """`crops` random excerpts of at most `steps` steps, each asked for all four voices: B = 4 · crops."""
    grids = []
    for index in random.integers(len(pieces), size=crops):
        grid = pieces[index].grid
        starts = max(1, (grid.steps - steps) // STEPS_PER_QUARTER + 1)
        offset = int(random.integers(starts)) * STEPS_PER_QUARTER
        upbeat = (-int(grid.position[0])) % STEPS_PER_QUARTER
        cut = excerpt(grid, min(offset + upbeat, max(0, grid.steps - steps)) if offset else 0, steps)
        shift = int(random.choice(transpositions(cut, transpose)))
        grids.append(Grid(transposed(cut.tokens, shift), cut.written, cut.fermata, cut.position, cut.metre))
    return batch_of(grids, masking=masking, random=random)


def batch_of(
    grids: Sequence[Grid],
    *,
    given: Given = ALL_OTHERS,
    masking: Masking | None = None,
    random: Generator | None = None,
) -> Batch:
    """All four voices of every grid as targets, padded to the longest: B = 4 · len(grids).

    `given` says which voices are known to each target; `masking` hides from them what it hides.
    """
    steps = max(grid.steps for grid in grids)
    rows: list[tuple[NDArray[np.int16], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]] = []
    for grid in grids:
        for target in range(4):
            known = np.zeros((4, grid.steps), np.bool_)
            known[list(given[target])] = True
            fermata = grid.fermata
            if masking is not None and random is not None:
                _hide(known, grid, target, masking, random)
                if random.random() < masking.no_fermata:
                    fermata = np.zeros_like(fermata)
            rows.append((grid.tokens, known, fermata, ~known[target]))
    tokens = torch.from_numpy(np.stack([_padded(row[0], steps, REST) for row in rows]).astype(np.int64))
    targets = torch.arange(4).repeat(len(grids))
    return Batch(
        tokens=tokens[torch.arange(len(rows)), targets],
        context=Context.of(
            tokens=tokens,
            known=torch.from_numpy(np.stack([_padded(row[1], steps, 0) for row in rows])),
            fermata=torch.from_numpy(np.stack([_padded(row[2], steps, 0) for row in rows])),
            position=_per_voice([_padded(grid.position, steps, 0) for grid in grids]),
            metre=_per_voice([_padded(grid.metre, steps, 0) for grid in grids]),
            target=targets,
        ),
        counted=torch.from_numpy(np.stack([_padded(row[3], steps, 0) for row in rows])),
    )


def with_hidden_voices(batch: Batch, count: int, random: Generator) -> Batch:
    """The same batch with `count` (1–3) of the other voices unknown, drawn anew for every target."""
    targets = batch.context.target.tolist()
    hidden = torch.zeros(len(targets), 4, dtype=torch.bool)
    for row, target in enumerate(targets):
        others = [voice for voice in range(4) if voice != target]
        hidden[row, random.permutation(others)[:count]] = True
    return replace(batch, context=batch.context.without(hidden))


def _per_voice(arrays: Sequence[NDArray[np.int16]]) -> Tensor:
    return torch.from_numpy(np.stack(arrays).astype(np.int64)).repeat_interleave(4, dim=0)


def _padded(array: NDArray[Any], steps: int, fill: int) -> NDArray[Any]:
    missing = steps - array.shape[-1]
    return np.pad(array, [(0, 0)] * (array.ndim - 1) + [(0, missing)], constant_values=fill)


def _hide(known: NDArray[np.bool_], grid: Grid, target: int, masking: Masking, random: Generator) -> None:
    """Hide parts of the other voices from `known` [4, T], and show some notes of the target, in place."""
    others = [voice for voice in range(4) if voice != target]
    if random.random() < masking.hidden:
        kind = random.random()
        if kind < 0.6:
            hidden = random.choice([1, 2, 3], p=[0.45, 0.3, 0.25])
            known[random.permutation(others)[:hidden]] = False
        elif kind < 0.85:
            for voice in others:
                if random.random() < 0.5:
                    start = int(random.integers(grid.steps))
                    known[voice, start : start + int(random.integers(4, 49))] = False
        else:
            beats = random.random((4, -(-grid.steps // STEPS_PER_QUARTER))) < random.uniform(0.1, 0.5)
            cells = np.repeat(beats, STEPS_PER_QUARTER, axis=1)[:, : grid.steps]
            known[others] &= ~cells[others]
    if random.random() < masking.pinned:
        known[target] = _pins(grid.tokens[target], random)


def _pins(tokens: NDArray[np.int16], random: Generator) -> NDArray[np.bool_]:
    """Whole notes of a line to be shown ahead: some here and there, or all around a gap."""
    note = np.cumsum(tokens != HOLD)
    notes = int(note[-1]) + 1
    if random.random() < 0.5:
        chosen = random.random(notes) < 0.25
    else:
        start = int(random.integers(notes))
        chosen = np.ones(notes, np.bool_)
        chosen[start : start + int(random.integers(2, 17))] = False
    return np.asarray(chosen[note])
