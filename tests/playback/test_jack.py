"""Real MIDI: through a JACK server to a listener that is not ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import mido
import pytest

from harmonizer_gui.playback.outputs import OutputInfo, OutputKind, list_outputs
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import VoiceName
from tests.playback.scores import two_voices
from tests.playback.servers import JACK_BACKEND, Listener, jack_environment, midi_listener, wait_for
from tests.system import require

MONITOR = "midi-monitor:input"


@pytest.fixture
def listener(server: None) -> Iterator[Listener]:
    require("jack_midi_dump", "stdbuf")
    with midi_listener() as listener:
        assert wait_for(lambda: MONITOR in mido.get_output_names())
        yield listener


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
