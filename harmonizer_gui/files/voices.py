"""Which of the tracks or parts of a file is which voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, islice

from harmonizer_gui.files.assignment import Assignment, StrandRef
from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.manner import Order, onsets, order_of
from harmonizer_gui.files.names import claimed_voices, is_plain
from harmonizer_gui.files.splitting import split_strands
from harmonizer_gui.files.strands import Found, Strand, single_strand, width
from harmonizer_gui.score import Voice, VoiceName

_CENTRES = {VoiceName.SOPRANO: 69, VoiceName.ALTO: 63, VoiceName.TENOR: 58, VoiceName.BASS: 49}
_SHOWN_NAMES = 6
_MOST_CHOICES = 5_000
_WAY_OUT = "; say with “convert --voices” which are the voices"


@dataclass(frozen=True)
class FilePart:
    """A track and channel, or a staff, with notes that may sound together; in no order."""

    name: str
    found: Sequence[Found]

    @property
    def height(self) -> float:
        """The mean pitch."""
        return sum(item.note.pitch for item in self.found) / len(self.found)

    @property
    def has_ranks(self) -> bool:
        """Whether the file says of all notes struck together which voice they belong to."""
        return all(
            item.rank is not None for _, chord in onsets(self.found) if len(chord) > 1 for item in chord
        )


@dataclass(frozen=True)
class Arrangement:
    """The line of each voice that was found, and the names of the parts that were left out."""

    strands: Mapping[VoiceName, Strand]
    left_out: tuple[str, ...] = field(default=())

    def voices(self) -> tuple[Voice, Voice, Voice, Voice]:
        soprano, alto, tenor, bass = (
            Voice(tuple(self.strands[name].notes)) if name in self.strands else Voice() for name in VoiceName
        )
        return soprano, alto, tenor, bass


@dataclass(frozen=True)
class Guess:
    """Which strand is taken for which voice where nobody says.

    `counts` has for each part how many strands it is taken apart into. `is_plain` where the file leaves
    little doubt. `problem` says why it should not be taken without asking, empty if it may be.
    """

    assignment: Assignment
    counts: tuple[int, ...]
    is_plain: bool
    problem: str = ""


class Parts:
    """The parts of a file that have notes, in its order, and the strands that they are taken apart into."""

    def __init__(self, parts: Iterable[FilePart]) -> None:
        """Raises ContentError where there are no notes."""
        self.sounding = tuple(part for part in parts if part.found)
        if not self.sounding:
            raise ContentError("there are no notes in it")
        self._split: dict[tuple[int, int], list[Strand]] = {}
        self._guess: Guess | None = None

    @property
    def guess(self) -> Guess:
        """By the names of the parts, then by pitch."""
        if self._guess is None:
            self._guess = _Guessing(self).guess()
        return self._guess

    def strand(self, ref: StrandRef, *, count: int = 1, keep_lowest: bool = False) -> Strand:
        """One strand; of a part whole, the highest of notes struck together is kept, or the lowest.

        `count` is how many strands the part is taken apart into. Raises ContentError for a strand that is
        not there.
        """
        if ref.part >= len(self.sounding):
            how_many = "one part" if len(self.sounding) == 1 else f"{len(self.sounding)} parts"
            raise ContentError(f"it has {how_many} with notes, so there is no strand {ref}")
        if ref.strand is None:
            return single_strand(self.sounding[ref.part].found, keep_lowest=keep_lowest)
        return self.split(ref.part, max(count, ref.strand + 1))[ref.strand]

    def split(self, part: int, count: int) -> list[Strand]:
        """The strands of a part, from high to low."""
        if (part, count) not in self._split:
            self._split[part, count] = split_strands(self.sounding[part].found, count, self._order)
        return self._split[part, count]

    @cached_property
    def _order(self) -> Order:
        return order_of([part.found for part in self.sounding if width(part.found) > 1])

    @property
    def refs(self) -> list[StrandRef]:
        """All strands that were found, part by part, from high to low."""
        return [
            StrandRef(part, strand if count > 1 else None)
            for part, count in enumerate(self.guess.counts)
            for strand in range(count)
        ]

    def arranged(self, assignment: Assignment | None = None) -> Arrangement:
        """The voices as `assignment` has them, or as guessed. Raises ContentError where that cannot be."""
        if assignment is None:
            if self.guess.problem:
                raise ContentError(self.guess.problem)
            assignment = self.guess.assignment
        counts = dict(enumerate(self.guess.counts))
        for ref in assignment.values():
            counts[ref.part] = max(counts.get(ref.part, 1), (ref.strand or 0) + 1)
        strands = {
            voice: self.strand(ref, count=counts[ref.part], keep_lowest=voice == VoiceName.BASS)
            for voice, ref in assignment.items()
        }
        return Arrangement(strands, self._left_out(assignment, counts))

    def _left_out(self, assignment: Assignment, counts: Mapping[int, int]) -> tuple[str, ...]:
        """The names of the parts, or of their strands, that are no voice."""
        used = {(ref.part, ref.strand) for ref in assignment.values()}
        names: list[str] = []
        for part, file_part in enumerate(self.sounding):
            name = file_part.name or f"unnamed part {part + 1}"
            strands = [strand for place, strand in used if place == part]
            if not strands:
                names.append(name)
            elif None not in strands:
                missing = [StrandRef(part, i) for i in range(counts[part]) if i not in strands]
                names += [f"{name} ({ref})" for ref in missing]
        return tuple(names)


def arrange(parts: Sequence[FilePart], assignment: Assignment | None = None) -> Arrangement:
    """Find the four voices by the names of the parts, then by pitch; chords and closed score are split.

    Raises ContentError where there are no notes, or more parts than voices and no names to choose by.
    """
    return Parts(parts).arranged(assignment)


def arrange_as(parts: Sequence[FilePart]) -> Arrangement:
    """Take four parts for soprano, alto, tenor and bass, as they come."""
    return Arrangement(
        {
            voice: single_strand(part.found, keep_lowest=voice == VoiceName.BASS)
            for voice, part in zip(VoiceName, parts, strict=True)
            if part.found
        }
    )


_Named = list[tuple[int, frozenset[VoiceName]]]
"""Parts, and the voices that they say they hold."""


class _Guessing:
    """The guess about the voices of some parts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._sounding = parts.sounding

    def guess(self) -> Guess:
        named, unnamed = self._named()
        taken = frozenset().union(*(voices for _, voices in named))
        if len(taken) == len(VoiceName):
            return self._of(_refs_of(named))
        if len(self._sounding) > len(VoiceName):
            return self._too_many()
        free = [voice for voice in VoiceName if voice not in taken]
        if len(unnamed) > len(free):
            named, unnamed, free = [], list(range(len(self._sounding))), list(VoiceName)
        return self._of({**_refs_of(named), **self._by_pitch(unnamed, free)})

    def _of(self, assignment: Assignment) -> Guess:
        counts = [1] * len(self._sounding)
        for ref in assignment.values():
            counts[ref.part] = max(counts[ref.part], (ref.strand or 0) + 1)
        return Guess(dict(sorted(assignment.items())), tuple(counts), self._is_plain(assignment))

    def _named(self) -> tuple[_Named, list[int]]:
        """The parts whose names say which voices they hold, and the others.

        Where names clash, those that name nothing but a voice count (`Bass` against `Basso continuo`);
        where these clash too, none does.
        """
        names = [part.name for part in self._sounding]
        claims = [claimed_voices(name) for name in names]
        if _clash(claims):
            claims = [
                voices if is_plain(name) else frozenset() for name, voices in zip(names, claims, strict=True)
            ]
        if _clash(claims):
            return [], list(range(len(names)))
        pairs = list(enumerate(claims))
        return [pair for pair in pairs if pair[1]], [part for part, voices in pairs if not voices]

    def _too_many(self) -> Guess:
        """Four parts that may be the voices, which must not be taken unasked."""
        names = _listed(self._sounding)
        why = "no four of them are called soprano, alto, tenor and bass"
        if self._first_named.keys() == set(VoiceName):
            why = "several are called after one voice"
        problem = f"it has {len(self._sounding)} parts with notes ({names}), and {why}{_WAY_OUT}"
        assignment = {voice: StrandRef(part) for voice, part in self._likely_four().items()}
        return Guess(assignment, (1,) * len(self._sounding), is_plain=False, problem=problem)

    def _likely_four(self) -> dict[VoiceName, int]:
        """The first part called after each voice; else those whose heights are most like those of voices."""
        if self._first_named.keys() == set(VoiceName):
            return dict(sorted(self._first_named.items()))
        ordered = sorted(range(len(self._sounding)), key=lambda part: -self._sounding[part].height)
        choices = islice(combinations(ordered, len(VoiceName)), _MOST_CHOICES)
        best = min(choices, key=self._strangeness)
        return dict(zip(VoiceName, best, strict=True))

    @cached_property
    def _first_named(self) -> dict[VoiceName, int]:
        """For each voice the first part that is called after it alone."""
        answer: dict[VoiceName, int] = {}
        for index, part in enumerate(self._sounding):
            claimed = claimed_voices(part.name)
            if len(claimed) == 1:
                answer.setdefault(min(claimed), index)
        return answer

    def _strangeness(self, parts: Sequence[int]) -> float:
        heights = (self._sounding[part].height for part in parts)
        return sum(abs(height - _CENTRES[voice]) for voice, height in zip(VoiceName, heights, strict=True))

    def _by_pitch(self, parts: Sequence[int], free: list[VoiceName]) -> dict[VoiceName, StrandRef]:
        """Give the `free` voices, from high to low, to the parts that have no name, from high to low."""
        ordered = sorted(parts, key=lambda part: -self._sounding[part].height)
        counts = _strand_counts([width(self._sounding[part].found) for part in ordered], len(free))
        if sum(counts) == 1 and len(free) == len(VoiceName):
            return {VoiceName.SOPRANO: StrandRef(ordered[0])}
        refs = [
            StrandRef(part, strand if count > 1 else None)
            for part, count in zip(ordered, counts, strict=True)
            for strand in range(count)
        ]
        strands = [self._parts.strand(ref, count=counts[ordered.index(ref.part)]) for ref in refs]
        return dict(zip(_nearest_voices(strands, free), refs, strict=True))

    def _is_plain(self, assignment: Assignment) -> bool:
        """Whether no part had to be taken apart by pitch alone, and all of the four voices are there.

        A lone melody is plain, too.
        """
        split = {ref.part for ref in assignment.values() if ref.strand is not None}
        is_melody = len(self._sounding) == 1 and not split
        is_complete = len(assignment) == len(VoiceName)
        return (is_melody or is_complete) and all(self._sounding[part].has_ranks for part in split)


