"""The product on the CPU: the distributions of all experts, step by step or along known lines."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST, TOKENS
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.cpu_stepping.lookups import CHUNK, Answers, LookUps, Seen, constant_past
from harmonizer_gui.engine.cpu_stepping.places import Shift
from harmonizer_gui.engine.cpu_stepping.state import LineState
from harmonizer_gui.engine.cpu_stepping.walking import Group, Walk
from harmonizer_gui.engine.cpu_stepping.weights import CpuWeights, Floats, weights_of
from harmonizer_gui.engine.experts.base import LearnedExpert, Views
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import Product

_CELLS = 512
"""Cells (rows × steps of an expert) of known lines whose inputs are laid out at once."""
_ONE = np.float32(1.0)


class CpuStepper:
    """`lines` lines along each of the B voices of `context` (K = B · lines), as `ProductStepper` does it."""

    def __init__(self, product: Product, context: Context, lines: int) -> None:
        if lines > 1 and len(context.target) > 1:
            context, lines = context.spread(lines), 1
        lines *= len(context.target)
        self._steps, self._lines = context.steps, lines
        views = [expert.views(context).used() for expert in product.members]
        seen = [_seen(expert, context, some) for expert, some in zip(product.members, views, strict=True)]
        self._lookups = LookUps(seen, lines, context.steps)
        self._groups = [_group(some, context, lines) for some in self._lookups.groups]
        self._walk = Walk(self._groups)
        self._heads = _Heads(seen, self._groups, lines)
        self._shares = _shares(views)
        values = product.exponents.values[:, :, context.target[:, None], context.others_known]
        # [E, B, T, 1]
        self._what, self._when = (each[..., None].detach().numpy() for each in values)

    def step(self, time: int, state: LineState, log_probs: Floats, terms: Floats) -> None:
        """Write the log p_e [E, K, 90] and terms [E, K, 90] at the step `time`.

        The steps are to be taken one after the other from 0 on.
        """
        self._step(time, self._lookups.at(time, state), log_probs[:, :, None], terms[:, :, None])

    def along(self, tokens: NDArray[np.int16]) -> tuple[Floats, Floats]:
        """The log p_e [E, K, T, 90] and terms [E, K, T, 90] along whole lines `tokens` [K, T]."""
        past = Past.of(torch.from_numpy(tokens.astype(np.int64)))
        stride = max(1, min(CHUNK, _CELLS // max(group.rows for group in self._groups)))
        stretches = [
            range(start, min(start + stride, end))
            for chunk in range(0, self._steps, CHUNK)
            for end in [min(chunk + CHUNK, self._steps)]
            for start in range(chunk, end, stride)
        ]
        log_probs, terms = np.empty((2, len(self._what), self._lines, self._steps, TOKENS), np.float32)
        for times in stretches:
            part = slice(times.start, times.stop)
            answers = self._lookups.along(times, past)
            self._step(times.start, answers, log_probs[:, :, part], terms[:, :, part])
        return log_probs, terms

    def _step(self, time: int, answers: Answers, log_probs: Floats, terms: Floats) -> None:
        """The n steps from `time` on, [E, K, n, 90] both."""
        steps = log_probs.shape[2]
        self._walk.go(time, answers.rows, self._heads.features(steps))
        tokens = self._heads.scores(answers)
        # The normaliser of each view is the same for all tokens: one at the end is enough.
        scores = self._averaged(tokens).reshape(len(self._what), self._lines, steps, TOKENS)
        part = slice(time, time + steps)
        onset = _log_sum(scores[..., :PITCHES])
        whole = np.logaddexp(onset, np.logaddexp(scores[..., HOLD, None], scores[..., REST, None]))
        np.subtract(scores, whole, out=log_probs)
        onset -= whole
        what, when = self._what[:, :, part], self._when[:, :, part]
        np.multiply(log_probs, what, out=terms)
        terms[..., :PITCHES] += (when - what) * onset
        np.multiply(log_probs[..., PITCHES:], when, out=terms[..., PITCHES:])

    def _averaged(self, tokens: Floats) -> Floats:
        """The tokens [ΣV · K, n, 90] of all views, averaged over those of each expert."""
        voices, _, views = self._shares.shape
        apart = torch.from_numpy(tokens.reshape(views, voices, -1))
        averaged: Floats = torch.bmm(self._shares, apart.transpose(0, 1)).transpose(0, 1).numpy()
        return averaged


class _Heads:
    """The last two layers of all networks, for R rows in all: the views of all experts along all lines."""

    def __init__(self, seen: list[Seen], groups: list[Group], lines: int) -> None:
        self._groups = groups
        self._width = max(len(each.head_bias) for group in groups for each in group.weights) + 1
        self._shift = Shift(
            [each.expert for each in seen], [each.views * lines for each in seen], self._width
        )
        self._heads = [torch.stack([each.head_to(self._width) for each in group.weights]) for group in groups]
        biases = [each.bias_to(self._width) for group in groups for each in group.weights]
        # [R, 1, width]
        self._bias = np.repeat(biases, [each.views * lines for each in seen], axis=0)[:, None]
        self._steps = 0

    def features(self, steps: int) -> list[Floats]:
        """For each group [R, n, hidden], to be filled before `scores`."""
        if steps != self._steps:
            self._lay_out(steps)
        return self._features

    def _lay_out(self, steps: int) -> None:
        self._steps = steps
        sizes = [group.cells * steps for group in self._groups]
        self._all = np.empty(sum(sizes), np.float32)
        self._squashed = np.empty(sum(sizes), np.float32)
        self._erf = (torch.from_numpy(self._all), torch.from_numpy(self._squashed))
        parts = np.split(self._all, list(accumulate(sizes))[:-1])
        self._features = [
            part.reshape(group.rows, steps, group.hidden)
            for part, group in zip(parts, self._groups, strict=True)
        ]
        rows = [group.rows for group in self._groups]
        self._scores = np.empty((sum(rows), steps, self._width), np.float32)
        scores = np.split(self._scores, list(accumulate(rows))[:-1])
        self._products = [
            (_batch(feature, len(head)), head, _batch(score, len(head)))
            for head, feature, score in zip(self._heads, self._features, scores, strict=True)
        ]

    def scores(self, answers: Answers) -> Floats:
        """[R, n, 90] of the tokens, not normalised."""
        given, squashed = self._erf
        torch.erf(given, out=squashed)
        self._squashed += _ONE
        self._all *= self._squashed
        for features, head, scores in self._products:
            torch.bmm(features, head, out=scores)
        self._scores += self._bias
        return self._shift(self._scores, answers.origins, answers.silent)


def _batch(values: Floats, count: int) -> Tensor:
    """[R, n, …] as a batch of `count` matrices in the same memory."""
    return torch.from_numpy(values).view(count, -1, values.shape[-1])


def _seen(expert: LearnedExpert, context: Context, views: Views) -> Seen:
    count, voices = views.values.shape
    frame = expert.frame(context.repeated(count), views.values.flatten())
    return Seen(expert, frame, weights_of(expert.network).offsets, count, voices)


def _group(some: list[Seen], context: Context, lines: int) -> Group:
    weights = [weights_of(seen.expert.network) for seen in some]
    tables = [_table(seen, each, context) for seen, each in zip(some, weights, strict=True)]
    return Group(weights, tables, len(some) * some[0].views * lines)


def _table(seen: Seen, weights: CpuWeights, context: Context) -> Floats:
    """[ΣC + V · B · T, 5 · hidden] all that can enter the network of an expert."""
    past = constant_past(seen.views * seen.voices, context.steps)
    fixed = [column for column, name in enumerate(seen.expert.own_fields) if name is None]
    rows = (seen.frame.own_columns(past, slice(None)) + seen.offsets)[..., fixed]
    return weights.surroundings(seen.expert.network, seen.frame.context_columns, rows)


def _shares(views: list[Views]) -> Tensor:
    """[B, E, ΣV] how the views of each expert share in its average."""
    expert = torch.arange(len(views))
    of_view = expert.repeat_interleave(torch.tensor([len(some.values) for some in views]))
    return (of_view == expert[:, None]) * torch.cat([some.weights for some in views]).T[:, None]


def _log_sum(values: Floats) -> Floats:
    """[…, 1] log Σ exp; finite also where all is impossible."""
    highest = np.maximum.reduce(values, axis=-1, keepdims=True)
    total: Floats = np.log(np.add.reduce(np.exp(values - highest), axis=-1, keepdims=True))
    total += highest
    return total
