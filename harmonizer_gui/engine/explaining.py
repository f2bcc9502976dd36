"""Why this note: how likely each cell is, and what each expert has to do with it. No network runs here.

A cell of the roll is a step and what sounds there: a pitch, or silence. The experts speak of tokens, so
each cell is answered by one token on each line (`tokens_of`): what is written, where that is what sounds;
else, for the pitch that has been sounding, HOLD or a new onset, whichever is the likelier; else the onset.
Of two tokens a and b,

    log p(a) − log p(b) = Σ_e factor_e · (term_e(a) − term_e(b)),

exactly: the normaliser cancels. Along several sampled lines everything is the mean over the lines, and still
adds up. All arithmetic is in float64.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, REST, token_name
from harmonizer_gui.engine.analysis import Analysis
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import LOWEST_PITCH, KeySignature

Doubles = NDArray[np.float64]
Tokens = NDArray[np.int64]
"""[L] one token for each line."""
SILENCE: Final = None
"""What sounds in a cell, in the place of a pitch (MIDI), where nothing does."""
PRODUCT: Final = "product"
NATS_PER_BIT: Final = float(np.log(2.0))


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely it is that a pitch (MIDI), or silence, is heard at a step; rank 1 is the likeliest."""

    pitch: int | None
    probability: float
    rank: int


@dataclass(frozen=True)
class Explanation:
    """One cell against another at one step. `contributions` (nats, by expert) add up to `log_ratio`."""

    step: int
    cell: Chance
    other: Chance
    log_ratio: float
    contributions: Mapping[str, float]
    averaged: bool
    """Whether this is the mean over sampled lines, because the step is not written."""


@dataclass(frozen=True)
class Account:
    """What is written at one step of a line, against the likeliest token besides it."""

    step: int
    written: int
    """Token."""
    bits: Mapping[str, float]
    """−log2 p of what is written, by `product` and by each expert."""
    runner_up: int
    """Token."""
    log_ratio: float
    """Nats, written against runner-up; negative where the runner-up is the likelier."""
    contributions: Mapping[str, float]
    """Nats by expert; they add up to `log_ratio`."""

    def to_values(self, step_ticks: int, key: KeySignature | None = None) -> dict[str, object]:
        """As JSON has it; pitches are named by the `key` that holds there."""
        return {
            "step": self.step,
            "tick": self.step * step_ticks,
            "written": token_name(self.written, key),
            "bits": dict(self.bits),
            "runner_up": token_name(self.runner_up, key),
            "log_ratio": self.log_ratio,
            "contributions": dict(self.contributions),
        }


def weighted_terms(analysis: Analysis, mix: Mix, step: int) -> Doubles:
    """[E, L, 90] what each expert adds to the log product at a step, in float64."""
    factors = np.array([mix.effective(name) for name in analysis.experts], np.float64)
    terms: Doubles = factors[:, None, None] * analysis.terms[:, :, step].astype(np.float64)
    return terms


def step_log_probs(analysis: Analysis, mix: Mix, step: int) -> Doubles:
    """[L, 90] the log product at a step, normalised; nothing can be held where nothing sounds."""
    return _log_softmax(weighted_terms(analysis, mix, step).sum(axis=0), analysis.sounding[:, step] < 0)


def chances(analysis: Analysis, mix: Mix, step: int) -> tuple[Chance, ...]:
    """Every pitch and silence at a step, the likeliest first; the probabilities add up to 1."""
    probabilities = np.exp(step_log_probs(analysis, mix, step))
    heard = np.append(probabilities[:, :PITCHES].mean(axis=0), probabilities[:, REST].mean())
    sounding = analysis.sounding[:, step]
    lines = np.flatnonzero(sounding >= 0)
    np.add.at(heard, sounding[lines], probabilities[lines, HOLD] / len(sounding))
    order = np.argsort(-heard, kind="stable")
    return tuple(
        Chance(_pitch_of(int(index)), float(heard[index]), rank) for rank, index in enumerate(order, start=1)
    )


def chance_of(pitch: int | None, ranked: tuple[Chance, ...]) -> Chance:
    """Raises ValueError for a pitch outside 21–108."""
    for chance in ranked:
        if chance.pitch == pitch:
            return chance
    raise ValueError(f"the experts say nothing about pitch {pitch}")


def tokens_of(analysis: Analysis, mix: Mix, step: int, pitch: int | None) -> Tokens:
    """The token by which a cell comes about on each line."""
    lines = len(analysis.tokens)
    if pitch is SILENCE:
        return np.full(lines, REST, np.int64)
    onset = pitch - LOWEST_PITCH
    sounding, written = analysis.sounding[:, step], analysis.tokens[:, step]
    log_probs = step_log_probs(analysis, mix, step)
    is_held = (sounding == onset) & (log_probs[:, HOLD] > log_probs[:, onset])
    if analysis.written[step]:
        is_held = (is_held & (written != onset)) | ((written == HOLD) & (sounding == onset))
    return np.where(is_held, HOLD, onset)


