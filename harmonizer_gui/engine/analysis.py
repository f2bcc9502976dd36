"""What the experts say about a voice, as arrays, and its mixing into heat. No network runs here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, REST
from harmonizer_gui.engine.mix import Mix

Floats = NDArray[np.float32]


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


def product_log_probs(analysis: Analysis, mix: Mix) -> Floats:
    """[L, T, 90] log p(x) = log_softmax(Σ_e factor_e · terms_e), the whole product."""
    mixed = np.zeros(analysis.terms.shape[1:], np.float32)
    for index, name in enumerate(analysis.experts):
        factor = mix.effective(name)
        if factor:
            mixed += np.float32(factor) * analysis.terms[index]
    return _normalised(mixed, analysis.sounding)


def expert_log_probs(analysis: Analysis, expert: str, mix: Mix) -> Floats:
    """[L, T, 90] the distribution of one expert, raised to its factor and renormalised."""
    own = analysis.log_probs[analysis.experts.index(expert)]
    factor = mix.factor(expert) / mix.temperature
    return own if factor == 1.0 else _normalised(np.float32(factor) * own, analysis.sounding)


def sounding_heat(log_probs: Floats, sounding: NDArray[np.int16]) -> Floats:
    """[T, 88] probability that each pitch sounds, averaged over the lines.

    p(onset of the pitch) + p(HOLD) where the pitch was sounding. `log_probs` [L, T, 90], `sounding` [L, T].
    """
    lines, steps, _ = log_probs.shape
    probs = np.exp(log_probs)
    heat = probs[..., :PITCHES].mean(axis=0)
    line, step = np.nonzero(sounding >= 0)
    np.add.at(heat, (step, sounding[line, step]), probs[line, step, HOLD] / lines)
    return np.ascontiguousarray(heat.reshape(steps, PITCHES))


def product_heat(analysis: Analysis, mix: Mix) -> Floats:
    """[T, 88] how likely each pitch sounds at each step by the product."""
    return sounding_heat(product_log_probs(analysis, mix), analysis.sounding)


def expert_heat(analysis: Analysis, expert: str, mix: Mix) -> Floats:
    """[T, 88] how likely each pitch sounds at each step by one expert, raised to its factor."""
    return sounding_heat(expert_log_probs(analysis, expert, mix), analysis.sounding)


def rest_probability(log_probs: Floats) -> Floats:
    """[T] probability of silence, averaged over the lines."""
    return np.asarray(np.exp(log_probs[..., REST]).mean(axis=0))


def _normalised(scores: Floats, sounding: NDArray[np.int16]) -> Floats:
    """log_softmax over the tokens; nothing can be held where nothing sounds."""
    scores[sounding < 0, HOLD] = IMPOSSIBLE
    scores -= scores.max(axis=-1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return scores
