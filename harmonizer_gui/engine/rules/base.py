"""What an expert without training sees and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import ClassVar, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, STEP_TICKS, TOKENS
from harmonizer_gui.engine.context import SILENT, Context
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.past import NO_PITCH, Past
from harmonizer_gui.score import KeySignature, Score, VoiceName

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
NOTHING = -1
"""In place of a pitch: the voice is silent there, or nobody knows what it does."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The other voices around one target voice, for B contexts of T steps (B = 1, or one per line)."""

    target: VoiceName
    pitches: NDArray[np.int64]
    """[B, 4, T] index of the pitch that sounds, NOTHING for silence, unknown cells and the target itself."""
    keys: tuple[KeySignature | None, ...]
    """[T] the key signature at each step, as far as the score says."""

    @staticmethod
    def of(context: Context, score: Score) -> Surroundings:
        """All voices of `context` must have the same target."""
        target = VoiceName(int(context.target[0]))
        pitches = context.sounding.cpu().numpy().copy()
        pitches[pitches >= SILENT] = NOTHING
        pitches[:, target] = NOTHING
        keys = tuple(score.key_at(step * STEP_TICKS) for step in range(context.steps))
        return Surroundings(target, pitches, keys)


class RuleExpert(Protocol):
    """An expert of rules: it takes probability from what it finds fault with, and leaves the rest alike."""

    name: ClassVar[str]
    summary: ClassVar[str]

    def judge(self, surroundings: Surroundings) -> RuleJudge:
        """Get ready for one voice."""
        ...


class RuleJudge(Protocol):
    """The rules of one expert around one voice."""

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:
        """The faults [N, 90] of each token, in nats, in N cells at once.

        Cell n lies at step `time[n]` of context `row[n]`, and `state` holds its past.
        """
        ...


def judged(judges: Sequence[RuleJudge], time: Ints, row: Ints, state: LineState) -> Floats:
    """[R, N, 90] the log-probabilities of several rule experts in N cells."""
    answers = [log_probs_of(judge.faults(time, row, state), state) for judge in judges]
    return np.stack(answers) if answers else np.empty((0, len(time), TOKENS), np.float32)


def judged_lines(judges: Sequence[RuleJudge], tokens: NDArray[np.int16], rows: int) -> Floats:
    """[R, L, T, 90] the log-probabilities along lines [L, T] in `rows` contexts (1, or one per line)."""
    lines, steps = tokens.shape
    past = Past.of(torch.from_numpy(tokens.astype(np.int64)))
    state = LineState(*(getattr(past, field.name).numpy().reshape(-1) for field in fields(LineState)))
    time = np.tile(np.arange(steps), lines)
    row = np.repeat(np.arange(lines) if rows > 1 else np.zeros(lines, np.intp), steps)
    return judged(judges, time, row, state).reshape(len(judges), lines, steps, TOKENS)


def log_probs_of(faults: Floats, state: LineState) -> Floats:
    """[K, 90] p(token) ∝ exp(−fault); nothing can be held where nothing sounds."""
    scores = -faults
    scores[state.sounding == NO_PITCH, HOLD] = IMPOSSIBLE
    scores -= scores.max(axis=1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return scores


def no_faults(cells: int) -> Floats:
    return np.zeros((cells, TOKENS), np.float32)
