"""Sentences about what a file held that did not fit, and about what a format cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonizer_gui.files.strands import Doubt, Dropped, Kept, Strand, Unsure
from harmonizer_gui.files.voices import Arrangement
from harmonizer_gui.score import (
    HIGHEST_PITCH,
    LOWEST_PITCH,
    TICKS_PER_QUARTER,
    Note,
    Score,
    VoiceName,
    pitch_name,
)

_STEP = TICKS_PER_QUARTER // 4
_NAMED_PLACES = 3
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_KEPT = {Kept.TOP: "the top one", Kept.BOTTOM: "the bottom one", Kept.OUTER: "the outer ones"}


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
        notices += _strand_notices(voice, strand, score)
    return notices + doubt_notices(arrangement, score)


def doubt_notices(arrangement: Arrangement, score: Score) -> list[str]:
    """Where the voices may be otherwise: the first few places by name, the others counted."""
    voices: dict[Doubt, list[VoiceName]] = {}
    for voice, strand in arrangement.strands.items():
        for doubt in strand.doubts:
            voices.setdefault(doubt, []).append(voice)
    # A strand that was left out is nothing to be unsure about.
    places = sorted(
        (doubt for doubt, found in voices.items() if len(found) == len(doubt.strands)),
        key=lambda doubt: doubt.start,
    )
    named = len(places) if len(places) <= _NAMED_PLACES + 1 else _NAMED_PLACES
    sentences = [_doubt_sentence(doubt, voices[doubt], score) for doubt in places[:named]]
    if len(places) > named:
        more = counted(len(places) - named, "more place is", "more places are")
        sentences.append(f"{more} unsure, the last in bar {score.bar_at(places[-1].start).number}")
    return list(dict.fromkeys(sentences))


def _doubt_sentence(doubt: Doubt, voices: Sequence[VoiceName], score: Score) -> str:
    bar = f"bar {score.bar_at(doubt.start).number}"
    names = [voice.label for voice in voices]
    together = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    if len(names) == 1:
        return f"{bar}: the {names[0]} may rest, or sing the note of another voice"
    if doubt.what is Unsure.HOLDS:
        holder = names[doubt.strands.index(doubt.holder)]
        return f"{bar}: {together} leave a unison; the {holder} may be the one that holds"
    if doubt.what is Unsure.CROSSED:
        return f"{bar}: {together} may have to change places"
    return f"{bar}: which of {together} sings which note is a guess"


def _strand_notices(voice: VoiceName, strand: Strand, score: Score) -> list[str]:
    notices = _dropped_notices(voice, strand.dropped, score)
    if strand.trimmed:
        what = counted(len(strand.trimmed), "note was", "notes were")
        where = _from_bar(strand.trimmed, score)
        notices.append(f"{voice.label}: {what} shortened to end where the next begins{where}")
    if strand.unisons:
        what = counted(strand.unisons, "note was", "notes were")
        notices.append(f"{voice.label}: {what} taken for a unison with another voice")
    return notices


def _dropped_notices(voice: VoiceName, dropped: Sequence[Dropped], score: Score) -> list[str]:
    """The first few places by name, the others counted."""
    places = list(dict.fromkeys(dropped))  # one chord may lose several notes
    named = len(places) if len(places) <= _NAMED_PLACES + 1 else _NAMED_PLACES
    sentences = [
        f"bar {score.bar_at(place.start).number}, {voice.label}: "
        f"{_in_words(place.together)} notes at once, kept {_KEPT[place.kept]}"
        for place in places[:named]
    ]
    if len(places) > named:
        more = counted(len(places) - named, "more place", "more places")
        last = score.bar_at(places[-1].start).number
        sentences.append(f"{voice.label}: the same in {more}, the last in bar {last}")
    return list(dict.fromkeys(sentences))


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


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
