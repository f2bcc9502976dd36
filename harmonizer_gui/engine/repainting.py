"""What Painted says, laid into an analysis that is there. No network runs, and no torch is needed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, TOKENS
from harmonizer_gui.engine.analysis import Analysis, Floats
from harmonizer_gui.engine.guidance import Guidance
from harmonizer_gui.score import LOWEST_PITCH, VoiceName

PAINTED = "painted"


def repainted(analysis: Analysis, voice: VoiceName, guidance: Guidance) -> Analysis:
    """The analysis of `voice` as it is with other painted cells, and everything else as it was.

    For a written voice this is what the model would answer; sampled lines stay those that were drawn.
    """
    faults = painted_faults(guidance, voice, analysis.steps)
    if faults is None:
        return _without(analysis)
    row = _painted_row(faults, analysis.sounding)
    return replace(
        analysis,
        experts=(*_others(analysis), PAINTED),
        log_probs=_with_last(analysis, analysis.log_probs, row),
        terms=_with_last(analysis, analysis.terms, row),
    )


def painted_faults(guidance: Guidance, voice: VoiceName, steps: int) -> Floats | None:
    """[T, 88] the fault of each pitch that sounds, in nats, below 0 where favoured; None for none."""
    cells = [cell for cell in guidance.painted_in(voice) if cell.step < steps]
    if not cells:
        return None
    faults = np.zeros((steps, PITCHES), np.float32)
    for cell in cells:
        faults[cell.step, cell.pitch - LOWEST_PITCH] = -cell.strength
    return faults


def _others(analysis: Analysis) -> tuple[str, ...]:
    return tuple(name for name in analysis.experts if name != PAINTED)


def _kept(analysis: Analysis) -> list[int]:
    return [index for index, name in enumerate(analysis.experts) if name != PAINTED]


def _without(analysis: Analysis) -> Analysis:
    if PAINTED not in analysis.experts:
        return analysis
    kept = _kept(analysis)
    return replace(
        analysis,
        experts=_others(analysis),
        log_probs=analysis.log_probs[kept],
        terms=analysis.terms[kept],
    )


def _with_last(analysis: Analysis, rows: Floats, painted: Floats) -> Floats:
    """[E, L, T, 90] the rows of all others, and that of Painted behind them."""
    kept = _kept(analysis)
    result = np.empty((len(kept) + 1, *rows.shape[1:]), np.float32)
    for place, index in enumerate(kept):
        result[place] = rows[index]
    result[-1] = painted
    return result


def _painted_row(faults: Floats, sounding: NDArray[np.int16]) -> Floats:
    """[L, T, 90] the log-probabilities of Painted: −faults of what would sound, normalised."""
    lines, steps = sounding.shape
    scores = np.zeros((lines, steps, TOKENS), np.float32)
    scores[..., :PITCHES] = -faults
    held = np.maximum(sounding, 0)[..., None]
    scores[..., HOLD] = np.take_along_axis(scores, held.astype(np.intp), axis=-1)[..., 0]
    scores[sounding < 0, HOLD] = IMPOSSIBLE
    scores -= scores.max(axis=-1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return scores
