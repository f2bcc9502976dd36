"""Where in the piece we are and what sounds, given how much time went by: no clock, no output, no thread."""

from __future__ import annotations

from dataclasses import dataclass

from harmonizer_gui.playback.messages import NoteOff, NoteOn
from harmonizer_gui.playback.scheduler import ALL_VOICES, Schedule
from harmonizer_gui.score import Score, VoiceName

Key = tuple[VoiceName, int]  # a voice and a pitch that it sounds


@dataclass(frozen=True, slots=True)
class Silence:
    """Every note must end; with `everywhere` also those that nobody remembers to have started."""

    everywhere: bool = False


Step = NoteOn | NoteOff | Silence


class Sequencer:
    """Turns wishes and the passing of time into the steps an output must take, in order."""

    def __init__(self) -> None:
        self._schedule = Schedule.of(Score())
        self._position = 0.0  # seconds from the start of the piece; all before it has been sent
        self._origin_tick = 0.0
        self._loop: tuple[int, int] | None = None
        self._sounding: set[Key] = set()
        self.is_playing = False

    @property
    def sounding(self) -> frozenset[Key]:
        """What it has started and not yet ended."""
        return frozenset(self._sounding)

    def play(self, score: Score, from_tick: float) -> list[Step]:
        """Begin at `from_tick`; what already sounds there is struck at once."""
        self._schedule = Schedule.of(score, voices=self._schedule.voices)
        self._origin_tick = from_tick
        self.is_playing = True
        return self.seek(from_tick)

    def pause(self) -> list[Step]:
        self.is_playing = False
        return self._hush()

    def stop(self) -> list[Step]:
        """End, and go back to where the last play began."""
        self._move_to(self._origin_tick)
        return self.pause()

    def seek(self, tick: float) -> list[Step]:
        self._move_to(tick)
        return self._hush() + self._take_up()

    def set_score(self, score: Score) -> list[Step]:
        """Stay at the same tick; notes that are no longer there end, new ones that sound there begin."""
        if score.tempos != self._schedule.score.tempos:
            self._position = score.seconds_at(self._tick_at(self._position))
        self._schedule = Schedule.of(score, voices=self._schedule.voices)
        return self._take_up()

    def set_muted(self, voices: frozenset[VoiceName]) -> list[Step]:
        self._schedule = Schedule.of(self._schedule.score, voices=ALL_VOICES - voices)
        return self._take_up()

    def set_loop(self, loop: tuple[int, int] | None) -> list[Step]:
        """Play the ticks [start, end) again and again once they are reached; None for no loop."""
        self._loop = loop
        return []

    def strike_anew(self) -> list[Step]:
        """Begin once more what should sound now, for an output that knows nothing of it."""
        self._sounding.clear()
        return self._take_up()

    def advance(self, seconds: float) -> list[Step]:
        """What is due in the next `seconds`; the position is moved by as much."""
        if not self.is_playing:
            return []
        steps: list[Step] = []
        target = self._position + seconds
        while (loop := self._loop_ahead()) and target >= loop[1]:
            steps += self._emit_until(loop[1])
            target = loop[0] + target - loop[1]
            self._position = loop[0]
            steps += self._hush() + self._take_up()
        end = loop[1] if loop else self._schedule.end
        steps += self._emit_until(min(target, end))
        if self._position >= end:
            steps += self.pause()
        return steps

    def tick_after(self, seconds: float) -> float:
        """The tick where `advance(seconds)` would lead."""
        target = self._position + seconds
        loop = self._loop_ahead()
        if loop and target >= loop[1]:
            target = loop[0] + (target - loop[1]) % (loop[1] - loop[0])
        elif not loop:
            target = max(self._position, min(target, self._schedule.end))
        return self._tick_at(target)

    def seconds_to_next(self, horizon: float) -> float:
        """Seconds until something is due, at most `horizon`."""
        limit = self._position + horizon
        loop = self._loop_ahead()
        limit = min(limit, loop[1] if loop else self._schedule.end)
        events = self._schedule.events_between(self._position, limit)
        return max(0.0, (events[0].seconds if events else limit) - self._position)

    def _move_to(self, tick: float) -> None:
        self._position = self._schedule.score.seconds_at(max(0.0, tick))

    def _tick_at(self, seconds: float) -> float:
        """The tick at `seconds`, whole where only rounding kept it from being so."""
        tick = self._schedule.score.tick_at(seconds)
        return float(round(tick)) if abs(tick - round(tick)) < 1e-6 else tick

    def _loop_ahead(self) -> tuple[float, float] | None:
        """The loop in seconds, unless its end is already behind."""
        if self._loop is None:
            return None
        start, end = map(self._schedule.score.seconds_at, self._loop)
        return (start, end) if self._position < end else None

    def _emit_until(self, seconds: float) -> list[Step]:
        steps: list[Step] = []
        for event in self._schedule.events_between(self._position, seconds):
            key = event.message.voice, event.message.pitch
            if isinstance(event.message, NoteOn):
                self._sounding.add(key)
            elif key not in self._sounding:
                continue
            else:
                self._sounding.remove(key)
            steps.append(event.message)
        self._position = max(self._position, seconds)
        return steps

    def _take_up(self) -> list[Step]:
        """End what should not sound here, begin what should: notes that started before this moment."""
        if not self.is_playing:
            return []
        notes = self._schedule.notes_sounding_at(self._position)
        wanted = {(note.voice, note.pitch): note for note in notes if note.start < self._position}
        steps: list[Step] = [NoteOff(*key) for key in sorted(self._sounding - wanted.keys())]
        steps += [note.onset for key, note in wanted.items() if key not in self._sounding]
        self._sounding = set(wanted)
        return steps

    def _hush(self) -> list[Step]:
        self._sounding.clear()
        return [Silence()]
