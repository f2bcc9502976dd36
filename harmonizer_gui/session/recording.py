"""Making notes of what is played on a MIDI keyboard: step by step, or in time. Pure, and one line always."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import (
    NoteRef,
    Quantising,
    Selection,
    lay_notes,
    quantise,
    replace_span,
)
from harmonizer_gui.score.edits.quantising import Nearest
from harmonizer_gui.session.locks import Locks

CHORD_SECONDS = 0.05
"""Keys that go down within it are one chord: hands are no more exact than that."""
SYNTH_DELAY_SECONDS = 0.05
"""From the beat to the ear through the built-in sound: a block of 25 ms that gathers what is due, and one
that waits in the device. Whoever plays to what they hear is later by as much, and is put back by it."""
MIDI_DELAY_SECONDS = 0.005
"""The same through a MIDI port: its cable and its synth, as far as they are alike everywhere."""


class Recorder:
    """Keeps what is played in time as one line. Ticks may lie before `start`, while a bar is counted.

    A key that goes down ends the one before; of a chord only the top note is kept.
    """

    def __init__(
        self, score: Score, voice: VoiceName, start: int, *, delay_seconds: float, early: int
    ) -> None:
        """What is struck at most `early` ticks before `start` is meant to be on it; the rest is practice."""
        self.voice = voice
        self.start = start
        self.had_chord = False
        self._score = score
        self._delay = delay_seconds
        self._early = early
        self._notes: list[Note] = []
        self._held: Note | None = None  # its duration is yet to come

    def strike(self, tick: float, pitch: int, velocity: int) -> None:
        """A key goes down while the playhead is at `tick`."""
        place = self._meant(tick)
        if place < self.start - self._early:
            return
        place = max(self.start, place, self._notes[-1].end if self._notes else 0)
        if self._held is not None and self._is_chord(self._held.start, place):
            self.had_chord = True
            if pitch > self._held.pitch:
                self._held = replace(self._held, pitch=pitch, velocity=velocity)
            return
        self._end_held(place)
        self._held = Note(place, 1, pitch, velocity)

    def release(self, tick: float, pitch: int) -> None:
        """A key comes up; only the one that sounds matters."""
        if self._held is not None and self._held.pitch == pitch:
            self._end_held(self._meant(tick))

    def line(self, tick: float) -> tuple[Note, ...]:
        """The notes as they were played, the one that is held up to `tick`; in order, none over another."""
        if self._held is None:
            return tuple(self._notes)
        end = max(self._meant(tick), self._held.start + 1)
        return (*self._notes, self._held.at(self._held.start, end))

    def _meant(self, tick: float) -> int:
        """The tick that was heard when the playhead was at `tick`."""
        if tick <= 0:
            seconds_a_tick = self._score.seconds_at(1)
            return round(tick - self._delay / seconds_a_tick)
        return round(self._score.tick_at(self._score.seconds_at(tick) - self._delay))

    def _is_chord(self, earlier: int, later: int) -> bool:
        return self._score.seconds_at(later) - self._score.seconds_at(earlier) < CHORD_SECONDS

    def _end_held(self, tick: int) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._notes.append(held.at(held.start, max(tick, held.start + 1)))


def recorded(
    score: Score,
    voice: VoiceName,
    line: Iterable[Note],
    *,
    strength: float,
    nearest: Nearest,
    shortest: int,
) -> tuple[Score, Selection]:
    """`score` with `line` in `voice` from its first note to the end of its last, starts and ends quantised.

    What the voice did there, its rests too, gives way. `strength` 0–1; no note is shorter than `shortest`.
    """
    empty = score.with_voice(voice, Voice())
    played = lay_notes(empty, voice, line)
    chosen = frozenset(NoteRef(voice, note) for note in played.voice(voice))
    how = Quantising(starts=True, lengths=True, strength=strength)
    tidy, chosen = quantise(played, chosen, how, nearest, shortest=shortest)
    notes = tidy.voice(voice).notes
    if not notes:
        return score, frozenset()
    written = replace_span(score, voice, notes[0].start, notes[-1].end, notes)
    return written, chosen


def shown_while_recording(voice: Voice, line: tuple[Note, ...]) -> Voice:
    """The voice as it looks while `line` is being played over it."""
    return voice.cut(line[0].start, line[-1].end).overlaid(line) if line else voice


def entered(score: Score, voice: VoiceName, note: Note) -> Score:
    """`score` with one note entered by step."""
    return lay_notes(score, voice, [note])


def rested(score: Score, voice: VoiceName, start: int, end: int) -> Score:
    """`score` with `voice` silent over the ticks [start, end)."""
    return replace_span(score, voice, start, end, ())


def is_locked_ahead(locks: Locks, voice: VoiceName, start: int) -> bool:
    """Whether something of `voice` is locked from tick `start` on, where a recording could not go."""
    return voice in locks.voices or any(end > start for _, end in locks.spans[voice])
