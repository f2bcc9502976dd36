"""Experts’ networks on their way along several lines.

Between two products lies little work in many small pieces. So all gates lie in one place, block by block, and
are squashed in one go whatever network they belong to; only the products, and the sums around them, are done
for each group of networks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import torch

from harmonizer_gui.engine.cpu_stepping.state import Ints
from harmonizer_gui.engine.cpu_stepping.weights import CpuWeights, Floats

_ONE = np.float32(1.0)
_HALF = np.float32(0.5)


class Group:
    """M networks of one shape, each along K lines through V views: R = M · V · K rows with a state each."""

    def __init__(self, weights: Sequence[CpuWeights], tables: Sequence[Floats], rows: int) -> None:
        """`tables` of each network: all that can enter it (`CpuWeights.surroundings`)."""
        self.weights = weights
        self.rows = rows
        self.hidden = weights[0].hidden
        self._table = _joined(tables)
        self._recurrent = torch.stack([each.recurrent for each in weights])
        self._onward = np.zeros((rows, 5 * self.hidden), np.float32)

    @property
    def cells(self) -> int:
        return self.rows * self.hidden

    def entering(self, rows: Ints) -> Floats:
        """[R, n, 5 · hidden] what enters in n steps: the sum of the table `rows` [R, n, fields]."""
        summed: Floats
        if rows.shape[1] == 1:
            summed = np.add.reduce(self._table.take(rows, axis=0), axis=2)
            return summed
        # Field by field: all that is to be added up would not fit into a cache.
        summed = self._table.take(rows[..., -1], axis=0)
        for field in range(rows.shape[-1] - 1):
            summed += self._table.take(rows[..., field], axis=0)
        return summed

    def bind(self, gates: Floats, states: Floats) -> None:
        """Work in these gates [4, R · hidden] and states [R · hidden]; those of others lie beside them."""
        size = self.hidden
        self._gates = gates.reshape(4, self.rows, size).transpose(1, 0, 2)
        self._came = self._onward[:, : 4 * size].reshape(self.rows, 4, size)
        self._reached = self._onward[:, 4 * size :]
        # Products go through torch, which keeps to the one thread it was told to; these share its memory.
        batch = len(self.weights)
        self._operands = (
            torch.from_numpy(states).view(batch, -1, size),
            self._recurrent,
            torch.from_numpy(self._onward).view(batch, -1, 5 * size),
        )

    def open(self, entered: Floats) -> None:
        """What enters [R, 5 · hidden], and what came from the step before, meet in the gates."""
        into = entered[:, : 4 * self.hidden].reshape(self.rows, 4, self.hidden)
        np.add(into, self._came, out=self._gates)

    def go_on(self, entered: Floats, features: Floats) -> None:
        """From the states to what the next step finds, and to what reaches the head [R, hidden]."""
        states, recurrent, onward = self._operands
        torch.bmm(states, recurrent, out=onward)
        np.add(entered[:, 4 * self.hidden :], self._reached, out=features)


class _Part(NamedTuple):
    """What a group does in some steps."""

    group: Group
    entered: Floats
    """[R, n, 5 · hidden]"""
    features: Floats
    """[R, n, hidden]"""


class Walk:
    """All groups, step by step abreast; or, along lines that are known, one after the other."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = list(groups)
        ends = list(accumulate((group.cells for group in groups), initial=0))
        self._gates = np.empty((4, ends[-1]), np.float32)
        self._cells = np.zeros(ends[-1], np.float32)
        self._states = np.empty(ends[-1], np.float32)
        self._places = [slice(first, end) for first, end in pairwise(ends)]
        for group, place in zip(groups, self._places, strict=True):
            group.bind(self._gates[:, place], self._states[place])

    def go(self, time: int, rows: Sequence[Ints], features: Sequence[Floats]) -> None:
        """Write what reaches the heads, for each group [R, n, hidden], in n steps from `time` on.

        `rows` [R, n, fields] of each group are the table rows that the past selects.
        """
        entered = [group.entering(some) for group, some in zip(self._groups, rows, strict=True)]
        parts = list(map(_Part, self._groups, entered, features))
        steps = features[0].shape[1]
        if steps == 1:
            # There and back: the weights used last are still in the cache, all together are too large.
            self._step(parts[::-1] if time % 2 else parts, slice(None), 0)
            return
        # Each alone: its weights stay in the cache all the way.
        for part, place in zip(parts, self._places, strict=True):
            for step in range(steps):
                self._step([part], place, step)

    def _step(self, parts: Sequence[_Part], place: slice, step: int) -> None:
        """One step of the LSTMs whose cells lie at `place`."""
        for part in parts:
            part.group.open(part.entered[:, step])
        _squash(self._gates[:, place], self._cells[place], self._states[place])
        for part in parts:
            part.group.go_on(part.entered[:, step], part.features[:, step])


def _squash(gates: Floats, cells: Floats, states: Floats) -> None:
    """From gates [4, N] to cells and states [N], with the constants of the activations in the weights."""
    np.tanh(gates, out=gates)
    gates[:3] += _ONE
    enter, forget, show, new = gates
    cells *= forget
    enter *= new
    cells += enter
    cells *= _HALF
    np.tanh(cells, out=states)
    states *= show


def _joined(arrays: Sequence[Floats]) -> Floats:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
