"""Where messages can go: the list of outputs, and how one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from harmonizer_gui.playback.messages import Message


class OutputKind(Enum):
    ORGAN = "organ"
    CHOIR = "choir"
    MIDI = "midi"


@dataclass(frozen=True, slots=True)
class OutputInfo:
    """An output that can be chosen. `name` is what the user reads; a port is found again by it."""

    kind: OutputKind
    name: str


BUILT_IN_ORGAN = OutputInfo(OutputKind.ORGAN, "Built-in organ")
BUILT_IN_CHOIR = OutputInfo(OutputKind.CHOIR, "Built-in choir")
BUILT_IN = (BUILT_IN_ORGAN, BUILT_IN_CHOIR)


class OutputError(Exception):
    """An output that cannot be used. Its text is one plain sentence."""


class Output(Protocol):
    """A place where messages become sound. Used by one thread at a time."""

    @property
    def name(self) -> str: ...

    @property
    def loss(self) -> str:
        """What to tell the user when it is gone, as one sentence."""

    def send(self, message: Message) -> None:
        """Pass `message` on at once. Raises OutputError where the output is gone."""

    def silence(self) -> None:
        """End every note that was sent, in every way the other side may understand. Raises OutputError."""

    def panic(self) -> None:
        """End every note, also those that somebody else started. Raises OutputError."""

    def is_alive(self) -> bool:
        """Whether messages still arrive. Quick: asked about once a second while playing."""

    def close(self) -> None:
        """Silence and let go; never raises, and may be called twice."""


def list_outputs() -> tuple[OutputInfo, ...]:
    """The built-in sounds, then the MIDI ports in the system's order. May take a fifth of a second.

    Where there is no MIDI system only the built-in ones are there; `midi_problem` says why.
    """
    from harmonizer_gui.playback import midi_port

    try:
        names = midi_port.port_names()
    except OutputError:
        names = ()
    return (*BUILT_IN, *(OutputInfo(OutputKind.MIDI, name) for name in names))


def midi_problem() -> str | None:
    """Why no MIDI port can be had, as a sentence; None where ports can be had."""
    from harmonizer_gui.playback import midi_port

    try:
        names = midi_port.port_names()
    except OutputError as error:
        return str(error)
    return None if names else "No MIDI port was found: connect an instrument or start a software synth."


def output_named(name: str) -> OutputInfo:
    """The built-in output of that name in any case, else the MIDI port, whether it is there now or not."""
    for info in BUILT_IN:
        if name.strip().casefold() in (info.name.casefold(), info.kind.value):
            return info
    return OutputInfo(OutputKind.MIDI, name)


def open_output(info: OutputInfo) -> Output:
    """Open the output that `info` names. Raises OutputError with a sentence where it cannot be had."""
    if info.kind is OutputKind.MIDI:
        from harmonizer_gui.playback.midi_port import MidiPortOutput

        return MidiPortOutput(info.name)
    from harmonizer_gui.playback.synth_output import SynthOutput
    from harmonizer_gui.playback.wavetables import Timbre

    timbre = Timbre.CHOIR if info.kind is OutputKind.CHOIR else Timbre.ORGAN
    return SynthOutput(timbre, name=info.name)
