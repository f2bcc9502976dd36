"""What the model shows on a split: likelihood and accuracy of the product, its experts, and without each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import Product, multiplied
from harmonizer_gui.training.pieces import Piece, batch_of


def mean_nats(product: Product, pieces: Sequence[Piece]) -> float:
    """Mean nats per step of a voice given the other three and its own past, over all four voices."""
    total, steps = 0.0, 0
    product.eval()
    with torch.inference_mode():
        for group in by_length(pieces, 8):
            batch = batch_of([piece.grid for piece in group])
            _, terms = product(batch.tokens, batch.context)
            log_product = multiplied(terms, Past.of(batch.tokens).sounding)
            nats = -log_product.gather(-1, batch.tokens[..., None])[..., 0]
            total += float((nats * batch.counted).sum())
            steps += int(batch.counted.sum())
    return total / steps


def by_length(pieces: Sequence[Piece], size: int) -> Iterator[list[Piece]]:
    """Groups of at most `size` pieces of like length, so that padding costs little."""
    ordered = sorted(pieces, key=lambda piece: piece.grid.steps)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
