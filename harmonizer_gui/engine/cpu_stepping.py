"""The product step by step on the CPU, in numpy: small arrays cost several times less there than in torch.

Nothing of an expert is written twice. Its frame and its network are tabulated once for the voice at hand:
which rows of the embedding tables every value of the past selects, what each row adds to the gates and to
the head, and how the window of intervals lies on the alphabet for every origin. A step then looks up, adds,
and multiplies with the recurrent weights.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, TOKENS
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.experts.base import BEYOND, Frame, LearnedExpert
from harmonizer_gui.engine.network import unrolled
from harmonizer_gui.engine.past import (
    KINDS,
    MAX_MOTION,
    MAX_SINCE,
    MOTIONS,
    NO_MOTION,
    NO_PITCH,
    START,
    START_KIND,
    Past,
)
from harmonizer_gui.engine.product import Product

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]

_VALUES = {
    "previous": START + 1,
    "kind": KINDS,
    "sounding": NO_PITCH + 1,
    "last": NO_PITCH + 1,
    "motion": MOTIONS,
    "since": MAX_SINCE + 1,
}


@dataclass
class LineState:
    """The past of the coming step of K lines, as `Past` has it, in numpy."""

    previous: Ints
    kind: Ints
    sounding: Ints
    last: Ints
    motion: Ints
    since: Ints

    @staticmethod
    def start(lines: int) -> LineState:
        first = (START, START_KIND, NO_PITCH, NO_PITCH, NO_MOTION, 0)
        return LineState(*(np.full(lines, value, np.intp) for value in first))

    def advance(self, token: Ints) -> None:
        """One step later, after `token` [K]."""
        onset = token < PITCHES
        if onset.any():
            moved = (token - self.last).clip(-MAX_MOTION, MAX_MOTION) + MAX_MOTION
            interval = np.where(self.last == NO_PITCH, NO_MOTION, moved)
            self.motion = np.where(onset, interval, self.motion)
            self.last = np.where(onset, token, self.last)
        self.sounding = np.where(onset, token, np.where(token == HOLD, self.sounding, NO_PITCH))
        self.since = np.where(onset, 1, np.minimum(self.since + 1, MAX_SINCE))
        self.kind = (token - (PITCHES - 1)).clip(0)
        self.previous = token


class CpuStepper:
    """`lines` lines along each of the B voices of `context` (K = B · lines), as `ProductStepper` does it."""

    def __init__(self, product: Product, context: Context, lines: int) -> None:
        if lines > 1 and len(context.target) > 1:
            context, lines = context.spread(lines), 1
        count = lines * len(context.target)
        self._experts = [_TabulatedExpert(expert, context, count) for expert in product.members]
        values = product.exponents.values[:, :, context.target[:, None], context.others_known]
        self._what, self._when = values.expand(-1, -1, count, -1).permute(0, 3, 1, 2)[..., None].numpy()
        self._size = (len(self._experts), count, TOKENS)

    def step(self, time: int, state: LineState) -> tuple[Floats, Floats]:
        """The log p_e [E, K, 90] and terms [E, K, 90] at the step `time`; fresh arrays."""
        log_probs = np.empty(self._size, np.float32)
        for expert, row in zip(self._experts, log_probs, strict=True):
            expert.step(time, state, row)
        what, when = self._what[time], self._when[time]
        onset = _log_sum(log_probs[..., :PITCHES])
        terms = np.empty_like(log_probs)
        np.multiply(log_probs[..., :PITCHES], what, out=terms[..., :PITCHES])
        terms[..., :PITCHES] += (when - what) * onset
        np.multiply(log_probs[..., PITCHES:], when, out=terms[..., PITCHES:])
        return log_probs, terms


class _TabulatedExpert:
    """One expert, tabulated for a context of B voices (B = 1 or B = K) and its V views."""

    def __init__(self, expert: LearnedExpert, context: Context, lines: int) -> None:
        views = expert.views(context).used()
        count, voices = views.values.shape
        frame = expert.frame(context.repeated(count), views.values.flatten())
        network = unrolled(expert.network, frame.context_columns, rows=count * voices, steps=context.steps)
        self._voices = np.arange(voices) if voices > 1 else np.zeros(1, np.intp)
        self._weights = views.weights.numpy()[..., None]
        self._hidden_size = network.hidden
        self._table = network.table.numpy()
        self._recurrent = network.recurrent
        self._tabulate_columns(expert, frame, context, (count, voices), network.offsets)
        if network.context is not None:
            self._static += network.context.permute(1, 0, 2).reshape(self._static.shape).numpy()
        self._static += network.bias.numpy()
        self._tabulate_shift(expert, frame, context, (count, voices))
        # The impossible is one more score, so that shifting is a single look-up.
        output = network.output
        self._head = torch.cat([output.weight, torch.zeros_like(output.weight[:1])]).T.contiguous()
        self._head_bias = np.append(output.bias.numpy(), np.float32(IMPOSSIBLE))
        rows = count * lines
        self._shape = (count, lines)
        self._from_last = np.zeros((count, lines, 4 * network.hidden), np.float32)
        self._cell = np.zeros((count, lines, network.hidden), np.float32)
        self._flat_rows = (np.arange(rows) * len(self._head_bias)).reshape(count, lines, 1)

    def _tabulate_columns(
        self,
        expert: LearnedExpert,
        frame: Frame,
        context: Context,
        shape: tuple[int, int],
        offsets: torch.Tensor,
    ) -> None:
        """Which table rows each value of a field of the past selects, [T, V, B, values] for each field.

        Columns that do not depend on the past go into what is added at every step.
        """
        count, voices = shape
        base = _constant_past(count * voices, context.steps)
        rows = frame.own_columns(base, slice(None)) + offsets
        static = [column for column, name in enumerate(expert.own_fields) if name is None]
        chosen = rows[..., static].numpy()
        summed = self._table[chosen].sum(axis=2)
        self._static = np.ascontiguousarray(
            summed.reshape(count, voices, context.steps, -1).transpose(2, 0, 1, 3)
        )
        self._columns: list[tuple[str, Ints]] = []
        for column, name in enumerate(expert.own_fields):
            if name is not None:
                past, time = _varied(base, name, context.steps)
                selected = frame.own_columns(past, time)[..., column] + offsets[column]
                self._columns.append((name, _by_time(selected, shape, context.steps)))

    def _tabulate_shift(
        self, expert: LearnedExpert, frame: Frame, context: Context, shape: tuple[int, int]
    ) -> None:
        """Where in the scores each token of the alphabet lies, for each origin and with or without HOLD."""
        base = _constant_past(shape[0] * shape[1], context.steps)
        self._origin_follows_line = expert.origin_follows_line
        if expert.origin_follows_line:
            origins = frame.origin(*_varied(base, "last", context.steps))
        else:
            origins = frame.origin(base, slice(None))
        table = _by_time(origins, shape, context.steps)
        self._lowest = int(table.min())
        self._origins = table - self._lowest
        origins_used = range(self._lowest, self._lowest + int(self._origins.max()) + 1)
        self._places, self._beyond = _places(expert, origins_used)

    def step(self, time: int, state: LineState, out: Floats) -> None:
        """Write the log-probabilities [K, 90] of the step into `out`."""
        rows = [self._selected(table[time], getattr(state, name)) for name, table in self._columns]
        entered = self._table[rows[0]]
        for row in rows[1:]:
            entered += self._table[row]
        entered += self._static[time]
        size = 4 * self._hidden_size
        hidden = self._cell_step(entered[..., :size] + self._from_last)
        onward = self._onward(hidden, self._recurrent)
        self._from_last = onward[..., :size]
        features = _gelu(entered[..., size:] + onward[..., size:])
        scores = self._onward(features, self._head) + self._head_bias
        last = state.last if self._origin_follows_line else np.zeros_like(state.last)
        origin = self._selected(self._origins[time], last)
        silent = (state.sounding == NO_PITCH).astype(np.intp)
        shifted = scores.reshape(-1).take(self._places[origin, silent] + self._flat_rows)
        log_probs = _log_softmax(shifted - self._beyond[origin, silent])
        if len(log_probs) == 1:
            out[:] = log_probs[0]
        else:
            out[:] = _log_softmax((log_probs * self._weights).sum(axis=0))

    def _selected(self, table: Ints, values: Ints) -> Ints:
        """[V, K] the entries of a table [V, B, values] for the lines’ values [K]."""
        return table[:, self._voices, values]

    def _cell_step(self, gates: Floats) -> Floats:
        """[V, K, H] the new hidden state; the order of the gates is torch's: in, forget, cell, out."""
        size = self._hidden_size
        new = np.tanh(gates[..., 2 * size : 3 * size])
        gates = _sigmoid(gates)
        self._cell = gates[..., size : 2 * size] * self._cell + gates[..., :size] * new
        return gates[..., 3 * size :] * np.tanh(self._cell)

    def _onward(self, values: Floats, weights: torch.Tensor) -> Floats:
        """[V, K, …] the product with a weight matrix; torch's keeps to one thread, numpy's might not."""
        flat = torch.from_numpy(values.reshape(-1, values.shape[-1]))
        product: Floats = torch.mm(flat, weights).numpy()
        return product.reshape(*values.shape[:-1], -1)


