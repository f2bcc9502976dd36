"""Painted: the composer is an expert, too."""

from __future__ import annotations

from typing import ClassVar

from harmonizer_gui.engine.repainting import PAINTED, painted_faults
from harmonizer_gui.engine.rules.base import CellJudge, Surroundings


class Painted:
    """Favours and avoids what the user has painted: a pitch that sounds in a cell, struck or held."""

    name: ClassVar[str] = PAINTED
    summary: ClassVar[str] = "what you favour and avoid"

    def judge(self, surroundings: Surroundings) -> CellJudge | None:
        faults = painted_faults(surroundings.guidance, surroundings.target, surroundings.steps)
        return None if faults is None else CellJudge(faults, faults)
