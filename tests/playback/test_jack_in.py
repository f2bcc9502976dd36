"""Real MIDI in: a source of its own plays through a JACK server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mido
import pytest

from harmonizer_gui.playback.inputs import InputError, Pedal, Played, Released, Struck, look_for_inputs
from harmonizer_gui.playback.listener import InputListener
from harmonizer_gui.playback.midi_input import MidiPortInput
from harmonizer_gui.playback.outputs import OutputInfo, OutputKind
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import VoiceName
from tests.playback.servers import JACK_BACKEND, jack_environment, midi_listener, wait_for
from tests.system import require

MONITOR = "midi-monitor:input"


class Source:
    """A virtual MIDI keyboard, as a program of its own would be."""

    def __init__(self) -> None:
        before = set(mido.get_input_names())
        self._port: Any = mido.open_output("keys", virtual=True)
        assert wait_for(lambda: bool(set(mido.get_input_names()) - before))
        (self.name,) = set(mido.get_input_names()) - before

    def play(self, *data: int) -> None:
        self._port.send(mido.Message.from_bytes(data))

    def close(self) -> None:
        self._port.close()


@pytest.fixture
def source(server: None) -> Iterator[Source]:
    source = Source()
    yield source
    source.close()


@pytest.fixture
def heard(source: Source) -> Iterator[Heard]:
    heard = Heard(source.name)
    assert wait_for(lambda: heard.found == [source.name])
    yield heard
    heard.listener.close()


class Heard:
    """All that a listener with its own thread tells."""

    def __init__(self, name: str) -> None:
        self.played: list[Played] = []
        self.problems: list[str] = []
        self.found: list[str] = []
        self.listener = InputListener()
        self.listener.on_played = self.played.append
        self.listener.on_problem = self.problems.append
        self.listener.on_found = self.found.append
        self.listener.want(name)


def test_the_source_is_listed(source: Source) -> None:
    found = look_for_inputs()
    assert source.name in found.names
    assert found.problem == ""


def test_what_is_played_arrives_in_order(source: Source, heard: Heard) -> None:
    source.play(0x90, 60, 99)
    source.play(0xB3, 64, 127)
    source.play(0x92, 64, 1)
    source.play(0x90, 60, 0)
    source.play(0x82, 64, 40)
    assert wait_for(lambda: len(heard.played) == 5)
    assert heard.played == [
        Struck(60, 99),
        Pedal(down=True),
        Struck(64, 1),
        Released(60),
        Released(64),
    ]


def test_no_note_is_lost_when_many_come(source: Source, heard: Heard) -> None:
    for index in range(300):
        source.play(0x90, 40 + index % 40, 80)
        source.play(0x80, 40 + index % 40, 0)
    assert wait_for(lambda: len(heard.played) == 600)
    assert heard.played[::2] == [Struck(40 + index % 40, 80) for index in range(300)]


def test_a_port_that_vanishes_leaves_no_key_down_and_comes_back(source: Source, heard: Heard) -> None:
    source.play(0x90, 60, 99)
    assert wait_for(lambda: heard.played == [Struck(60, 99)])
    source.close()
    assert wait_for(lambda: bool(heard.problems))
    assert heard.played == [Struck(60, 99), Released(60)]
    assert heard.problems == [
        f"The MIDI keyboard “{source.name}” is gone: it will be used again when it is back."
    ]
    again = Source()
    try:
        assert again.name == source.name
        assert wait_for(lambda: len(heard.found) == 2)
        again.play(0x90, 62, 99)
        assert wait_for(lambda: heard.played[-1] == Struck(62, 99))
    finally:
        again.close()


def test_a_key_is_heard_through_the_output(source: Source, heard: Heard) -> None:
    """From port to port, as the window ties them together; a listener that is not ours prints it."""
    require("jack_midi_dump", "stdbuf")
    player = Player(output=OutputInfo(OutputKind.MIDI, MONITOR))

    def sound(played: Played) -> None:
        if isinstance(played, Struck):
            player.strike(VoiceName.TENOR, played.pitch, played.velocity)
        elif isinstance(played, Released):
            player.release(played.pitch)

    with midi_listener() as monitor:
        assert wait_for(lambda: MONITOR in mido.get_output_names())
        player.set_ready(on=True)
        heard.listener.on_played = sound
        source.play(0x90, 61, 70)
        source.play(0x80, 61, 0)
        assert monitor.has_heard((0x82, 61, 0))
        player.close()
    assert monitor.notes[:2] == [(0x92, 61, 70), (0x82, 61, 0)]


def test_an_input_that_is_not_there_is_named(server: None) -> None:
    with pytest.raises(InputError, match="“Grand piano” is not there"):
        MidiPortInput("Grand piano")


def test_without_a_midi_system_it_is_said_in_plain_words() -> None:
    """In a process of its own, without a server."""
    require("jackd")
    code = "from harmonizer_gui.playback.inputs import look_for_inputs; print(look_for_inputs())"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **jack_environment(), "MIDO_BACKEND": JACK_BACKEND},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "no MIDI keyboard can be played" in told.stdout, told.stderr
    assert told.stderr == ""
