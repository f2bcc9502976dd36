"""What a project file may hold, as typed parts: the schema of `docs/project-format.md`.

A new part of the format is a class here and a field of `Content`; what the class says is then checked when
a file is read, and its keys that this version does not know are kept.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, FailFast, Field

from harmonizer_gui.files.bounds import MAX_NOTES, MAX_TICK

VERSION = 2

VoiceLabel = Literal["soprano", "alto", "tenor", "bass"]
Tick = Annotated[int, Field(ge=0, le=MAX_TICK)]
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


class RecoveryPart(Part):
    """Only in recovery copies: the project file that the piece belongs to, null where it had none."""

    path: str | None = None


class Content(Part):
    """The whole file."""

    format: Literal["harmonizer"]
    version: Annotated[int, Field(ge=1, le=VERSION)]
    score: ScorePart
    mix: MixPart = MixPart()
    target: VoiceLabel = "alto"
    view: dict[str, Any] = {}
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