def _refs_of(named: _Named) -> dict[VoiceName, StrandRef]:
    return {
        voice: StrandRef(part, strand if len(voices) > 1 else None)
        for part, voices in named
        for strand, voice in enumerate(sorted(voices))
    }


def _clash(claims: Sequence[frozenset[VoiceName]]) -> bool:
    return sum(map(len, claims)) > len(frozenset().union(*claims))


def _strand_counts(widths: Sequence[int], room: int) -> list[int]:
    """How many strands to look for in each part: two in each of two staves, else as many as there are."""
    if len(widths) == 2 and room == 4 and min(widths) > 1:
        return [2, 2]
    counts = [1] * len(widths)
    while sum(counts) < room and any(wide > count for wide, count in zip(widths, counts, strict=True)):
        widest = max(range(len(widths)), key=lambda index: widths[index] - counts[index])
        counts[widest] += 1
    return counts


def _nearest_voices(strands: Sequence[Strand], free: Sequence[VoiceName]) -> tuple[VoiceName, ...]:
    """The voices, in order, whose usual range lies nearest to the strands."""
    heights = [
        sum(note.pitch for note in strand.notes) / len(strand.notes) if strand.notes else None
        for strand in strands
    ]

    def distance(voices: tuple[VoiceName, ...]) -> float:
        return sum(
            abs(height - _CENTRES[voice])
            for height, voice in zip(heights, voices, strict=True)
            if height is not None
        )

    return min(combinations(free, len(strands)), key=distance)


def _listed(parts: Sequence[FilePart]) -> str:
    names = [part.name or "unnamed" for part in parts]
    more = len(names) - _SHOWN_NAMES
    return ", ".join(names[:_SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")
