"""One chord shared out to the strands: who strikes which note, holds on, falls silent or sings along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from harmonizer_gui.files.strands import TOGETHER, Found
from harmonizer_gui.files.voice_prior import (
    START,
    Prior,
    height_index,
    is_perfect,
    length_class,
    move_class,
    spacing_index,
    standing,
)

# How much each of the counted costs weighs beside a move, which weighs 1. Tried out on the chorales that were
# counted; `python -m tests.files.weigh_voices` does it again.
LENGTH = 0.9
SPACING = 0.7
PARALLEL = 1.6
HEIGHT = 0.4

# What no chorale tells, in nats.
_ENTRY = 2.5
"""What the first note of a strand costs; where there is a choice, the upper strands begin."""
_SILENCED = 13.0
_UPPER_SILENCED, _UPPER_SILENT = 2.0, 0.5
"""What it costs more to fall silent, and to stay so for one more chord, for each strand below: the upper
go on alone."""
_SHARED_BY_NEW = 20.0
"""What it costs to share the first note of another strand."""
_TRIMMED = 25.0
_OTHER_RANK = 40.0
_OUT_OF_ORDER = 30.0
_LEAVES_EARLY = -1
"""In the place of the end of a note that is another strand's: nobody knows how long it is sung."""
MARGIN = 10.0
"""Ways that cost so much more than the best are let go."""
_MOST_WAYS = 24
DOUBTFUL = 3.0
"""A way that costs so little more than the best is told of."""


class Place(NamedTuple):
    """Where a strand is: its last note, and whether it has fallen silent since."""

    pitch: int | None = None
    end: int = 0
    free: int = 0
    """From this tick on the strand can take a note: a little before the end of the last, as played notes
    overlap, and at any time where it shares a note of another strand."""
    before: int = START
    """The class of the move to the note."""
    length: int = 0
    """The class of its length."""
    leaving: int = 0
    is_silent: bool = True


class Chord(NamedTuple):
    """The notes struck at one tick, from high to low, and those of them that there is no strand for."""

    start: int
    items: tuple[Found, ...]
    left_out: tuple[Found, ...]
    together: int
    beat: int
    """The class of the place in the quarter."""


class Manner(NamedTuple):
    """How a part is written."""

    voices: tuple[int, ...]
    """Which voices the strands are taken for, as numbers from the soprano down."""
    shift: int = 0
    """How much the part lies above the usual height of these voices, in semitones."""
    phase: int = 0
    """Where in the quarter most notes begin: that is the beat."""
    shared: float = 0.0
    """What it costs to share a note, besides the move; more in a part that writes unisons as two notes."""
    struck: int = 0
    """1 where notes struck together stand in the file from the upper voice to the lower, -1 the other way,
    0 for neither."""
    left: int = 0
    """The same for notes that end together."""
    is_struck_anew: bool = False
    """Whether held notes are written as repeated ones."""


class Option(NamedTuple):
    """What one strand may do: `note` is the number of the note that it sings, `is_own` whether for itself."""

    cost: float
    place: Place
    note: int | None = None
    is_own: bool = False


@dataclass(slots=True, eq=False)
class Way:
    """How the notes so far were shared out, and what it cost; `rivals` came to the same a little dearer."""

    cost: float
    places: tuple[Place, ...]
    chosen: tuple[Option, ...] = ()
    before: Way | None = None
    rivals: list[Way] = field(default_factory=list)

    @property
    def since_the_start(self) -> list[Way]:
        """The ways that this one went on from, and itself: one for each chord."""
        ways: list[Way] = []
        way: Way | None = self
        while way is not None and way.before is not None:
            ways.append(way)
            way = way.before
        return ways[::-1]


def shared_out(ways: Sequence[Way], chord: Chord, manner: Manner, prior: Prior) -> list[Way]:
    """The cheapest ways to go on after `ways`, which are sorted, each to another situation of the strands."""
    sharing = _Sharing(chord, manner, prior)
    for way in ways:
        sharing.go_on(way)
    ordered = sorted(sharing.best.values(), key=lambda way: way.cost)[:_MOST_WAYS]
    return [way for way in ordered if way.cost <= ordered[0].cost + MARGIN]


