"""What a project file may hold, as typed parts: the schema of `docs/project-format.md`.

A new part of the format is a class here and a field of `Content`; what the class says is then checked when
a file is read, and its keys that this version does not know are kept.
"""

from __future__ import annotations

import math
import zlib
from base64 import b64decode
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, FailFast, Field, model_validator

from harmonizer_gui.files.bounds import MAX_NOTES, MAX_TICK
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, TICKS_PER_QUARTER, Note, Voice

VERSION: Final = 2
MAX_STEP: Final = MAX_TICK * 4 // TICKS_PER_QUARTER
MAX_PAINTED: Final = 500_000
MAX_TAKES: Final = 200
MAX_EXPERTS: Final = 64
MAX_TABLE_BYTES: Final = 32 * 1024 * 1024
MAX_TABLE_LETTERS: Final = 16 * 1024 * 1024

VoiceLabel = Literal["soprano", "alto", "tenor", "bass"]
Tick = Annotated[int, Field(ge=0, le=MAX_TICK)]
SpansPart = dict[VoiceLabel, list[Annotated[list[Tick], Field(min_length=2, max_length=2)]]]
"""Ticks [start, end) of voices."""
Length = Annotated[int, Field(ge=1, le=MAX_TICK)]
Pitch = Annotated[int, Field(ge=0, le=127)]
Name = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=10_000)]
Factor = Annotated[float, Field(ge=0, le=10)]


class Part(BaseModel):
    """An object of the file. Keys that it does not know are kept."""

    model_config = ConfigDict(strict=True, frozen=True, extra="allow", allow_inf_nan=False)


class NotePart(Part):
    """A note of one voice, in ticks of 480 a quarter. Unknown keys are let go: notes come and go."""

    model_config = ConfigDict(extra="ignore")

    start: Tick
    duration: Length
    pitch: Pitch
    velocity: Annotated[int, Field(ge=1, le=127)] = 80
    fermata: bool = False
    generated: bool = False
    lyric: Text = ""


class VoicePart(Part):
    """The notes of a voice, in order of time, none over another."""

    notes: Annotated[list[NotePart], FailFast(), Field(max_length=MAX_NOTES)]


class VoicesPart(Part):
    """The four voices."""

    soprano: VoicePart
    alto: VoicePart
    tenor: VoicePart
    bass: VoicePart


class TempoPart(Part):
    """From `tick` on, so many quarters a minute."""

    tick: Tick
    quarters_per_minute: Annotated[float, Field(ge=5, le=1000)]


class TimeSignaturePart(Part):
    """From `tick` on, bars of this metre."""

    tick: Tick
    numerator: Annotated[int, Field(ge=1, le=64)]
    denominator: Annotated[int, Field(ge=1, le=32)]


class KeySignaturePart(Part):
    """From `tick` on, so many sharps, or flats below zero."""

    tick: Tick
    fifths: Annotated[int, Field(ge=-7, le=7)]
    mode: Literal["major", "minor"] = "major"


class ScorePart(Part):
    """The music."""

    voices: VoicesPart
    title: Text = ""
    tempos: Annotated[list[TempoPart], FailFast()]
    time_signatures: Annotated[list[TimeSignaturePart], FailFast()]
    key_signatures: Annotated[list[KeySignaturePart], FailFast()] = []
    pickup: Tick = 0


class MixPart(Part):
    """Factors on the learned exponents, by name of the expert, and the temperature."""

    factors: dict[str, Factor] = {}
    temperature: Annotated[float, Field(ge=0.05, le=5)] = 1.0
    muted: list[str] = []
    soloed: list[str] = []


class PaintedPart(Part):
    """A cell of the roll that the user favours, or avoids below zero."""

    voice: VoiceLabel
    step: Annotated[int, Field(ge=0, le=MAX_STEP)]
    pitch: Annotated[int, Field(ge=LOWEST_PITCH, le=HIGHEST_PITCH)]
    strength: Annotated[float, Field(ge=-10, le=10)]


