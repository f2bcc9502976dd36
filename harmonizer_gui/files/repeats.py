"""In which order the measures of a notated piece are played: repeats, endings, da capo and dal segno."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_TIMES = 16
"""A measure is played so often at most, whatever the notation says."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands at the barlines of one measure, and over it."""

    opens: bool = False
    """A repeat begins here."""
    times: int = 0
    """How often the repeat that ends here is played in all; 0 where none ends."""
    endings: frozenset[int] = field(default=frozenset())
    """The numbers of the ending that the measure belongs to."""
    segno: bool = False
    coda: bool = False
    """The coda begins here."""
    to_coda: bool = False
    fine: bool = False
    da_capo: bool = False
    dal_segno: bool = False


PLAIN = Signs()


def playing_order(signs: Sequence[Signs]) -> tuple[int, ...]:
    """The indices of the measures as they are played.

    After a da capo or dal segno repeats are not taken again, and of several endings the last is played.
    """
    return _Walk(signs).order()


class _Walk:
    """From measure to measure, as a player reads them."""

    def __init__(self, signs: Sequence[Signs]) -> None:
        self._signs = signs
        self._order: list[int] = []
        self._at = 0
        self._section = 0
        self._round = 1
        self._has_jumped = False

    def order(self) -> tuple[int, ...]:
        most = MOST_TIMES * len(self._signs)
        while self._at < len(self._signs) and len(self._order) < most:
            self._step()
        return tuple(self._order)

    def _step(self) -> None:
        sign = self._signs[self._at]
        if self._begins_section():
            self._section, self._round = self._at, 1
        if sign.endings and self._ending_round() not in sign.endings:
            self._at += 1
            return
        self._order.append(self._at)
        self._at = self._next(sign)

    def _begins_section(self) -> bool:
        """Whether a repeat begins here, or a volta has just been left behind."""
        if self._at == self._section:
            return False
        before = self._signs[self._at - 1]
        return self._signs[self._at].opens or bool(before.endings and not self._signs[self._at].endings)

    def _ending_round(self) -> int:
        return self._last_ending() if self._has_jumped else self._round

    def _last_ending(self) -> int:
        """The highest number of the endings that stand together here."""
        first = stop = self._at
        while first > 0 and self._signs[first - 1].endings:
            first -= 1
        while stop < len(self._signs) and self._signs[stop].endings:
            stop += 1
        return max(max(sign.endings) for sign in self._signs[first:stop])

    def _next(self, sign: Signs) -> int:
        following = self._at + 1
        if self._has_jumped:
            return self._after_jump(sign, following)
        if sign.times:
            if self._round < self._times(sign):
                self._round += 1
                return self._section
            self._section, self._round = following, 1
        if sign.da_capo or sign.dal_segno:
            self._has_jumped = True
            return self._segno() if sign.dal_segno else 0
        return following

    def _times(self, sign: Signs) -> int:
        return min(MOST_TIMES, self._last_ending() if sign.endings else sign.times)

    def _after_jump(self, sign: Signs, following: int) -> int:
        if sign.fine:
            return len(self._signs)
        if sign.to_coda:
            return next((i for i in range(following, len(self._signs)) if self._signs[i].coda), following)
        return following

    def _segno(self) -> int:
        return next((index for index, sign in enumerate(self._signs) if sign.segno), 0)
