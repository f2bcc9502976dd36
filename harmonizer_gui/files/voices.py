"""Which of the tracks or parts of a file is which voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.names import claimed_voices, is_plain
from harmonizer_gui.files.splitting import split_strands
from harmonizer_gui.files.strands import Found, Strand, single_strand, width
from harmonizer_gui.score import Voice, VoiceName

_CENTRES = {VoiceName.SOPRANO: 69, VoiceName.ALTO: 63, VoiceName.TENOR: 58, VoiceName.BASS: 49}
_SHOWN_NAMES = 6


@dataclass(frozen=True)
class FilePart:
    """A track and channel, or a staff, with notes that may sound together; in no order."""

    name: str
    found: Sequence[Found]

    @property
    def height(self) -> float:
        """The mean pitch."""
        return sum(item.note.pitch for item in self.found) / len(self.found)


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


def arrange(parts: Sequence[FilePart]) -> Arrangement:
    """Find the four voices by the names of the parts, then by pitch; chords and closed score are split.

    Raises ContentError where there are no notes, or more parts than voices and no names to choose by.
    """
    sounding = [part for part in parts if part.found]
    if not sounding:
        raise ContentError("there are no notes in it")
    named, unnamed = _named(sounding)
    taken = frozenset().union(*(voices for _, voices in named))
    if len(taken) == len(VoiceName):
        return Arrangement(_strands_of(named), tuple(part.name or "unnamed" for part in unnamed))
    if len(sounding) > len(VoiceName):
        raise ContentError(
            f"it has {len(sounding)} parts with notes ({_listed(sounding)}), "
            "and no four of them are called soprano, alto, tenor and bass"
        )
    free = [voice for voice in VoiceName if voice not in taken]
    if len(unnamed) > len(free):
        named, unnamed, free = [], sounding, list(VoiceName)
    return Arrangement({**_strands_of(named), **_by_pitch(unnamed, free)})


def arrange_as(parts: Sequence[FilePart]) -> Arrangement:
    """Take four parts for soprano, alto, tenor and bass, as they come."""
    return Arrangement(
        {voice: _single(part, voice) for voice, part in zip(VoiceName, parts, strict=True) if part.found}
    )


_Named = list[tuple[FilePart, frozenset[VoiceName]]]


def _named(parts: Sequence[FilePart]) -> tuple[_Named, list[FilePart]]:
    """The parts whose names say which voices they hold, and the others.

    Where names clash, those that name nothing but a voice count (`Bass` against `Basso continuo`); where
    these clash too, none does.
    """
    claims = [claimed_voices(part.name) for part in parts]
    if _clash(claims):
        claims = [
            voices if is_plain(part.name) else frozenset() for part, voices in zip(parts, claims, strict=True)
        ]
    if _clash(claims):
        return [], list(parts)
    pairs = list(zip(parts, claims, strict=True))
    return [pair for pair in pairs if pair[1]], [part for part, voices in pairs if not voices]


def _clash(claims: Sequence[frozenset[VoiceName]]) -> bool:
    return sum(map(len, claims)) > len(frozenset().union(*claims))


def _strands_of(named: _Named) -> dict[VoiceName, Strand]:
    strands: dict[VoiceName, Strand] = {}
    for part, claimed in named:
        voices = sorted(claimed)
        strands.update(zip(voices, _strands(part, len(voices), voices[0]), strict=True))
    return strands


def _by_pitch(parts: Sequence[FilePart], free: list[VoiceName]) -> dict[VoiceName, Strand]:
    """Give the `free` voices, from high to low, to the parts that have no name, from high to low."""
    ordered = sorted(parts, key=lambda part: -part.height)
    counts = _strand_counts([width(part.found) for part in ordered], len(free))
    if sum(counts) == 1 and len(free) == len(VoiceName):
        return {VoiceName.SOPRANO: _single(ordered[0], VoiceName.SOPRANO)}
    strands = [
        strand
        for part, count in zip(ordered, counts, strict=True)
        for strand in _strands(part, count, free[-1])
    ]
    return dict(zip(_nearest_voices(strands, free), strands, strict=True))


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


def _strands(part: FilePart, count: int, voice: VoiceName) -> list[Strand]:
    return [_single(part, voice)] if count == 1 else split_strands(part.found, count)


def _single(part: FilePart, voice: VoiceName) -> Strand:
    return single_strand(part.found, keep_lowest=voice == VoiceName.BASS)


def _listed(parts: Sequence[FilePart]) -> str:
    names = [part.name or "unnamed" for part in parts]
    more = len(names) - _SHOWN_NAMES
    return ", ".join(names[:_SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")
