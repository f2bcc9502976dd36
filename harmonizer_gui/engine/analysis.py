"""What the experts say about a voice, as arrays, and its mixing into heat. No network runs here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, REST
from harmonizer_gui.engine.mix import Mix

Floats = NDArray[np.float32]

_LEAST = np.float32(-60.0)
"""Below this a score counts as this: e^−60 is nothing, but still a number that processors are quick with."""
CELLS = 2048
"""How many cells (lines × steps) are mixed at a time."""


@dataclass(frozen=True, eq=False)
class Analysis:
    """The distributions of all experts over one voice, E experts × L lines × T steps × 90 tokens.

    A written voice has one line, the written one. A voice with unwritten steps has several: sampled
    continuations, whose average is shown. All arrays are read-only.
    """

    experts: tuple[str, ...]
    log_probs: Floats
    """[E, L, T, 90] log p_e(token | past, context), each expert on its own."""
    terms: Floats
    """[E, L, T, 90] what each adds to the log product with all factors at 1 (its learned exponents in)."""
    sounding: NDArray[np.int16]
    """[L, T] index of the pitch that sounds just before each step, -1 where none does."""
    tokens: NDArray[np.int16]
    """[L, T] the token of the line at each step: what is written, or what was sampled."""
    written: NDArray[np.bool_]
    """[T] whether the score says what the voice does at this step."""

    def __post_init__(self) -> None:
        for array in (self.log_probs, self.terms, self.sounding, self.tokens, self.written):
            array.setflags(write=False)

    @property
    def steps(self) -> int:
        return int(self.written.shape[0])

    @property
    def averaged(self) -> bool:
        """Whether part of the voice is unwritten, so that its heat is an average over sampled lines."""
        return not bool(self.written.all())


@dataclass(frozen=True, eq=False)
class Heat:
    """What one source says, averaged over the lines; both arrays are read-only."""

    cells: Floats
    """[T, 88] how likely each pitch sounds, or is struck, at each step."""
    rests: Floats
    """[T] how likely nothing sounds."""

    def __post_init__(self) -> None:
        self.cells.setflags(write=False)
        self.rests.setflags(write=False)


def product_log_probs(analysis: Analysis, mix: Mix) -> Floats:
    """[L, T, 90] log p(x) = log_softmax(Σ_e factor_e · terms_e), the whole product."""
    return _normalised(_product_scores(analysis, mix))


def expert_log_probs(analysis: Analysis, expert: str, mix: Mix) -> Floats:
    """[L, T, 90] the distribution of one expert, raised to its factor and renormalised."""
    return _normalised(_expert_scores(analysis, expert, mix))


def product_heat(analysis: Analysis, mix: Mix) -> Floats:
    """[T, 88] how likely each pitch sounds at each step by the product, averaged over the lines."""
    return heat_of(analysis, None, mix).cells


def expert_heat(analysis: Analysis, expert: str, mix: Mix) -> Floats:
    """[T, 88] how likely each pitch sounds at each step by one expert, raised to its factor."""
    return heat_of(analysis, expert, mix).cells


def heat_of(analysis: Analysis, expert: str | None, mix: Mix, *, onsets: bool = False) -> Heat:
    """What one expert says, raised to its factor, or with None the product.

    With `onsets` only of where a pitch is struck.
    """
    if expert is None:
        factors = [mix.effective(name) for name in analysis.experts]
        return _heat(analysis.terms, factors, analysis.sounding, onsets=onsets)
    place = analysis.experts.index(expert)
    terms = analysis.log_probs[place : place + 1]
    return _heat(terms, [_sharpness(expert, mix)], analysis.sounding, onsets=onsets)


def sounding_heat(log_probs: Floats, sounding: NDArray[np.int16]) -> Floats:
    """[T, 88] probability that each pitch sounds, averaged over the lines.

    p(onset of the pitch) + p(HOLD) where the pitch was sounding. `log_probs` [L, T, 90], `sounding` [L, T].
    """
    return _averaged(np.exp(log_probs), np.full(sounding.shape, 1.0 / len(sounding), np.float32), sounding)


def _product_scores(analysis: Analysis, mix: Mix) -> Floats:
    """[L, T, 90] Σ_e factor_e · terms_e, a fresh array; nothing can be held where nothing sounds."""
    factors = [mix.effective(name) for name in analysis.experts]
    return _mixed(analysis.terms, factors, analysis.sounding)


def _expert_scores(analysis: Analysis, expert: str, mix: Mix) -> Floats:
    """[L, T, 90] one expert's log-probabilities times its factor, a fresh array."""
    place = analysis.experts.index(expert)
    return _mixed(analysis.log_probs[place : place + 1], [_sharpness(expert, mix)], analysis.sounding)


def _sharpness(expert: str, mix: Mix) -> float:
    """What an expert's own distribution is raised to: mute and solo leave it visible."""
    return mix.factor(expert) / mix.temperature


def _mixed(terms: Floats, factors: Sequence[float], sounding: NDArray[np.int16]) -> Floats:
    """[L, T, 90] Σ_e factor_e · terms_e; nothing can be held where nothing sounds."""
    # Not a matrix product: with a busy core, the threads of the BLAS wait 8 ms for each other.
    scores: Floats = np.einsum("e,eltk->ltk", np.array(factors, np.float32), terms)
    scores[sounding < 0, HOLD] = IMPOSSIBLE
    return scores


def _normalised(scores: Floats) -> Floats:
    """log_softmax over the tokens, in place."""
    scores -= scores.max(axis=-1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return scores


def _heat(
    terms: Floats, factors: Sequence[float], sounding: NDArray[np.int16], *, onsets: bool = False
) -> Heat:
    """The heat of softmax(Σ_e factor_e · terms_e), averaged over the lines.

    A stretch at a time: what lies between the terms and the heat then stays in the cache. The probabilities
    themselves are never laid out: the normaliser goes into the average.
    """
    lines, steps = sounding.shape
    heat, rests = np.empty((steps, PITCHES), np.float32), np.empty(steps, np.float32)
    stride = max(1, CELLS // lines)
    for start in range(0, steps, stride):
        part = slice(start, start + stride)
        scores = _mixed(terms[:, :, part], factors, sounding[:, part])
        scores -= np.maximum.reduce(scores, axis=-1, keepdims=True)
        np.maximum(scores, _LEAST, out=scores)
        np.exp(scores, out=scores)
        shares = np.float32(1.0 / lines) / np.add.reduce(scores, axis=-1)
        heat[part] = _averaged(scores, shares, sounding[:, part], onsets=onsets)
        rests[part] = np.einsum("lt,lt->t", scores[..., REST], shares)
    return Heat(heat, rests)


def _averaged(
    weights: Floats, shares: Floats, sounding: NDArray[np.int16], *, onsets: bool = False
) -> Floats:
    """[T, 88] Σ over the lines of `weights` [L, T, 90] · `shares` [L, T], HOLD where its pitch sounds."""
    heat = np.einsum("ltp,lt->tp", weights[..., :PITCHES], shares)
    if onsets:
        return np.ascontiguousarray(heat, np.float32)
    line, step = np.nonzero(sounding >= 0)
    np.add.at(heat, (step, sounding[line, step]), (weights[..., HOLD] * shares)[line, step])
    return np.ascontiguousarray(heat, np.float32)
