"""From what the user types to locks: which chord, scale or row of chords over which ticks. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from harmonizer_gui.engine.chord_names import Harmony, HarmonyError, read_harmony
from harmonizer_gui.engine.guidance import Lock
from harmonizer_gui.score import Bar, KeySignature, Score
from harmonizer_gui.score.edits import Selection

BAR_LINE = "|"


class Scope(Enum):
    """Over what something is locked."""

    PIECE = "piece"
    BARS = "bars"
    """The bars of the selected notes; with none selected, that of the playhead."""
    NOTES = "notes"
    """From the start of the first selected note to the end of the last."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The ticks [start, end), to the end of the piece without an end; and the bars that hold them."""

    start: int
    end: int | None
    first_bar: int
    last_bar: int


def stretch_of(scope: Scope, score: Score, selection: Selection, tick: int) -> Stretch:
    """Where `scope` lies, with the playhead at `tick`."""
    if scope is Scope.PIECE:
        return Stretch(0, None, score.bars[0].number, score.bars[-1].number)
    start = min((ref.note.start for ref in selection), default=tick)
    end = max((ref.note.end for ref in selection), default=tick + 1)
    first, last = score.bar_at(start), score.bar_at(end - 1)
    if scope is Scope.NOTES and selection:
        return Stretch(start, end, first.number, last.number)
    return Stretch(first.start, last.end, first.number, last.number)


def locks_of(text: str, key: KeySignature | None, score: Score, stretch: Stretch) -> list[Lock]:
    """One chord or scale over the whole stretch; of `C | Am F | G` one bar each from its start on.

    Several chords in a bar share its time. Raises HarmonyError: one sentence.
    """
    if BAR_LINE not in text:
        harmony = read_harmony(text, key)
        return [Lock(stretch.start, stretch.end, harmony.pitch_classes, harmony.label)]
    parts = text.strip().removeprefix(BAR_LINE).removesuffix(BAR_LINE).split(BAR_LINE)
    bars = [bar for bar in score.bars if bar.number >= stretch.first_bar]
    if len(parts) > len(bars):
        raise HarmonyError(f"these are {len(parts)} bars, and only {len(bars)} are left in the piece")
    return [lock for part, bar in zip(parts, bars, strict=False) for lock in _in_bar(part, key, bar)]


def _in_bar(text: str, key: KeySignature | None, bar: Bar) -> Iterator[Lock]:
    harmonies = _harmonies(text, key)
    length = (bar.end - bar.start) / max(1, len(harmonies))
    edges = [bar.start + round(index * length) for index in range(len(harmonies) + 1)]
    for harmony, start, end in zip(harmonies, edges[:-1], edges[1:], strict=True):
        yield Lock(start, end, harmony.pitch_classes, harmony.label)


def _harmonies(text: str, key: KeySignature | None) -> list[Harmony]:
    """One scale, or chords side by side; none in an empty bar, which stays free."""
    if not text.strip():
        return []
    try:
        return [read_harmony(text, key)]
    except HarmonyError:
        return [read_harmony(each, key) for each in text.split()]
