"""What undo brings back, as values."""

from __future__ import annotations

from dataclasses import dataclass

from harmonizer_gui.engine.guidance import NO_GUIDANCE, Guidance
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.score import Score
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.session.locks import NO_LOCKS, Locks
from harmonizer_gui.session.sounds import PLAIN, Sounds


@dataclass(frozen=True, slots=True)
class State:
    """All that undo brings back."""

    score: Score = Score()  # noqa: RUF009  # a frozen value
    mix: Mix = AS_LEARNED
    guidance: Guidance = NO_GUIDANCE
    locks: Locks = NO_LOCKS
    sounds: Sounds = PLAIN


@dataclass(frozen=True, slots=True)
class Moment:
    """One end of an undo step."""

    state: State
    selection: Selection
