"""The beats of a score as clicks, and the bar counted before a recording. Pure: time is an argument."""

from __future__ import annotations

import math
from collections.abc import Iterator

from harmonizer_gui.playback.messages import Click
from harmonizer_gui.score import TICKS_PER_QUARTER, Bar, Score


def clicks_between(score: Score, start: float, end: float) -> list[tuple[float, Click]]:
    """The clicks due in the seconds [start, end) of the piece, each with its seconds.

    Past the end of the piece the last metre goes on.
    """
    if start >= end:
        return []
    first, last = math.floor(score.tick_at(start)) - 1, math.ceil(score.tick_at(end)) + 1
    timed = (
        (score.seconds_at(tick), Click(accented))
        for bar in _bars_around(score, max(0, first), last)
        for tick, accented in _beats(bar)
    )
    return [(seconds, click) for seconds, click in timed if start <= seconds < end]


def _beats(bar: Bar) -> Iterator[tuple[int, bool]]:
    """The ticks of the beats, and whether each is the first of a bar; a pickup has the last ones."""
    beat = bar.time_signature.beat_ticks
    missing = bar.time_signature.bar_ticks - (bar.end - bar.start) if bar.number == 0 else 0
    first = -(-missing // beat)
    for index in range(first, -(-(missing + bar.end - bar.start) // beat)):
        yield bar.start + index * beat - missing, index == 0


def _bars_around(score: Score, start: int, end: int) -> Iterator[Bar]:
    """The bars that touch the ticks [start, end), past the last note, too."""
    bar = score.bar_at(start)
    while bar.start < end:
        if bar.end > start:
            yield bar
        bar = _bar_after(score, bar)


def _bar_after(score: Score, bar: Bar) -> Bar:
    if bar.end < score.length:
        return score.bar_at(bar.end)
    signature = score.bars[-1].time_signature
    return Bar(bar.number + 1, bar.end, bar.end + signature.bar_ticks, signature)


class CountIn:
    """One bar of clicks in the metre and tempo of a place, before anything else is heard."""

    def __init__(self, score: Score, tick: float) -> None:
        signature = score.bar_at(int(tick)).time_signature
        tempo = next(tempo for tempo in reversed(score.tempos) if tempo.tick <= max(0.0, tick))
        self._beat_seconds = signature.beat_ticks * 60 / (TICKS_PER_QUARTER * tempo.quarters_per_minute)
        self._count = max(1, signature.bar_ticks // signature.beat_ticks)
        self._passed = 0.0

    @property
    def left(self) -> float:
        """Seconds until it is over."""
        return max(0.0, self._count * self._beat_seconds - self._passed)

    @property
    def beat(self) -> int:
        """Which beat is being counted, from 1."""
        return min(self._count, int(self._passed / self._beat_seconds) + 1)

    @property
    def to_next(self) -> float:
        """Seconds to the next click, or to the end."""
        return min(self.left, -self._passed % self._beat_seconds)

    def advance(self, seconds: float) -> list[Click]:
        """The clicks of the next `seconds`."""
        before, self._passed = self._passed, self._passed + seconds
        return [
            Click(accented=index == 0)
            for index in range(self._count)
            if before <= index * self._beat_seconds < self._passed
        ]