class LockPart(Part):
    """The pitch classes (C = 0) allowed in the ticks [start, end), to the end of the piece without an end."""

    start: Tick
    end: Tick | None = None
    pitch_classes: Annotated[list[Annotated[int, Field(ge=0, le=11)]], Field(min_length=1, max_length=12)]
    label: Name = ""

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"it ends at tick {self.end}, not after its start")
        return self


class LikenessPart(Part):
    """A voice shall be more like these notes, or less."""

    voice: VoiceLabel
    notes: Annotated[list[NotePart], FailFast(), Field(max_length=MAX_NOTES)]
    more: bool = True

    @model_validator(mode="after")
    def _is_one_line(self) -> Self:
        Voice(tuple(Note(note.start, note.duration, note.pitch) for note in self.notes))
        return self


class CompassPart(Part):
    """The lowest and the highest pitch that the singers of a voice reach."""

    voice: VoiceLabel
    low: Annotated[int, Field(ge=LOWEST_PITCH, le=HIGHEST_PITCH)]
    high: Annotated[int, Field(ge=LOWEST_PITCH, le=HIGHEST_PITCH)]

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.high < self.low:
            raise ValueError(f"it goes from {self.low} down to {self.high}")
        return self


class GuidancePart(Part):
    """What the user tells the experts that need no training."""

    painted: Annotated[list[PaintedPart], FailFast(), Field(max_length=MAX_PAINTED)] = []
    locks: Annotated[list[LockPart], FailFast(), Field(max_length=10_000)] = []
    off: list[Name] = []
    alike: Annotated[list[LikenessPart], Field(max_length=4)] = []
    ranges: Annotated[list[CompassPart], Field(max_length=4)] = []

    @model_validator(mode="after")
    def _has_each_voice_once(self) -> Self:
        if len({likeness.voice for likeness in self.alike}) != len(self.alike):
            raise ValueError("a voice is likened to two lines")
        if len({compass.voice for compass in self.ranges}) != len(self.ranges):
            raise ValueError("a voice has two ranges")
        return self


class PresetPart(Part):
    """A mix of the user's own."""

    name: Name
    mix: MixPart


class TablePart(Part):
    """Numbers as base64 of deflated 16-bit floats, little-endian, in the order of the last axis first."""

    shape: Annotated[list[Annotated[int, Field(ge=0, le=MAX_STEP)]], Field(min_length=1, max_length=4)]
    data: Annotated[str, Field(max_length=MAX_TABLE_LETTERS)]

    @property
    def size(self) -> int:
        """Bytes of the table that the shape names."""
        return 2 * math.prod(self.shape)

    def check(self) -> None:
        """Unpack to no more than the shape has room for: a file may lie about it. Raises ValueError."""
        try:
            packed = b64decode(self.data, validate=True)
            found = zlib.decompressobj().decompress(packed, self.size + 1)
        except (ValueError, zlib.error) as error:
            raise ValueError("a table is damaged") from error
        if len(found) != self.size:
            raise ValueError("a table does not have the size that it names")


class HeatPart(Part):
    """The probabilities of one voice while a take was drawn: of the product, then of each of `experts`."""

    voice: VoiceLabel
    first: Annotated[int, Field(ge=0, le=MAX_STEP)]
    experts: Annotated[list[Name], Field(max_length=MAX_EXPERTS)]
    heat: TablePart


class LockedPart(Part):
    """What is left alone when something is generated: whole voices, and spans of single ones."""

    voices: list[VoiceLabel] = []
    spans: SpansPart = {}


class PaperPart(Part):
    """What the notes stand on, where a take brought its own."""

    time_signatures: Annotated[list[TimeSignaturePart], Field(min_length=1, max_length=MAX_TAKES)]
    key_signatures: Annotated[list[KeySignaturePart], Field(max_length=MAX_TAKES)] = []
    pickup: Tick = 0


