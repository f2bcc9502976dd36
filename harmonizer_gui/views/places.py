"""Places in a piece as musicians name them, to the fraction of a beat, and back to ticks."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from harmonizer_gui.score import TICKS_PER_QUARTER, Bar, Score
from harmonizer_gui.views.roll.grid import bar_around

WHOLE_TICKS: Final = 4 * TICKS_PER_QUARTER


def bar_and_beat(score: Score, tick: int) -> tuple[int, Fraction]:
    """The bar that holds `tick` and the beat in it, from 1; the pickup ends on the metre's last beat."""
    bar = bar_around(score, tick)
    beat = bar.time_signature.beat_ticks
    return bar.number, 1 + Fraction(_missing(bar) + tick - bar.start, beat)


def tick_of(score: Score, number: int, beat: Fraction) -> int:
    """The tick of a beat; past the end of the piece the last metre goes on. Raises ValueError for none."""
    bar = _bar(score, number)
    tick = bar.start - _missing(bar) + round((beat - 1) * bar.time_signature.beat_ticks)
    if not bar.start <= tick < bar.end:
        raise ValueError(f"bar {number} has no beat {beat_words(beat)}")
    return tick


def beat_words(beat: Fraction) -> str:
    """`2`, `2.5`, `2.333`."""
    return f"{float(beat):.4g}"


def length_words(ticks: int) -> str:
    """A length as part of a whole note: `1/4`, `3/8`, `1`."""
    return str(Fraction(ticks, WHOLE_TICKS))


def place_words(score: Score, tick: int) -> tuple[str, str]:
    """Bar and beat, as they are shown."""
    bar, beat = bar_and_beat(score, tick)
    return str(bar), beat_words(beat)


def _bar(score: Score, number: int) -> Bar:
    first, last = score.bars[0], score.bars[-1]
    if first.number <= number <= last.number:
        return score.bars[number - first.number]
    if number < first.number:
        raise ValueError(f"the piece begins with bar {first.number}")
    length = last.time_signature.bar_ticks
    return bar_around(score, last.end + (number - last.number - 1) * length)


def _missing(bar: Bar) -> int:
    """The ticks that a pickup lacks."""
    return bar.time_signature.bar_ticks - (bar.end - bar.start) if bar.number == 0 else 0
