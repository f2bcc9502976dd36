"""The product on the CPU: the distributions of all experts, step by step or along known lines."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import PITCHES, TOKENS
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.cpu_stepping.lookups import CHUNK, Answers, LookUps, Seen, constant_past
from harmonizer_gui.engine.cpu_stepping.places import Shift
from harmonizer_gui.engine.cpu_stepping.state import LineState
from harmonizer_gui.engine.cpu_stepping.walking import Walk
from harmonizer_gui.engine.cpu_stepping.weights import Floats, weights_of
from harmonizer_gui.engine.experts.base import LearnedExpert
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
        weighed = [_seen(expert, context) for expert in product.members]
        seen = [each for each, _ in weighed]
        self._walks = [_walk(each, context, lines) for each in seen]
        self._lookups = LookUps(seen, lines, context.steps)
        self._heads = _Heads(product.members, self._walks)
        views = [each.views for each in seen]
        self._first_views = list(accumulate(views[:-1], initial=0))
        # [ΣV, B, 1, 1]
        self._shares = np.concatenate([shares for _, shares in weighed])[..., None, None]
        values = product.exponents.values[:, :, context.target[:, None], context.others_known]
        # [E, B, T, 1]
        self._what, self._when = (each[..., None].detach().numpy() for each in values)

    def step(self, time: int, state: LineState) -> tuple[Floats, Floats]:
        """The log p_e [E, K, 90] and terms [E, K, 90] at the step `time`; fresh arrays.

        The steps are to be taken one after the other from 0 on.
        """
        log_probs, terms = self._step(time, self._lookups.at(time, state), 1)
        return log_probs[:, :, 0], terms[:, :, 0]

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
        found = [self._step(times.start, self._lookups.along(times, past), len(times)) for times in stretches]
        log_probs, terms = (np.concatenate(parts, axis=2) for parts in zip(*found, strict=True))
        return log_probs, terms

    def _step(self, time: int, answers: Answers, steps: int) -> tuple[Floats, Floats]:
        """The same for n steps, [E, K, n, 90] both."""
        features = self._heads.features(steps)
        for walk, rows, reached in zip(self._walks, answers.rows, features, strict=True):
            walk.go(time, rows, reached)
        tokens = self._heads.scores(answers)
        apart = tokens.reshape(-1, self._lines, steps, TOKENS)
        apart *= self._shares
        # The normaliser of each view is the same for all tokens: one at the end is enough.
        scores = np.add.reduceat(apart, self._first_views, axis=0)
        part = slice(time, time + steps)
        return _log_probs_and_terms(scores, self._what[:, :, part], self._when[:, :, part])


class _Heads:
    """The last two layers of all networks, for R rows in all: the views of all experts along all lines."""

    def __init__(self, experts: list[LearnedExpert], walks: list[Walk]) -> None:
        self._walks = walks
        self._width = max(len(walk.weights.head_bias) for walk in walks) + 1
        self._shift = Shift(experts, [walk.rows for walk in walks], self._width)
        self._layers = [walk.weights.head_to(self._width) for walk in walks]
        self._steps = 0

    def features(self, steps: int) -> list[Floats]:
        """For each expert [V · K, n, hidden], to be filled before `scores`."""
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
            (bias, torch.from_numpy(feature).flatten(0, 1), head, torch.from_numpy(score).flatten(0, 1))
            for (head, bias), feature, score in zip(self._layers, self._features, scores, strict=True)
        ]

    def scores(self, answers: Answers) -> Floats:
        """[R, n, 90] of the tokens, not normalised."""
        torch.erf(torch.from_numpy(self._all), out=self._erf)
        activation = self._erf.numpy()
        activation += np.float32(1.0)
        self._all *= activation
        for bias, features, head, scores in self._products:
            torch.addmm(bias, features, head, out=scores)
        return self._shift(self._scores, answers.origins, answers.silent)


def _seen(expert: LearnedExpert, context: Context) -> tuple[Seen, Floats]:
    """The expert before the context, and how its views share in the average, [V, B]."""
    views = expert.views(context).used()
    count, voices = views.values.shape
    frame = expert.frame(context.repeated(count), views.values.flatten())
    seen = Seen(expert, frame, weights_of(expert.network).offsets, count, voices)
    return seen, views.weights.numpy()


def _walk(seen: Seen, context: Context, lines: int) -> Walk:
    weights, network = weights_of(seen.expert.network), seen.expert.network
    past = constant_past(seen.views * seen.voices, context.steps)
    fixed = [column for column, name in enumerate(seen.expert.own_fields) if name is None]
    rows = (seen.frame.own_columns(past, slice(None)) + seen.offsets)[..., fixed]
    entering = weights.surroundings(network, seen.frame.context_columns, rows)
    return Walk(weights, entering.reshape(seen.views, seen.voices, context.steps, -1), lines)


def _log_probs_and_terms(scores: Floats, what: Floats, when: Floats) -> tuple[Floats, Floats]:
    """From scores […, 90] that are not normalised, and the exponents […, 1]."""
    onset = _log_sum(scores[..., :PITCHES])
    whole = np.logaddexp(onset, _log_sum(scores[..., PITCHES:]))
    log_probs = scores - whole
    onset -= whole
    terms = log_probs * what
    terms[..., :PITCHES] += (when - what) * onset
    np.multiply(log_probs[..., PITCHES:], when, out=terms[..., PITCHES:])
    return log_probs, terms


def _log_sum(values: Floats) -> Floats:
    """[…, 1] log Σ exp; finite also where all is impossible."""
    highest = np.maximum.reduce(values, axis=-1, keepdims=True)
    total: Floats = np.log(np.add.reduce(np.exp(values - highest), axis=-1, keepdims=True))
    total += highest
    return total
