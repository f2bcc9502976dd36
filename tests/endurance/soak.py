"""Eight hours of work at speed: `make soak` does 9,600 actions, one every three seconds of such a day.

    python -m tests.endurance.soak [COUNT] [--seed N] [--real]

The real window, off screen, with a model without a network (`--real`: the one that ships) and an output that
makes no sound. It edits, generates, plays, saves, exports and opens. Printed are the memory now and then, and
what is left over in the end. Memory that grows by more than 5 % after the first tenth is a failure, and so is
any thread, file or timer more than there was at the same state of rest.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from harmonizer_gui.app import Program, load_model
from harmonizer_gui.engine.analysis import Analysis
from harmonizer_gui.engine.requests import AnalysisRequest, FillProgress, FillRequest, HarmonyModel
from harmonizer_gui.playback.messages import Message
from harmonizer_gui.playback.outputs import OutputInfo
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session.heap import keep_little
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.theme import ThemeChoice, ThemeManager
from tests.fake_model import FakeModel
from tests.files.chorales import chorale
from tests.qt import process_events, wait_until
from tests.stories.conftest import Answers

ACTIONS: Final = 9600
MOST_GROWTH: Final = 0.05
FEW_OBJECTS: Final = 2
READINGS: Final = 100
KEYS: Final = (
    "select-all", "select-voice", "select-none", "next-note", "previous-note", "up", "down", "octave-up",
    "octave-down", "scale-up", "scale-down", "later", "earlier", "longer", "shorter", "join", "fermata",
    "louder", "softer", "copy", "paste", "cut", "duplicate", "delete", "undo", "redo", "undo", "undo",
    "to-soprano", "to-alto", "to-tenor", "to-bass", "zoom-in", "zoom-out", "zoom-fit", "next-heat", "lock",
    "unlock-all", "next-take", "previous-take", "accept-take", "why", "next-surprise", "next-bar", "loop",
)  # fmt: skip
"""Actions of the window that need no answer; what is greyed out at the time is passed over."""


class ForgetfulModel(FakeModel):
    """Keeps no list of what it was asked."""

    def analyse(self, request: AnalysisRequest) -> Analysis:
        self.analyses.clear()
        return super().analyse(request)

    def fill(self, request: FillRequest) -> Iterator[FillProgress]:
        self.fills.clear()
        return super().fill(request)


class NullOutput:
    """Swallows everything."""

    name = "null"
    loss = "null is gone."

    def send(self, message: Message) -> None: ...

    def silence(self) -> None: ...

    def panic(self) -> None: ...

    def is_alive(self) -> bool:
        return True

    def close(self) -> None: ...


def open_null(_info: OutputInfo) -> NullOutput:
    return NullOutput()


@dataclass
class Outcome:
    """What was measured; memory in MB, after each hundredth of the actions."""

    actions: int = 0
    seconds: float = 0.0
    done: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """The last tenth against the second, which begins when the first is over."""
        tenth = max(1, len(self.memory) // 10)
        return _median(self.memory[-tenth:]) / _median(self.memory[tenth : 2 * tenth]) - 1

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} × {kind}" for kind, count in self.done.most_common(8))
        return (
            f"{self.actions} actions in {self.seconds:.0f} s ({kinds}); memory {self.memory[0]:.0f} MB, "
            f"then {self.memory[len(self.memory) // 10]:.0f}, at the end {self.memory[-1]:.0f} "
            f"({100 * self.growth:+.1f} % after the first tenth); {len(self.failures)} failed"
        )


class Soak:
    """Hands that work the window at random, the same way for the same seed."""

    def __init__(self, program: Program, folder: Path, seed: int) -> None:
        self._program = program
        self._folder = folder
        self._dice = random.Random(seed)
        self._score = replace(chorale("bwv269"), title="Soak")
        self.done: Counter[str] = Counter()
        self._ways: list[tuple[int, Callable[[], None]]] = [
            (30, self.draw),
            (45, self.key),
            (6, self.mix),
            (6, self.generate),
            (6, self.play),
            (4, self.save),
            (1, self.export),
            (2, self.open),
        ]

    def act(self) -> None:
        weights = [weight for weight, _ in self._ways]
        ((_, way),) = self._dice.choices(self._ways, weights)
        self.done[way.__name__] += 1
        way()
        process_events()

    def rest(self) -> None:
        """Bring the program to a state that can be compared: nothing runs, one piece is open and saved."""
        self._program.player.stop()
        self._program.generation.cancel()
        self.begin_anew()
        wait_until(lambda: not self._program.heat.stale, timeout=60)
        self._program.window.messages.clear_notices()
        for row in list(self._program.window.messages.rows):
            self._program.window.messages.dismiss(row)
        for _ in range(3):
            process_events()
            gc.collect()

    def begin_anew(self) -> None:
        self._program.document.open(self._score, path=None)

    def draw(self) -> None:
        document, dice = self._program.document, self._dice
        voice = VoiceName(dice.randrange(4))
        start = 120 * dice.randrange(max(1, document.score.length // 120))
        note = Note(start, 120 * dice.randint(1, 8), dice.randint(45, 76))
        document.edit("Draw", lay_notes(document.score, voice, [note]))

    def key(self) -> None:
        action = self._program.window.actions_[self._dice.choice(KEYS)]
        if action.isEnabled():
            action.trigger()
        if self._program.document.score.end > 200_000:
            self.begin_anew()  # pasted and moved on and on

    def mix(self) -> None:
        document, dice = self._program.document, self._dice
        factor = dice.choice((0.0, 0.5, 1.0, 2.0))
        document.set_mix("Move", document.mix.with_factor(dice.choice(("Beat", "Spacing")), factor))

    def generate(self) -> None:
        generation = self._program.generation
        if generation.blocked():
            return
        generation.start()
        if self._dice.random() < 0.2:
            process_events()
            generation.cancel()
        wait_until(lambda: not generation.is_running, timeout=60)

    def play(self) -> None:
        player = self._program.player
        player.play(self._program.document.score, self._dice.randrange(5000))
        deadline = time.monotonic() + 0.03
        wait_until(lambda: time.monotonic() > deadline)
        player.stop()

    def save(self) -> None:
        path = self._folder / f"{self._dice.randrange(4)}.harmonizer"
        self._program.files.save_as(path, over=True)
        wait_until(lambda: self._program.document.path == path and not self._program.document.is_dirty, 60)

    def export(self) -> None:
        suffix = self._dice.choice((".mid", ".mid", ".musicxml", ".mxl"))
        path = self._folder / f"export{suffix}"
        self._program.files.export(path)
        after = self._program.worker.run(lambda: None)
        answers: list[object] = []
        after.done.connect(answers.append)
        wait_until(lambda: answers, 60)

    def open(self) -> None:
        path = self._folder / f"{self._dice.randrange(4)}.harmonizer"
        if path.exists():
            self._program.files.open(path, shared=True)
            wait_until(lambda: not self._program.files.is_opening, 60)


@dataclass(frozen=True)
class _Left:
    """What a program at rest holds. Timers that run out by themselves are not counted."""

    threads: int
    files: int
    timers: int
    objects: int

    @classmethod
    def of(cls, program: Program) -> _Left:
        things = [*program.findChildren(QObject), *program.window.findChildren(QObject)]
        timers = sum(_goes_on(thing) for thing in things)
        handles = Path("/proc/self/fd")
        files = len(list(handles.iterdir())) if handles.is_dir() else 0
        return cls(threading.active_count(), files, timers, len(things))

    def as_few_as(self, before: _Left) -> bool:
        """Objects come and go with a tooltip or a message; what leaks is more by the hundred in the end."""
        return (
            self.threads <= before.threads
            and self.files <= before.files
            and self.timers <= before.timers
            and self.objects <= before.objects + FEW_OBJECTS
        )


def _goes_on(thing: QObject) -> bool:
    return isinstance(thing, QTimer) and thing.isActive() and not thing.isSingleShot()


def soak(
    count: int,
    folder: Path,
    *,
    seed: int = 0,
    readings: int = READINGS,
    load: Callable[[], HarmonyModel] = ForgetfulModel,
) -> Outcome:
    """Do `count` actions in a window of its own, and rest `readings` times. Needs a QApplication."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = Settings(folder / "settings.ini")
    program = Program(
        ThemeManager(app, ThemeChoice("dark")),
        settings,
        load,
        player=Player(open_output=open_null),
        dialogs=Answers(),
        recovery_folder=folder / "recovery",
    )
    program.window.resize(1280, 800)
    program.start()
    wait_until(lambda: program.worker.model is not None and program.document.score != Score(), 60)
    hands, outcome = Soak(program, folder, seed), Outcome()
    try:
        _work(hands, program, count, readings, outcome)
    finally:
        _end(program, outcome)
    return outcome