def contributions(
    analysis: Analysis, mix: Mix, step: int, tokens: Tokens, other_tokens: Tokens
) -> dict[str, float]:
    """What each expert adds to log p(tokens) − log p(other tokens), the mean over the lines, in nats."""
    terms = weighted_terms(analysis, mix, step)
    lines = np.arange(len(tokens))
    differences = terms[:, lines, tokens] - terms[:, lines, other_tokens]
    return dict(zip(analysis.experts, differences.mean(axis=1).tolist(), strict=True))


def explain(analysis: Analysis, mix: Mix, step: int, pitch: int | None) -> Explanation:
    """The cell of `pitch` against the likeliest other one at its step. Raises as `compare` does."""
    ranked = chances(analysis, mix, step)
    rival = ranked[1 if ranked[0].pitch == pitch else 0]
    return compare(analysis, mix, step, pitch, rival.pitch)


def compare(analysis: Analysis, mix: Mix, step: int, pitch: int | None, other: int | None) -> Explanation:
    """The cell of `pitch` against that of `other`.

    Raises IndexError for a step past the end and ValueError for a pitch outside 21–108.
    """
    ranked = chances(analysis, mix, step)
    cell, rival = chance_of(pitch, ranked), chance_of(other, ranked)
    tokens, other_tokens = (tokens_of(analysis, mix, step, each) for each in (pitch, other))
    log_probs, lines = step_log_probs(analysis, mix, step), np.arange(len(tokens))
    return Explanation(
        step=step,
        cell=cell,
        other=rival,
        log_ratio=float((log_probs[lines, tokens] - log_probs[lines, other_tokens]).mean()),
        contributions=contributions(analysis, mix, step, tokens, other_tokens),
        averaged=not bool(analysis.written[step]),
    )


def accounts(analysis: Analysis, mix: Mix) -> list[Account]:
    """What is written at every step of the first line, and why it is not something else."""
    steps = np.arange(analysis.steps)
    written = analysis.tokens[0].astype(np.int64)
    silent = analysis.sounding[0] < 0
    factors = np.array([mix.effective(name) for name in analysis.experts], np.float64)
    terms = factors[:, None, None] * analysis.terms[:, 0].astype(np.float64)
    log_probs = _log_softmax(terms.sum(axis=0), silent)
    others = log_probs.copy()
    others[steps, written] = -np.inf
    runners_up = others.argmax(axis=1)
    gains = terms[:, steps, written] - terms[:, steps, runners_up]
    own = {name: expert_line(analysis, mix, name)[steps, written] for name in analysis.experts}
    bits = {
        name: -values / NATS_PER_BIT for name, values in {PRODUCT: log_probs[steps, written], **own}.items()
    }
    ratios = log_probs[steps, written] - log_probs[steps, runners_up]
    return [
        Account(
            step=step,
            written=int(written[step]),
            bits={name: max(0.0, float(values[step])) for name, values in bits.items()},
            runner_up=int(runners_up[step]),
            log_ratio=float(ratios[step]),
            contributions=dict(zip(analysis.experts, gains[:, step].tolist(), strict=True)),
        )
        for step in range(analysis.steps)
    ]


def expert_line(analysis: Analysis, mix: Mix, expert: str) -> Doubles:
    """[T, 90] one expert's own distribution along the first line, raised to its factor and renormalised."""
    own = analysis.log_probs[analysis.experts.index(expert), 0].astype(np.float64)
    return _log_softmax(own * (mix.factor(expert) / mix.temperature), analysis.sounding[0] < 0)


def leading(values: Mapping[str, float], most: int = 3, least: float = 0.05) -> list[tuple[str, float]]:
    """The contributions that count, the largest first: at most so many, none below `least` nats."""
    ranked = sorted(values.items(), key=lambda item: -abs(item[1]))
    return [(name, value) for name, value in ranked[:most] if abs(value) >= least]


def _log_softmax(scores: Doubles, silent: NDArray[np.bool_]) -> Doubles:
    """Normalised over the last axis, in place; where it is `silent`, nothing can be held."""
    scores[silent, HOLD] = IMPOSSIBLE
    scores -= scores.max(axis=-1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return scores


def _pitch_of(index: int) -> int | None:
    """MIDI; index 88 stands for silence."""
    return SILENCE if index == PITCHES else index + LOWEST_PITCH
