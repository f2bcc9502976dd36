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
from harmonizer_gui.engine.cpu_stepping.walking import Walk
from harmonizer_gui.engine.cpu_stepping.weights import CpuWeights, Floats, weights_of
from harmonizer_gui.engine.experts.base import LearnedExpert, Views
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import Product

_CELLS = 512
"""Cells (rows × steps of an expert) of known lines whose inputs are laid out at once."""


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
        self._walks = [_walk(group, context, lines) for group in self._lookups.groups]
        self._heads = _Heads(seen, self._walks, lines)
        self._first_views = list(accumulate([each.views for each in seen[:-1]], initial=0))
        # [ΣV, B, 1, 1]
        self._shares = np.concatenate([some.weights.numpy() for some in views])[..., None, None]
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
        stride = max(1, min(CHUNK, _CELLS // max(walk.rows for walk in self._walks)))
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
        features = self._heads.features(steps)
        parts = list(zip(self._walks, answers.rows, features, strict=True))
        # There and back: the weights that were used last are still in the cache, all together are too large.
        for walk, rows, reached in reversed(parts) if time % 2 else parts:
            walk.go(time, rows, reached)
        tokens = self._heads.scores(answers).reshape(-1, self._lines, steps, TOKENS)
        tokens *= self._shares
        # The normaliser of each view is the same for all tokens: one at the end is enough.
        scores = np.add.reduceat(tokens, self._first_views, axis=0)
        part = slice(time, time + steps)
        onset = _log_sum(scores[..., :PITCHES])
        whole = np.logaddexp(onset, np.logaddexp(scores[..., HOLD, None], scores[..., REST, None]))
        np.subtract(scores, whole, out=log_probs)
        onset -= whole
        what, when = self._what[:, :, part], self._when[:, :, part]
        np.multiply(log_probs, what, out=terms)
        terms[..., :PITCHES] += (when - what) * onset
        np.multiply(log_probs[..., PITCHES:], when, out=terms[..., PITCHES:])


class _Heads:
    """The last two layers of all networks, for R rows in all: the views of all experts along all lines."""

    def __init__(self, seen: list[Seen], walks: list[Walk], lines: int) -> None:
        self._walks = walks
        self._width = max(len(each.head_bias) for walk in walks for each in walk.weights) + 1
        self._shift = Shift(
            [each.expert for each in seen], [each.views * lines for each in seen], self._width
        )
        self._heads = [torch.stack([each.head_to(self._width) for each in walk.weights]) for walk in walks]
        biases = [each.bias_to(self._width) for walk in walks for each in walk.weights]
        # [R, 1, width]
        self._bias = np.repeat(biases, [each.views * lines for each in seen], axis=0)[:, None]
        self._steps = 0

    def features(self, steps: int) -> list[Floats]:
        """For each walk [R, n, hidden], to be filled before `scores`."""
        if steps != self._steps:
            self._lay_out(steps)
        return self._features

    def _lay_out(self, steps: int) -> None:
        self._steps = steps
        sizes = [walk.rows * steps * walk.hidden for walk in self._walks]
        self._all = np.empty(sum(sizes), np.float32)
        self._erf = torch.empty(sum(sizes))
        parts = np.split(self._all, list(accumulate(sizes))[:-1])
        self._features = [
            part.reshape(walk.rows, steps, walk.hidden) for part, walk in zip(parts, self._walks, strict=True)
        ]
        rows = [walk.rows for walk in self._walks]
        self._scores = np.empty((sum(rows), steps, self._width), np.float32)
        scores = np.split(self._scores, list(accumulate(rows))[:-1])
        self._products = [
            (_batch(feature, len(head)), head, _batch(score, len(head)))
            for head, feature, score in zip(self._heads, self._features, scores, strict=True)
        ]

    def scores(self, answers: Answers) -> Floats:
        """[R, n, 90] of the tokens, not normalised."""
        torch.erf(torch.from_numpy(self._all), out=self._erf)
        activation = self._erf.numpy()
        activation += np.float32(1.0)
        self._all *= activation
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


def _walk(group: list[Seen], context: Context, lines: int) -> Walk:
    weights = [weights_of(seen.expert.network) for seen in group]
    surroundings = [_surroundings(seen, each, context) for seen, each in zip(group, weights, strict=True)]
    return Walk(weights, surroundings, lines)


def _surroundings(seen: Seen, weights: CpuWeights, context: Context) -> Floats:
    """[V, B, T, 5 · hidden] what enters the network of an expert whatever the line does."""
    past = constant_past(seen.views * seen.voices, context.steps)
    fixed = [column for column, name in enumerate(seen.expert.own_fields) if name is None]
    rows = (seen.frame.own_columns(past, slice(None)) + seen.offsets)[..., fixed]
    found = weights.surroundings(seen.expert.network, seen.frame.context_columns, rows)
    return found.reshape(seen.views, seen.voices, context.steps, -1)


def _log_sum(values: Floats) -> Floats:
    """[…, 1] log Σ exp; finite also where all is impossible."""
    highest = np.maximum.reduce(values, axis=-1, keepdims=True)
    total: Floats = np.log(np.add.reduce(np.exp(values - highest), axis=-1, keepdims=True))
    total += highest
    return total
