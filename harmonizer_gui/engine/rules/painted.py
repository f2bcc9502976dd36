"""Painted: the composer is an expert, too."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from harmonizer_gui.engine.alphabet import PITCHES
from harmonizer_gui.engine.rules.base import CellJudge, Surroundings
from harmonizer_gui.score import LOWEST_PITCH


class Painted:
    """Favours and avoids what the user has painted: a pitch that sounds in a cell, struck or held."""

    name: ClassVar[str] = "painted"
    summary: ClassVar[str] = "what you favour and avoid"

    def judge(self, surroundings: Surroundings) -> CellJudge | None:
        painted = surroundings.guidance.painted_in(surroundings.target)
        cells = [cell for cell in painted if cell.step < surroundings.steps]
        if not cells:
            return None
        faults = np.zeros((surroundings.steps, PITCHES), np.float32)
        for cell in cells:
            faults[cell.step, cell.pitch - LOWEST_PITCH] = -cell.strength
        return CellJudge(faults, faults)
