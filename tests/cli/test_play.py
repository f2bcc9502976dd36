from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import miniaudio
import pytest

from harmonizer_gui.cli import play as module
from harmonizer_gui.files.formats import write
from harmonizer_gui.playback import midi_port
from harmonizer_gui.playback.outputs import OutputError
from tests.cli.conftest import Run, really
from tests.playback.scores import two_voices
from tests.playback.servers import (
    JACK_BACKEND,
    jack_environment,
    jack_server,
    midi_listener,
    program,
    pulse_server,
    wait_for,
)
from tests.system import require

MONITOR = "midi-monitor:input"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A piece of 0.4 seconds."""
    path = tmp_path / "short.harmonizer"
    write(two_voices(quarters_per_minute=600), path)
    return path


def test_without_a_sound_device(run: Run, short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_options: object) -> None:
        raise miniaudio.MiniaudioError("no device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", refuse)
    sentence = run("play", short).sentence
    assert sentence.startswith("short.harmonizer was not played to its end: No sound device was found")


def test_a_port_that_is_not_there(run: Run, short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(midi_port, "port_names", lambda: ("Grand piano", "Grand organ"))
    assert run("play", short, "--port", "harp").sentence == (
        "there is no output “harp”: harmonizer-gui ports lists those that are there"
    )
    assert run("play", short, "--port", "grand").sentence == (
        "“grand” fits several ports: Grand piano, Grand organ"
    )


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ("Grand Piano", "Grand piano"),
        ("organ: great", "Organ: great"),
        ("grand", "Grand"),
        ("choir", "Built-in choir"),
    ],
)
def test_the_output_that_a_name_means(monkeypatch: pytest.MonkeyPatch, asked: str, chosen: str) -> None:
    monkeypatch.setattr(midi_port, "port_names", lambda: ("Grand piano", "Organ: great", "Grand"))
    assert module._chosen(asked).name == chosen


def test_the_ports_are_listed_one_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(midi_port, "port_names", lambda: ("Grand piano", "Organ: great"))
    outcome = run("ports")
    assert outcome.out.splitlines() == ["Built-in organ", "Built-in choir", "Grand piano", "Organ: great"]
    assert (outcome.code, outcome.err) == (0, "")


def test_without_a_midi_system_the_built_in_sounds_are_listed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> tuple[str, ...]:
        raise OutputError(midi_port.NO_MIDI)

    monkeypatch.setattr(midi_port, "port_names", refuse)
    outcome = run("ports")
    assert outcome.out.splitlines() == ["Built-in organ", "Built-in choir"]
    assert outcome.err == midi_port.NO_MIDI + "\n"
    assert outcome.code == 0


class Hall:
    """Where a command plays in a process of its own, and one can listen."""

    def __init__(self, environment: dict[str, str], listener: subprocess.Popen[bytes]) -> None:
        self._environment = environment
        self._listener = listener

    def play(self, path: Path) -> subprocess.Popen[str]:
        """Begin to play; returns when it is heard."""
        playing = subprocess.Popen(
            [sys.executable, "-m", "harmonizer_gui", "play", str(path)],
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._listener.stdout is not None
        while not any(os.read(self._listener.stdout.fileno(), 4096)):
            assert playing.poll() is None, playing.communicate()
        return playing


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    require("pulseaudio", "pactl", "parec")
    folder = tmp_path / "pulse"
    folder.mkdir()
    recorder = "parec -d nowhere.monitor --raw --format=s16le --rate=48000 --channels=1 --latency-msec=20"
    with pulse_server(folder) as reachable:
        environment = {**os.environ, **reachable}
        with program(*recorder.split(), env=environment) as listener:
            yield Hall(environment, listener)


def test_a_piece_is_heard_to_its_end(hall: Hall, tmp_path: Path) -> None:
    piece = tmp_path / "piece.harmonizer"
    write(two_voices(quarters_per_minute=120), piece)
    playing = hall.play(piece)
    _, said = playing.communicate(timeout=30)
    assert (playing.returncode, said) == (0, "piece.harmonizer: played on Built-in organ\n")


def test_ctrl_c_ends_the_music(hall: Hall, tmp_path: Path) -> None:
    piece = tmp_path / "long.harmonizer"
    write(two_voices(quarters_per_minute=5), piece)
    playing = hall.play(piece)
    playing.send_signal(signal.SIGINT)
    _, said = playing.communicate(timeout=30)
    assert (playing.returncode, said) == (130, "")


def test_a_piece_arrives_at_a_midi_port(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("jackd", "jack_wait", "jack_midi_dump", "stdbuf")
    environment = {**jack_environment(), "MIDO_BACKEND": JACK_BACKEND}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with jack_server(environment["JACK_DEFAULT_SERVER"]), midi_listener() as listener:
        assert wait_for(lambda: MONITOR in really("ports").stdout.splitlines())
        told = really("play", short, "--port", "MIDI-monitor")
        assert listener.has_heard((0x80, 77, 0))
    assert (told.returncode, told.stdout) == (0, "")
    assert told.stderr == f"short.harmonizer: played on {MONITOR}\n"
    assert {
        (status, pitch, velocity)
        for pitch in (72, 74, 76, 77)
        for status, velocity in ((0x90, 80), (0x80, 0))
    } <= set(listener.notes)
