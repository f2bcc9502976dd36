"""Where the four voices lie in the training chorales."""

from __future__ import annotations

from harmonizer_gui.score import LOWEST_PITCH

_MEANS = (71, 65, 59, 51)

SINGABLE = ((57, 81), (53, 74), (48, 69), (36, 64))
"""MIDI pitches between which soprano, alto, tenor and bass lie in the training chorales."""


def mean_pitches() -> list[int]:
    """The mean pitch of soprano, alto, tenor and bass, rounded, as indices."""
    return [pitch - LOWEST_PITCH for pitch in _MEANS]
