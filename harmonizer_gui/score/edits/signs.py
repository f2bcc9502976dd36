"""What the notes stand on: changes of tempo, metre, key and pickup. The notes stay at their ticks."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from itertools import pairwise
from typing import TypeVar

from harmonizer_gui.score.score import KeySignature, Score, Tempo, TimeSignature

Sign = Tempo | TimeSignature | KeySignature
_Sign = TypeVar("_Sign", Tempo, TimeSignature, KeySignature)


class SignKind(Enum):
    """The kinds of signs that stand over the notes."""

    METRE = "metre"
    TEMPO = "tempo"
    KEY = "key"


def sign_tick(score: Score, tick: int) -> int:
    """Where a sign for the bar around `tick` stands: at its start.

    For the first whole bar that is the start of the piece: what holds in it holds for the pickup, too.
    """
    bar = score.bar_at(max(0, tick))
    return 0 if bar.number <= 1 else bar.start


def signs_of(score: Score, kind: SignKind) -> tuple[Sign, ...]:
    """All signs of one kind, in order of time."""
    signs: dict[SignKind, tuple[Sign, ...]] = {
        SignKind.METRE: score.time_signatures,
        SignKind.TEMPO: score.tempos,
        SignKind.KEY: score.key_signatures,
    }
    return signs[kind]


def sign_at(score: Score, kind: SignKind, tick: int) -> Sign | None:
    """The sign of a kind that holds at `tick`; None for a key that is not known."""
    signs = signs_of(score, kind)
    index = bisect_right(signs, tick, key=_tick) - 1
    return signs[index] if index >= 0 else None


def set_sign(score: Score, sign: Sign) -> Score:
    """Let `sign` hold from its tick to the next of its kind; one that changes nothing is left out.

    A metre that does not start at a bar line begins a new bar there. Of a pickup that is no shorter than a
    bar of a new first metre, what is left over whole bars stays.
    """
    match sign:
        case Tempo():
            return replace(score, tempos=_tidy(_with(score.tempos, sign)))
        case KeySignature():
            return replace(score, key_signatures=_tidy(_with(score.key_signatures, sign)))
        case TimeSignature():
            metres = _with(score.time_signatures, sign)
            pickup = score.pickup % metres[0].bar_ticks
            return replace(score, time_signatures=_tidy_metres(metres, pickup), pickup=pickup)


def remove_sign(score: Score, sign: Sign) -> Score:
    """The score without a sign: what held before it goes on. The first tempo and metre must stay."""
    if not can_remove(score, sign):
        return score
    match sign:
        case Tempo():
            return replace(score, tempos=_tidy(other for other in score.tempos if other != sign))
        case KeySignature():
            keys = _tidy(other for other in score.key_signatures if other != sign)
            return replace(score, key_signatures=keys)
        case TimeSignature():
            metres = tuple(other for other in score.time_signatures if other != sign)
            return replace(score, time_signatures=_tidy_metres(metres, score.pickup))


def can_remove(score: Score, sign: Sign) -> bool:
    """Whether a piece can do without `sign`: a first key only where no other follows."""
    if isinstance(sign, KeySignature) and len(score.key_signatures) == 1:
        return True
    return sign.tick > 0


def move_sign(score: Score, sign: Sign, tick: int) -> Score:
    """The same sign at another tick, over another of its kind there; the first of all stays where it is."""
    if sign.tick == 0 or tick <= 0 or tick == sign.tick:
        return score
    return set_sign(remove_sign(score, sign), replace(sign, tick=tick))


def set_pickup(score: Score, ticks: int) -> Score:
    """Let the piece begin with an incomplete bar of so many ticks; 0 for none.

    All bar lines shift, and metres and keys that stand on one go with it, to stay in the bar of their
    number. Where a sign of bar 1 comes to stand at the start of the piece, it holds there. Tempos stay with
    the music. So do keys in mid-bar, a metre that cuts the bar before it short, as no bar line after it
    shifts, and a sign that would pass another. Raises ValueError for a pickup no shorter than a bar.
    """
    by = ticks - score.pickup
    return replace(
        score,
        pickup=ticks,
        time_signatures=_shifted(score, score.time_signatures, by),
        key_signatures=_shifted(score, score.key_signatures, by),
    )


def _shifted(score: Score, signs: tuple[_Sign, ...], by: int) -> tuple[_Sign, ...]:
    """Each of `signs` that goes with its bar `by` ticks later, in order of time."""
    anchor = _first_in_mid_bar(score)
    placed: list[_Sign] = []
    for sign in signs if by < 0 else reversed(signs):
        goal = sign
        if 0 < sign.tick < anchor and _is_bar_line(sign.tick, _metre_at(score, sign.tick), score.pickup):
            goal = replace(sign, tick=sign.tick + by)
        if placed and goal.tick == placed[-1].tick == 0:
            placed.pop()  # the sign of bar 1 holds from the start now
        elif placed and (goal.tick - placed[-1].tick) * by >= 0:
            goal = sign
        placed.append(goal)
    return tuple(sorted(placed, key=_tick))


def _first_in_mid_bar(score: Score) -> int:
    """The tick of the first metre that cuts the bar before it short: its bar lines shift with no pickup."""
    for earlier, later in pairwise(score.time_signatures):
        if not _is_bar_line(later.tick, earlier, score.pickup):
            return later.tick
    return sys.maxsize


def _metre_at(score: Score, tick: int) -> TimeSignature:
    return score.time_signatures[bisect_right(score.time_signatures, tick, key=_tick) - 1]


def _with(signs: tuple[_Sign, ...], sign: _Sign) -> tuple[_Sign, ...]:
    fresh = [other for other in signs if other.tick != sign.tick]
    fresh.append(sign)
    return tuple(sorted(fresh, key=_tick))


def _tidy(signs: Iterable[_Sign]) -> tuple[_Sign, ...]:
    """Without those that say once more what holds already."""
    kept: list[_Sign] = []
    for sign in signs:
        if not kept or not _alike(kept[-1], sign):
            kept.append(sign)
    return tuple(kept)


def _tidy_metres(metres: Iterable[TimeSignature], pickup: int) -> tuple[TimeSignature, ...]:
    """Without those that say once more what holds already and leave the bar lines where they are."""
    kept: list[TimeSignature] = []
    for metre in metres:
        if not kept or not _alike(kept[-1], metre) or not _is_bar_line(metre.tick, kept[-1], pickup):
            kept.append(metre)
    return tuple(kept)


def _alike(sign: _Sign, other: _Sign) -> bool:
    return replace(other, tick=sign.tick) == sign


def _is_bar_line(tick: int, metre: TimeSignature, pickup: int) -> bool:
    """Whether a bar of `metre` starts at `tick`, were it to hold so long."""
    return (tick - (metre.tick or pickup)) % metre.bar_ticks == 0


def _tick(sign: Sign) -> int:
    return sign.tick
