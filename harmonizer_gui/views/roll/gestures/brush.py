"""The brush that cells are painted with, and what a stroke of it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from harmonizer_gui.engine.guidance import FAVOUR, NO_GUIDANCE, Guidance

MOST_SEMITONES: Final = 5


@dataclass(frozen=True, slots=True)
class Brush:
    """How many semitones it is wide, what it leaves behind (in nats, 0 erases), and on what."""

    semitones: int = 1
    strength: float = FAVOUR
    guidance: Guidance = NO_GUIDANCE


@dataclass(frozen=True)
class Stroke:
    """Make `guidance` the current one; `text` names the undo step. Those of one `gesture` are one step."""

    text: str
    guidance: Guidance
    gesture: object = None
