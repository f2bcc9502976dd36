"""What the model shows on a split: likelihood and accuracy of the product, its experts, and without each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import reduce
from itertools import groupby
from operator import add
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST, TOKENS
from harmonizer_gui.engine.past import NO_PITCH, Past
from harmonizer_gui.engine.product import Product, multiplied
from harmonizer_gui.score import VoiceName
from harmonizer_gui.training.pieces import ALL_OTHERS, Batch, Given, Piece, batch_of

BOOTSTRAPS = 2000
STEPS_PER_EIGHTH = 2
GIVEN_ONE: Sequence[Given] = [[[(target + other) % 4] for target in range(4)] for other in (1, 2, 3)]
"""Each voice given one other voice, in three goes."""
GIVEN_NONE: Sequence[Given] = [[[]] * 4]


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums over the cells of each chorale and voice, [chorales, 4] each."""

    steps: NDArray[np.float64]
    onsets: NDArray[np.float64]
    nats: NDArray[np.float64]
    entropy: NDArray[np.float64]
    """What the nats would be if the distributions were right."""
    cells_right: NDArray[np.float64]
    onsets_right: NDArray[np.float64]
    eighths: NDArray[np.float64]
    """Steps at which an eighth begins, counted from the bar line."""
    eighth_onsets: NDArray[np.float64]
    eighths_right: NDArray[np.float64]
    eighth_onsets_right: NDArray[np.float64]

    @staticmethod
    def joined(tallies: Sequence[Tally]) -> Tally:
        return Tally(
            *(np.concatenate([getattr(tally, field.name) for tally in tallies]) for field in fields(Tally))
        )

    def of_chorales(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Tally:
        """The same for some of the chorales, or in another order."""
        return Tally(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def __add__(self, other: Tally) -> Tally:
        """The cells of both, chorale by chorale."""
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    def figures(self) -> dict[str, Any]:
        """The row of the card: nats per step and note, accuracies, a 95 % interval over chorales.

        `eighths` has the same on the grid of eighths: the nats of both steps of an eighth together (all nats
        over the number of eighths), whether what sounds as an eighth begins was the likeliest, and whether
        what is struck there was. The past is the true one, sixteenths and all.
        """
        return {
            **_ratios(self, slice(None)),
            "ci95": self.interval(),
            "entropy_per_step": float(self.entropy.sum() / self.steps.sum()),
            "eighths": _eighths(self),
            "voices": {voice.label: _ratios(self, voice) for voice in VoiceName},
        }

    def interval(self) -> list[float] | None:
        """95 % interval of nats per step, chorales drawn with replacement; None where it is infinite."""
        nats, steps = self.nats.sum(axis=1), self.steps.sum(axis=1)
        if not np.isfinite(nats).all():
            return None
        drawn = np.random.default_rng(0).integers(len(nats), size=(BOOTSTRAPS, len(nats)))
        means = nats[drawn].sum(axis=1) / steps[drawn].sum(axis=1)
        return [float(bound) for bound in np.quantile(means, (0.025, 0.975))]


def evaluate(
    product: Product, pieces: Sequence[Piece], train: Sequence[Piece], *, factors: Tensor | None = None
) -> dict[str, Tally]:
    """One tally for each row: the product, each expert alone, the product without each, two baselines.

    A voice is judged given the other three and its own past. `train` gives the unigram baseline its counts.
    `factors` [E] multiply the exponents of the product.
    The chorales of all tallies stand in the order of `in_order`.
    """
    product.eval()
    device = next(product.parameters()).device
    unigram = _unigram(train).to(device)
    tallies: dict[str, list[Tally]] = {}
    with torch.inference_mode():
        for group in by_length(pieces, 8):
            batch = batch_of([piece.grid for piece in group])
            for name, log_probs in _rows(product, batch.to(device), unigram, factors):
                tallies.setdefault(name, []).append(_tally(log_probs.cpu(), batch))
    return {name: Tally.joined(parts) for name, parts in tallies.items()}


def tally(
    product: Product,
    pieces: Sequence[Piece],
    givens: Sequence[Given] = (ALL_OTHERS,),
    *,
    factors: Tensor | None = None,
) -> Tally:
    """The product's tally: every voice given its own past and, in turn, the voices of each of `givens`."""
    product.eval()
    device = next(product.parameters()).device
    wholes = []
    with torch.inference_mode():
        for given in givens:
            parts = []
            for group in by_length(pieces, 8):
                batch = batch_of([piece.grid for piece in group], given=given)
                there = batch.to(device)
                _, terms = product(there.tokens, there.context)
                log_probs = multiplied(terms, Past.of(there.tokens).sounding, factors)
                parts.append(_tally(log_probs.cpu(), batch))
            wholes.append(Tally.joined(parts))
    return reduce(add, wholes)


def mean_nats(product: Product, pieces: Sequence[Piece]) -> float:
    """Mean nats per step of a voice given the other three and its own past, over all four voices."""
    total, steps = 0.0, 0
    product.eval()
    device = next(product.parameters()).device
    with torch.inference_mode():
        for group in by_length(pieces, 8):
            batch = batch_of([piece.grid for piece in group]).to(device)
            nats = -product.log_probs(batch.tokens, batch.context).gather(-1, batch.tokens[..., None])[..., 0]
            total += float((nats * batch.counted).sum())
            steps += int(batch.counted.sum())
    return total / steps


def by_length(pieces: Sequence[Piece], size: int) -> Iterator[list[Piece]]:
    """Groups of at most `size` pieces of one length: padding would be read as part of the context."""

    def length(piece: Piece) -> int:
        return piece.grid.steps

    for _, group in groupby(sorted(pieces, key=length), key=length):
        alike = list(group)
        yield from (alike[start : start + size] for start in range(0, len(alike), size))


def in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces as the rows of a tally stand."""
    return [piece for group in by_length(pieces, 8) for piece in group]


def _rows(
    product: Product, batch: Batch, unigram: Tensor, factors: Tensor | None
) -> Iterator[tuple[str, Tensor]]:
    """Name and log-probabilities [B, T, 90] of every row."""
    sounding = Past.of(batch.tokens).sounding
    log_probs, terms = product(batch.tokens, batch.context)
    names = _apart(product.names)
    yield "product", multiplied(terms, sounding, factors)
    for index, name in enumerate(names):
        yield f"expert:{name}", log_probs[index]
    for index, name in enumerate(names if len(names) > 1 else ()):
        others = [other for other in range(len(names)) if other != index]
        share = None if factors is None else factors[others]
        yield f"without:{name}", multiplied(terms[others], sounding, share)
    yield "baseline:unigram", unigram[batch.context.target][:, None].expand(-1, batch.tokens.shape[1], -1)
    yield "baseline:repeat", _repeat(sounding)


def _apart(names: Sequence[str]) -> list[str]:
    """The names of the experts; the second of a name is told from the first by a number."""
    counts = [names[: index + 1].count(name) for index, name in enumerate(names)]
    return [name if count == 1 else f"{name} {count}" for name, count in zip(names, counts, strict=True)]


def _repeat(sounding: Tensor) -> Tensor:
    """All probability on holding what sounds (silence stays silent)."""
    certain = torch.full((*sounding.shape, TOKENS), -torch.inf)
    silent = sounding == NO_PITCH
    certain[..., HOLD] = torch.where(silent, -torch.inf, 0.0)
    certain[..., REST] = torch.where(silent, 0.0, -torch.inf)
    return certain


def _unigram(pieces: Sequence[Piece]) -> Tensor:
    """[4, 90] log share of each token in each voice of the training pieces, one count added to each."""
    counts = np.ones((4, TOKENS))
    for piece in pieces:
        for voice in range(4):
            counts[voice] += np.bincount(piece.grid.tokens[voice], minlength=TOKENS)
    return torch.from_numpy(np.log(counts / counts.sum(axis=1, keepdims=True))).float()


def _tally(log_probs: Tensor, batch: Batch) -> Tally:
    counted = batch.counted.double()
    sounding = Past.of(batch.tokens).sounding
    nats = -log_probs.gather(-1, batch.tokens[..., None])[..., 0].double()
    truth = torch.where(batch.tokens == HOLD, sounding, batch.tokens)
    right = (_likeliest(log_probs, sounding) == torch.where(truth == REST, NO_PITCH, truth)).double()
    struck = counted * (batch.tokens < PITCHES)
    eighth = (batch.context.position % STEPS_PER_EIGHTH == 0).double()

    def summed(values: Tensor) -> NDArray[np.float64]:
        return np.asarray(values.sum(dim=1).reshape(-1, 4).numpy())

    return Tally(
        steps=summed(counted),
        onsets=summed(struck),
        nats=summed(torch.where(batch.counted, nats, 0.0)),
        entropy=summed(torch.special.entr(log_probs.exp()).sum(dim=-1) * counted),
        cells_right=summed(right * counted),
        onsets_right=summed(right * struck),
        eighths=summed(counted * eighth),
        eighth_onsets=summed(struck * eighth),
        eighths_right=summed(right * counted * eighth),
        eighth_onsets_right=summed(right * struck * eighth),
    )


def _likeliest(log_probs: Tensor, sounding: Tensor) -> Tensor:
    """The pitch most likely to sound in each cell, NO_PITCH for silence."""
    probs = log_probs.exp()
    pitches = torch.nn.functional.pad(probs[..., :PITCHES], (0, 1))
    pitches[..., NO_PITCH] = probs[..., REST]
    pitches = pitches.scatter_add(-1, sounding[..., None], probs[..., HOLD : HOLD + 1])
    return pitches.argmax(dim=-1)


def _ratios(tally: Tally, voice: slice | VoiceName) -> dict[str, float | None]:
    steps, onsets = tally.steps[:, voice].sum(), tally.onsets[:, voice].sum()
    nats = tally.nats[:, voice].sum()
    finite = bool(np.isfinite(nats))
    return {
        "nats_per_step": float(nats / steps) if finite else None,
        "nats_per_note": float(nats / onsets) if finite else None,
        "cell_accuracy": float(tally.cells_right[:, voice].sum() / steps),
        "onset_accuracy": float(tally.onsets_right[:, voice].sum() / onsets),
    }


def _eighths(tally: Tally) -> dict[str, float | None]:
    eighths, nats = tally.eighths.sum(), tally.nats.sum()
    return {
        "nats_per_eighth": float(nats / eighths) if np.isfinite(nats) else None,
        "cell_accuracy": float(tally.eighths_right.sum() / eighths),
        "onset_accuracy": float(tally.eighth_onsets_right.sum() / tally.eighth_onsets.sum()),
    }


def paired_difference(one: Tally, other: Tally) -> tuple[float, float, float]:
    """Nats per step of `one` minus `other`, with its 95 % interval, chorales drawn with replacement."""
    difference, steps = (one.nats - other.nats).sum(axis=1), one.steps.sum(axis=1)
    drawn = np.random.default_rng(0).integers(len(steps), size=(BOOTSTRAPS, len(steps)))
    means = difference[drawn].sum(axis=1) / steps[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(difference.sum() / steps.sum()), float(low), float(high)


def as_rows(tallies: Mapping[str, Tally]) -> list[dict[str, Any]]:
    """The rows as they stand in the card and in `evaluate --json`; infinite likelihoods become null."""
    return [{"name": name, **tally.figures()} for name, tally in tallies.items()]
