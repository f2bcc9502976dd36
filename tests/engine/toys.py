"""Small products and music with known contents, the same in every run."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from harmonizer_gui.engine.alphabet import HOLD, REST
from harmonizer_gui.engine.architecture import Architecture
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.grid import notes_of
from harmonizer_gui.engine.network import NetworkShape
from harmonizer_gui.engine.product import Product
from harmonizer_gui.score import Score, Voice, VoiceName

CPU = torch.device("cpu")
SMALL = Architecture(
    simple=NetworkShape(embedding=8, hidden=8, context=6, dropout=0.2),
    spacing=NetworkShape(embedding=8, hidden=8, context=6, dropout=0.2),
    contour=NetworkShape(embedding=8, hidden=8, dropout=0.2),
    beat=NetworkShape(embedding=8, hidden=8, dropout=0.2),
)


def small_product(scale: float = 5.0) -> Product:
    """An untrained product of width 8 whose weights are formula-filled and large enough to have opinions."""
    product = SMALL.build()
    with torch.no_grad():
        for number, weight in enumerate(product.experts.parameters()):
            ramp = torch.arange(weight.numel(), dtype=torch.float32).view(weight.shape)
            weight.copy_(torch.sin(ramp * 1.7 + number) * scale / max(weight.shape) ** 0.5)
    return product.eval()


def random_tokens(seed: int, batch: int, steps: int) -> Tensor:
    """[B, 4, T] plausible lines: notes of several lengths, some rests, no HOLD after a rest."""
    random = np.random.default_rng(seed)
    tokens = np.full((batch, 4, steps), HOLD)
    for line in tokens.reshape(-1, steps):
        step = 0
        while step < steps:
            length = int(random.integers(1, 7))
            if random.random() < 0.15:
                line[step : step + length] = REST
            else:
                line[step] = random.integers(25, 65)
            step += length
    return torch.from_numpy(tokens)


def random_context(
    seed: int, batch: int = 3, steps: int = 24, *, hidden: float = 0.2
) -> tuple[Tensor, Context]:
    """The target's tokens [B, T] and a context in which some cells are unknown."""
    tokens = random_tokens(seed, batch, steps)
    generator = torch.Generator().manual_seed(seed)
    target = torch.arange(batch) % 4
    known = torch.rand(batch, 4, steps, generator=generator) >= hidden
    known[torch.arange(batch), target] = False
    context = Context.of(
        tokens=tokens,
        known=known,
        fermata=torch.rand(batch, 4, steps, generator=generator) < 0.1,
        position=torch.arange(steps).repeat(batch, 1) % 16,
        metre=torch.ones(batch, steps, dtype=torch.long),
        target=target,
    )
    return tokens[torch.arange(batch), target], context


def chorale(seed: int = 0, bars: int = 4) -> Score:
    """Four voices of quarters in their ranges, in 4/4."""
    random = np.random.default_rng(seed)
    score = Score()
    for voice, centre in zip(VoiceName, (51, 44, 39, 29), strict=True):
        tokens = np.full(16 * bars, HOLD, np.int16)
        tokens[::4] = centre + random.integers(-4, 5, size=4 * bars)
        score = score.with_voice(voice, Voice(notes_of(tokens)))
    return score
