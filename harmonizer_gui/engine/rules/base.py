"""What an expert without training sees and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, STEP_TICKS, TOKENS
from harmonizer_gui.engine.context import SILENT, Context
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.guidance import NO_GUIDANCE, Guidance
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
    position: NDArray[np.int64]
    """[T] the step within the bar, 0 on the first beat."""
    guidance: Guidance = NO_GUIDANCE
    """What the user asks for, in this voice and the others."""

    @property
    def steps(self) -> int:
        return len(self.keys)

    @staticmethod
    def of(context: Context, score: Score, guidance: Guidance = NO_GUIDANCE) -> Surroundings:
        """All voices of `context` must have the same target and time."""
        target = VoiceName(int(context.target[0]))
        pitches = context.sounding.cpu().numpy().copy()
        pitches[pitches >= SILENT] = NOTHING
        pitches[:, target] = NOTHING
        keys = tuple(score.key_at(step * STEP_TICKS) for step in range(context.steps))
        position = context.position[0].cpu().numpy()
        for array in (pitches, position):
            array.setflags(write=False)
        return Surroundings(target, pitches, keys, position, guidance)


class RuleExpert(Protocol):
    """An expert of rules: it takes probability from what it finds fault with, and leaves the rest alike."""

    @property
    def name(self) -> str: ...

    @property
    def summary(self) -> str:
        """A few words on what it looks at."""
        ...

    def judge(self, surroundings: Surroundings) -> RuleJudge | None:
        """Get ready for one voice; None where there is nothing to say about it: that costs nothing."""
        ...


class RuleJudge(Protocol):
    """The rules of one expert around one voice."""

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:
        """The faults [N, 90] of each token, in nats, in N cells at once; below 0 for what is favoured.

        Cell n lies at step `time[n]` of context `row[n]`, and `state` holds its past.
        """
        ...


def judged(judges: Sequence[RuleJudge], time: Ints, row: Ints, state: LineState) -> Floats:
    """[R, N, 90] the log-probabilities of several rule experts in N cells."""
    scores = np.empty((len(judges), len(time), TOKENS), np.float32)
    for judge, some in zip(judges, scores, strict=True):
        np.negative(judge.faults(time, row, state), out=some)
    return normalised(scores, state) if judges else scores


def judged_lines(judges: Sequence[RuleJudge], tokens: NDArray[np.int16], rows: int) -> Floats:
    """[R, L, T, 90] the log-probabilities along lines [L, T] in `rows` contexts (1, or one per line)."""
    time, row, state = cells_along(tokens, rows)
    return judged(judges, time, row, state).reshape(len(judges), *tokens.shape, TOKENS)


def cells_along(tokens: NDArray[np.int16], rows: int = 1) -> tuple[Ints, Ints, LineState]:
    """Time, row and past of all cells of lines [L, T] in `rows` contexts, line after line."""
    lines, steps = tokens.shape
    past = Past.of(torch.from_numpy(tokens.astype(np.int64)))
    state = LineState(*(getattr(past, field.name).numpy().reshape(-1) for field in fields(LineState)))
    time = np.tile(np.arange(steps), lines)
    row = np.repeat(np.arange(lines) if rows > 1 else np.zeros(lines, np.intp), steps)
    return time, row, state


def normalised(scores: Floats, state: LineState) -> Floats:
    """[…, K, 90] log_softmax of scores, in place; nothing can be held where nothing sounds."""
    scores[..., HOLD][..., state.sounding == NO_PITCH] = IMPOSSIBLE
    scores -= np.maximum.reduce(scores, axis=-1, keepdims=True)
    scores -= np.log(np.add.reduce(np.exp(scores), axis=-1, keepdims=True))
    return scores


def no_faults(cells: int) -> Floats:
    return np.zeros((cells, TOKENS), np.float32)


class CellJudge:
    """Faults that depend on nothing but the step and the pitch that sounds."""

    def __init__(self, struck: Floats, held: Floats) -> None:
        """`struck` and `held` [T, 88]: the fault of a pitch that begins at a step, of one that goes on."""
        self._struck = struck
        self._held = np.concatenate([held, np.zeros((len(held), 1), np.float32)], axis=1)

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:  # noqa: ARG002  # alike in all rows
        faults = no_faults(len(time))
        faults[:, :PITCHES] = self._struck[time]
        faults[:, HOLD] = self._held[time, state.sounding]
        return faults
