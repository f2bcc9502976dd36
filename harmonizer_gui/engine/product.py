"""The product of experts: each distribution raised to its exponent, multiplied, renormalised.

p(x) ∝ Π_e p_e(x)^w_e (Hinton, “Training products of experts by minimizing contrastive divergence”, 2002;
here over 90 tokens, so that the normaliser is exact).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.experts.base import ExpertStepper, LearnedExpert
from harmonizer_gui.engine.past import NO_PITCH, Past

START_EXPONENTS = {"simple": 1.0, "spacing": 0.6, "contour": 0.15, "beat": 0.15}


LEAST_EXPONENT = 0.05
"""No expert is left out altogether: a factor on nothing would be a slider without effect."""


class Exponents(nn.Module):
    """The learned exponents: per expert, voice and number of other voices known, for *what* and *when*.

    *What* is the pitch given that a note is struck, *when* is the choice of onset, HOLD or REST.
    """

    def __init__(self, experts: Sequence[str]) -> None:
        super().__init__()
        start = torch.tensor([START_EXPONENTS.get(name, 0.3) for name in experts])
        raw = torch.log(torch.expm1(start))[None, :, None, None].expand(2, -1, 4, 4)
        self.raw = nn.Parameter(raw.clone())

    @property
    def values(self) -> Tensor:
        """[2, E, 4, 4]: what or when × expert × voice × number of other voices known."""
        return functional.softplus(self.raw).clamp(min=LEAST_EXPONENT)

    def forward(self, log_probs: Tensor, target: Tensor, others_known: Tensor) -> Tensor:
        """The terms [E, …, 90] that add up to the log product, from log_probs [E, …, 90].

        `target` and `others_known` […] choose the exponents.
        """
        what, when = self.values[:, :, target, others_known].unsqueeze(-1)
        onset = log_probs[..., :PITCHES].logsumexp(dim=-1, keepdim=True)
        struck = what * (log_probs[..., :PITCHES] - onset) + when * onset
        return torch.cat([struck, when * log_probs[..., PITCHES:]], dim=-1)


class Product(nn.Module):
    """Experts and exponents, trained together on the exact likelihood."""

    def __init__(self, experts: Sequence[LearnedExpert]) -> None:
        super().__init__()
        self.experts = nn.ModuleList(experts)
        self.exponents = Exponents([expert.name for expert in experts])

    @property
    def members(self) -> list[LearnedExpert]:
        return [expert for expert in self.experts if isinstance(expert, LearnedExpert)]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(expert.name for expert in self.members)

    def set_noise(self, deviation: float) -> None:
        """Blur what every expert is shown (`ExpertNetwork.noise`)."""
        for expert in self.members:
            expert.network.noise = deviation

    def forward(self, tokens: Tensor, context: Context) -> tuple[Tensor, Tensor]:
        """Teacher-forced over whole lines `tokens` [B, T].

        Returns log p_e [E, B, T, 90] of every expert and their terms [E, B, T, 90] in the product.
        """
        past = Past.of(tokens)
        log_probs = torch.stack([expert(past, context) for expert in self.members])
        terms = self.exponents(
            log_probs, context.target[:, None].expand_as(context.position), context.others_known
        )
        return log_probs, terms

    def log_probs(self, tokens: Tensor, context: Context) -> Tensor:
        """[B, T, 90] of the product with all factors at 1, teacher-forced."""
        _, terms = self(tokens, context)
        return multiplied(terms, Past.of(tokens).sounding)


class ProductStepper:
    """The product one step at a time: `lines` lines along each of B voices, K = B · lines."""

    def __init__(self, product: Product, context: Context, lines: int) -> None:
        self._steppers = [ExpertStepper(expert, context, lines) for expert in product.members]
        self._exponents = product.exponents
        self._target = context.target.repeat_interleave(lines)
        self._known = context.others_known.repeat_interleave(lines, dim=0)

    def step(self, time: int, past: Past) -> tuple[Tensor, Tensor]:
        """The log p_e [E, K, 90] and terms [E, K, 90] at the step `time` given the past [K]."""
        log_probs = torch.stack([stepper.step(time, past) for stepper in self._steppers])
        return log_probs, self._exponents(log_probs, self._target, self._known[:, time])


def multiplied(terms: Tensor, sounding: Tensor, factors: Tensor | None = None) -> Tensor:
    """The normalised log product […, 90] of terms [E, …, 90], each times its factor [E].

    `sounding` […]: where nothing sounds, nothing can be held, whatever the factors.
    """
    mixed = terms.sum(dim=0) if factors is None else torch.tensordot(factors, terms, dims=([0], [0]))
    hold = mixed[..., HOLD].masked_fill(sounding == NO_PITCH, IMPOSSIBLE)
    return torch.cat([mixed[..., :HOLD], hold[..., None], mixed[..., HOLD + 1 :]], dim=-1).log_softmax(dim=-1)
