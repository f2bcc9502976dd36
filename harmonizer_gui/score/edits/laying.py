"""Putting notes into a voice and taking them out."""

from __future__ import annotations

from collections.abc import Iterable

from harmonizer_gui.score.edits.selection import Selection, notes_by_voice
from harmonizer_gui.score.notes import Note, Voice, VoiceName
from harmonizer_gui.score.score import Score


def lay_notes(score: Score, voice: VoiceName, notes: Iterable[Note]) -> Score:
    """Put `notes` into `voice`; what they cover is trimmed, later notes win over earlier ones."""
    return score.with_voice(voice, score.voice(voice).overlaid(notes))


def remove_notes(score: Score, selection: Selection) -> Score:
    for voice, notes in notes_by_voice(selection).items():
        score = score.with_voice(voice, score.voice(voice).without(notes))
    return score


def clear_voice(score: Score, voice: VoiceName) -> Score:
    return score.with_voice(voice, Voice())


def replace_span(score: Score, voice: VoiceName, start: int, end: int, notes: Iterable[Note]) -> Score:
    """Silence [start, end) ticks of `voice`, then put `notes` there."""
    return lay_notes(score.with_voice(voice, score.voice(voice).cut(start, end)), voice, notes)
