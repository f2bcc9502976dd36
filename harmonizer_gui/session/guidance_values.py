"""Guidance as plain JSON values, for project files, and back."""

from __future__ import annotations

from typing import Any

from harmonizer_gui.engine.guidance import NO_GUIDANCE, Compass, Guidance, Likeness, Lock, PaintedCell
from harmonizer_gui.score import Note, Voice, VoiceName


def guidance_values(guidance: Guidance) -> dict[str, Any] | None:
    """None where the user has given no guidance."""
    if guidance == NO_GUIDANCE:
        return None
    return {
        "painted": [_painted_values(cell) for cell in guidance.painted],
        "locks": [_lock_values(lock) for lock in guidance.locks],
        "off": sorted(guidance.off),
        "alike": [_likeness_values(likeness) for likeness in guidance.alike],
        "ranges": [{"voice": voice.label, "low": low, "high": high} for voice, low, high in guidance.ranges],
    }


def guidance_of(values: dict[str, Any] | None) -> Guidance:
    """The guidance that `values` describe. Raises ValueError for what makes no sense together."""
    if not values:
        return NO_GUIDANCE
    painted = {_painted(item)[:3]: _painted(item) for item in values.get("painted", ())}
    return Guidance(
        painted=tuple(sorted(cell for cell in painted.values() if cell.strength)),
        locks=tuple(map(_lock, values.get("locks", ()))),
        off=frozenset(values.get("off", ())),
        alike=tuple(map(_likeness, values.get("alike", ()))),
        ranges=tuple(sorted(map(_compass, values.get("ranges", ())))),
    )


def _painted_values(cell: PaintedCell) -> dict[str, Any]:
    return {"voice": cell.voice.label, "step": cell.step, "pitch": cell.pitch, "strength": cell.strength}


def _painted(values: dict[str, Any]) -> PaintedCell:
    voice = VoiceName.parse(values["voice"])
    return PaintedCell(voice, values["step"], values["pitch"], float(values["strength"]))


def _lock_values(lock: Lock) -> dict[str, Any]:
    return {
        "start": lock.start,
        "end": lock.end,
        "pitch_classes": sorted(lock.pitch_classes),
        "label": lock.label,
    }


def _lock(values: dict[str, Any]) -> Lock:
    pitch_classes = frozenset(values["pitch_classes"])
    return Lock(values["start"], values.get("end"), pitch_classes, values.get("label", ""))


def _likeness_values(likeness: Likeness) -> dict[str, Any]:
    notes = [{"start": note.start, "duration": note.duration, "pitch": note.pitch} for note in likeness.line]
    return {"voice": likeness.voice.label, "notes": notes, "more": likeness.more}


def _likeness(values: dict[str, Any]) -> Likeness:
    notes = (Note(item["start"], item["duration"], item["pitch"]) for item in values["notes"])
    return Likeness(VoiceName.parse(values["voice"]), Voice(tuple(notes)), values.get("more", True))


def _compass(values: dict[str, Any]) -> Compass:
    return Compass(VoiceName.parse(values["voice"]), values["low"], values["high"])
