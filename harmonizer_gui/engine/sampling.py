"""Sampling a voice from the product, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, TOKENS
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import Product, ProductStepper, multiplied
from harmonizer_gui.errors import UserError


class SilentProductError(UserError):
    """Every expert is switched off: the product says nothing."""

    def __init__(self) -> None:
        super().__init__("every expert is muted or at 0, so that the product has nothing to say")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One step of all lines."""

    time: int
    tokens: Tensor
    """[K] what was drawn, or was pinned."""
    log_probs: Tensor
    """[E, K, 90] of each expert."""
    terms: Tensor
    """[E, K, 90]"""


def factors_of(mix: Mix, experts: Sequence[str], device: torch.device) -> Tensor:
    """[E] the factors that count. Raises SilentProductError where all are 0."""
    factors = [mix.effective(name) for name in experts]
    if not any(factors):
        raise SilentProductError
    return torch.tensor(factors, device=device)


def chances(seeds: Sequence[int], steps: int, device: torch.device) -> Tensor:
    """[K, T] a number in [0, 1) for every step of every line; each line has its own seed."""
    rows = [torch.rand(steps, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
    return torch.stack(rows).to(device)


def sample(
    product: Product,
    context: Context,
    *,
    mix: Mix,
    seeds: Sequence[int],
    pinned: NDArray[np.bool_],
    tokens: NDArray[np.int16],
) -> Iterator[Drawn]:
    """Draw K lines, one seed each, along `context` (B = 1, shared by all, or B = K).

    Where `pinned` [T] holds, the lines do what `tokens` [T] say. A pinned note is never prolonged by a HOLD
    after it. The same seed, mix and device give the same line, whatever lines run beside it.
    """
    lines = len(seeds)
    device = context.target.device
    factors = factors_of(mix, product.names, device)
    stepper = ProductStepper(product, context, lines // len(context.target))
    chance = chances(seeds, context.steps, device)
    past = Past.start(lines, device)
    for time in range(context.steps):
        log_probs, terms = stepper.step(time, past)
        if pinned[time]:
            token = torch.full((lines,), int(tokens[time]), device=device)
        else:
            log_product = multiplied(terms, past.sounding, factors)
            if time and pinned[time - 1]:
                log_product[:, HOLD] = IMPOSSIBLE
            token = _draw(log_product, chance[:, time])
        yield Drawn(time, token, log_probs, terms)
        past = past.then(token)


def _draw(log_probs: Tensor, chance: Tensor) -> Tensor:
    """[K] the tokens at which the cumulated probabilities pass `chance` [K] of their sum."""
    cumulated = log_probs.exp().cumsum(dim=-1)
    point = chance[:, None] * cumulated[:, -1:]
    return torch.searchsorted(cumulated, point, right=True)[:, 0].clamp(max=TOKENS - 1)
