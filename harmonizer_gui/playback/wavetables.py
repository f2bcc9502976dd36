"""One looped table of samples for each pitch: additive synthesis, band-limited by construction.

A table holds a whole number of cycles, so that it loops without a seam, and its length is chosen so that the
pitch is right to a fraction of a cent. It is made from its spectrum, which ends well below half the rate.
"""

from __future__ import annotations

from enum import Enum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.score import VoiceName

SAMPLE_RATE = 48_000
TABLE_RMS = 0.075  # four loud voices together stay in the straight part of the limiter

Samples = NDArray[np.float32]


class Timbre(Enum):
    ORGAN = "organ"
    CHOIR = "choir"


_HIGHEST_PARTIAL_HZ = {Timbre.ORGAN: 16_000.0, Timbre.CHOIR: 8_000.0}

# A principal pipe's partials, and the ranks that are drawn: (multiple of the pitch, strength).
_PIPE = (1.0, 0.42, 0.26, 0.13, 0.09, 0.05, 0.035, 0.02)
_RANKS = ((1, 1.0), (2, 0.5), (3, 0.14), (4, 0.28), (8, 0.08))

# Formants of a sung “ah” in Hz with strength and half width, for each voice.
_FORMANTS = {
    VoiceName.SOPRANO: ((800, 1.0, 80), (1150, 0.5, 90), (2900, 0.025, 120), (3900, 0.1, 130)),
    VoiceName.ALTO: ((760, 1.0, 80), (1130, 0.6, 90), (2800, 0.06, 120), (3500, 0.03, 130)),
    VoiceName.TENOR: ((650, 1.0, 80), (1080, 0.5, 90), (2650, 0.45, 120), (2900, 0.4, 130)),
    VoiceName.BASS: ((600, 1.0, 60), (1040, 0.45, 70), (2250, 0.35, 110), (2450, 0.35, 120)),
}
_SECTION_SPREAD_CENTS = 7.0  # how far the singers of one voice lie apart
_LEADER = 0.8  # the share of a partial's energy that lies exactly on the pitch

# The lengths a loop may have. A choir's is two seconds, so that it is not heard as a loop, and has enough
# small factors for a quick Fourier transform.
_LENGTHS = {Timbre.ORGAN: np.arange(6_000, 9_000), Timbre.CHOIR: np.arange(90_000, 110_000, 120)}


def pitch_hz(pitch: int) -> float:
    """Equal temperament, A4 = pitch 69 = 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69) / 12))


@cache
def wavetable(timbre: Timbre, voice: VoiceName, pitch: int) -> Samples:
    """The samples of one loop, shape [n], read-only; the organ sounds the same for all voices."""
    if timbre is Timbre.ORGAN and voice is not VoiceName.SOPRANO:
        return wavetable(timbre, VoiceName.SOPRANO, pitch)
    length, cycles = _loop(timbre, pitch_hz(pitch))
    amplitudes = _organ_bins(length, cycles) if timbre is Timbre.ORGAN else _choir_bins(length, cycles, voice)
    phases = np.random.default_rng(1000 * voice + pitch).uniform(0, 2 * np.pi, len(amplitudes))
    table = np.fft.irfft(amplitudes * np.exp(1j * phases), length)
    samples: Samples = (table * (TABLE_RMS / np.sqrt(np.mean(table**2)))).astype(np.float32)
    samples.setflags(write=False)
    return samples


def _loop(timbre: Timbre, hz: float) -> tuple[int, int]:
    """Length in samples and number of cycles of the loop that comes nearest to `hz`."""
    lengths = _LENGTHS[timbre]
    cycles = np.maximum(1, np.round(lengths * (hz / SAMPLE_RATE)))
    best = int(np.argmin(np.abs(np.log2(cycles * SAMPLE_RATE / (lengths * hz)))))
    return int(lengths[best]), int(cycles[best])


def _partial_count(timbre: Timbre, length: int, cycles: int) -> int:
    return max(1, int(_HIGHEST_PARTIAL_HZ[timbre] * length / (cycles * SAMPLE_RATE)))


def _organ_bins(length: int, cycles: int) -> NDArray[np.float64]:
    """Amplitudes over the lower bins of the real Fourier transform; those above are silent."""
    count = _partial_count(Timbre.ORGAN, length, cycles)
    amplitudes = np.zeros(count * cycles + 1)
    for multiple, strength in _RANKS:
        for number, partial in enumerate(_PIPE, start=1):
            if multiple * number <= count:
                amplitudes[multiple * number * cycles] += strength * partial
    return amplitudes


def _choir_bins(length: int, cycles: int, voice: VoiceName) -> NDArray[np.float64]:
    """As `_organ_bins`, each partial spread over the neighbouring bins like the singers of a section."""
    count = _partial_count(Timbre.CHOIR, length, cycles)
    amplitudes = np.zeros(count * cycles * 51 // 50 + 8)
    bin_hz = SAMPLE_RATE / length
    for number in range(1, count + 1):
        centre = number * cycles
        strength = _sung(number, centre * bin_hz, voice)
        width = max(0.5, centre * (2 ** (_SECTION_SPREAD_CENTS / 1200) - 1))
        reach = int(3 * width) + 1
        bins = np.arange(centre - reach, centre + reach + 1)
        spread = np.exp(-0.5 * ((bins - centre) / width) ** 2)
        spread *= np.sqrt((1 - _LEADER) / np.sum(spread**2))
        spread[reach] = np.sqrt(_LEADER)
        amplitudes[bins] += strength * spread
    return amplitudes


def _sung(number: int, hz: float, voice: VoiceName) -> float:
    """Strength of a partial: the glottis gives less the higher it is, the mouth favours its formants."""
    mouth = sum(gain / (1 + ((hz - centre) / width) ** 2) for centre, gain, width in _FORMANTS[voice])
    return float((0.12 + mouth) / number**0.9)
