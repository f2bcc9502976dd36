"""Chords and closed score taken apart: which of several strands sings which note.

Of all ways to share out the notes, the one is looked for in which the voices move as voices do: mostly by
steps, seldom crossing, seldom falling silent. It is found from chord to chord, with the best few ways so far
carried along, so that what comes later decides where two strands meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise, permutations, product

from harmonizer_gui.files.strands import TOGETHER, Dropped, Found, Kept, Strand
from harmonizer_gui.score import Note

# All costs are in nats, from how seldom the voices of 367 chorales of Bach's do such a thing.
LEAPS = (2.0, 2.05, 1.65, 3.9, 4.0, 3.3, 6.3, 3.9, 6.2, 6.4, 7.9, 8.7, 5.0)
"""What an interval costs that a strand moves by, from a unison to an octave."""
_WIDER = 9.5
_ENTRY = 2.5
"""What the first note of a strand costs; where there is a choice, the upper strands begin."""
_CROSSED = 4.0
_SILENCED = 10.0
_DOUBLED = 4.0
"""What it costs two strands to share one note, besides the movement."""
_DOUBLED_NEVERTHELESS = 20.0
"""The same in a part that writes unisons as two notes."""
_TRIMMED = 25.0
_OTHER_RANK = 40.0
_OUT_OF_ORDER = 12.0
_MARGIN = 14.0
"""Ways that cost so much more than the best are let go."""
_MOST_WAYS = 24
_ORDERED = 0.9
"""Above this share of chords in order of height, the order in the file is taken for that of the voices."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a strand is: its last note, and whether it has fallen silent since."""

    pitch: int | None = None
    end: int = 0
    latest_free: int = 0
    """From this tick on the strand can take a note: a little before the end of the last, as played notes
    overlap."""
    is_silent: bool = True


@dataclass(frozen=True, slots=True)
class _Chord:
    """The notes struck at one tick, and those of them that there is no strand for."""

    start: int
    items: tuple[Found, ...]
    left_out: tuple[Found, ...]
    together: int


