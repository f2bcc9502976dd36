"""Sampling a voice from the product, step by step; and judging lines that are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, TOKENS
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.cpu_stepping import CpuStepper, LineState
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.past import NO_PITCH, Past
from harmonizer_gui.engine.product import Product, ProductStepper
from harmonizer_gui.engine.rules.base import RuleJudge, judged
from harmonizer_gui.errors import UserError

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


class SilentProductError(UserError):
    """Every expert is switched off: the product says nothing."""

    def __init__(self) -> None:
        super().__init__("every expert is muted or at 0, so that the product has nothing to say")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One step of all lines."""

    time: int
    tokens: Ints
    """[K] what was drawn, or was pinned."""
    log_probs: Floats
    """[E, K, 90] of each expert."""
    terms: Floats
    """[E, K, 90]"""


@dataclass(frozen=True, slots=True)
class Rules:
    """The untrained experts, ready for one voice."""

    names: tuple[str, ...] = ()
    judges: tuple[RuleJudge, ...] = ()


NO_RULES = Rules()


def factors_of(mix: Mix, experts: Sequence[str]) -> Floats:
    """[E] the factors that count. Raises SilentProductError where all are 0."""
    factors = [mix.effective(name) for name in experts]
    if not any(factors):
        raise SilentProductError
    return np.array(factors, np.float32)


def chances(seeds: Sequence[int], steps: int) -> NDArray[np.float64]:
    """[K, T] a number in [0, 1) for every step of every line; each line has its own seed."""
    drawn = [torch.rand(steps, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
    return torch.stack(drawn).double().numpy()


def along(product: Product, context: Context, tokens: NDArray[np.int16]) -> tuple[Floats, Floats]:
    """The log p_e and terms [E, L, T, 90] along known lines [L, T]: in one context, or each in its own."""
    if context.target.device.type == "cpu":
        return CpuStepper(product, context, len(tokens) // len(context.target)).along(tokens)
    lines = torch.from_numpy(tokens.astype(np.int64)).to(context.target.device)
    log_probs, terms = product(lines, context.spread(len(tokens) // len(context.target)))
    return log_probs.cpu().numpy(), terms.cpu().numpy()


def sample(
    product: Product,
    context: Context,
    *,
    mix: Mix,
    seeds: Sequence[int],
    pinned: NDArray[np.bool_],
    tokens: NDArray[np.int16],
    rules: Rules = NO_RULES,
) -> Iterator[Drawn]:
    """Draw K lines, one seed each, along `context` (B = 1, shared by all, or B = K).

    The experts are those of the product, then those of `rules`, whose exponents are 1. Where `pinned` [T]
    holds, the lines do what `tokens` [T] say. A pinned note is never prolonged by a HOLD after it. The same
    seed, mix and device give the same line, whatever lines run beside it.
    """
    lines = len(seeds)
    factors = factors_of(mix, (*product.names, *rules.names))[:, None, None]
    chance = chances(seeds, context.steps)
    walk = _walk(product, context, lines // len(context.target))
    state = LineState.start(lines)
    row = np.arange(lines) if len(context.target) > 1 else np.zeros(lines, np.intp)
    learned = len(product.names)
    for time in range(context.steps):
        log_probs, terms = np.empty((2, len(factors), lines, TOKENS), np.float32)
        walk.step(time, state, log_probs[:learned], terms[:learned])
        if rules.judges:
            log_probs[learned:] = judged(rules.judges, np.full(lines, time), row, state)
            terms[learned:] = log_probs[learned:]
        if pinned[time]:
            token = np.full(lines, tokens[time], np.intp)
        else:
            log_product = np.add.reduce(terms * factors, axis=0)
            log_product[state.sounding == NO_PITCH, HOLD] = IMPOSSIBLE
            if time and pinned[time - 1]:
                log_product[:, HOLD] = IMPOSSIBLE
            token = _draw(log_product, chance[:, time])
        state.advance(token)
        walk.accept(token)
        yield Drawn(time, token, log_probs, terms)


class _Walk(Protocol):
    """K lines on their way through a context."""

    def step(self, time: int, state: LineState, log_probs: Floats, terms: Floats) -> None:
        """Write the log p_e and terms [E, K, 90] of the coming step; `state` is the past of the lines."""
        ...

    def accept(self, token: Ints) -> None:
        """Go on by `token` [K]."""
        ...


def _walk(product: Product, context: Context, lines: int) -> _Walk:
    if context.target.device.type == "cpu":
        return _CpuWalk(product, context, lines)
    return _DeviceWalk(product, context, lines)


class _CpuWalk:
    """In numpy; `state` says all there is to know."""

    def __init__(self, product: Product, context: Context, lines: int) -> None:
        self._stepper = CpuStepper(product, context, lines)

    def step(self, time: int, state: LineState, log_probs: Floats, terms: Floats) -> None:
        self._stepper.step(time, state, log_probs, terms)

    def accept(self, token: Ints) -> None:
        pass


class _DeviceWalk:
    """In torch, its past kept on the device."""

    def __init__(self, product: Product, context: Context, lines: int) -> None:
        self._stepper = ProductStepper(product, context, lines)
        self._past = Past.start(lines * len(context.target), context.target.device)

    def step(self, time: int, state: LineState, log_probs: Floats, terms: Floats) -> None:  # noqa: ARG002
        own, mixed = self._stepper.step(time, self._past)
        log_probs[:], terms[:] = own.cpu().numpy(), mixed.cpu().numpy()

    def accept(self, token: Ints) -> None:
        self._past = self._past.then(torch.from_numpy(token).to(self._past.previous.device))


def _draw(log_product: Floats, chance: NDArray[np.float64]) -> Ints:
    """[K] the tokens at which the cumulated probabilities pass `chance` [K] of their sum."""
    exact = np.subtract(log_product, np.maximum.reduce(log_product, axis=1, keepdims=True), dtype=np.float64)
    cumulated = np.add.accumulate(np.exp(exact, out=exact), axis=1)
    passed: Ints = np.add.reduce(cumulated <= chance[:, None] * cumulated[:, -1:], axis=1)
    return np.minimum(passed, TOKENS - 1)
