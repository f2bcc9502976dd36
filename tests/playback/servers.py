"""Real MIDI and sound servers for the tests, each with a name of its own and gone when the test is over."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

JACK_BACKEND = "mido.backends.rtmidi/UNIX_JACK"
_READY_SECONDS = 10.0

Bytes = tuple[int, ...]


def wait_for(what: Callable[[], bool], *, seconds: float = _READY_SECONDS) -> bool:
    """Ask until it is so; False when it is not so in time."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@contextmanager
def program(*command: str, env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs meanwhile, its standard output piped, and is ended after."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env)
    try:
        yield process
    finally:
        end(process)
        assert process.stdout is not None
        process.stdout.close()


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to go as Ctrl+C does: a JACK client that goes in another way keeps its server waiting."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def jack_environment() -> dict[str, str]:
    """Variables that make JACK programs use a server of a new name, and never start one by themselves."""
    return {"JACK_DEFAULT_SERVER": f"harmonizer-{uuid.uuid4().hex[:8]}", "JACK_NO_START_SERVER": "1"}


@contextmanager
def jack_server(name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A JACK server without hardware. On a busy machine the large period loses no message, and clients that
    have to wait for their turn are not thrown out as they usually are after half a second.
    """
    command = f"jackd -r -S -t 10000 -n {name} -d dummy -r 48000 -p 1024".split()
    with program(*command) as server:
        ready = subprocess.run(["jack_wait", "-s", name, "-w", "-t", "10"], capture_output=True, check=False)
        assert ready.returncode == 0, "JACK did not start; killed servers may have left /dev/shm/jack* behind"
        yield server


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
        """End the monitor and read what it has written to the end."""
        end(self._process)
        self._reader.join()


@contextmanager
def midi_listener() -> Iterator[Listener]:
    """JACK's own monitor, a program that knows nothing of us; it writes a line for each message."""
    with program("stdbuf", "-oL", "jack_midi_dump") as process:
        listener = Listener(process)
        try:
            yield listener
        finally:
            listener.close()


@contextmanager
def pulse_server(folder: Path) -> Iterator[dict[str, str]]:
    """A PulseAudio server whose only sink plays into nothing; gives the variables that lead to it."""
    socket = folder / "pulse.sock"
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "XDG_CONFIG_HOME": str(folder)}
    script = folder / "server.pa"
    script.write_text(
        f"load-module module-native-protocol-unix auth-anonymous=1 socket={socket}\n"
        "load-module module-null-sink sink_name=nowhere rate=48000\n"
    )
    options = "--system=false --daemonize=no --use-pid-file=no --exit-idle-time=-1 -n -F"
    with program("pulseaudio", *options.split(), str(script), env={**os.environ, **home}):
        reachable = {**home, "PULSE_SERVER": f"unix:{socket}"}
        assert wait_for(socket.exists), "PulseAudio did not start"
        asked = subprocess.run(
            ["pactl", "info"], env={**os.environ, **reachable}, capture_output=True, check=False
        )
        assert asked.returncode == 0, asked.stderr.decode()
        yield reachable
