"""MIDI input ports of the system, asked for what was played.

They are polled: a callback of RtMidi runs on the MIDI system's own thread, with JACK in its process cycle,
where waiting for Python would disturb every other program, and closing could wait for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import mido

from harmonizer_gui.playback.inputs import InputError, Pedal, Played, Released, Struck
from harmonizer_gui.playback.midi_port import (
    ALL_NOTES_OFF,
    ALL_SOUND_OFF,
    SUSTAIN,
    clients_lock,
    close_dead_ports,
    matching_name,
    midi_errors,
    open_ports,
    plain_name,
)
from harmonizer_gui.playback.quiet import jack_complaints, silence_libraries

NO_MIDI_IN = "No MIDI system was found on this computer, so no MIDI keyboard can be played."
_NOTE_OFF, _NOTE_ON, _CONTROL = 8, 9, 11  # the upper half of a status byte
_HALF_DOWN = 64


def input_names() -> tuple[str, ...]:
    """The names of the input ports, without ALSA's client and port numbers, each once.

    Raises InputError where there is no MIDI system.
    """
    return tuple(dict.fromkeys(plain_name(name) for name in _raw_names()))


def _raw_names() -> list[str]:
    silence_libraries()
    with clients_lock, midi_errors(NO_MIDI_IN, InputError):
        close_dead_ports()
        return list(mido.get_input_names())


class MidiPortInput:
    """A MIDI port, found by name. Raises InputError where there is none of that name."""

    def __init__(self, name: str) -> None:
        with clients_lock:
            raw_name = matching_name(name, _raw_names())
            if raw_name is None:
                raise InputError(f"The MIDI keyboard “{name}” is not there: connect it or choose another.")
            self._name, self._raw_name = plain_name(raw_name), raw_name
            sentence = f"The MIDI keyboard “{self.name}” cannot be opened: another program may hold it."
            with midi_errors(sentence, InputError):
                self._client = _open(raw_name)
            self._complaints = jack_complaints()
            self._is_open = True
            open_ports.add(self)
        self._reader = Reader()

    @property
    def name(self) -> str:
        return self._name

    @property
    def loss(self) -> str:
        return f"The MIDI keyboard “{self.name}” is gone: it will be used again when it is back."

    @property
    def has_lost_server(self) -> bool:
        """Whether JACK's server has died below."""
        import rtmidi

        is_jack = self._client.get_current_api() == rtmidi.API_UNIX_JACK
        return bool(is_jack) and jack_complaints() != self._complaints

    def read(self) -> list[Played]:
        played: list[Played] = []
        with clients_lock, midi_errors(self.loss, InputError):
            if not self._is_open:
                raise InputError(self.loss)
            while (message := self._client.get_message()) is not None:
                played += self._reader.read(message[0])
        return played

    def is_alive(self) -> bool:
        """A port that is gone says nothing, so the list of ports is asked."""
        with clients_lock:
            if not self._is_open or self.has_lost_server:
                return False
            try:
                with midi_errors(self.loss, InputError):
                    return self._raw_name in self._client.get_ports()
            except InputError:
                return False

    def close(self) -> None:
        with clients_lock:
            if not self._is_open:
                return
            self._is_open = False
            open_ports.discard(self)
            with suppress(InputError), midi_errors(self.loss, InputError):
                self._client.close_port()
                self._client.delete()


def _open(raw_name: str) -> Any:  # noqa: ANN401  # rtmidi has no types
    """A client of the MIDI system that mido has chosen, connected to the port."""
    import rtmidi

    api = mido.backend.api
    client = rtmidi.MidiIn(rtapi=getattr(rtmidi, f"API_{api}") if api else rtmidi.API_UNSPECIFIED)
    client.ignore_types(sysex=True, timing=True, active_sense=True)
    names = client.get_ports()
    if raw_name not in names:
        client.delete()
        raise OSError(f"{raw_name} has gone meanwhile")
    client.open_port(names.index(raw_name))
    return client


class Reader:
    """Reads the bytes of MIDI messages, whatever their channel; what is of no use here is passed over."""

    def __init__(self) -> None:
        self._held: dict[int, None] = {}
        self._is_pedal_down = False

    def read(self, message: Sequence[int]) -> list[Played]:
        if len(message) != 3:
            return []
        kind, first, second = message[0] >> 4, message[1], message[2]
        if kind == _NOTE_ON and second:
            self._held[first] = None
            return [Struck(first, second)]
        if kind in (_NOTE_ON, _NOTE_OFF):
            self._held.pop(first, None)
            return [Released(first)]
        if kind == _CONTROL:
            return self._read_control(first, second)
        return []

    def _read_control(self, control: int, value: int) -> list[Played]:
        if control in (ALL_NOTES_OFF, ALL_SOUND_OFF):
            released, self._held = [Released(pitch) for pitch in self._held], {}
            return list(released)
        is_down = value >= _HALF_DOWN
        if control != SUSTAIN or is_down == self._is_pedal_down:
            return []
        self._is_pedal_down = is_down
        return [Pedal(is_down)]
