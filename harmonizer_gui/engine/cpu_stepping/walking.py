"""One expert’s network on its way along several lines."""

from __future__ import annotations

import numpy as np
import torch

from harmonizer_gui.engine.cpu_stepping.state import Ints
from harmonizer_gui.engine.cpu_stepping.weights import CpuWeights, Floats

_ONE = np.float32(1.0)
_HALF = np.float32(0.5)


class Walk:
    """K lines along B voices (B is 1 or K) through V views: V · K rows with a state each."""

    def __init__(self, weights: CpuWeights, surroundings: Floats, lines: int) -> None:
        """`surroundings` [V, B, T, 5 · hidden], what enters whatever the line does."""
        self.weights, self._surroundings = weights, surroundings
        size, rows = weights.hidden, len(surroundings) * lines
        self.hidden = size
        self.rows = rows
        self._shape = (len(surroundings), lines)
        self._onward = np.zeros((rows, 5 * size), np.float32)
        self._cell = np.zeros((rows, size), np.float32)
        self._state = np.empty((rows, size), np.float32)
        self._gates = np.empty((rows, 4 * size), np.float32)
        self._enter, self._forget, self._show, self._new = (
            self._gates[:, block * size : (block + 1) * size] for block in range(4)
        )
        # Products go through torch, which keeps to the one thread it was told to; these share its memory.
        self._products = torch.from_numpy(self._state), weights.recurrent, torch.from_numpy(self._onward)

    def go(self, time: int, rows: Ints, features: Floats) -> None:
        """Write what reaches the head [V · K, n, hidden] in n steps from `time` on into `features`.

        `rows` [fields, V · K, n] are the table rows that the past has selected.
        """
        steps, size = rows.shape[-1], self.hidden
        entered = np.add.reduce(self.weights.table.take(rows, axis=0), axis=0)
        apart = entered.reshape(*self._shape, steps, -1)
        apart += self._surroundings[:, :, time : time + steps]
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
        state_, recurrent, onward = self._products
        torch.mm(state_, recurrent, out=onward)
