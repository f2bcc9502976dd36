"""A whole score as sound at once, for a file."""

from __future__ import annotations

import tempfile
import wave
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np

from harmonizer_gui.playback.messages import NoteOn
from harmonizer_gui.playback.scheduler import ALL_VOICES, Schedule, TimedMessage
from harmonizer_gui.playback.synth import Synth
from harmonizer_gui.playback.wavetables import SAMPLE_RATE, Samples, Timbre
from harmonizer_gui.score import Score, VoiceName

TAIL_SECONDS = 0.5  # the last notes fade in it
MOST_SECONDS = 6 * 3600
"""A WAV file cannot hold more than four gigabytes."""
_WINDOW_SECONDS = 1.0


def render_score(
    score: Score, timbre: Timbre = Timbre.ORGAN, *, voices: Iterable[VoiceName] = ALL_VOICES
) -> Samples:
    """The score as the built-in synth plays it: float32 within ±1, shape [frames, 2], at 48 kHz.

    Each note begins on its exact frame; half a second is added at the end.
    """
    empty = np.zeros((0, 2), np.float32)
    return np.concatenate([empty, *(block for block, _ in render_blocks(score, timbre, voices=voices))])


def render_blocks(
    score: Score, timbre: Timbre = Timbre.ORGAN, *, voices: Iterable[VoiceName] = ALL_VOICES
) -> Iterator[tuple[Samples, float]]:
    """What `render_score` gives, piece by piece, with the share of the score that is done, 0–1."""
    synth = Synth(timbre)
    schedule = Schedule.of(score, voices=voices)
    end = schedule.end + TAIL_SECONDS
    frame = 0
    for event in _events(schedule, end):
        due = round(event.seconds * SAMPLE_RATE)
        yield synth.render(due - frame), min(1.0, event.seconds / end)
        frame = due
        _apply(event, synth)
    yield synth.render(round(end * SAMPLE_RATE) - frame), 1.0


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
    with _whole_wav(path, audio.shape[1], sample_rate) as file:
        file.writeframes(_pcm(audio))


def write_sound(
    score: Score,
    path: Path,
    timbre: Timbre = Timbre.ORGAN,
    *,
    report: Callable[[float], None] = lambda _share: None,
) -> None:
    """Write the score as the built-in synth plays it, as 16-bit stereo at 48 kHz.

    `report` is told the share that is done, 0–1, and may raise to stop it: what stood at `path` stays until
    the new file is whole. Raises ValueError for more than `MOST_SECONDS` and OSError.
    """
    seconds = score.seconds_at(score.length)
    if seconds > MOST_SECONDS:
        raise ValueError(
            f"it would last {seconds / 3600:.0f} hours, and a WAV file holds {MOST_SECONDS // 3600}"
        )
    with _whole_wav(path, 2, SAMPLE_RATE) as file:
        for block, share in render_blocks(score, timbre):
            file.writeframesraw(_pcm(block))
            report(share)


@contextmanager
def _whole_wav(path: Path, channels: int, sample_rate: int) -> Iterator[wave.Wave_write]:
    """A WAV file that comes to its place when all is written, and not at all where something is raised."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".wav-") as folder:
        whole = Path(folder) / path.name
        with wave.open(str(whole), "wb") as file:
            file.setnchannels(channels)
            file.setsampwidth(2)
            file.setframerate(sample_rate)
            yield file
        whole.replace(path)


def _pcm(audio: Samples) -> bytes:
    pcm: bytes = np.round(np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes()
    return pcm
