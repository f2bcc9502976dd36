"""Which messages fall between two moments of a score. Pure: time is an argument."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harmonizer_gui.playback.messages import NoteOff, NoteOn
from harmonizer_gui.score import Note, Score, VoiceName

ALL_VOICES = frozenset(VoiceName)


@dataclass(frozen=True, slots=True)
class TimedMessage:
    """`message` is due `seconds` after the start of the piece."""

    seconds: float
    message: NoteOn | NoteOff


@dataclass(frozen=True, slots=True)
class TimedNote:
    """A note of `voice` that sounds over the seconds [start, end)."""

    voice: VoiceName
    pitch: int
    velocity: int
    start: float
    end: float

    @property
    def onset(self) -> NoteOn:
        return NoteOn(self.voice, self.pitch, self.velocity)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The messages of some voices of a score, in strict time: a fermata lengthens nothing.

    Making one costs nothing, since each question looks only at the notes around its moment.
    """

    score: Score
    voices: frozenset[VoiceName]

    @classmethod
    def of(cls, score: Score, *, voices: Iterable[VoiceName] = ALL_VOICES) -> Schedule:
        return cls(score, frozenset(voices))

    @property
    def end(self) -> float:
        """Seconds from the start to the end of the last whole bar."""
        return self.score.seconds_at(self.score.length)

    def events_between(self, start: float, end: float) -> tuple[TimedMessage, ...]:
        """The messages due in the seconds [start, end), in order; a note ends before the next begins."""
        if start >= end:
            return ()
        events = [
            event
            for voice, note in self._notes_around(start, end)
            for event in self._messages(voice, note)
            if start <= event.seconds < end
        ]
        return tuple(sorted(events, key=_order))

    def notes_sounding_at(self, seconds: float) -> tuple[TimedNote, ...]:
        """The notes that have begun at `seconds` or before and have not yet ended, highest voice first."""
        around = (self._timed(voice, note) for voice, note in self._notes_around(seconds, seconds))
        return tuple(note for note in around if note.start <= seconds < note.end)

    def _notes_around(self, start: float, end: float) -> Iterator[tuple[VoiceName, Note]]:
        """The notes that touch the seconds [start, end), and perhaps a neighbour: times are rounded."""
        first = max(0, math.floor(self.score.tick_at(start)) - 1)
        last = math.ceil(self.score.tick_at(end)) + 1
        for voice in sorted(self.voices):
            for note in self.score.voice(voice).between(first, last):
                yield voice, note

    def _messages(self, voice: VoiceName, note: Note) -> tuple[TimedMessage, TimedMessage]:
        timed = self._timed(voice, note)
        return (
            TimedMessage(timed.start, timed.onset),
            TimedMessage(timed.end, NoteOff(voice, note.pitch)),
        )

    def _timed(self, voice: VoiceName, note: Note) -> TimedNote:
        start, end = self.score.seconds_at(note.start), self.score.seconds_at(note.end)
        return TimedNote(voice, note.pitch, note.velocity, start, end)


def _order(event: TimedMessage) -> tuple[float, bool, int]:
    return event.seconds, isinstance(event.message, NoteOn), event.message.voice
