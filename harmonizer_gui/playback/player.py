"""The player: the one owner of a clock. It plays a score on an output, on a thread of its own."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable, Sequence

from harmonizer_gui.playback.link import OutputLink
from harmonizer_gui.playback.live import Live
from harmonizer_gui.playback.messages import Message, ProgramChange
from harmonizer_gui.playback.outputs import BUILT_IN_ORGAN, Output, OutputInfo, open_output
from harmonizer_gui.playback.previews import Previews
from harmonizer_gui.playback.sequencer import Sequencer, Silence
from harmonizer_gui.score import Score, VoiceName

CHURCH_ORGAN = 19
LONGEST_STALL_SECONDS = 0.25  # after a longer one the music goes on from where it was
_HORIZON_SECONDS = 0.05
_SHORTEST_REST_SECONDS = 0.0005
_CLOSE_SECONDS = 3.0
_FOREVER = float("inf")


def _ignore_problem(_sentence: str) -> None: ...


def _ignore_end() -> None: ...


class Player:
    """Plays a score. All methods may be called from any thread and return at once.

    Ticks count from the start of the score. `on_problem` gets one sentence when the output is missing or
    lost; the playhead moves on, and the output is taken up again when it is back. `on_finished` comes when
    the end of the piece is reached. Both are called on the player's thread. Tests hand in a `clock` and
    step with `advance` instead of a thread.
    """

    def __init__(
        self,
        *,
        on_problem: Callable[[str], None] = _ignore_problem,
        on_finished: Callable[[], None] = _ignore_end,
        output: OutputInfo = BUILT_IN_ORGAN,
        open_output: Callable[[OutputInfo], Output] = open_output,
        clock: Callable[[], float] = time.perf_counter,
        threaded: bool = True,
    ) -> None:
        self.on_problem = on_problem
        self.on_finished = on_finished
        self._clock = clock
        self._threaded = threaded
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._is_closed = False
        # The lock guards what follows, down to the link; it is never held while an output is at work.
        self._sequencer = Sequencer()
        self._previews = Previews()
        self._live = Live()
        self._stands_ready = False
        self._muted: frozenset[VoiceName] = frozenset()
        self._replaced: frozenset[VoiceName] = frozenset()
        self._outbox: list[Message | Silence] = []
        self._last: float | None = None  # when the position was last moved on; None: it has yet to start
        self._info = output
        self._programs = (CHURCH_ORGAN,) * 4
        self._starts_over = False
        self._has_finished = False
        # The player's thread alone uses the link.
        self._link = OutputLink(open_output, lambda sentence: self.on_problem(sentence))

    @property
    def is_playing(self) -> bool:
        with self._lock:
            return self._sequencer.is_playing

    @property
    def position_tick(self) -> float:
        """Where the playhead is now, between two ticks perhaps."""
        with self._lock:
            return self._sequencer.tick_after(self._elapsed(self._clock()))

    @property
    def output(self) -> OutputInfo:
        with self._lock:
            return self._info

    @property
    def counting(self) -> int:
        """Which beat of the bar before the start is being counted, 0 when none is."""
        with self._lock:
            return self._sequencer.counting

    def play(
        self, score: Score, from_tick: float = 0, *, counted_in: bool = False, endless: bool = False
    ) -> None:
        """Play `score` from `from_tick`; notes that already sound there are heard at once.

        With `counted_in` a bar is counted first, meanwhile `position_tick` lies before `from_tick`. When
        `endless`, it goes on past the end of the piece until it is told to stop.
        """
        with self._lock:
            self._last = None
            self._starts_over = True
            self._forget_keys()
            self._outbox += self._sequencer.play(score, from_tick, counted_in=counted_in, endless=endless)
        self._stir()

    def pause(self) -> None:
        """Silence all and stay where we are."""
        self._tell(lambda sequencer: sequencer.pause())

    def stop(self) -> None:
        """Silence all and go back to where the last play began."""
        self._tell(lambda sequencer: sequencer.stop())

    def seek(self, tick: float) -> None:
        """Silence all and go on from `tick`, playing if it was playing."""
        self._tell(lambda sequencer: sequencer.seek(tick))

    def place(self, tick: float) -> None:
        """Go to `tick`, as `seek`, but let sound what sounds where nothing plays."""
        self._tell(lambda sequencer: sequencer.place(tick))

    def set_clicks(self, *, on: bool) -> None:
        """Have the metronome beat while playing."""
        self._tell(lambda sequencer: sequencer.set_clicks(on=on))

    def set_score(self, score: Score) -> None:
        """Go on in `score` at the same tick. What changed is heard from now on."""
        self._tell(lambda sequencer: sequencer.set_score(score))

    def set_muted(self, voices: frozenset[VoiceName]) -> None:
        """Leave these voices out, from now on; a voice that is no longer among them comes back at once."""
        self._muted = voices
        self._tell(lambda sequencer: sequencer.set_muted(self._muted | self._replaced))

    def set_replaced(self, voices: frozenset[VoiceName]) -> None:
        """Leave these voices out as well, while the user plays something in their place."""
        self._replaced = voices
        self._tell(lambda sequencer: sequencer.set_muted(self._muted | self._replaced))

    def set_loop(self, start_tick: int, end_tick: int | None) -> None:
        """Repeat [start_tick, end_tick) once it is reached; no loop where `end_tick` is None.

        Raises ValueError for a loop without length.
        """
        if end_tick is not None and not 0 <= start_tick < end_tick:
            raise ValueError(f"a loop from tick {start_tick} to {end_tick} has no length")
        loop = None if end_tick is None else (start_tick, end_tick)
        self._tell(lambda sequencer: sequencer.set_loop(loop))

    def set_programs(self, programs: Sequence[int]) -> None:
        """General MIDI programs 0–127 of the four voices, for MIDI ports."""
        soprano, alto, tenor, bass = programs
        with self._lock:
            self._programs = (soprano, alto, tenor, bass)
            self._outbox += self._program_changes()
        self._stir()

    def set_output(self, info: OutputInfo) -> None:
        """Silence the old output and use this one from now on; it is opened when first needed."""
        with self._lock:
            self._info = info
        self._stir()

    def preview(self, pitch: int, voice: VoiceName) -> None:
        """Sound a short note, playing or not."""
        with self._lock:
            self._previews.ask(voice, pitch)
        self._stir()

    def strike(self, voice: VoiceName, pitch: int, velocity: int) -> None:
        """Sound a note that the user plays, until `release`. Velocity 1–127."""
        with self._lock:
            self._live.strike(voice, pitch, velocity)
        self._stir()

    def release(self, pitch: int) -> None:
        """End the note of this pitch that the user played; nothing where it has ended already."""
        with self._lock:
            self._live.release(pitch)
        self._stir()

    def set_ready(self, *, on: bool) -> None:
        """Have the output open before the first note: to open one takes longer than a player waits."""
        with self._lock:
            self._stands_ready = on
        if on:
            self._stir()

    def panic(self) -> None:
        """Stop, and end every note on every channel, whoever started it."""
        self._tell(lambda sequencer: [*sequencer.stop(), Silence(everywhere=True)])

    def close(self) -> None:
        """Silence all, let go of the output and end the thread. May be called twice, and from anywhere."""
        self._is_closed = True
        atexit.unregister(self.close)
        with self._lock:
            self._sequencer.pause()
        thread = self._thread
        if thread is None:
            self._link.close()
        elif thread is not threading.current_thread():
            self._wake.set()
            thread.join(_CLOSE_SECONDS)

    def advance(self) -> float:
        """Do what is due now; return the seconds until there is more to do, infinite for none."""
        self._serve_link()
        with self._lock:
            now = self._clock()
            if self._last is None:
                self._last = now
            self._catch_up(now)
            steps = self._take_steps(now)
            has_finished, self._has_finished = self._has_finished, False
            rest = self._rest(now)
        for step in steps:
            self._link.send(step)
        if has_finished:
            self.on_finished()
        return rest

    def _tell(self, wish: Callable[[Sequencer], Sequence[Message | Silence]]) -> None:
        with self._lock:
            self._catch_up(self._clock())
            steps = wish(self._sequencer)
            if any(isinstance(step, Silence) for step in steps):
                self._forget_keys()
            self._outbox += steps
        self._stir()

    def _forget_keys(self) -> None:
        """Every note is being silenced: those that were asked for by hand, too."""
        self._previews.clear()
        self._live.clear()

    def _serve_link(self) -> None:
        """Have the right output open, if any is needed now."""
        with self._lock:
            info, is_needed, starts_over = self._info, self._needs_output(), self._starts_over
            self._starts_over = False
        self._link.want(info)
        if starts_over:
            self._link.start_over()
        if is_needed and self._link.keep(self._clock()):
            with self._lock:
                self._greet_output()

    def _needs_output(self) -> bool:
        return (
            self._sequencer.is_playing
            or self._stands_ready
            or not (self._previews.is_idle and self._live.is_idle)
            or any(isinstance(step, Silence) and step.everywhere for step in self._outbox)
        )

    def _greet_output(self) -> None:
        """Tell an output that was opened just now all it must know; what was meant for another is dropped."""
        kept = [step for step in self._outbox if isinstance(step, Silence)]
        self._outbox = [*kept, *self._program_changes(), *self._sequencer.strike_anew()]

    def _program_changes(self) -> list[ProgramChange]:
        return [ProgramChange(voice, self._programs[voice]) for voice in VoiceName]

    def _elapsed(self, now: float) -> float:
        if self._last is None or not self._sequencer.is_playing:
            return 0.0
        return max(0.0, min(now - self._last, LONGEST_STALL_SECONDS))

    def _catch_up(self, now: float) -> None:
        """Move the position on to `now`, unless the player's thread has yet to begin."""
        if self._last is None or not self._sequencer.is_playing:
            return
        self._outbox += self._sequencer.advance(self._elapsed(now))
        self._last = now
        self._has_finished = self._has_finished or not self._sequencer.is_playing

    def _take_steps(self, now: float) -> list[Message | Silence]:
        steps, self._outbox = self._outbox, []
        sounding = self._sequencer.sounding
        return [*steps, *self._live.due(sounding), *self._previews.due(now, sounding)]

    def _rest(self, now: float) -> float:
        rest = self._previews.seconds_to_next(now)
        if self._sequencer.is_playing:
            rest = min(rest, self._sequencer.seconds_to_next(_HORIZON_SECONDS))
        return max(rest, _SHORTEST_REST_SECONDS)

    def _stir(self) -> None:
        """Have the player's thread look at what was asked."""
        if not self._threaded or self._is_closed:
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                atexit.register(self.close)
                self._thread = threading.Thread(target=self._run, name="player", daemon=True)
                self._thread.start()
        self._wake.set()

    def _run(self) -> None:
        try:
            while not self._is_closed:
                rest = self.advance()
                self._wake.wait(None if rest == _FOREVER else rest)
                self._wake.clear()
        finally:
            self._link.close()
