"""Music as values: immutable notes, voices and scores, and every edit as a pure function."""

from harmonizer_gui.score.notes import (
    HIGHEST_PITCH,
    LOWEST_PITCH,
    TICKS_PER_QUARTER,
    Note,
    Voice,
    VoiceName,
)
from harmonizer_gui.score.score import Bar, KeySignature, Score, Tempo, TimeSignature
from harmonizer_gui.score.spelling import Spelling, key_alterations, pitch_name, spelled

__all__ = [
    "HIGHEST_PITCH",
    "LOWEST_PITCH",
    "TICKS_PER_QUARTER",
    "Bar",
    "KeySignature",
    "Note",
    "Score",
    "Spelling",
    "Tempo",
    "TimeSignature",
    "Voice",
    "VoiceName",
    "key_alterations",
    "pitch_name",
    "spelled",
]
