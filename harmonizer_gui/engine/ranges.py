"""Where the four voices lie in the training chorales, as pitch indices (0 = MIDI 21)."""

from __future__ import annotations

from harmonizer_gui.score import LOWEST_PITCH

_MEANS = (71, 65, 59, 51)


def mean_pitches() -> list[int]:
    """The mean pitch of soprano, alto, tenor and bass, rounded, as indices."""
    return [pitch - LOWEST_PITCH for pitch in _MEANS]