def _places(expert: LearnedExpert, origins: range) -> tuple[Ints, Floats]:
    """Where each token lies among the scores, and how much is taken off it: [origins, 2, 90] both.

    The second index is 1 where nothing sounds: then the HOLD is the last score, the impossible one.
    """
    places = np.full((len(origins), 2, TOKENS), expert.window + 2, np.intp)
    beyond = np.zeros(places.shape, np.float32)
    for index, origin in enumerate(origins):
        interval = np.arange(PITCHES) - origin + expert.zero
        nearest = interval.clip(0, expert.window - 1)
        places[index, :, :PITCHES] = nearest
        beyond[index, :, :PITCHES] = BEYOND * abs(interval - nearest)
    places[:, 0, HOLD] = expert.window
    places[:, :, HOLD + 1] = expert.window + 1
    return places, beyond


def _constant_past(rows: int, steps: int) -> Past:
    """A past of zeros [rows, T], to be varied field by field."""
    zero = torch.zeros(rows, steps, dtype=torch.long)
    return Past(*(zero for _ in fields(Past)))


def _varied(base: Past, name: str, steps: int) -> tuple[Past, torch.Tensor]:
    """A past [rows, T · n] in which `name` takes each of its n values at each step; and the steps."""
    values = torch.arange(_VALUES[name])
    rows = base.previous.shape[0]
    spread = Past(*(torch.zeros(rows, steps * len(values), dtype=torch.long) for _ in fields(Past)))
    time = torch.arange(steps).repeat_interleave(len(values))
    return replace(spread, **{name: values.repeat(steps).expand(rows, -1)}), time


def _by_time(values: torch.Tensor, shape: tuple[int, int], steps: int) -> Ints:
    """[V · B, T · n] → [T, V, B, n]."""
    table: Ints = values.reshape(*shape, steps, -1).permute(2, 0, 1, 3).contiguous().numpy()
    return table


def _sigmoid(values: Floats) -> Floats:
    half: Floats = np.tanh(values * np.float32(0.5))
    half *= np.float32(0.5)
    half += np.float32(0.5)
    return half


def _gelu(values: Floats) -> Floats:
    """The exact one, as torch has it by default."""
    result: Floats = torch.nn.functional.gelu(torch.from_numpy(values)).numpy()
    return result


def _log_softmax(values: Floats) -> Floats:
    values = values - values.max(axis=-1, keepdims=True)
    values -= np.log(np.exp(values).sum(axis=-1, keepdims=True))
    return values


def _log_sum(values: Floats) -> Floats:
    """[…, 1] log Σ exp; finite also where all is impossible."""
    highest = values.max(axis=-1, keepdims=True)
    total: Floats = np.log(np.exp(values - highest).sum(axis=-1, keepdims=True)) + highest
    return total
