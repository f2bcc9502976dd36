"""Where a guess about strands is unsure: another way to share out the notes is nearly as likely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harmonizer_gui.files.sharing import DOUBTFUL, Option, Way
from harmonizer_gui.files.strands import Doubt, Unsure


@dataclass(frozen=True, slots=True)
class _Other:
    """Another way: the number of the first chord that is shared out otherwise, and the strands concerned."""

    first: int
    strands: tuple[int, ...]
    dearer: float
    chosen: tuple[Option, ...]
    """What the strands do in the first of these chords."""


def doubts_about(ways: Sequence[Way], starts: Sequence[int]) -> list[Doubt]:
    """The doubts about the first of `ways`, in the order of time; `starts` are the ticks of the chords."""
    path = ways[0].since_the_start
    nearest: dict[tuple[int, tuple[int, ...]], _Other] = {}
    for other in _others(path, ways):
        known = nearest.get((other.first, other.strands))
        if known is None or other.dearer < known.dearer:
            nearest[other.first, other.strands] = other
    return [_doubt(path[first].chosen, nearest[first, strands], starts) for first, strands in sorted(nearest)]


def _others(path: Sequence[Way], ways: Sequence[Way]) -> Iterator[_Other]:
    for number, way in enumerate(path):
        for rival in way.rivals:
            yield from _compared(path, number, rival, rival.cost - way.cost)
    for way in ways[1:]:
        if way.cost <= ways[0].cost + DOUBTFUL:
            yield from _compared(path, len(path) - 1, way, way.cost - ways[0].cost)


def _compared(path: Sequence[Way], number: int, rival: Way, dearer: float) -> Iterator[_Other]:
    """Go back to where the rival and the path part."""
    strands: set[int] = set()
    first, chosen = number, rival.chosen
    other: Way | None = rival
    while other is not None and number >= 0 and other is not path[number]:
        pairs = zip(path[number].chosen, other.chosen, strict=True)
        apart = [rank for rank, (one, two) in enumerate(pairs) if one.note != two.note]
        if apart:
            strands.update(apart)
            first, chosen = number, other.chosen
        other, number = other.before, number - 1
    if strands:
        yield _Other(first, tuple(sorted(strands)), dearer, chosen)


def _doubt(taken: Sequence[Option], other: _Other, starts: Sequence[int]) -> Doubt:
    own = [option for rank in other.strands for option in (taken[rank], other.chosen[rank]) if option.is_own]
    what = Unsure.MOVES
    if len(other.strands) == 2 and len(own) == 4:
        pitches = {option.place.pitch for option in own}
        what = Unsure.HOLDS if len(pitches) == 1 else Unsure.CROSSED
    holder = max(other.strands, key=lambda rank: other.chosen[rank].place.end)
    return Doubt(starts[other.first], what, other.strands, holder)
