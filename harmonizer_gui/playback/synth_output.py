"""The built-in synth on the computer's sound device."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any

import miniaudio
import numpy as np

from harmonizer_gui.playback.messages import Click, Message, NoteOff, NoteOn
from harmonizer_gui.playback.outputs import OutputError
from harmonizer_gui.playback.quiet import silence_libraries
from harmonizer_gui.playback.synth import Synth
from harmonizer_gui.playback.wavetables import SAMPLE_RATE, Samples, Timbre

NO_DEVICE = "No sound device was found on this computer: nothing can be heard through the built-in synth."
DEVICE_GONE = "The sound device is gone: it will be used again when it is back."
_BLOCK_MS = 25
_DEAD_AFTER_SECONDS = 2.0  # a device that asks for nothing for so long is gone
_NO_DEVICE_CODES = (-103, -104, -400, -401)  # no backend, no device, neither starts


class BlockFeeder:
    """Renders block after block; a message sounds as far into a block as it came after the last one.

    So the distance between notes is kept, however long the blocks are.
    """

    def __init__(self, synth: Synth, clock: Callable[[], float] = time.perf_counter) -> None:
        self._synth = synth
        self._clock = clock
        self._queue: deque[tuple[float, Callable[[], None]]] = deque()
        self.last_block = clock()

    def put(self, act: Callable[[], None]) -> None:
        self._queue.append((self._clock(), act))

    def block(self, frames: int) -> Samples:
        """The next `frames` frames, shape [frames, 2]; called by the sound device's thread."""
        begin, self.last_block = self.last_block, self._clock()
        pieces: list[Samples] = []
        done = 0
        while self._queue and self._queue[0][0] <= self.last_block:
            moment, act = self._queue.popleft()
            due = min(frames, max(done, round((moment - begin) * SAMPLE_RATE)))
            pieces.append(self._synth.render(due - done))
            done = due
            act()
        pieces.append(self._synth.render(frames - done))
        return np.concatenate(pieces)


class SynthOutput:
    """A synth that is heard. Raises OutputError where there is no sound device."""

    def __init__(self, timbre: Timbre, *, name: str) -> None:
        self.name = name
        self._synth = Synth(timbre)
        self._feeder = BlockFeeder(self._synth)
        self._device: Any = _open_device()
        stream = _stream(self._feeder)
        next(stream)
        try:
            self._device.start(stream)
        except miniaudio.MiniaudioError as error:
            self.close()
            raise OutputError(_sentence(error)) from error

    @property
    def loss(self) -> str:
        return DEVICE_GONE

    def send(self, message: Message) -> None:
        match message:
            case NoteOn(voice, pitch, velocity):
                self._synth.prepare(voice, pitch)
                self._feeder.put(lambda: self._synth.note_on(voice, pitch, velocity))
            case NoteOff(voice, pitch):
                self._feeder.put(lambda: self._synth.note_off(voice, pitch))
            case Click():
                self._feeder.put(lambda: self._synth.click(message))
            case _:
                pass  # the timbre was chosen with the output

    def silence(self) -> None:
        self._feeder.put(self._synth.silence)

    def panic(self) -> None:
        self.silence()

    def is_alive(self) -> bool:
        return time.perf_counter() - self._feeder.last_block < _DEAD_AFTER_SECONDS

    def close(self) -> None:
        if self._device is None:
            return
        device, self._device = self._device, None
        device.close()
        # miniaudio leaves its connection to the sound server open, five file descriptors each time.
        with suppress(AttributeError):
            miniaudio.lib.ma_context_uninit(device._context)


def _open_device() -> Any:  # noqa: ANN401  # miniaudio has no types
    silence_libraries()
    try:
        return miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.FLOAT32,
            nchannels=2,
            sample_rate=SAMPLE_RATE,
            buffersize_msec=_BLOCK_MS,
            app_name="Harmonizer",
        )
    except miniaudio.MiniaudioError as error:
        raise OutputError(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    code = next((value for value in error.args if isinstance(value, int)), 0)
    if code in _NO_DEVICE_CODES:
        return NO_DEVICE
    return f"The sound device could not be opened (code {code}): another program may hold it."


def _stream(feeder: BlockFeeder) -> Generator[bytes | Samples, int, None]:
    """What miniaudio asks for blocks: it sends the number of frames."""
    frames = yield b""
    while True:
        frames = yield feeder.block(frames)