class TakePart(Part):
    """A filling that the user may come back to: its seed, what it was mixed of, and its notes."""

    seed: Annotated[int, Field(ge=0, le=2**64 - 1)]
    number: Annotated[int, Field(ge=1, le=1_000_000)]
    way: Literal["fill", "rewrite", "compose"] = "fill"
    bars: Annotated[int, Field(ge=1, le=200)] | None = None
    mix: MixPart = MixPart()
    guidance: GuidancePart | None = None
    voices: dict[VoiceLabel, VoicePart]
    paper: PaperPart | None = None
    bits: float | None = None
    faults: dict[Name, Annotated[int, Field(ge=0)]] = {}
    heats: Annotated[list[HeatPart], Field(max_length=4)] = []
    made: Name = ""


class TakeSetPart(Part):
    """The takes of one place, and what stood there before the first of them."""

    spans: SpansPart
    original: dict[VoiceLabel, VoicePart]
    paper: PaperPart | None = None
    takes: Annotated[list[TakePart], FailFast(), Field(max_length=MAX_TAKES)] = []


class TakesPart(Part):
    """The takes of the piece, by the places that were written."""

    sets: Annotated[list[TakeSetPart], FailFast(), Field(max_length=MAX_TAKES)] = []

    @model_validator(mode="after")
    def _tables_fit(self) -> Self:
        """Of all tables together: each may be small, and there may be thousands."""
        takes = [take for each in self.sets for take in each.takes]
        tables = [heat.heat for take in takes for heat in take.heats]
        if sum(table.size for table in tables) > MAX_TABLE_BYTES:
            raise ValueError(f"the tables are larger than {MAX_TABLE_BYTES // 2**20} MB")
        for table in tables:
            table.check()
        return self


class SoundPart(Part):
    """How one voice is played, and whether its notes are seen."""

    muted: bool = False
    soloed: bool = False
    hidden: bool = False
    program: Annotated[int, Field(ge=0, le=127)] | None = None
    port: Name | None = None


class SoundsPart(Part):
    """How the voices are played, and on which output, by its name."""

    output: Name | None = None
    soprano: SoundPart = SoundPart()
    alto: SoundPart = SoundPart()
    tenor: SoundPart = SoundPart()
    bass: SoundPart = SoundPart()


class RecoveryPart(Part):
    """Only in recovery copies: the project file that the piece belongs to, null where it had none."""

    path: str | None = None
    on_disk: str | None = None
    """The fingerprint that the file had when it was read or saved."""


class Content(Part):
    """The whole file."""

    format: Literal["harmonizer"]
    version: Annotated[int, Field(ge=1, le=VERSION)]
    score: ScorePart
    mix: MixPart = MixPart()
    target: VoiceLabel = "alto"
    view: dict[str, Any] = {}
    guidance: GuidancePart = GuidancePart()
    locked: LockedPart = LockedPart()
    presets: Annotated[list[PresetPart], Field(max_length=1000)] = []
    takes: TakesPart = TakesPart()
    sounds: SoundsPart = SoundsPart()
    recovery: RecoveryPart | None = None


def unknown_keys(part: Part) -> dict[str, Any]:
    """The keys that this version does not know, each at the place where it stands; lists are passed over."""
    found = dict(part.model_extra or {})
    for name in type(part).model_fields:
        value = getattr(part, name)
        inner = unknown_keys(value) if isinstance(value, Part) else {}
        if inner:
            found[name] = inner
    return found


def with_unknown_keys(content: dict[str, Any], unknown: dict[str, Any]) -> dict[str, Any]:
    """`content` with the `unknown` keys put back; what this version has written itself goes first."""
    answer = dict(content)
    for key, value in unknown.items():
        known = answer.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            answer[key] = with_unknown_keys(known, value)
        else:
            answer.setdefault(key, value)
    return answer
