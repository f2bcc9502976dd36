"""What is sent to an output."""

from __future__ import annotations

from dataclasses import dataclass

from harmonizer_gui.score import VoiceName


@dataclass(frozen=True, slots=True)
class NoteOn:
    """A note begins. `velocity` 1–127; the voice's index is its MIDI channel, 0–3."""

    voice: VoiceName
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class NoteOff:
    voice: VoiceName
    pitch: int


@dataclass(frozen=True, slots=True)
class ProgramChange:
    """The voice sounds from now on like General MIDI's `program`, 0–127."""

    voice: VoiceName
    program: int


@dataclass(frozen=True, slots=True)
class Click:
    """A beat of the metronome; it ends by itself. The first of a bar is `accented`."""

    accented: bool


Message = NoteOn | NoteOff | ProgramChange | Click
