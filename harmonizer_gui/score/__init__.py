"""Music as values: immutable notes, voices and scores, and every edit as a pure function."""

from harmonizer_gui.score.notes import (
    HIGHEST_PITCH,
    LOWEST_PITCH,
    TICKS_PER_QUARTER,
    Note,
    Voice,
    VoiceName,
    pitch_name,
)
from harmonizer_gui.score.score import Bar, KeySignature, Score, Tempo, TimeSignature

__all__ = [
    "HIGHEST_PITCH",
    "LOWEST_PITCH",
    "TICKS_PER_QUARTER",
    "Bar",
    "KeySignature",
    "Note",
    "Score",
    "Tempo",
    "TimeSignature",
    "Voice",
    "VoiceName",
    "pitch_name",
]
