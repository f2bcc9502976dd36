"""How surprising a voice is, step by step, and how sure and how much of one mind the experts are.

All measures are in bits. No network runs here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE
from harmonizer_gui.engine.analysis import Analysis, Floats, product_log_probs
from harmonizer_gui.engine.grid import note_steps
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import Note

_BITS_PER_NAT: Final = np.float32(1.0 / np.log(2.0))


class Measure(Enum):
    """What of a voice is measured at every step."""

    BITS = "bits"
    """−log2 of what the product gives to what is written; nothing where nothing is written."""
    ENTROPY = "entropy"
    """Of the product: how undecided it is before it sees what is written."""
    DISAGREEMENT = "disagreement"
    """The Jensen–Shannon divergence of the learned experts, each as learned and all of one weight."""


def measured(measure: Measure, analysis: Analysis, mix: Mix, rules: Collection[str] = ()) -> Floats:
    """[T] a measure of every step, NaN where it says nothing; over sampled lines, their mean.

    `rules` names the experts that need no training: they do not count among those that disagree.
    """
    if measure is Measure.DISAGREEMENT:
        return disagreement(analysis, rules)
    log_probs = product_log_probs(analysis, mix)
    return bits(analysis, log_probs) if measure is Measure.BITS else entropy(log_probs)


def bits(analysis: Analysis, log_probs: Floats) -> Floats:
    """[T] −log2 p of what is written by the product [L, T, 90], NaN at unwritten steps."""
    chosen = np.take_along_axis(log_probs, analysis.tokens[..., None].astype(np.intp), axis=-1)[..., 0]
    told = np.where(analysis.written, -chosen.mean(axis=0) * _BITS_PER_NAT, np.nan)
    return np.asarray(told, np.float32)


def entropy(log_probs: Floats) -> Floats:
    """[T] −Σ p log2 p of the product [L, T, 90]."""
    return np.asarray(_entropy(np.exp(log_probs), log_probs).mean(axis=0), np.float32)


def disagreement(analysis: Analysis, rules: Collection[str] = ()) -> Floats:
    """[T] H(mean of the experts) − mean of H(expert): 0 where all agree, log2 of their number at most."""
    learned = [index for index, name in enumerate(analysis.experts) if name not in rules]
    log_probs = analysis.log_probs[learned]
    silent = analysis.sounding < 0
    log_probs[:, silent, HOLD] = IMPOSSIBLE  # a copy: what was indexed by a list
    probabilities = np.exp(log_probs)
    mean = probabilities.mean(axis=0)
    shared = _entropy(mean, np.log(np.maximum(mean, np.float32(1e-30))))
    own = _entropy(probabilities, log_probs).mean(axis=0)
    return np.asarray(np.maximum(shared - own, 0.0).mean(axis=0), np.float32)


def _entropy(probabilities: Floats, log_probs: Floats) -> Floats:
    """[…] from […, 90], in bits. A probability of 0 adds nothing, however its logarithm is written."""
    return np.asarray(-np.einsum("...k,...k->...", probabilities, log_probs) * _BITS_PER_NAT, np.float32)


@dataclass(frozen=True, slots=True)
class NoteBits:
    """A written note, and what striking it there costs, in bits."""

    note: Note
    bits: float


def note_bits(notes: Iterable[Note], steps: Floats) -> list[NoteBits]:
    """What striking each note costs, from `bits` [T] of its voice; a note past the end is left out."""
    starts = ((note, note_steps(note)[0]) for note in notes)
    return [NoteBits(note, float(steps[start])) for note, start in starts if start < len(steps)]


def next_highest(values: Floats, last: int | None) -> int | None:
    """The index of the highest value below that of `last`, and after the lowest the highest again.

    None for `last` begins with the highest; of equal ones the first comes first. NaN is passed over; None
    where nothing is left.
    """
    order = [int(index) for index in np.argsort(-values, kind="stable") if not np.isnan(values[index])]
    if not order:
        return None
    return order[(order.index(last) + 1) % len(order)] if last in order else order[0]
