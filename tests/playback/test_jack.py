"""Real MIDI: through a JACK server to a listener that is not ours."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import mido
import pytest

from harmonizer_gui.playback.outputs import OutputInfo, OutputKind, list_outputs
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import VoiceName
from tests.playback.scores import two_voices
from tests.playback.servers import JACK_BACKEND, end, jack_environment, midi_listener, wait_for
from tests.system import require

MONITOR = "midi-monitor:input"
Bytes = tuple[int, ...]


class Listener:
    """The messages that JACK's monitor has printed so far, as bytes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.messages: list[Bytes] = []
        self._process = process
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            match = re.match(rb"\s*\d+:((?: [0-9a-f]{2})+)", line)
            if match:
                self.messages.append(tuple(bytes.fromhex(match[1].decode())))

    def has_heard(self, message: Bytes) -> bool:
        return wait_for(lambda: message in self.messages, seconds=5)

    @property
    def notes(self) -> list[Bytes]:
        return [message for message in self.messages if message[0] >> 4 in (8, 9)]

    def sounding(self) -> set[tuple[int, int]]:
        """Channel and pitch of each note that was begun and not ended."""
        held: set[tuple[int, int]] = set()
        for status, pitch, velocity in self.notes:
            change = held.add if status >> 4 == 9 and velocity else held.discard
            change((status & 15, pitch))
        return held

    def close(self) -> None:
        end(self._process)
        self._reader.join()


@pytest.fixture
def listener(server: None) -> Iterator[Listener]:
    require("jack_midi_dump", "stdbuf")
    with midi_listener() as process:
        listener = Listener(process)
        try:
            assert wait_for(lambda: MONITOR in mido.get_output_names())
            yield listener
        finally:
            listener.close()


@pytest.fixture
def player(listener: Listener) -> Iterator[Player]:
    problems: list[str] = []
    player = Player(output=OutputInfo(OutputKind.MIDI, MONITOR), on_problem=problems.append)
    yield player
    player.close()
    assert problems == []


def test_the_listener_is_listed(listener: Listener) -> None:
    assert OutputInfo(OutputKind.MIDI, MONITOR) in list_outputs()


def test_each_note_arrives_in_order_and_ends(listener: Listener, player: Player) -> None:
    player.set_muted(frozenset({VoiceName.BASS}))
    player.play(two_voices(quarters_per_minute=600))
    assert listener.has_heard((0xB0, 64, 0))
    assert wait_for(lambda: not player.is_playing)
    expected = [message for pitch in (72, 74, 76, 77) for message in ((0x90, pitch, 80), (0x80, pitch, 0))]
    assert listener.notes == expected


def test_the_voices_have_channels_and_programs_of_their_own(listener: Listener, player: Player) -> None:
    player.set_programs((52, 53, 19, 43))
    player.play(two_voices(quarters_per_minute=600))
    assert listener.has_heard((0x83, 53, 0))
    assert {message[0] for message in listener.notes} == {0x90, 0x80, 0x93, 0x83}
    assert [message for message in listener.messages if message[0] >> 4 == 12] == [
        (0xC0, 52),
        (0xC1, 53),
        (0xC2, 19),
        (0xC3, 43),
    ]


def test_stop_in_the_middle_silences_everything(listener: Listener, player: Player) -> None:
    player.play(two_voices())
    assert listener.has_heard((0x93, 48, 80))
    assert listener.sounding() == {(0, 72), (3, 48)}
    player.stop()
    assert listener.has_heard((0xB3, 64, 0))
    assert listener.sounding() == set()
    resets = [(0xB0 + channel, control, 0) for channel in range(4) for control in (123, 64)]
    assert listener.messages[-len(resets) :] == resets
    assert {message[0] >> 4 for message in listener.messages[-len(resets) - 2 : -len(resets)]} == {8}


def test_close_in_the_middle_silences_everything(listener: Listener, player: Player) -> None:
    player.play(two_voices())
    assert listener.has_heard((0x93, 48, 80))
    player.close()
    assert wait_for(lambda: listener.sounding() == set(), seconds=5)


def test_panic_reaches_every_channel(listener: Listener, player: Player) -> None:
    player.panic()
    assert listener.has_heard((0xBF, 64, 0))
    assert {(0xB0 + channel, 120, 0) for channel in range(16)} <= set(listener.messages)


def test_a_server_that_dies_is_reported_and_taken_up_again(tmp_path: Path) -> None:
    """In a process of its own: libjack has ended processes that kept a dead server's client."""
    require("jackd", "jack_wait", "jack_midi_dump", "stdbuf")
    story = Path(__file__).with_name("jack_loss_story.py")
    environment = {**os.environ, **jack_environment(), "MIDO_BACKEND": JACK_BACKEND}
    told = subprocess.run(
        [sys.executable, "-m", f"tests.playback.{story.stem}"],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == [
        "playing",
        "The MIDI port “midi-monitor:input” is gone: it will be used again when it is back.",
        "the playhead moves",
        "heard again",
        "closed",
    ]
    assert told.stderr == ""