class _Sharing:
    """All sensible ways to share out one chord."""

    def __init__(self, chord: Chord, manner: Manner, prior: Prior) -> None:
        self.best: dict[tuple[Place, ...], Way] = {}
        self._limit = float("inf")
        self._chord = chord
        self._manner = manner
        self._prior = prior
        self._all = (1 << len(chord.items)) - 1
        self._twins = [_twin(chord.items, index) for index in range(len(chord.items))]
        self._known: dict[tuple[int, Place], list[Option]] = {}

    def go_on(self, way: Way) -> None:
        """Add what may follow a way, strand by strand, as long as it can be among the cheapest."""
        self._way = way
        self._options = [self._options_of(rank, place) for rank, place in enumerate(way.places)]
        self._rest = [0.0] * (len(way.places) + 1)
        for rank in reversed(range(len(way.places))):
            self._rest[rank] = self._rest[rank + 1] + self._options[rank][0].cost
        self._chosen: list[Option] = []
        self._choose(way.cost, 0)

    def _choose(self, cost: float, taken: int) -> None:
        """Go on with the next strand; `taken` has a bit for every note that has its strand."""
        rank = len(self._chosen)
        if rank == len(self._options):
            if taken == self._all:
                self._keep(cost)
            return
        if (self._all ^ taken).bit_count() > len(self._options) - rank:
            return
        rest = self._rest[rank + 1]
        for option in self._options[rank]:
            if cost + option.cost + rest > self._limit:
                return
            bit = self._bit(option, taken)
            if bit is None:
                continue
            whole = cost + option.cost + self._beside(rank, option)
            if whole + rest <= self._limit:
                self._chosen.append(option)
                self._choose(whole, taken | bit)
                self._chosen.pop()

    def _bit(self, option: Option, taken: int) -> int | None:
        """The bit of the note that a strand takes for itself; None if it cannot have it."""
        if option.note is None or not option.is_own:
            return 0
        bit, twin = 1 << option.note, self._twins[option.note]
        if taken & bit or (twin is not None and not taken & 1 << twin):
            return None
        return bit

    def _keep(self, cost: float) -> None:
        chosen = tuple(self._chosen)
        places = tuple(option.place for option in chosen)
        way, other = Way(cost, places, chosen, self._way), self.best.get(places)
        if other is None:
            self.best[places] = way
        elif abs(other.cost - cost) <= DOUBTFUL or cost < other.cost:
            better, worse = (way, other) if cost < other.cost else (other, way)
            better.rivals += [
                rival for rival in (worse, *worse.rivals) if rival.cost <= better.cost + DOUBTFUL
            ]
            self.best[places] = better
        self._limit = min(self._limit, cost + MARGIN)

    def _options_of(self, rank: int, place: Place) -> list[Option]:
        """What a strand may do, the cheapest first."""
        known = self._known.get((rank, place))
        if known is None:
            options = [*self._own_notes(rank, place), *self._without_own_note(rank, place)]
            known = self._known[rank, place] = sorted(options, key=lambda option: option.cost)
        return known

    def _own_notes(self, rank: int, place: Place) -> list[Option]:
        return [
            Option(
                self._note_cost(rank, place, item) + self._length_cost(rank, place, item),
                self._placed(place, item, item.note.end - min(2 * TOGETHER, item.note.duration // 4)),
                index,
                is_own=True,
            )
            for index, item in enumerate(self._chord.items)
        ]

    def _without_own_note(self, rank: int, place: Place) -> list[Option]:
        if place.end > self._chord.start:
            return [Option(0.0, place)]
        silent, below = place._replace(is_silent=True), len(self._manner.voices) - 1 - rank
        if place.is_silent or place.pitch is None:
            return [Option(_UPPER_SILENT * below, silent)]
        items, pitch = self._chord.items, place.pitch
        nearest = min(range(len(items)), key=lambda index: abs(items[index].note.pitch - pitch))
        item = items[nearest]
        cost = self._manner.shared + self._note_cost(rank, place, item)
        shared = self._placed(place, item, item.note.start + 1)._replace(leaving=_LEAVES_EARLY)
        return [Option(_SILENCED + _UPPER_SILENCED * below, silent), Option(cost, shared, nearest)]

    def _note_cost(self, rank: int, place: Place, item: Found) -> float:
        """What the note itself costs: the move to it, its height, and that the strand may not be free."""
        voice, pitch = self._manner.voices[rank], item.note.pitch
        if self._goes_on(place, item):
            return 0.0
        cost = HEIGHT * self._prior.heights[voice][height_index(pitch - self._manner.shift)]
        if place.pitch is None:
            cost += _ENTRY + rank / 10
        else:
            before = START if place.is_silent else place.before
            cost += self._prior.move(voice, before, self._chord.beat, pitch - place.pitch)
        if place.free > self._chord.start:
            cost += _TRIMMED
        if item.rank is not None and item.rank != rank:
            cost += _OTHER_RANK
        return cost

    def _length_cost(self, rank: int, place: Place, item: Found) -> float:
        if place.pitch is None or self._manner.is_struck_anew:
            return 0.0
        lengths = self._prior.lengths[self._manner.voices[rank]][self._chord.beat][place.length]
        return LENGTH * lengths[length_class(item.note.duration)]

    def _goes_on(self, place: Place, item: Found) -> bool:
        """Whether this is the last note of the strand struck again only because others strike."""
        is_next = abs(place.end - item.note.start) <= 2 * TOGETHER
        return self._manner.is_struck_anew and item.note.pitch == place.pitch and is_next

    def _placed(self, place: Place, item: Found, free: int) -> Place:
        note = item.note
        before = START if place.pitch is None or place.is_silent else move_class(note.pitch - place.pitch)
        if self._goes_on(place, item):
            before = place.before
        leaving = item.leaving if self._manner.left else 0
        return Place(
            note.pitch, note.end, free, before, length_class(note.duration), leaving, is_silent=False
        )

    def _beside(self, rank: int, option: Option) -> float:
        """What it costs to sing this beside what the strands above do."""
        cost = 0.0
        if rank and (option.note is not None or self._chosen[-1].note is not None):
            cost += self._spacing_cost(rank, option.place)
        for above, other in enumerate(self._chosen):
            if option.note is not None or other.note is not None:
                cost += self._pair_cost(above, other, rank, option)
        return cost

    def _spacing_cost(self, rank: int, place: Place) -> float:
        above, start = self._chosen[-1].place, self._chord.start
        if above.pitch is None or place.pitch is None or above.end <= start or place.end <= start:
            return 0.0
        upper, lower = self._way.places[rank - 1].pitch, self._way.places[rank].pitch
        stood = 2 if upper is None or lower is None else standing(upper, lower)
        spacings = self._prior.spacings[self._manner.voices[rank - 1]][stood]
        cost = spacings[spacing_index(above.pitch - place.pitch)]
        return SPACING * cost

    def _pair_cost(self, above: int, other: Option, rank: int, option: Option) -> float:
        """Parallels, and what is read otherwise than in the order in which the file has its voices."""
        manner, items, cost = self._manner, self._chord.items, 0.0
        upper, lower = other.place, option.place
        if upper.pitch is None or lower.pitch is None:
            return cost
        if other.note is not None and option.note is not None:
            if other.note == option.note and None in (
                self._way.places[above].pitch,
                self._way.places[rank].pitch,
            ):
                cost += _SHARED_BY_NEW
            if self._is_parallel(above, upper.pitch, rank, lower.pitch):
                cost += PARALLEL * self._prior.parallel
            is_apart = other.is_own and option.is_own and upper.pitch != lower.pitch
            if is_apart and manner.struck * (items[other.note].place - items[option.note].place) > 0:
                cost += _OUT_OF_ORDER
        leave = upper.end == lower.end and _LEAVES_EARLY not in (upper.leaving, lower.leaving)
        if leave and upper.pitch != lower.pitch:
            cost += _OUT_OF_ORDER * (manner.left * (upper.leaving - lower.leaving) > 0)
        return cost

    def _is_parallel(self, above: int, upper: int, rank: int, lower: int) -> bool:
        from_upper, from_lower = self._way.places[above].pitch, self._way.places[rank].pitch
        if from_upper is None or from_lower is None or from_lower == lower or not is_perfect(upper, lower):
            return False
        return upper - from_upper == lower - from_lower


def _twin(items: Sequence[Found], index: int) -> int | None:
    """The note before, if nothing tells the two apart: the upper strand takes that."""
    if not index:
        return None
    one, other = items[index - 1], items[index]
    alike = (one.note.pitch, one.note.duration, one.rank) == (
        other.note.pitch,
        other.note.duration,
        other.rank,
    )
    return index - 1 if alike else None
