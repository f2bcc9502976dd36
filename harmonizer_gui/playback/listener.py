"""Listens to the MIDI keyboard that is wanted, on its own thread; notices its loss, and comes back to it."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable

from harmonizer_gui.playback.inputs import Input, InputError, Played, Released, Struck, open_input

CHECK_SECONDS = 1.0
POLL_SECONDS = 0.003
"""What is played waits for half of this on average: a tenth of what a hand notices."""
_CLOSE_SECONDS = 3.0
_FOREVER = float("inf")


def _ignore(_what: object) -> None: ...


class InputListener:
    """All methods may be called from any thread and return at once, but for `close`.

    `on_played` gets each `Played`, `on_problem` a sentence when the input cannot be had or is lost, once
    each time, `on_found` the name of the input that is listened to from now on. All are called on the
    listener's thread. A key that is down when the input is lost or let go counts as released. Tests hand
    in a `clock` and step with `advance` instead of a thread.
    """

    def __init__(
        self,
        *,
        open_input: Callable[[str], Input] = open_input,
        clock: Callable[[], float] = time.perf_counter,
        threaded: bool = True,
    ) -> None:
        self.on_played: Callable[[Played], None] = _ignore
        self.on_problem: Callable[[str], None] = _ignore
        self.on_found: Callable[[str], None] = _ignore
        self._open_input = open_input
        self._clock = clock
        self._threaded = threaded
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._wake = threading.Event()
        self._is_closed = False
        self._wanted = ""
        # The listener's thread alone uses what follows.
        self._name = ""
        self._input: Input | None = None
        self._next_check = float("-inf")
        self._has_complained = False
        self._held: dict[int, None] = {}

    def want(self, name: str) -> None:
        """Listen to the input of this name from now on, whenever it is there; empty for none."""
        self._wanted = name
        if self._threaded and not self._is_closed and (name or self._thread is not None):
            self._start()
        self._wake.set()

    def now(self) -> float:
        """The time of its clock, in seconds."""
        return self._clock()

    def close(self) -> None:
        """Let go of the input and end the thread. May be called twice."""
        self._is_closed = True
        atexit.unregister(self.close)
        self._wake.set()
        if self._thread is None:
            self._let_go()
        elif self._thread is not threading.current_thread():
            self._thread.join(_CLOSE_SECONDS)

    def advance(self) -> float:
        """Pass on what was played; return the seconds until there is more to do, infinite for none."""
        if self._wanted != self._name:
            self._let_go()
            self._name, self._has_complained, self._next_check = self._wanted, False, float("-inf")
        if not self._name:
            return _FOREVER
        if self._clock() >= self._next_check:
            self._next_check = self._clock() + CHECK_SECONDS
            self._check()
        self._read()
        return CHECK_SECONDS if self._input is None else POLL_SECONDS

    def _check(self) -> None:
        """See to it that the input is open, if it can be had."""
        if self._input is not None:
            if self._input.is_alive():
                return
            self._lose(self._input.loss)
        try:
            self._input = self._open_input(self._name)
        except InputError as error:
            self._complain(str(error))
            return
        self._has_complained = False
        self.on_found(self._input.name)

    def _read(self) -> None:
        if self._input is None:
            return
        try:
            heard = self._input.read()
        except InputError as error:
            self._lose(str(error))
            return
        for played in heard:
            self._pass_on(played)

    def _pass_on(self, played: Played) -> None:
        if isinstance(played, Struck):
            self._held[played.pitch] = None
        elif isinstance(played, Released):
            self._held.pop(played.pitch, None)
        self.on_played(played)

    def _lose(self, sentence: str) -> None:
        self._let_go()
        self._complain(sentence)

    def _let_go(self) -> None:
        """Close the input; no key stays down."""
        gone, self._input = self._input, None
        if gone is not None:
            gone.close()
        for pitch in tuple(self._held):
            self._pass_on(Released(pitch))

    def _complain(self, sentence: str) -> None:
        if not self._has_complained:
            self._has_complained = True
            self.on_problem(sentence)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                atexit.register(self.close)
                self._thread = threading.Thread(target=self._run, name="midi input", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while not self._is_closed:
                rest = self.advance()
                self._wake.wait(None if rest == _FOREVER else rest)
                self._wake.clear()
        finally:
            self._let_go()
