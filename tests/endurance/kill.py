"""Kills a program with SIGKILL while it edits and saves: `make kill-test` does it 200 times, the tests ten.

    python -m tests.endurance.kill [COUNT] [--seed N] [--interval-ms 300] [--longest-s 1.5]

After each kill the file on disk must be one of the states that were saved, whole; and what neither the file
nor the recovery copy holds must not have been made longer ago than the interval at which copies are written,
and what the writing takes. The program writes one every 3 s; here it is sooner, so that 200 kills take
minutes. POSIX only: every program is forked from one that has loaded all it needs.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from harmonizer_gui.files.project import read_project
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.recovery import SAVE_AFTER_MS, Recovery, left_behind
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel

SLACK_S: Final = 1.0
"""For writing on a disk that others use, too."""
EDIT_EVERY_MS: Final = 4
SAVE_EVERY: Final = 25
LONGEST_LIFE_S: Final = 1.5
NOTES: Final = 800


def state_after(before: Score, number: int) -> Score:
    """The score after the edit `number`, which its title names."""
    note = Note(120 * (7 * number % NOTES), 120, 50 + number % 20)
    return replace(lay_notes(before, VoiceName(number % 4), [note]), title=f"edit {number}")


def first_state() -> Score:
    lines = [
        Voice(tuple(Note(120 * index, 120, pitch) for index in range(NOTES))) for pitch in (72, 65, 58, 48)
    ]
    return Score((lines[0], lines[1], lines[2], lines[3]), title="edit 0")


class Program:
    """The session of a program that edits without end and saves now and then; tells of it on a pipe."""

    def __init__(self, folder: Path, pipe: int, interval_ms: int) -> None:
        from PySide6.QtCore import QTimer

        self._pipe = pipe
        self._number = 0
        self._document = Document()
        self._worker = Worker(FakeModel)
        self._worker.start()
        self._files = Files(self._document, self._worker, Settings(folder / "settings.ini"))
        self._recovery = Recovery(
            self._document, self._worker, self._files, folder / "recovery", save_after_ms=interval_ms
        )
        self._path = folder / "piece.harmonizer"
        self._document.open(first_state(), path=None)
        self._timer = QTimer(interval=EDIT_EVERY_MS)
        self._timer.timeout.connect(self._edit)
        self._timer.start()

    def _edit(self) -> None:
        self._number += 1
        self._document.edit("Draw", state_after(self._document.score, self._number))
        self._tell("edit")
        if self._number % SAVE_EVERY == 1:
            self._tell("save")
            self._files.save_as(self._path, over=True)

    def _tell(self, what: str) -> None:
        os.write(self._pipe, f"{what} {self._number} {time.monotonic()}\n".encode())


def _live(folder: Path, pipe: int, interval_ms: int) -> None:
    """What the child does until it is killed."""
    from PySide6.QtCore import QCoreApplication

    app = QCoreApplication(["kill-test"])
    program = Program(folder, pipe, interval_ms)
    app.exec()
    del program


@dataclass
class Outcome:
    """What was found after all kills."""

    kills: int = 0
    saved_files: int = 0
    copies: int = 0
    longest_loss_s: float = 0.0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills: {self.saved_files} files whole, {self.copies} recovery copies whole, "
            f"at most {self.longest_loss_s:.2f} s of edits lost, {len(self.failures)} failed"
        )


@dataclass(frozen=True)
class _Life:
    """What a killed program told: the times of its edits, by number, and which states it saved."""

    edits: dict[int, float]
    saves: set[int]
    killed: float


def _one_life(folder: Path, life_s: float, interval_ms: int) -> _Life:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _live(folder, writer, interval_ms)
        os._exit(0)
    os.close(writer)
    told = os.read(reader, 65536)  # it has begun
    deadline = time.monotonic() + life_s
    while (left := deadline - time.monotonic()) > 0:
        os.set_blocking(reader, False)
        time.sleep(min(left, 0.05))
        told += _drained(reader)
    killed = time.monotonic()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told += _drained(reader)
    os.close(reader)
    return _life(told.decode(), killed)


def _drained(reader: int) -> bytes:
    told = b""
    try:
        while block := os.read(reader, 65536):
            told += block
    except BlockingIOError:
        pass
    return told


def _life(told: str, killed: float) -> _Life:
    lines = [line.split() for line in told.splitlines()]
    return _Life(
        edits={int(number): float(when) for what, number, when in lines if what == "edit"},
        saves={int(number) for what, number, _ in lines if what == "save"},
        killed=killed,
    )


def _states(life: _Life) -> list[Score]:
    states = [first_state()]
    for number in range(1, max(life.edits) + 2):  # the last edit may have been made and not told
        states.append(state_after(states[-1], number))
    return states


def _check(folder: Path, life: _Life, interval_ms: int, outcome: Outcome) -> None:
    states, path = _states(life), folder / "piece.harmonizer"
    latest = 0
    if path.exists():
        latest = _number_of(read_project(path).score, states)
        outcome.saved_files += 1
        if latest not in life.saves:
            outcome.failures.append(f"the file holds edit {latest}, which was not saved")
    for recovered in left_behind(folder / "recovery", folder / "none"):
        latest = max(latest, _number_of(recovered.project.score, states))
        outcome.copies += 1
    lost = [when for number, when in life.edits.items() if number > latest]
    loss = life.killed - min(lost) if lost else 0.0
    outcome.longest_loss_s = max(outcome.longest_loss_s, loss)
    if loss > interval_ms / 1000 + SLACK_S:
        outcome.failures.append(f"edits of {loss:.2f} s were lost")


def _number_of(score: Score, states: list[Score]) -> int:
    number = int(score.title.split()[1])
    assert score == states[number], f"the file of edit {number} is not what it was"
    return number


def kill_often(count: int, *, seed: int, interval_ms: int, longest_s: float) -> Outcome:
    dice, outcome = random.Random(seed), Outcome()
    with tempfile.TemporaryDirectory(prefix="harmonizer-kill-") as parent:
        for index in range(count):
            folder = Path(parent) / str(index)
            folder.mkdir()
            life = _one_life(folder, dice.uniform(0.0, longest_s), interval_ms)
            try:
                _check(folder, life, interval_ms, outcome)
            except Exception as error:  # any way in which a file is not whole
                outcome.failures.append(f"kill {index}: {type(error).__name__}: {error}")
            outcome.kills += 1
    return outcome


def main(say: Callable[[str], Any] = sys.stdout.write) -> int:
    parser = argparse.ArgumentParser(description="Kill programs while they edit and save.")
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--interval-ms", type=int, default=SAVE_AFTER_MS // 10)
    parser.add_argument("--longest-s", type=float, default=LONGEST_LIFE_S)
    arguments = parser.parse_args()
    outcome = kill_often(
        arguments.count,
        seed=arguments.seed,
        interval_ms=arguments.interval_ms,
        longest_s=arguments.longest_s,
    )
    say(f"{outcome}\n")
    for failure in outcome.failures:
        say(f"{failure}\n")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