_Taken = tuple[int | None, ...]
"""For each strand the number of the note of the chord that it sings, if any; two may sing the same."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the notes so far were shared out, and what it cost."""

    cost: float
    places: tuple[_Place, ...]
    taken: _Taken = ()
    before: _Way | None = None


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a part is written."""

    doubled: float
    """What it costs here to share a note."""
    order: int
    """1 where chords stand in the file from the upper voice to the lower, -1 the other way, 0 for neither."""


def split_strands(found: Sequence[Found], count: int) -> list[Strand]:
    """`count` strands from high to low out of chords and crossing, meeting and resting voices.

    Notes whose rank is known stay with it. A single note that stands for two strands is given to both if
    both go on around it. Where more notes are struck than there are strands, inner ones are left out.
    """
    manner = _manner_of(found)
    chords = [_thinned(start, items, count) for start, items in onsets(found)]
    ways = [_Way(0.0, (_Place(),) * count)]
    for chord in chords:
        ways = _best(way for before in ways for way in _continued(before, chord, manner))
    return _strands(chords, ways[0], count)


def onsets(found: Sequence[Found]) -> Iterator[tuple[int, list[Found]]]:
    """The notes by start, each chord from high to low."""
    ordered = sorted(found, key=lambda item: (item.note.start, -item.note.pitch, -item.note.duration))
    for start, chord in groupby(ordered, key=lambda item: item.note.start):
        yield start, list(chord)


def _manner_of(found: Sequence[Found]) -> _Manner:
    has_unisons = False
    higher_first, counted = 0, 0
    for _, chord in onsets(found):
        for one, other in combinations(chord, 2):
            if one.note.pitch == other.note.pitch:
                has_unisons = True
            else:
                higher_first += one.place < other.place
                counted += 1
    doubled = _DOUBLED_NEVERTHELESS if has_unisons else _DOUBLED
    return _Manner(doubled, _order(higher_first, counted))


def _order(higher_first: int, counted: int) -> int:
    """Chords sorted by height without any exception say nothing about the voices."""
    if _ORDERED * counted <= higher_first < counted:
        return 1
    return -1 if 0 < higher_first <= (1 - _ORDERED) * counted else 0


def _thinned(start: int, items: list[Found], count: int) -> _Chord:
    """As many notes as there are strands, the outer ones, from high to low."""
    upper, lower = (count + 1) // 2, count // 2
    inner = items[upper : max(upper, len(items) - lower)]
    kept = items[:upper] + items[upper + len(inner) :]
    return _Chord(start, tuple(kept), tuple(inner), len(items))


def _best(ways: Iterator[_Way]) -> list[_Way]:
    """The cheapest way to every situation of the strands, and of those the few cheapest."""
    by_places: dict[tuple[_Place, ...], _Way] = {}
    for way in ways:
        other = by_places.get(way.places)
        if other is None or way.cost < other.cost:
            by_places[way.places] = way
    ordered = sorted(by_places.values(), key=lambda way: way.cost)[:_MOST_WAYS]
    return [way for way in ordered if way.cost <= ordered[0].cost + _MARGIN]


def _continued(before: _Way, chord: _Chord, manner: _Manner) -> Iterator[_Way]:
    """All sensible ways to share out a chord."""
    costs = [
        [_note_cost(item, place, rank, chord.start) for item in chord.items]
        for rank, place in enumerate(before.places)
    ]
    shares = []
    for singers in permutations(range(len(costs)), len(chord.items)):
        cost = sum(costs[singer][index] for index, singer in enumerate(singers))
        shares.append((cost + _disorder(singers, chord, manner), singers))
    cheapest = min(share[0] for share in shares)
    for cost, singers in shares:
        if cost <= cheapest + _MARGIN + _CROSSED:
            yield from _completed(before, chord, manner, cost, singers)


def _note_cost(item: Found, place: _Place, rank: int, start: int) -> float:
    cost = leap_cost(item.note.pitch - place.pitch) if place.pitch is not None else _ENTRY + rank / 10
    if place.latest_free > start:
        cost += _TRIMMED
    if item.rank is not None and item.rank != rank:
        cost += _OTHER_RANK
    return cost


def leap_cost(semitones: int) -> float:
    """How little a voice likes to move by so many semitones, up or down, in nats."""
    size = abs(semitones)
    return LEAPS[size] if size < len(LEAPS) else _WIDER + 0.2 * (size - len(LEAPS))


def _disorder(singers: Sequence[int], chord: _Chord, manner: _Manner) -> float:
    """What it costs to read notes otherwise than in the order in which the file has its voices.

    Of a unison MIDI does not say which of the two ends is whose.
    """
    if not manner.order:
        return 0.0
    items = chord.items
    return _OUT_OF_ORDER * sum(
        (singers[one] < singers[other]) != (manner.order * (items[one].place - items[other].place) < 0)
        for one, other in combinations(range(len(items)), 2)
        if items[one].note.pitch != items[other].note.pitch
    )


def _completed(
    before: _Way, chord: _Chord, manner: _Manner, cost: float, singers: Sequence[int]
) -> Iterator[_Way]:
    """The ways in which the strands without a note of their own hold on, fall silent or sing along."""
    own = {singer: index for index, singer in enumerate(singers)}
    choices = [
        _choices(place, chord, own.get(rank), manner.doubled) for rank, place in enumerate(before.places)
    ]
    for chosen in product(*choices):
        places = tuple(choice.place for choice in chosen)
        added = sum(choice.cost for choice in chosen) + _CROSSED * _crossings(places, chord.start)
        yield _Way(before.cost + cost + added, places, tuple(choice.note for choice in chosen), before)


@dataclass(frozen=True, slots=True)
class _Choice:
    cost: float
    place: _Place
    note: int | None = None


def _choices(place: _Place, chord: _Chord, own: int | None, doubled: float) -> list[_Choice]:
    """What one strand may do; `own` is the note that it was given."""
    if own is not None:
        return [_Choice(0.0, _placed(chord.items[own].note), own)]
    if place.end > chord.start:
        return [_Choice(0.0, place)]
    silent = _Place(place.pitch, place.end, place.latest_free)
    if place.is_silent or place.pitch is None:
        return [_Choice(0.0, silent)]
    costs = [leap_cost(item.note.pitch - place.pitch) for item in chord.items]
    nearest = min(range(len(costs)), key=costs.__getitem__)
    shared = _Choice(doubled + costs[nearest], _placed(chord.items[nearest].note), nearest)
    return [_Choice(_SILENCED, silent), shared]


def _placed(note: Note) -> _Place:
    return _Place(note.pitch, note.end, note.end - min(TOGETHER * 2, note.duration // 4), is_silent=False)


def _crossings(places: Sequence[_Place], start: int) -> int:
    sounding = [place.pitch for place in places if place.pitch is not None and place.end > start]
    return sum(upper < lower for upper, lower in pairwise(sounding))


def _strands(chords: Sequence[_Chord], last: _Way, count: int) -> list[Strand]:
    strands = [Strand() for _ in range(count)]
    for chord, taken in zip(chords, _taken(last), strict=True):
        for item in chord.left_out:
            nearest = min(strands, key=lambda strand: _distance(strand, item.note))
            nearest.dropped.append(Dropped(chord.start, chord.together, Kept.OUTER))
        _sing(chord, taken, strands)
    return strands


def _taken(last: _Way) -> list[_Taken]:
    """What every strand took of every chord, in order."""
    answer: list[_Taken] = []
    way = last
    while way.before is not None:
        answer.append(way.taken)
        way = way.before
    return answer[::-1]


def _distance(strand: Strand, note: Note) -> int:
    return abs(strand.notes[-1].pitch - note.pitch) if strand.notes else 0


def _sing(chord: _Chord, taken: _Taken, strands: Sequence[Strand]) -> None:
    """Add the notes of a chord; the upper of two strands on one note owns it."""
    owned: set[int] = set()
    for strand, index in zip(strands, taken, strict=True):
        if index is not None:
            strand.add(chord.items[index].note)
            strand.unisons += index in owned
            owned.add(index)
