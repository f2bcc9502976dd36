"""The built-in synth: looped tables with envelopes, placed in the stereo field, softly limited."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.playback.messages import Click
from harmonizer_gui.playback.wavetables import SAMPLE_RATE, Samples, Timbre, wavetable
from harmonizer_gui.score import VoiceName

_CLICK_HZ = {True: 1760.0, False: 1175.0}
_CLICK_SECONDS = 0.05
_CLICK_STRENGTH = 0.35
_KNEE = 0.7  # below it the limiter changes nothing; above, it bends towards 1
_QUICK_RELEASE_SECONDS = 0.02
# From the left (−1) to the right (1), as a choir stands.
_PLACES = {VoiceName.SOPRANO: -0.4, VoiceName.ALTO: -0.14, VoiceName.TENOR: 0.14, VoiceName.BASS: 0.4}


@dataclass(frozen=True, slots=True)
class _Envelope:
    attack_seconds: float
    release_seconds: float


_ENVELOPES = {Timbre.ORGAN: _Envelope(0.018, 0.09), Timbre.CHOIR: _Envelope(0.07, 0.18)}


class _Tone:
    """One sounding note. Its level rises and falls in a straight line and is rounded to a soft S."""

    def __init__(self, table: Samples, *, voice: VoiceName, strength: float, attack_seconds: float) -> None:
        angle = (1 + _PLACES[voice]) * np.pi / 4
        self._gains = strength * np.array([[np.cos(angle)], [np.sin(angle)]], np.float32)
        self._table = table
        self._place = 0
        self._level = 0.0
        self._slope = 1 / (attack_seconds * SAMPLE_RATE)

    @property
    def is_over(self) -> bool:
        return self._slope < 0 and self._level <= 0

    def release(self, seconds: float) -> None:
        """Begin to fade; a fade that is quicker already goes on."""
        self._slope = min(self._slope, -1 / (seconds * SAMPLE_RATE))

    def add_to(self, mix: Samples) -> None:
        """Add the next frames to `mix`, shape [2, frames]."""
        frames = mix.shape[1]
        wave = self._next(frames)
        if self._slope < 0 or self._level < 1:
            wave = wave * self._ramp(frames)
        mix += self._gains * wave

    def _next(self, frames: int) -> Samples:
        start, end = self._place, self._place + frames
        self._place = end % len(self._table)
        if end <= len(self._table):
            return self._table[start:end]
        return self._table.take(np.arange(start, end), mode="wrap")

    def _ramp(self, frames: int) -> Samples:
        line = self._level + self._slope * np.arange(1, frames + 1, dtype=np.float32)
        np.clip(line, 0, 1, out=line)
        self._level = float(line[-1])
        ramp: Samples = line * line * (3 - 2 * line)
        return ramp


@dataclass(frozen=True, slots=True)
class _Begin:
    voice: VoiceName
    pitch: int
    table: Samples
    strength: float


@dataclass(frozen=True, slots=True)
class _End:
    voice: VoiceName
    pitch: int


class _EndAll:
    pass


_Wish = _Begin | _End | _EndAll | Click


@cache
def _click_samples(accented: bool) -> Samples:  # noqa: FBT001  # the key of the cache
    """A short, dry tone that is in nobody's way: what a wooden block gives."""
    seconds = np.arange(round(_CLICK_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * _CLICK_HZ[accented] * seconds) * np.exp(-seconds / (_CLICK_SECONDS / 6))
    samples: Samples = (_CLICK_STRENGTH * tone).astype(np.float32)
    samples.setflags(write=False)
    return samples


class _Tick:
    """A click that is being heard, in the middle of the stereo field."""

    def __init__(self, samples: Samples) -> None:
        self._left = samples

    @property
    def is_over(self) -> bool:
        return not self._left.size

    def add_to(self, mix: Samples) -> None:
        """Add the next frames to `mix`, shape [2, frames]."""
        now, self._left = self._left[: mix.shape[1]], self._left[mix.shape[1] :]
        mix[:, : len(now)] += now


class Synth:
    """Notes in, sound out. `render` may run on another thread than the rest: wishes go through a queue."""

    def __init__(self, timbre: Timbre) -> None:
        self._timbre = timbre
        self._envelope = _ENVELOPES[timbre]
        self._wishes: deque[_Wish] = deque()
        self._held: dict[tuple[VoiceName, int], _Tone] = {}
        self._fading: list[_Tone] = []
        self._ticks: list[_Tick] = []

    def prepare(self, voice: VoiceName, pitch: int) -> Samples:
        """Make the pitch's table now, a few milliseconds' work, so that beginning the note takes none."""
        return wavetable(self._timbre, voice, pitch)

    def note_on(self, voice: VoiceName, pitch: int, velocity: int) -> None:
        """Begin a note with the next block; the same note of the voice is struck again. Velocity 1–127."""
        self._wishes.append(_Begin(voice, pitch, self.prepare(voice, pitch), velocity / 127))

    def note_off(self, voice: VoiceName, pitch: int) -> None:
        self._wishes.append(_End(voice, pitch))

    def click(self, click: Click) -> None:
        """Beat once, as the metronome does."""
        self._wishes.append(click)

    def silence(self) -> None:
        """Fade all that sounds within 20 ms."""
        self._wishes.append(_EndAll())

    def render(self, frames: int) -> Samples:
        """The next `frames` frames, float32 within ±1, shape [frames, 2], left and right."""
        while self._wishes:
            self._grant(self._wishes.popleft())
        mix = np.zeros((2, frames), np.float32)
        if frames:
            for tone in (*self._held.values(), *self._fading):
                tone.add_to(mix)
            for tick in self._ticks:
                tick.add_to(mix)
        self._fading = [tone for tone in self._fading if not tone.is_over]
        self._ticks = [tick for tick in self._ticks if not tick.is_over]
        return np.ascontiguousarray(_limited(mix).T)

    def _grant(self, wish: _Wish) -> None:
        match wish:
            case _Begin():
                self._fade(wish.voice, wish.pitch)
                self._held[wish.voice, wish.pitch] = _Tone(
                    wish.table,
                    voice=wish.voice,
                    strength=wish.strength,
                    attack_seconds=self._envelope.attack_seconds,
                )
            case _End():
                self._fade(wish.voice, wish.pitch)
            case _EndAll():
                self._fade_all()
            case Click(accented):
                self._ticks.append(_Tick(_click_samples(accented)))

    def _fade(self, voice: VoiceName, pitch: int) -> None:
        tone = self._held.pop((voice, pitch), None)
        if tone is not None:
            tone.release(self._envelope.release_seconds)
            self._fading.append(tone)

    def _fade_all(self) -> None:
        self._fading += self._held.values()
        self._held.clear()
        for tone in self._fading:
            tone.release(_QUICK_RELEASE_SECONDS)


def _limited(mix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Straight up to the knee, then bent so that nothing goes beyond ±1."""
    if not mix.size or max(float(mix.max()), -float(mix.min())) <= _KNEE:
        return mix
    room = 1 - _KNEE
    bent = np.sign(mix) * (_KNEE + room * np.tanh((np.abs(mix) - _KNEE) / room))
    return np.where(np.abs(mix) > _KNEE, bent, mix).astype(np.float32)
