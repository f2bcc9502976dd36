"""Sentences about what a file held that did not fit, and about what a format cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonizer_gui.files.strands import Strand
from harmonizer_gui.files.voices import Arrangement
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, TICKS_PER_QUARTER, Note, Score, pitch_name

_STEP = TICKS_PER_QUARTER // 4


def counted(number: int, singular: str, plural: str) -> str:
    """`1 note lies`, `3 notes lie`: the number and the words that go with it."""
    return f"{number:,} {singular if number == 1 else plural}"


def arrangement_notices(arrangement: Arrangement, score: Score) -> list[str]:
    """What was left out, trimmed or doubled so that every voice is one line."""
    notices = []
    if arrangement.left_out:
        names = ", ".join(arrangement.left_out)
        notices.append(f"{counted(len(arrangement.left_out), 'part was', 'parts were')} left out: {names}")
    for voice, strand in arrangement.strands.items():
        notices += [f"{voice.label}: {sentence}" for sentence in _strand_notices(strand, score)]
    return notices


def _strand_notices(strand: Strand, score: Score) -> list[str]:
    notices = []
    if strand.dropped:
        what = counted(len(strand.dropped), "note was", "notes were")
        notices.append(f"{what} left out where several start together{_from_bar(strand.dropped, score)}")
    if strand.trimmed:
        what = counted(len(strand.trimmed), "note was", "notes were")
        notices.append(f"{what} shortened to end where the next begins{_from_bar(strand.trimmed, score)}")
    if strand.unisons:
        what = counted(strand.unisons, "note was", "notes were")
        notices.append(f"{what} taken for a unison with another voice")
    return notices


def _from_bar(ticks: Sequence[int], score: Score) -> str:
    number = score.bar_at(min(ticks)).number
    return f", in bar {number}" if len(ticks) == 1 else f", first in bar {number}"


def score_notices(score: Score) -> list[str]:
    """What the model sees otherwise than it stands: notes off the sixteenth grid or out of its range."""
    notices = []
    off_grid = count_notes(score, lambda note: bool(note.start % _STEP or note.end % _STEP))
    if off_grid:
        what = counted(off_grid, "note lies", "notes lie")
        shown = "is" if off_grid == 1 else "are"
        notices.append(f"{what} off the sixteenth grid and {shown} shown to the model rounded")
    outside = count_notes(score, lambda note: not LOWEST_PITCH <= note.pitch <= HIGHEST_PITCH)
    if outside:
        what = counted(outside, "note lies", "notes lie")
        span = f"{pitch_name(LOWEST_PITCH)}–{pitch_name(HIGHEST_PITCH)}"
        notices.append(f"{what} outside {span}, where the model cannot read")
    return notices


def count_notes(score: Score, holds: Callable[[Note], bool]) -> int:
    return sum(holds(note) for voice in score.voices for note in voice)
