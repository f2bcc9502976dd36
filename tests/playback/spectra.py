"""What a recording holds, by Fourier transform: an ear that does not know the synth."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.playback.wavetables import SAMPLE_RATE


def cents_off(sound: NDArray[np.float32], pitch: int) -> float:
    """How far the partial next to `pitch` lies from it; `sound` is mono, of a second or more."""
    expected = 440 * 2 ** ((pitch - 69) / 12)
    return float(1200 * np.log2(peak_near(sound, expected) / expected))


def peak_near(sound: NDArray[np.float32], hz: float) -> float:
    """The frequency of the strongest peak within a semitone of `hz`, to a hundredth of a bin."""
    size = 4 * len(sound)
    power = np.log(np.abs(np.fft.rfft(sound * np.hanning(len(sound)), size)) + 1e-12)
    low, high = (int(hz * factor * size / SAMPLE_RATE) for factor in (2 ** (-1 / 12), 2 ** (1 / 12)))
    peak = low + int(np.argmax(power[low : high + 1]))
    before, at, after = power[peak - 1 : peak + 2]
    offset = 0.5 * (before - after) / (before - 2 * at + after)
    return float((peak + offset) * SAMPLE_RATE / size)


def strength_at(sound: NDArray[np.float32], pitches: Iterable[int]) -> list[float]:
    """Decibels of each pitch's fundamental below the strongest bin of the sound."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    bins = [round(440 * 2 ** ((pitch - 69) / 12) * len(sound) / SAMPLE_RATE) for pitch in pitches]
    return [float(20 * np.log10(spectrum[b - 2 : b + 3].max() / spectrum.max())) for b in bins]


def decibels_between_partials(sound: NDArray[np.float32], hz: float, *, spread: float) -> tuple[float, float]:
    """The loudest bin away from all partials, and the loudest above 18 kHz, below the loudest of all.

    `spread` is how wide a partial may be, as a share of its frequency.
    """
    spectrum = np.abs(np.fft.rfft(sound * np.blackman(len(sound)) ** 2)) + 1e-12
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    place = frequencies / hz % 1
    distance = np.minimum(place, 1 - place) * hz
    loudest = spectrum.max()
    return (
        float(20 * np.log10(spectrum[distance > 10 + spread * frequencies].max() / loudest)),
        float(20 * np.log10(spectrum[frequencies > 18_000].max() / loudest)),
    )
