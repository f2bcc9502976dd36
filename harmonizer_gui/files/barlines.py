"""Where the bars of a notated piece begin, and what metres they stand in."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from harmonizer_gui.files.changes import without_repeated_metres
from harmonizer_gui.score import TimeSignature

Metres = tuple[TimeSignature, ...]


def metres_and_pickup(stated: Metres, starts: Sequence[int]) -> tuple[Metres, int]:
    """The time signatures, and the pickup: a first bar shorter than its metre.

    `stated` are those of the notation, `starts` the ticks of its measures and of the end.
    """
    pickup = starts[1] if len(starts) > 2 and starts[1] < stated[0].bar_ticks else 0
    return without_repeated_metres(_with_odd_bars(stated, starts, pickup), pickup), pickup


def _with_odd_bars(stated: Metres, starts: Sequence[int], pickup: int) -> Metres:
    """State the metre again where a bar is shorter or longer than it, so that the barlines stay true.

    A bar written in several measures, as a repeat in the middle of a bar makes it, is one bar.
    """
    by_tick = {metre.tick: metre for metre in stated}
    current, barline = stated[0], pickup
    index = 1 if pickup else 0
    while index < len(starts) - 1:
        if starts[index] in by_tick:
            current, barline = by_tick[starts[index]], starts[index]
        index = _end_of_bar(starts, index, barline + current.bar_ticks, by_tick)
        barline = starts[index]
        if index < len(starts) - 1:
            by_tick.setdefault(barline, replace(current, tick=barline))
    return tuple(by_tick[tick] for tick in sorted(by_tick))


def _end_of_bar(starts: Sequence[int], index: int, due: int, stated: Container[int]) -> int:
    """The index of the start after the bar at `index`: several measures on if they end where it is due."""
    end = index + 1
    while starts[end] < due and end < len(starts) - 1 and starts[end] not in stated:
        end += 1
    return end if starts[end] == due else index + 1
