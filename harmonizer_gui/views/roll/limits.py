"""How far notes may go."""

from __future__ import annotations

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH
from harmonizer_gui.score.edits import Selection


def within_pitches(selection: Selection, semitones: int) -> int:
    """As much of `semitones` as keeps the selection, as one block, on the 88 keys.

    A note that a file put outside them may come back, but goes no further.
    """
    pitches = [ref.note.pitch for ref in selection]
    down = min(0, LOWEST_PITCH - min(pitches, default=LOWEST_PITCH))
    up = max(0, HIGHEST_PITCH - max(pitches, default=HIGHEST_PITCH))
    return max(down, min(semitones, up))