def _work(hands: Soak, program: Program, count: int, readings: int, outcome: Outcome) -> None:
    began, before = time.monotonic(), None
    for index in range(count):
        hands.act()
        outcome.actions += 1
        if (index + 1) % max(1, count // readings) == 0:
            hands.rest()
            outcome.memory.append(_memory_mb())
            if len(outcome.memory) == max(1, readings // 10):
                before = _Left.of(program)
    outcome.seconds, outcome.done = time.monotonic() - began, hands.done
    after = _Left.of(program)
    if before is not None and not after.as_few_as(before):
        outcome.failures.append(f"left over after the first tenth: {before}, in the end: {after}")
    if outcome.growth > MOST_GROWTH:
        outcome.failures.append(f"memory has grown by {100 * outcome.growth:.1f} %")


def _end(program: Program, outcome: Outcome) -> None:
    program.window.may_close = lambda: True
    program.window.close()
    program.stop()
    running = [thread.name for thread in threading.enumerate() if _is_ours(thread)]
    if running:
        outcome.failures.append(f"threads left: {running}")
    program.window.deleteLater()
    program.deleteLater()
    process_events()
    # Off screen what lies in it would outlive Python, and end the process badly.
    QApplication.clipboard().clear()


def _is_ours(thread: threading.Thread) -> bool:
    return thread is not threading.main_thread() and not isinstance(thread, threading._DummyThread)


def _memory_mb() -> float:
    """Resident now; where the system does not say, the most that it has been.

    Garbage that nobody has looked for yet, and what is free but not given back, is no growth.
    """
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def main(say: Callable[[str], Any] = sys.stdout.write) -> int:
    parser = argparse.ArgumentParser(description="Work in the window for what would be eight hours.")
    parser.add_argument("count", type=int, nargs="?", default=ACTIONS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", action="store_true", help="with the model that ships")
    arguments = parser.parse_args()
    keep_little()  # as the program does
    app = QApplication(["soak"])
    with tempfile.TemporaryDirectory(prefix="harmonizer-soak-") as folder:
        load = load_model if arguments.real else ForgetfulModel
        outcome = soak(arguments.count, Path(folder), seed=arguments.seed, load=load)
    del app
    say(f"{outcome}\n")
    say("MB: " + " ".join(f"{value:.0f}" for value in outcome.memory) + "\n")
    for failure in outcome.failures:
        say(f"{failure}\n")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
