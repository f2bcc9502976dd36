"""Fitting the exponents once more at the end of training, with every network as it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import Product, multiplied
from harmonizer_gui.training.evaluation import Tally, by_length, in_order, tally
from harmonizer_gui.training.pieces import Batch, Piece, batch_of, with_hidden_voices

ITERATIONS = 40
VOICES_KNOWN = (3, 2, 1, 0)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the experts say about a batch; their networks do not change any more."""

    batch: Batch
    log_probs: Tensor
    """[E, B, T, 90]"""


def refit_exponents(product: Product, pieces: Sequence[Piece], *, seed: int = 0) -> float:
    """Fit the exponents, and nothing else, to pieces that the networks have not learned from.

    In training every expert looks through one view and with dropout, and its exponent is learned so; in use
    its views are averaged. The sum of the likelihoods with three, two, one and no other voice known is made
    largest (L-BFGS). Returns the nats per step with three known.
    """
    product.eval()
    judged = {known: list(_judged(product, pieces, known, seed)) for known in VOICES_KNOWN}
    # A monolith's are fixed in training, where one network has nothing to be weighed against.
    raw = product.exponents.raw
    raw.requires_grad = True
    optimiser = torch.optim.LBFGS([raw], max_iter=ITERATIONS, line_search_fn="strong_wolfe")

    def loss() -> float:
        optimiser.zero_grad()
        total = 0.0
        for batches in judged.values():
            steps = sum(int(each.batch.counted.sum()) for each in batches)
            for each in batches:
                part = _nats(product, each) / steps
                part.backward()  # type: ignore[no-untyped-call]
                total += float(part.detach())
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    with torch.inference_mode():
        steps = sum(int(each.batch.counted.sum()) for each in judged[3])
        return float(sum(_nats(product, each) for each in judged[3])) / steps


def two_fold(product: Product, pieces: Sequence[Piece]) -> Tally:
    """The tally of the product with its exponents fitted to one half of the pieces and judged on the other.

    Every second piece (`in_order`) makes a half; the tally stands in that order. The exponents are left as
    they were.
    """
    ordered = in_order(pieces)
    halves = ordered[::2], ordered[1::2]
    before = product.exponents.raw.detach().clone()
    needed = product.exponents.raw.requires_grad
    tallies = []
    for judged, fitted in (halves, halves[::-1]):
        refit_exponents(product, fitted)
        tallies.append(tally(product, judged))
        with torch.no_grad():
            product.exponents.raw.copy_(before)
    product.exponents.raw.requires_grad = needed
    places = np.arange(len(ordered))
    order = np.argsort(np.concatenate([places[::2], places[1::2]]))
    return Tally.joined(tallies).of_chorales(order)


def _judged(product: Product, pieces: Sequence[Piece], known: int, seed: int) -> Iterator[_Judged]:
    """Every piece with all but `known` of the other voices hidden, which ones drawn at random."""
    random = np.random.default_rng(seed + known)
    device = product.exponents.raw.device
    for group in by_length(pieces, 8):
        batch = batch_of([piece.grid for piece in group])
        if known < 3:
            batch = with_hidden_voices(batch, 3 - known, random)
        batch = batch.to(device)
        with torch.no_grad():
            log_probs, _ = product(batch.tokens, batch.context)
        yield _Judged(batch, log_probs)


def _nats(product: Product, judged: _Judged) -> Tensor:
    """The sum over the counted cells of −log p."""
    batch = judged.batch
    target = batch.context.target[:, None].expand_as(batch.context.position)
    terms = product.exponents(judged.log_probs, target, batch.context.others_known)
    log_product = multiplied(terms, Past.of(batch.tokens).sounding)
    chosen = log_product.gather(-1, batch.tokens[..., None])[..., 0]
    return -(chosen * batch.counted).sum()
