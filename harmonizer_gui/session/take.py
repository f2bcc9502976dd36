"""A take and all that it can be told by: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from harmonizer_gui.engine.composing import ComposeRequest
from harmonizer_gui.engine.guidance import NO_GUIDANCE, Guidance
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.records import SampledHeat
from harmonizer_gui.score import KeySignature, Score, TimeSignature, Voice, VoiceName
from harmonizer_gui.session.locks import Place
from harmonizer_gui.session.spans import laid_in

HEAT_BUDGET: Final = 6 * 1024 * 1024
"""Bytes of heat, not deflated, that the takes of a piece keep: that of the newest."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the notes stand on."""

    time_signatures: tuple[TimeSignature, ...]
    key_signatures: tuple[KeySignature, ...]
    pickup: int = 0

    @staticmethod
    def of(score: Score) -> Paper:
        return Paper(score.time_signatures, score.key_signatures, score.pickup)

    def under(self, score: Score) -> Score:
        """`score` on this paper. Raises ValueError for what cannot be the paper of a score."""
        return replace(
            score,
            time_signatures=self.time_signatures,
            key_signatures=self.key_signatures,
            pickup=self.pickup,
        )


@dataclass(frozen=True)
class Music:
    """Whole voices, and the paper where it came with them."""

    lines: tuple[tuple[VoiceName, Voice], ...]
    paper: Paper | None = None

    @staticmethod
    def of(score: Score, place: Place, *, with_paper: bool = False) -> Music:
        """What stands in the voices of `place`."""
        lines = tuple((voice, score.voice(voice)) for voice, _ in place)
        return Music(lines, Paper.of(score) if with_paper else None)

    def laid_into(self, score: Score, place: Place) -> Score:
        """`score` with this music in the ticks of `place`, and all else as it is."""
        lines = dict(self.lines)
        for voice, spans in place:
            if voice in lines:
                score = score.with_voice(voice, laid_in(score.voice(voice), lines[voice], spans))
        if self.paper is not None and self.paper != Paper.of(score):
            score = self.paper.under(score)
        return score


class Way(Enum):
    """How a take came about."""

    FILL = "fill"
    REWRITE = "rewrite"
    COMPOSE = "compose"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a piece from nothing is to be. Raises ValueError for a number of bars that is not possible."""

    bars: int
    metre: TimeSignature
    key: KeySignature | None = None

    def __post_init__(self) -> None:
        ComposeRequest(self.bars)

    @property
    def ticks(self) -> int:
        return self.bars * self.metre.bar_ticks


@dataclass(frozen=True, slots=True)
class Settings:
    """What gives the same take again, around the same music on the same device."""

    seed: int
    mix: Mix = AS_LEARNED
    guidance: Guidance = NO_GUIDANCE
    way: Way = Way.FILL
    sheet: Sheet | None = None
    """Of a piece from nothing."""


@dataclass(frozen=True, eq=False)
class Take:
    """A filling that the user may keep. Two takes are the same only if they are one."""

    number: int
    """From 1 on, within its set."""
    settings: Settings
    music: Music
    bits: float | None = None
    """Per step that was written, by the learned experts at their learned exponents."""
    faults: dict[str, int] = field(default_factory=dict)
    """What was counted, by the names of the counter."""
    heats: tuple[SampledHeat, ...] = ()
    made: str = ""
    """When, as ISO 8601 to the second, local time."""

    def heat_of(self, voice: VoiceName) -> SampledHeat | None:
        """What `voice` was drawn from, if that was kept."""
        return next((heat for heat in self.heats if heat.voice == voice), None)


@dataclass(frozen=True, eq=False)
class TakeSet:
    """The takes of one place. Take 0 is `original`: what stood there before the first of them."""

    place: Place
    original: Music
    takes: tuple[Take, ...] = ()

    @property
    def voices(self) -> tuple[VoiceName, ...]:
        return tuple(voice for voice, _ in self.place)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Take 0, then the others."""
        return (0, *(take.number for take in self.takes))

    def take(self, number: int) -> Take | None:
        """The take of that number; None for take 0 and for one that is gone."""
        return next((take for take in self.takes if take.number == number), None)

    def music(self, number: int) -> Music:
        """The music of a take; that of take 0 for one that is gone."""
        take = self.take(number)
        return self.original if take is None else take.music

    def with_takes(self, takes: tuple[Take, ...]) -> TakeSet:
        return replace(self, takes=takes)


def within_budget(sets: tuple[TakeSet, ...], budget: int = HEAT_BUDGET) -> tuple[TakeSet, ...]:
    """`sets` with the heat of the newest takes only, as much of it as `budget` bytes hold.

    A take without its heat is as it was in all else. What needs no change is given back itself.
    """
    heated = [take for each in sets for take in each.takes if take.heats]
    dropped, left = set[int](), budget
    for take in sorted(heated, key=lambda take: take.made)[::-1]:
        left -= sum(heat.heat.nbytes for heat in take.heats)
        if left < 0:
            dropped.add(id(take))
    return tuple(_without_heat(each, dropped) for each in sets) if dropped else sets


def _without_heat(each: TakeSet, dropped: set[int]) -> TakeSet:
    if dropped.isdisjoint(map(id, each.takes)):
        return each
    return each.with_takes(
        tuple(replace(take, heats=()) if id(take) in dropped else take for take in each.takes)
    )
