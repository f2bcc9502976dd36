"""Guidance: what the user tells the experts that need no training."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import itemgetter, lt
from typing import Final, NamedTuple

from harmonizer_gui.engine.ranges import SINGABLE
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Voice, VoiceName

FAVOUR: Final = 3.0
AVOID: Final = -3.0
"""What one stroke of the brush is worth, in nats: about twenty times likelier, or rarer."""
MAX_STRENGTH: Final = 10.0

PARALLEL_FIFTHS: Final = "parallel fifths"
PARALLEL_OCTAVES: Final = "parallel octaves"
CROSSINGS: Final = "crossings"
OVERLAPS: Final = "overlaps"
WIDE_SPACING: Final = "wide spacing"
WIDE_LEAPS: Final = "wide leaps"
AWKWARD_LEAPS: Final = "awkward leaps"
DOUBLED_LEADING_NOTE: Final = "doubled leading note"
OUT_OF_RANGE: Final = "out of range"

FAULTS: Final[dict[str, tuple[str, ...]]] = {
    "voice leading": (
        PARALLEL_FIFTHS,
        PARALLEL_OCTAVES,
        CROSSINGS,
        OVERLAPS,
        WIDE_SPACING,
        WIDE_LEAPS,
        AWKWARD_LEAPS,
        DOUBLED_LEADING_NOTE,
    ),
    "range": (OUT_OF_RANGE,),
}
"""The faults that can be switched off, by the expert that finds them."""


class PaintedCell(NamedTuple):
    """A cell of the roll that the user favours (`strength` above 0, in nats) or avoids (below)."""

    voice: VoiceName
    step: int
    pitch: int
    """MIDI"""
    strength: float


_PLACE: Final = itemgetter(0, 1, 2)
"""Voice, step and pitch of a painted cell."""


@dataclass(frozen=True, slots=True)
class Lock:
    """The pitch classes (C = 0) allowed in the ticks [start, end); without an end, to the end of the piece.

    `label` is what the user chose: a key, a scale, a chord. Raises ValueError for an empty span and for no
    or impossible pitch classes.
    """

    start: int
    end: int | None
    pitch_classes: frozenset[int]
    label: str = ""

    def __post_init__(self) -> None:
        if self.start < 0 or (self.end is not None and self.end <= self.start):
            raise ValueError(f"a key cannot be locked over the ticks {self.start}–{self.end}")
        if not self.pitch_classes or not self.pitch_classes <= frozenset(range(12)):
            raise ValueError("a locked key allows some of the pitch classes 0–11")

    @property
    def ticks(self) -> float:
        return float("inf") if self.end is None else self.end - self.start

    def holds_at(self, tick: int) -> bool:
        return self.start <= tick and (self.end is None or tick < self.end)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`voice` shall be more like `line`, or less. Where the line is silent it says nothing."""

    voice: VoiceName
    line: Voice
    more: bool = True


