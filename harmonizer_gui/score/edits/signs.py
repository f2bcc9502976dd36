"""What the notes stand on: changes of tempo, metre, key and pickup. The notes stay at their ticks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
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

    A metre that does not start at a bar line begins a new bar there. A pickup that no longer fits into the
    first metre goes.
    """
    match sign:
        case Tempo():
            return replace(score, tempos=_with(score.tempos, sign))
        case KeySignature():
            return replace(score, key_signatures=_with(score.key_signatures, sign))
        case TimeSignature():
            metres = _with(score.time_signatures, sign)
            pickup = score.pickup if score.pickup < metres[0].bar_ticks else 0
            return replace(score, time_signatures=metres, pickup=pickup)


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
            metres = _tidy(other for other in score.time_signatures if other != sign)
            return replace(score, time_signatures=metres)


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

    Raises ValueError for one that is no shorter than a bar.
    """
    return replace(score, pickup=ticks)


def _with(signs: tuple[_Sign, ...], sign: _Sign) -> tuple[_Sign, ...]:
    fresh = [other for other in signs if other.tick != sign.tick]
    fresh.append(sign)
    return _tidy(sorted(fresh, key=_tick))


def _tidy(signs: Iterable[_Sign]) -> tuple[_Sign, ...]:
    """Without those that say once more what holds already."""
    kept: list[_Sign] = []
    for sign in signs:
        if not kept or replace(sign, tick=kept[-1].tick) != kept[-1]:
            kept.append(sign)
    return tuple(kept)


def _tick(sign: Sign) -> int:
    return sign.tick
