"""Where in the piece we are and what sounds, given how much time went by: no clock, no output, no thread."""

from __future__ import annotations

from dataclasses import dataclass

from harmonizer_gui.playback.messages import Click, NoteOff, NoteOn
from harmonizer_gui.playback.metronome import CountIn, clicks_between
from harmonizer_gui.playback.scheduler import ALL_VOICES, Schedule
from harmonizer_gui.score import Score, VoiceName

Key = tuple[VoiceName, int]  # a voice and a pitch that it sounds


@dataclass(frozen=True, slots=True)
class Silence:
    """Every note must end; with `everywhere` also those that nobody remembers to have started."""

    everywhere: bool = False


Step = NoteOn | NoteOff | Click | Silence


class Sequencer:
    """Turns wishes and the passing of time into the steps an output must take, in order."""

    def __init__(self) -> None:
        self._schedule = Schedule.of(Score())
        self._position = 0.0  # seconds from the start of the piece; all before it has been sent
        self._origin_tick = 0.0
        self._loop: tuple[int, int] | None = None
        self._sounding: set[Key] = set()
        self._count_in: CountIn | None = None
        self._is_endless = False
        self._clicks = False
        self.is_playing = False

    @property
    def sounding(self) -> frozenset[Key]:
        """What it has started and not yet ended."""
        return frozenset(self._sounding)

    def play(
        self, score: Score, from_tick: float, *, counted_in: bool = False, endless: bool = False
    ) -> list[Step]:
        """Begin at `from_tick`; what already sounds there is struck at once.

        With `counted_in` one bar is counted first. When `endless`, it goes on past the end of the piece.
        """
        self._is_endless = endless
        self._schedule = Schedule.of(score, voices=self._schedule.voices)
        self._origin_tick = from_tick
        self.is_playing = True
        self._move_to(from_tick)
        self._count_in = CountIn(score, from_tick) if counted_in else None
        return self._hush() + self._take_up()

    def pause(self) -> list[Step]:
        self.is_playing = False
        self._count_in = None
        return self._hush()

    def stop(self) -> list[Step]:
        """End, and go back to where the last play began."""
        self._move_to(self._origin_tick)
        return self.pause()

    def seek(self, tick: float) -> list[Step]:
        self._count_in = None
        self._move_to(tick)
        return self._hush() + self._take_up()

    def place(self, tick: float) -> list[Step]:
        """Go to `tick`; while nothing plays, nothing that sounds is silenced."""
        if self.is_playing:
            return self.seek(tick)
        self._move_to(tick)
        return []

    def set_clicks(self, *, on: bool) -> list[Step]:
        """Have the metronome beat from now on, or no more."""
        self._clicks = on
        return []

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

    @property
    def counting(self) -> int:
        """Which beat of the bar before the start is being counted, 0 when none is."""
        return 0 if self._count_in is None else self._count_in.beat

    def strike_anew(self) -> list[Step]:
        """Begin once more what should sound now, for an output that knows nothing of it."""
        self._sounding.clear()
        return self._take_up()

    def advance(self, seconds: float) -> list[Step]:
        """What is due in the next `seconds`; the position is moved by as much."""
        if not self.is_playing:
            return []
        steps: list[Step] = []
        if self._count_in is not None:
            counted = min(seconds, self._count_in.left)
            steps += self._count_in.advance(counted)
            seconds -= counted
            if self._count_in.left > 0:
                return steps
            self._count_in = None
            steps += self._take_up()
        target = self._position + seconds
        while (loop := self._loop_ahead()) and target >= loop[1]:
            steps += self._emit_until(loop[1])
            target = loop[0] + target - loop[1]
            self._position = loop[0]
            steps += self._hush() + self._take_up()
        end = loop[1] if loop else self._end
        steps += self._emit_until(min(target, end))
        if self._position >= end:
            steps += self.pause()
        return steps

    def tick_after(self, seconds: float) -> float:
        """The tick where `advance(seconds)` would lead; while a bar is counted, as far before the start."""
        if self._count_in is not None:
            left = self._count_in.left - seconds
            if left > 0:
                return self._tick_at(self._position - left)
            seconds = -left
        target = self._position + seconds
        loop = self._loop_ahead()
        if loop and target >= loop[1]:
            target = loop[0] + (target - loop[1]) % (loop[1] - loop[0])
        elif not loop:
            target = max(self._position, min(target, self._end))
        return self._tick_at(target)

    def seconds_to_next(self, horizon: float) -> float:
        """Seconds until something is due, at most `horizon`."""
        if self._count_in is not None:
            return min(horizon, self._count_in.to_next)
        limit = self._position + horizon
        loop = self._loop_ahead()
        limit = min(limit, loop[1] if loop else self._end)
        due = min((seconds for seconds, _ in self._events_until(limit)), default=limit)
        return max(0.0, due - self._position)

    @property
    def _end(self) -> float:
        """The seconds at which playing ends by itself."""
        return float("inf") if self._is_endless else self._schedule.end

    def _events_until(self, seconds: float) -> list[tuple[float, NoteOn | NoteOff | Click]]:
        """What is due from the position to `seconds`, in order."""
        events: list[tuple[float, NoteOn | NoteOff | Click]] = [
            (event.seconds, event.message) for event in self._schedule.events_between(self._position, seconds)
        ]
        if self._clicks:
            events += clicks_between(self._schedule.score, self._position, seconds)
            events.sort(key=lambda event: event[0])
        return events

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
        for _, message in self._events_until(seconds):
            if self._keeps_account(message):
                steps.append(message)
        self._position = max(self._position, seconds)
        return steps

    def _keeps_account(self, message: NoteOn | NoteOff | Click) -> bool:
        """Note what sounds; False for the end of a note that was never begun."""
        if isinstance(message, Click):
            return True
        key = message.voice, message.pitch
        if isinstance(message, NoteOff) and key not in self._sounding:
            return False
        change = self._sounding.add if isinstance(message, NoteOn) else self._sounding.remove
        change(key)
        return True

    def _take_up(self) -> list[Step]:
        """End what should not sound here, begin what should: notes that started before this moment."""
        if not self.is_playing or self._count_in is not None:
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
