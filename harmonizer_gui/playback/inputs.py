"""Where notes can come from: the MIDI keyboards of the system, and how one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

NO_INPUTS = "No MIDI keyboard was found: connect one and open this list again."


@dataclass(frozen=True, slots=True)
class Struck:
    """A key goes down. `pitch` 0–127, `velocity` 1–127."""

    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Released:
    """A key comes up."""

    pitch: int


@dataclass(frozen=True, slots=True)
class Pedal:
    """The sustain pedal goes down, or comes up."""

    down: bool


Played = Struck | Released | Pedal


class InputError(Exception):
    """An input that cannot be used. Its text is one plain sentence."""


class Input(Protocol):
    """A MIDI keyboard. Used by one thread."""

    @property
    def name(self) -> str: ...

    @property
    def loss(self) -> str:
        """What to tell the user when it is gone, as one sentence."""

    def read(self) -> list[Played]:
        """What was played since the last time; never waits. Raises InputError where the input is gone."""

    def is_alive(self) -> bool:
        """Whether what is played still arrives. Quick: asked about once a second."""

    def close(self) -> None:
        """Let go; never raises, and may be called twice."""


@dataclass(frozen=True, slots=True)
class InputsFound:
    """The names of the inputs in the system's order; with none of them, `problem` says in a sentence why."""

    names: tuple[str, ...]
    problem: str = ""


def look_for_inputs() -> InputsFound:
    """The MIDI keyboards that are there now. May take a fifth of a second; never raises."""
    from harmonizer_gui.playback import midi_input

    try:
        names = midi_input.input_names()
    except InputError as error:
        return InputsFound((), str(error))
    return InputsFound(names, "" if names else NO_INPUTS)


def open_input(name: str) -> Input:
    """Open the input called `name`. Raises InputError with a sentence where it cannot be had."""
    from harmonizer_gui.playback.midi_input import MidiPortInput

    return MidiPortInput(name)
