"""MIDI output ports of the system: listed, opened, watched, and found again by name."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import mido

from harmonizer_gui.playback.messages import Click, Message, NoteOff, NoteOn, ProgramChange
from harmonizer_gui.playback.outputs import OutputError
from harmonizer_gui.playback.quiet import jack_complaints, silence_libraries
from harmonizer_gui.score import VoiceName

NO_MIDI = "No MIDI system was found on this computer, so only the built-in sounds can be played."
ALL_SOUND_OFF, ALL_NOTES_OFF, SUSTAIN = 120, 123, 64

_DRUMS, _HIGH_BLOCK, _LOW_BLOCK, _CLICK_VELOCITY = 9, 76, 77, 100  # General MIDI's wood blocks


class SystemPort(Protocol):
    """A port of ours that has a client of the MIDI system."""

    @property
    def has_lost_server(self) -> bool: ...

    def close(self) -> None: ...


# A new JACK client frees the memory of those that a dead server left behind, and to close one of them
# later ends the process. So dead ports are closed first: one lock over all that makes or ends clients,
# and a list of what is open.
clients_lock = threading.RLock()
open_ports: set[SystemPort] = set()


def port_names() -> tuple[str, ...]:
    """The names of the output ports, without ALSA's client and port numbers, each once.

    Raises OutputError where there is no MIDI system.
    """
    return tuple(dict.fromkeys(plain_name(name) for name in _raw_names()))


def plain_name(name: str) -> str:
    """`name` without the numbers that ALSA appends and that change from start to start."""
    return re.sub(r"\s+\d+:\d+$", "", name)


def matching_name(wanted: str, names: Sequence[str]) -> str | None:
    """The one of `names` that `wanted` means: the same, or alike but for case and the numbers at the end."""
    for simplify in (str, plain_name, _loosely):
        for name in names:
            if simplify(name) == simplify(wanted):
                return name
    return None


def _loosely(name: str) -> str:
    """Also without the number that Windows appends."""
    return re.sub(r"\s+\d+$", "", plain_name(name.strip())).casefold()


@contextmanager
def midi_errors(sentence: str, raised: type[Exception] = OutputError) -> Iterator[None]:
    """Turn whatever the MIDI libraries raise into a `raised` with `sentence`."""
    try:
        import rtmidi
    except ImportError as error:
        raise raised(f"The MIDI library could not be loaded ({error}).") from error
    try:
        yield
    except (OSError, ImportError, rtmidi.RtMidiError) as error:
        raise raised(sentence) from error


def _raw_names() -> list[str]:
    silence_libraries()
    with clients_lock, midi_errors(NO_MIDI):
        close_dead_ports()
        return list(mido.get_output_names())


def close_dead_ports() -> None:
    """Let go of ports whose server has died; to be called before any new client is made."""
    for port in tuple(open_ports):
        if port.has_lost_server:
            port.close()


class MidiPortOutput:
    """A MIDI port, found by name. Raises OutputError where there is none of that name."""

    def __init__(self, name: str) -> None:
        with clients_lock:
            raw_name = matching_name(name, _raw_names())
            if raw_name is None:
                raise OutputError(
                    f"The MIDI port “{name}” is not there: connect it or choose another output."
                )
            self._name, self._raw_name = plain_name(raw_name), raw_name
            with midi_errors(f"The MIDI port “{self.name}” cannot be opened: another program may hold it."):
                self._port, self._lister = _open(raw_name)
            self._complaints = jack_complaints()
            self._is_open = True
            open_ports.add(self)
        self._send_lock = threading.RLock()
        self._sounding: dict[tuple[VoiceName, int], None] = {}
        self._channels: set[int] = set()

    @property
    def name(self) -> str:
        return self._name

    @property
    def loss(self) -> str:
        return f"The MIDI port “{self.name}” is gone: it will be used again when it is back."

    @property
    def has_lost_server(self) -> bool:
        """Whether JACK's server has died below; ALSA's sequencer, part of the kernel, cannot."""
        return bool(self._port.api == "UNIX_JACK") and jack_complaints() != self._complaints

    def send(self, message: Message) -> None:
        if isinstance(message, Click):
            self._click(message)
            return
        if isinstance(message, NoteOn):
            self._sounding[message.voice, message.pitch] = None
        elif isinstance(message, NoteOff):
            self._sounding.pop((message.voice, message.pitch), None)
        self._channels.add(int(message.voice))
        self._transmit(_wire_form(message))

    def silence(self) -> None:
        for voice, pitch in tuple(self._sounding):
            self.send(NoteOff(voice, pitch))
        for channel in sorted(self._channels):
            self._reset(channel, ALL_NOTES_OFF, SUSTAIN)

    def panic(self) -> None:
        self.silence()
        for channel in range(16):
            self._reset(channel, ALL_SOUND_OFF, ALL_NOTES_OFF, SUSTAIN)

    def is_alive(self) -> bool:
        """Sending to a port that is gone raises nothing, so the list of ports is asked."""
        with clients_lock, self._send_lock:
            if not self._is_open or self.has_lost_server:
                return False
            try:
                with midi_errors(self.loss):
                    return self._raw_name in self._lister.get_ports()
            except OutputError:
                return False

    def close(self) -> None:
        with clients_lock, self._send_lock:
            if not self._is_open:
                return
            if not self.has_lost_server:
                with suppress(OutputError):
                    self.silence()
            self._is_open = False
            open_ports.discard(self)
            with suppress(OutputError), midi_errors(self.loss):
                self._port.close()
                self._lister.delete()

    def _click(self, click: Click) -> None:
        """On the drums' channel; a wood block sounds to its end, so it may be let go at once."""
        note = _HIGH_BLOCK if click.accented else _LOW_BLOCK
        for velocity in (_CLICK_VELOCITY, 0):
            self._transmit(mido.Message("note_on", channel=_DRUMS, note=note, velocity=velocity))

    def _reset(self, channel: int, *controls: int) -> None:
        for control in controls:
            self._transmit(mido.Message("control_change", channel=channel, control=control, value=0))

    def _transmit(self, message: Any) -> None:  # noqa: ANN401  # mido has no types
        with self._send_lock, midi_errors(self.loss):
            if not self._is_open:
                raise OutputError(self.loss)
            self._port.send(message)


def _open(raw_name: str) -> tuple[Any, Any]:
    """A mido port, and a client of the same MIDI system to list its ports with."""
    import rtmidi

    port = mido.open_output(raw_name)
    return port, rtmidi.MidiOut(rtapi=getattr(rtmidi, f"API_{port.api}"))


def _wire_form(message: NoteOn | NoteOff | ProgramChange) -> Any:  # noqa: ANN401  # mido has no types
    channel = int(message.voice)
    match message:
        case NoteOn(_, pitch, velocity):
            return mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)
        case NoteOff(_, pitch):
            return mido.Message("note_off", channel=channel, note=pitch, velocity=0)
        case ProgramChange(_, program):
            return mido.Message("program_change", channel=channel, program=program)