class Compass(NamedTuple):
    """The lowest and the highest pitch (MIDI) that the singers of a voice reach."""

    voice: VoiceName
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Guidance:
    """What Painted, Key, Voice leading, Range and Similar go by, besides the music.

    `painted` is in order and has each cell once, `alike` and `ranges` each voice once. Of several `locks`
    over a tick the narrowest holds, so that a chord in one bar stands within a key for all. `off` names
    faults that are not to be found. A voice without a compass in `ranges` has that of the training
    chorales. Raises ValueError otherwise.
    """

    painted: tuple[PaintedCell, ...] = ()
    locks: tuple[Lock, ...] = ()
    off: frozenset[str] = frozenset()
    alike: tuple[Likeness, ...] = ()
    ranges: tuple[Compass, ...] = ()

    def __post_init__(self) -> None:
        for _, step, pitch, strength in self.painted:
            is_cell = step >= 0 and LOWEST_PITCH <= pitch <= HIGHEST_PITCH
            if not (is_cell and 0.0 < abs(strength) <= MAX_STRENGTH):
                raise ValueError(_unpaintable(step, pitch, strength))
        places = list(map(_PLACE, self.painted))
        if not all(map(lt, places, places[1:])):
            raise ValueError("painted cells must be in order, each once")
        if len({likeness.voice for likeness in self.alike}) != len(self.alike):
            raise ValueError("a voice can be likened to one line only")
        if len({compass.voice for compass in self.ranges}) != len(self.ranges):
            raise ValueError("a voice has one range")
        for voice, low, high in self.ranges:
            if not LOWEST_PITCH <= low <= high <= HIGHEST_PITCH:
                raise ValueError(f"the {voice.label} cannot range over the pitches {low}–{high}")

    def painted_in(self, voice: VoiceName) -> tuple[PaintedCell, ...]:
        return tuple(cell for cell in self.painted if cell.voice == voice)

    def paint(self, voice: VoiceName, cells: Iterable[tuple[int, int]], strength: float) -> Guidance:
        """The same with `cells` (step, MIDI pitch) painted anew; a strength of 0 erases them."""
        painted = dict(zip(map(_PLACE, self.painted), self.painted, strict=True))
        for step, pitch in cells:
            painted.pop((voice, step, pitch), None)
            if strength:
                painted[voice, step, pitch] = PaintedCell(voice, step, pitch, float(strength))
        return replace(self, painted=tuple(sorted(painted.values())))

    def lock(self, lock: Lock) -> Guidance:
        """The same with one more lock; it takes the place of another over the very same span."""
        others = [old for old in self.locks if (old.start, old.end) != (lock.start, lock.end)]
        return replace(self, locks=(*others, lock))

    def unlock(self, start: int = 0, end: int | None = None) -> Guidance:
        """The same without the locks that lie wholly within [start, end)."""
        kept = [lock for lock in self.locks if not _within(lock, start, end)]
        return replace(self, locks=tuple(kept))

    def lock_at(self, tick: int) -> Lock | None:
        """The lock that holds at `tick`: the narrowest, of equally narrow ones the last."""
        holding = [lock for lock in reversed(self.locks) if lock.holds_at(tick)]
        return min(holding, key=lambda lock: lock.ticks, default=None)

    def switch(self, fault: str, *, on: bool) -> Guidance:
        """The same with one fault looked for, or not."""
        return replace(self, off=self.off - {fault} if on else self.off | {fault})

    def range_of(self, voice: VoiceName) -> tuple[int, int]:
        """The lowest and the highest pitch (MIDI) that the singers of a voice reach."""
        own = (compass[1:] for compass in self.ranges if compass.voice == voice)
        return next(own, SINGABLE[voice])

    def with_range(self, voice: VoiceName, low: int, high: int) -> Guidance:
        """The same with other singers of a voice; those of the training chorales are left unsaid."""
        others = [compass for compass in self.ranges if compass.voice != voice]
        if (low, high) != SINGABLE[voice]:
            others.append(Compass(voice, low, high))
        return replace(self, ranges=tuple(sorted(others)))

    def liken(self, likeness: Likeness) -> Guidance:
        """The same with a voice likened to a line, in the place of another for this voice."""
        return replace(self, alike=(*self.unlike(likeness.voice).alike, likeness))

    def unlike(self, voice: VoiceName) -> Guidance:
        """The same with a voice likened to nothing."""
        return replace(self, alike=tuple(each for each in self.alike if each.voice != voice))

    def likeness(self, voice: VoiceName) -> Likeness | None:
        return next((each for each in self.alike if each.voice == voice), None)


NO_GUIDANCE: Final = Guidance()


def _unpaintable(step: int, pitch: int, strength: float) -> str:
    if step < 0:
        return f"a cell is painted at step {step}, before the piece"
    if not LOWEST_PITCH <= pitch <= HIGHEST_PITCH:
        return f"a cell is painted at pitch {pitch}, outside {LOWEST_PITCH}–{HIGHEST_PITCH}"
    return f"a cell is painted with strength {strength:g}, outside ±{MAX_STRENGTH:g} or 0"


def _within(lock: Lock, start: int, end: int | None) -> bool:
    return start <= lock.start and (end is None or (lock.end is not None and lock.end <= end))
