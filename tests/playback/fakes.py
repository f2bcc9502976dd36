"""A clock that stands still, and outputs that write down what they are told."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmonizer_gui.playback.inputs import InputError, Played
from harmonizer_gui.playback.messages import Message, NoteOff, NoteOn
from harmonizer_gui.playback.outputs import OutputError, OutputInfo, OutputKind
from harmonizer_gui.score import VoiceName

PORT = OutputInfo(OutputKind.MIDI, "Test port")
OTHER_PORT = OutputInfo(OutputKind.MIDI, "Other port")


class FakeClock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class FakeOutput:
    """`log` holds messages and the words silence, panic and close."""

    name: str
    log: list[Message | str] = field(default_factory=list)
    alive: bool = True
    refuses: bool = False

    @property
    def loss(self) -> str:
        return f"{self.name} is gone."

    def send(self, message: Message) -> None:
        self._check()
        self.log.append(message)

    def silence(self) -> None:
        self._check()
        self.log.append("silence")

    def panic(self) -> None:
        self._check()
        self.log.append("panic")

    def is_alive(self) -> bool:
        return self.alive

    def close(self) -> None:
        self.log.append("close")

    @property
    def onsets(self) -> list[int]:
        return [message.pitch for message in self.log if isinstance(message, NoteOn)]

    @property
    def sounding(self) -> set[tuple[VoiceName, int]]:
        held: set[tuple[VoiceName, int]] = set()
        for entry in self.log:
            match entry:
                case NoteOn(voice, pitch, _):
                    held.add((voice, pitch))
                case NoteOff(voice, pitch):
                    held.discard((voice, pitch))
                case str():
                    held.clear()
        return held

    def _check(self) -> None:
        if self.refuses:
            raise OutputError(self.loss)


class FakeSystem:
    """Opens fake outputs; `missing` names those that are not there."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.opened: list[FakeOutput] = []

    def open(self, info: OutputInfo) -> FakeOutput:
        if info.name in self.missing:
            raise OutputError(f"{info.name} is not there.")
        self.opened.append(FakeOutput(info.name))
        return self.opened[-1]

    @property
    def last(self) -> FakeOutput:
        return self.opened[-1]


@dataclass
class FakeInput:
    """A keyboard on which the test plays by adding to `waiting`."""

    name: str
    waiting: list[Played] = field(default_factory=list)
    alive: bool = True
    closed: bool = False

    @property
    def loss(self) -> str:
        return f"{self.name} is gone."

    def read(self) -> list[Played]:
        if self.closed:
            raise InputError(self.loss)
        played, self.waiting = self.waiting, []
        return played

    def is_alive(self) -> bool:
        return self.alive

    def close(self) -> None:
        self.closed = True


class FakeKeyboards:
    """Opens fake inputs; `missing` names those that are not there."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.opened: list[FakeInput] = []

    def open(self, name: str) -> FakeInput:
        if name in self.missing:
            raise InputError(f"{name} is not there.")
        self.opened.append(FakeInput(name))
        return self.opened[-1]

    @property
    def last(self) -> FakeInput:
        return self.opened[-1]
