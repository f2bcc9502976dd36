"""The score: four voices and what they stand on (tempo, metre, key, pickup)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Literal

from harmonizer_gui.score.notes import TICKS_PER_QUARTER, Voice, VoiceName

EMPTY_BARS = 8  # an empty piece shows this much paper


@dataclass(frozen=True, slots=True, order=True)
class Tempo:
    """From `tick` on, `quarters_per_minute`."""

    tick: int
    quarters_per_minute: float

    def __post_init__(self) -> None:
        if not 5 <= self.quarters_per_minute <= 1000:
            raise ValueError(f"the tempo {self.quarters_per_minute:g} is outside 5–1000 quarters a minute")


@dataclass(frozen=True, slots=True, order=True)
class TimeSignature:
    """From `tick` on, bars of `numerator`/`denominator`."""

    tick: int
    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 1 <= self.numerator <= 64 or self.denominator not in (1, 2, 4, 8, 16, 32):
            raise ValueError(f"{self.numerator}/{self.denominator} is no time signature")

    @property
    def beat_ticks(self) -> int:
        """Ticks of one count; three eighths count as one in 6/8, 9/8 and 12/8."""
        unit = 4 * TICKS_PER_QUARTER // self.denominator
        return 3 * unit if self.denominator >= 8 and self.numerator in (6, 9, 12) else unit

    @property
    def bar_ticks(self) -> int:
        return self.numerator * 4 * TICKS_PER_QUARTER // self.denominator


@dataclass(frozen=True, slots=True, order=True)
class KeySignature:
    """From `tick` on, `fifths` sharps (flats below zero)."""

    tick: int
    fifths: int
    mode: Literal["major", "minor"] = "major"

    def __post_init__(self) -> None:
        if not -7 <= self.fifths <= 7:
            raise ValueError(f"a key signature of {self.fifths} accidentals does not exist")

    @property
    def tonic(self) -> int:
        """Pitch class of the tonic, C = 0."""
        return (7 * self.fifths + (9 if self.mode == "minor" else 0)) % 12


@dataclass(frozen=True, slots=True)
class Bar:
    """Bar `number` (0 for the pickup) over the ticks [start, end)."""

    number: int
    start: int
    end: int
    time_signature: TimeSignature


@dataclass(frozen=True)
class Score:
    """A piece in four voices.

    `tempos`, `time_signatures` and `key_signatures` are in order of time and have an entry at tick 0
    (`key_signatures` may be empty: the key is unknown). `pickup` is the length in ticks of the incomplete
    first bar, 0 if there is none; a change of metre starts a new bar. Raises ValueError otherwise.
    """

    voices: tuple[Voice, Voice, Voice, Voice] = (Voice(), Voice(), Voice(), Voice())
    title: str = ""
    tempos: tuple[Tempo, ...] = (Tempo(0, 84.0),)
    time_signatures: tuple[TimeSignature, ...] = (TimeSignature(0, 4, 4),)
    key_signatures: tuple[KeySignature, ...] = ()
    pickup: int = 0

    def __post_init__(self) -> None:
        if len(self.voices) != 4:
            raise ValueError(f"a score has four voices, not {len(self.voices)}")
        if not self.tempos or self.tempos[0].tick != 0:
            raise ValueError("the first tempo must stand at tick 0")
        if not self.time_signatures or self.time_signatures[0].tick != 0:
            raise ValueError("the first time signature must stand at tick 0")
        for ticks in (
            [tempo.tick for tempo in self.tempos],
            [signature.tick for signature in self.time_signatures],
            [signature.tick for signature in self.key_signatures],
        ):
            if ticks != sorted(set(ticks)):
                raise ValueError("tempo, metre and key changes must be in order of time")
        if not 0 <= self.pickup < self.time_signatures[0].bar_ticks:
            raise ValueError(f"a pickup of {self.pickup} ticks does not fit into the first bar")

    def voice(self, name: VoiceName) -> Voice:
        return self.voices[name]

    def with_voice(self, name: VoiceName, voice: Voice) -> Score:
        voices = list(self.voices)
        voices[name] = voice
        return replace(self, voices=tuple(voices))  # type: ignore[arg-type]  # four stay four

    @property
    def end(self) -> int:
        """The tick at which the last note of any voice ends."""
        return max(voice.end for voice in self.voices)

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The bars from the start to the end of the last note, whole; eight bars for an empty piece."""
        end = self.end or self.pickup + EMPTY_BARS * self.time_signatures[0].bar_ticks
        return _bars(end, self.time_signatures, self.pickup)

    @property
    def length(self) -> int:
        """Ticks of the piece in whole bars."""
        return self.bars[-1].end

    def bar_at(self, tick: int) -> Bar:
        """The bar that holds `tick`; the last bar for a tick past the end."""
        bars = self.bars
        return bars[max(0, bisect_right(bars, tick, key=_bar_start) - 1)]

    def key_at(self, tick: int) -> KeySignature | None:
        """The key signature that holds at `tick`, None where none is known."""
        index = bisect_right(self.key_signatures, tick, key=_sign_tick) - 1
        return self.key_signatures[index] if index >= 0 else None

    @cached_property
    def _tempo_starts(self) -> tuple[float, ...]:
        """The seconds at which each tempo begins: with hundreds of them no question adds them up anew."""
        spans = (
            (following.tick - tempo.tick) * _seconds_per_tick(tempo)
            for tempo, following in pairwise(self.tempos)
        )
        return tuple(accumulate(spans, initial=0.0))

    def seconds_at(self, tick: float) -> float:
        """Seconds from the start of the piece to `tick`, by the tempo map."""
        index = max(0, bisect_right(self.tempos, tick, key=_sign_tick) - 1)
        tempo = self.tempos[index]
        return self._tempo_starts[index] + max(0.0, tick - tempo.tick) * _seconds_per_tick(tempo)

    def tick_at(self, seconds: float) -> float:
        """The inverse of `seconds_at`."""
        starts = self._tempo_starts
        index = max(0, bisect_right(starts, seconds) - 1)
        tempo = self.tempos[index]
        return tempo.tick + (seconds - starts[index]) / _seconds_per_tick(tempo)


@lru_cache(maxsize=8)
def _bars(end: int, signatures: tuple[TimeSignature, ...], pickup: int) -> tuple[Bar, ...]:
    """Kept from score to score: an edit seldom moves a barline, and a long piece has a thousand."""
    bars: list[Bar] = []
    tick, number, index = 0, 0 if pickup else 1, 0
    while tick < end:
        while index + 1 < len(signatures) and signatures[index + 1].tick <= tick:
            index += 1
        length = pickup if number == 0 else signatures[index].bar_ticks
        stop = tick + length
        if index + 1 < len(signatures):
            stop = min(stop, signatures[index + 1].tick)
        bars.append(Bar(number, tick, stop, signatures[index]))
        tick, number = stop, number + 1
    return tuple(bars)


def _bar_start(bar: Bar) -> int:
    return bar.start


def _sign_tick(sign: Tempo | KeySignature) -> int:
    return sign.tick


def _seconds_per_tick(tempo: Tempo) -> float:
    return 60.0 / (tempo.quarters_per_minute * TICKS_PER_QUARTER)
