"""Real chorales, read from the corpus that music21 brings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from harmonizer_gui.files.musicxml import read_musicxml
from harmonizer_gui.score import Note, Score, Voice

# With and without pickup, three metres, minor and major, repeats, bars cut short, a change of metre,
# voices that cross and meet, notes off the sixteenth grid, and instruments beside the singers.
NUMBERS = (
    "bwv269", "bwv4.8", "bwv36.4-2", "bwv66.6", "bwv244.40", "bwv245.17", "bwv321", "bwv341", "bwv382",
    "bwv41.6", "bwv409", "bwv26.6",
)  # fmt: skip


@cache
def corpus_path(number: str) -> Path:
    from music21 import corpus

    return Path(corpus.getWork(f"bach/{number}.mxl"))


@cache
def chorale(number: str) -> Score:
    return read_musicxml(corpus_path(number)).score


def without_fermatas(score: Score) -> Score:
    """The score as MIDI carries it: without fermatas, and with the first verse alone."""
    return _with_notes(score, lambda note: replace(note, fermata=False, lyric=note.lyric.partition("\n")[0]))


def notes_alone(score: Score) -> Score:
    """The score without fermatas and words."""
    return _with_notes(score, lambda note: replace(note, fermata=False, lyric=""))


def _with_notes(score: Score, change: Callable[[Note], Note]) -> Score:
    soprano, alto, tenor, bass = (Voice(tuple(map(change, voice))) for voice in score.voices)
    return replace(score, voices=(soprano, alto, tenor, bass))
