"""A whole score as sound at once, for a file."""

from __future__ import annotations

import tempfile
import wave
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from harmonizer_gui.playback.messages import NoteOn
from harmonizer_gui.playback.scheduler import ALL_VOICES, Schedule, TimedMessage
from harmonizer_gui.playback.synth import Synth
from harmonizer_gui.playback.wavetables import SAMPLE_RATE, Samples, Timbre
from harmonizer_gui.score import Score, VoiceName

TAIL_SECONDS = 0.5  # the last notes fade in it
_WINDOW_SECONDS = 1.0


def render_score(
    score: Score, timbre: Timbre = Timbre.ORGAN, *, voices: Iterable[VoiceName] = ALL_VOICES
) -> Samples:
    """The score as the built-in synth plays it: float32 within ±1, shape [frames, 2], at 48 kHz.

    Each note begins on its exact frame; half a second is added at the end.
    """
    synth = Synth(timbre)
    schedule = Schedule.of(score, voices=voices)
    end = schedule.end + TAIL_SECONDS
    blocks: list[Samples] = [np.zeros((0, 2), np.float32)]
    frame = 0
    for event in _events(schedule, end):
        due = round(event.seconds * SAMPLE_RATE)
        blocks.append(synth.render(due - frame))
        frame = due
        _apply(event, synth)
    blocks.append(synth.render(round(end * SAMPLE_RATE) - frame))
    return np.concatenate(blocks)


def _events(schedule: Schedule, end: float) -> Iterator[TimedMessage]:
    edges = np.append(np.arange(0.0, end, _WINDOW_SECONDS), end).tolist()
    for start, stop in pairwise(edges):
        yield from schedule.events_between(start, stop)


def _apply(event: TimedMessage, synth: Synth) -> None:
    message = event.message
    if isinstance(message, NoteOn):
        synth.note_on(message.voice, message.pitch, message.velocity)
    else:
        synth.note_off(message.voice, message.pitch)


def write_wav(path: Path, audio: Samples, sample_rate: int = SAMPLE_RATE) -> None:
    """Write `audio`, float within ±1 and shape [frames, channels], as 16-bit PCM.

    What stood at `path` stays until the new file is whole. Raises OSError where that cannot be written.
    """
    samples = np.round(np.clip(audio, -1, 1) * 32767).astype("<i2")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".wav-") as folder:
        whole = Path(folder) / path.name
        with wave.open(str(whole), "wb") as file:
            file.setnchannels(audio.shape[1])
            file.setsampwidth(2)
            file.setframerate(sample_rate)
            file.writeframes(samples.tobytes())
        whole.replace(path)
