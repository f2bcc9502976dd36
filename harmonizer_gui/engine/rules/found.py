"""The faults of a written voice, by their names: for counting, and for showing where they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.context import context_of
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.guidance import FAULTS, NO_GUIDANCE, Guidance
from harmonizer_gui.engine.rules.base import RuleExpert, Surroundings, cells_along
from harmonizer_gui.engine.rules.range import Range
from harmonizer_gui.engine.rules.voice_leading import VoiceLeading
from harmonizer_gui.score import Score, VoiceName

_FINDERS: Final[tuple[RuleExpert, ...]] = (VoiceLeading(), Range())
_ALL: Final = frozenset(fault for faults in FAULTS.values() for fault in faults)


def found_faults(
    score: Score, voice: VoiceName, guidance: Guidance = NO_GUIDANCE
) -> dict[str, NDArray[np.bool_]]:
    """[T] for each fault of `FAULTS` that is switched on, the steps at which the voice, as written, has it.

    What lasts (a crossing, a wide spacing, a doubled leading note) is found at each step it lasts. Raises
    UnreadableNoteError.
    """
    grid = grid_of(score)
    around = Surroundings.of(context_of(grid, voice, device=torch.device("cpu")), score)
    tokens = grid.tokens[voice]
    time, row, state = cells_along(tokens[None])
    found = {}
    for expert in _FINDERS:
        for fault in FAULTS[expert.name]:
            alone = replace(around, guidance=Guidance(off=_ALL - {fault}))
            judge = None if fault in guidance.off else expert.judge(alone)
            if judge is not None:
                found[fault] = judge.faults(time, row, state)[time, tokens] > 0.0
    return found
