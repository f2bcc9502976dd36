"""Tempo, metre and key changes as files have them, put in order for a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from harmonizer_gui.score import KeySignature, Score, Tempo, TimeSignature

FINEST_DENOMINATOR = 32

_Change = TypeVar("_Change", Tempo, TimeSignature, KeySignature)


def in_order(changes: Iterable[_Change]) -> tuple[_Change, ...]:
    """By tick; of several at one tick the last counts."""
    by_tick = {change.tick: change for change in changes}
    return tuple(by_tick[tick] for tick in sorted(by_tick))


def from_start(changes: Iterable[_Change], default: _Change) -> tuple[_Change, ...]:
    """By tick, with `default` at tick 0 where the file says nothing about the beginning."""
    return in_order(chain((default,), changes))


def without_repeats(changes: Iterable[_Change]) -> tuple[_Change, ...]:
    """Only those that change anything."""
    kept: list[_Change] = []
    for change in changes:
        if not kept or replace(change, tick=kept[-1].tick) != kept[-1]:
            kept.append(change)
    return tuple(kept)


def without_repeated_metres(signatures: Iterable[TimeSignature], pickup: int) -> tuple[TimeSignature, ...]:
    """Only those that change anything: a signature stated again on a barline does not."""
    kept: list[TimeSignature] = []
    first_barline = pickup
    for signature in signatures:
        if kept:
            same = replace(signature, tick=kept[-1].tick) == kept[-1]
            if same and (signature.tick - first_barline) % kept[-1].bar_ticks == 0:
                continue
            first_barline = signature.tick
        kept.append(signature)
    return tuple(kept)


def split_pickup(signatures: tuple[TimeSignature, ...]) -> tuple[tuple[TimeSignature, ...], int]:
    """Read a short first bar of its own metre (1/4, then 3/4) as a pickup: the signatures and its ticks.

    A first bar that the second signature cuts short is a pickup too.
    """
    if len(signatures) > 1:
        first, second = signatures[:2]
        if second.tick <= first.bar_ticks and second.tick < second.bar_ticks:
            return (replace(second, tick=0), *signatures[2:]), second.tick
    return signatures, 0


def joined_pickup(score: Score) -> tuple[TimeSignature, ...]:
    """The signatures with the pickup as a first bar of its own metre, the inverse of `split_pickup`."""
    if not score.pickup:
        return score.time_signatures
    at_barline = [signature for signature in score.time_signatures if signature.tick <= score.pickup][-1]
    later = [signature for signature in score.time_signatures if signature.tick > score.pickup]
    short = _metre_of_length(score.pickup, score.time_signatures[0])
    return (short, replace(at_barline, tick=score.pickup), *later)


def _metre_of_length(ticks: int, metre: TimeSignature) -> TimeSignature:
    """A signature whose bar lasts `ticks`, on the denominator of `metre` if possible, else `metre` itself."""
    denominator = metre.denominator
    while denominator <= FINEST_DENOMINATOR:
        unit = TimeSignature(0, 1, denominator).bar_ticks
        if ticks % unit == 0 and ticks // unit <= 64:
            return TimeSignature(0, ticks // unit, denominator)
        denominator *= 2
    return replace(metre, tick=0)
