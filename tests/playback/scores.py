"""Small scores for the tests."""

from __future__ import annotations

from harmonizer_gui.score import Note, Score, Tempo, Voice, VoiceName


def line(*pitches: int, duration: int = 480, start: int = 0) -> Voice:
    """Notes of equal length in ticks, one after the other."""
    return Voice(tuple(Note(start + i * duration, duration, pitch) for i, pitch in enumerate(pitches)))


def two_voices(*, quarters_per_minute: float = 60) -> Score:
    """Four quarters in the soprano over two halves in the bass; a quarter lasts a second."""
    score = Score(tempos=(Tempo(0, quarters_per_minute),))
    score = score.with_voice(VoiceName.SOPRANO, line(72, 74, 76, 77))
    return score.with_voice(VoiceName.BASS, line(48, 53, duration=960))
