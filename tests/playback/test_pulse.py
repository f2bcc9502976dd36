"""Real sound: through a PulseAudio server into nothing, recorded by a program that is not ours."""

from __future__ import annotations

import os
import queue
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from harmonizer_gui.playback import synth_output
from harmonizer_gui.playback.outputs import BUILT_IN, OutputInfo
from harmonizer_gui.playback.player import Player
from harmonizer_gui.playback.wavetables import SAMPLE_RATE
from harmonizer_gui.score import Score, VoiceName
from tests.playback.scores import line
from tests.playback.servers import program, pulse_server, wait_for
from tests.playback.spectra import cents_off, strength_at
from tests.system import require

CHORD = {VoiceName.SOPRANO: 72, VoiceName.ALTO: 67, VoiceName.TENOR: 64, VoiceName.BASS: 48}
_FRAME_BYTES = 8
_PATIENCE_SECONDS = 6


class Recording:
    """What goes through the sink, as it goes."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def next(self, frames: int) -> NDArray[np.float32]:
        """The next `frames` frames, mono."""
        wanted = frames * _FRAME_BYTES
        data = b""
        while len(data) < wanted:
            piece = os.read(self._descriptor, wanted - len(data))
            assert piece, "the recorder ended"
            data += piece
        mono: NDArray[np.float32] = np.frombuffer(data, np.float32).reshape(-1, 2).mean(axis=1)
        return mono

    def skip_until(self, *, loud: bool) -> bool:
        """Listen until it is loud, or wholly silent for a tenth of a second; False if that never comes."""
        for _ in range(_PATIENCE_SECONDS * 10):
            level = np.abs(self.next(SAMPLE_RATE // 10)).max()
            if (level > 0.02) if loud else (level == 0):
                return True
        return False


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recording]:
    require("pulseaudio", "pactl", "parec")
    with pulse_server(tmp_path) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        command = (
            "parec -d nowhere.monitor --raw --format=float32le --rate=48000 --channels=2 --latency-msec=20"
        )
        with program(*command.split(), env=dict(os.environ)) as recorder:
            assert recorder.stdout is not None
            yield Recording(recorder.stdout.fileno())


def test_a_sound_server_that_goes_is_reported_while_the_playhead_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require("pulseaudio", "pactl")
    monkeypatch.setattr(synth_output, "_DEAD_AFTER_SECONDS", 1.0)
    sentences: queue.Queue[str] = queue.Queue()
    player = Player(on_problem=sentences.put)
    try:
        with pulse_server(tmp_path) as environment:
            for name, value in environment.items():
                monkeypatch.setenv(name, value)
            player.play(chord())
            assert wait_for(lambda: player.position_tick > 0)
        before = player.position_tick
        assert sentences.get(timeout=_PATIENCE_SECONDS) == synth_output.DEVICE_GONE
        assert player.position_tick > before
    finally:
        player.close()


def chord() -> Score:
    """A C major chord of a minute."""
    score = Score()
    for voice, pitch in CHORD.items():
        score = score.with_voice(voice, line(pitch, duration=84 * 480))
    return score


@pytest.mark.parametrize("output", BUILT_IN, ids=lambda info: info.name)
def test_a_chord_is_heard_in_tune_until_it_is_stopped(recording: Recording, output: OutputInfo) -> None:
    problems: list[str] = []
    player = Player(on_problem=problems.append, output=output)
    try:
        player.play(chord())
        assert recording.skip_until(loud=True), problems
        recording.next(SAMPLE_RATE // 2)  # the device has found its pace
        sound = recording.next(round(1.5 * SAMPLE_RATE))
        for pitch in CHORD.values():
            assert abs(cents_off(sound, pitch)) < 5
        assert min(strength_at(sound, CHORD.values())) > -30
        assert max(strength_at(sound, [50, 53, 58, 61, 66])) < -45
        player.stop()
        assert recording.skip_until(loud=False)
    finally:
        player.close()
    assert problems == []
