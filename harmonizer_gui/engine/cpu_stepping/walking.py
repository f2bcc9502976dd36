"""Experts’ networks on their way along several lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from harmonizer_gui.engine.cpu_stepping.state import Ints
from harmonizer_gui.engine.cpu_stepping.weights import CpuWeights, Floats

_ONE = np.float32(1.0)
_HALF = np.float32(0.5)


class Walk:
    """M networks of one shape, each along K lines through V views: R = M · V · K rows with a state each."""

    def __init__(self, weights: Sequence[CpuWeights], surroundings: Sequence[Floats], lines: int) -> None:
        """`surroundings` [V, B, T, 5 · hidden] of each network: what enters whatever the line does.

        B is 1 or K.
        """
        self.weights = weights
        size = self.hidden = weights[0].hidden
        self._table = _joined([each.table for each in weights])
        self._surroundings = _joined([each[None] for each in surroundings])
        views = self._surroundings.shape[1]
        self._shape = (len(weights), views, lines)
        rows = self.rows = len(weights) * views * lines
        self._onward = np.zeros((rows, 5 * size), np.float32)
        self._cell = np.zeros((rows, size), np.float32)
        self._state = np.empty((rows, size), np.float32)
        self._gates = np.empty((rows, 4 * size), np.float32)
        self._enter, self._forget, self._show, self._new = (
            self._gates[:, block * size : (block + 1) * size] for block in range(4)
        )
        # Products go through torch, which keeps to the one thread it was told to; these share its memory.
        self._products = (
            torch.from_numpy(self._state).view(len(weights), -1, size),
            torch.stack([each.recurrent for each in weights]),
            torch.from_numpy(self._onward).view(len(weights), -1, 5 * size),
        )

    def go(self, time: int, rows: Ints, features: Floats) -> None:
        """Write what reaches the head [R, n, hidden] in n steps from `time` on into `features`.

        `rows` [M, fields, V · K, n] are the rows, in the tables one after the other, that the past selects.
        """
        steps, size = rows.shape[-1], self.hidden
        entered = np.add.reduce(self._table.take(rows, axis=0), axis=1)
        apart = entered.reshape(*self._shape, steps, -1)
        apart += self._surroundings[:, :, :, time : time + steps]
        entered = entered.reshape(self.rows, steps, -1)
        for step in range(steps):
            self._step(entered[:, step, : 4 * size])
            np.add(entered[:, step, 4 * size :], self._onward[:, 4 * size :], out=features[:, step])

    def _step(self, entered: Floats) -> None:
        """One step of the LSTM, with the constants of its activations in the weights (`CpuWeights`)."""
        gates, cell, state = self._gates, self._cell, self._state
        np.add(entered, self._onward[:, : 4 * self.hidden], out=gates)
        np.tanh(gates, out=gates)
        gates[:, : 3 * self.hidden] += _ONE
        cell *= self._forget
        self._enter *= self._new
        cell += self._enter
        cell *= _HALF
        np.tanh(cell, out=state)
        state *= self._show
        states, recurrent, onward = self._products
        torch.bmm(states, recurrent, out=onward)


def _joined(arrays: Sequence[Floats]) -> Floats:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
