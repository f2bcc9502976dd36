"""Opens damaged files of every kind: `make fuzz` does 2,000 of each, the tests a few.

    python -m tests.endurance.fuzz [COUNT] [--seed N] [--kind midi …]

For each kind it prints how many opened and how many were refused with a sentence, the slowest one and the
peak of memory. Anything else than these two outcomes, more than 5 s or more than 500 MB is a failure: the
file is kept, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import random
import resource
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import thread_time
from typing import Any, Final

from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import read, write
from harmonizer_gui.files.project import project_bytes
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice
from tests.endurance.structured import damaged_json, damaged_midi, damaged_xml
from tests.files.chorales import chorale
from tests.files.mutations import mutated
from tests.files.whole_project import whole_project

MOST_S: Final = 5.0
MOST_MB: Final = 500
MOST_ADDED_MB: Final = 100
SUFFIXES: Final = {"midi": ".mid", "musicxml": ".musicxml", "mxl": ".mxl", "project": ".harmonizer"}
STRUCTURED: Final = {"midi": damaged_midi, "musicxml": damaged_xml, "project": damaged_json}


@dataclass
class Outcome:
    """What became of the files of one kind."""

    kind: str
    opened: int = 0
    refused: int = 0
    slowest_s: float = 0.0
    peak_mb: float = 0.0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kind:9} {self.opened:5} opened {self.refused:5} refused {len(self.failures):3} failed  "
            f"slowest {self.slowest_s:.2f} s  peak {self.peak_mb:.0f} MB"
        )


def fuzz(kind: str, count: int, folder: Path, *, seed: int = 0) -> Outcome:
    """Open `count` damaged files of this kind, the same ones for the same `seed`."""
    outcome = Outcome(kind)
    path = folder / f"damaged{SUFFIXES[kind]}"
    before = _peak_mb()
    for index, data in enumerate(_damaged(kind, count, folder, seed)):
        path.write_bytes(data)
        _open(path, outcome, folder / f"failed-{kind}-{index}{path.suffix}")
    outcome.peak_mb = _peak_mb()
    # In a process that was large before, torch for one loaded, the files may add only a little.
    if outcome.peak_mb > max(MOST_MB, before + MOST_ADDED_MB):
        outcome.failures.append(f"{kind}: {outcome.peak_mb:.0f} MB were used, {before:.0f} before")
    return outcome


def _peak_mb() -> float:
    """The most this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _open(path: Path, outcome: Outcome, kept: Path) -> None:
    began = thread_time()
    try:
        assert read(path).score.bars
        outcome.opened += 1
    except FileError as error:
        outcome.refused += 1
        if "\n" in str(error) or len(str(error)) > 500:
            outcome.failures.append(f"{kept.name}: a sentence of {len(str(error))} letters")
    except Exception as error:  # what must not happen; told with the file that does it
        kept.write_bytes(path.read_bytes())
        outcome.failures.append(f"{kept.name}: {type(error).__name__}: {error}")
    lasted = thread_time() - began
    outcome.slowest_s = max(outcome.slowest_s, lasted)
    if lasted > MOST_S:
        kept.write_bytes(path.read_bytes())
        outcome.failures.append(f"{kept.name}: {lasted:.1f} s")


def _damaged(kind: str, count: int, folder: Path, seed: int) -> Iterator[bytes]:
    """By turns of several whole files; half of them damaged byte by byte, half so that they stay well-formed.

    Half of the archives are whole, with damage inside.
    """
    wholes = [_whole(score, folder / f"whole{SUFFIXES[kind]}") for score in _scores()]
    if kind == "project":
        wholes.append(project_bytes(whole_project()))
    texts = [_whole(score, folder / "whole.musicxml") for score in _scores()] if kind == "mxl" else wholes
    for index in range(count):
        dice = random.Random(seed * 100_003 + index)
        is_odd, which = index % 2, (index // 2) % len(wholes)
        if kind == "mxl" and (index // 4) % 2:
            inside = STRUCTURED["musicxml"] if is_odd else _any
            yield _archive(inside(dice, texts[which]))
        else:
            damage = _any if is_odd else STRUCTURED.get(kind, _any)
            yield damage(dice, wholes[which])


def _any(dice: random.Random, data: bytes) -> bytes:
    """Byte by byte."""
    return next(mutated(data, 1, seed=dice.randrange(2**32), first=dice.randrange(3)))


def _scores() -> list[Score]:
    return [chorale("bwv269"), _odd_score()]


def _odd_score() -> Score:
    """A short piece with all that a score can hold."""
    dice = random.Random(1)
    lines = [
        Voice(
            tuple(
                Note(
                    160 * step,
                    160,
                    base + dice.randrange(9),
                    dice.randint(1, 127),
                    step % 7 == 6,
                    False,
                    "la-",
                )
                for step in range(24)
            )
        )
        for base in (70, 62, 55, 45)
    ]
    return Score(
        (lines[0], lines[1], lines[2], lines[3]),
        title="Ärger & <Überfluß>",
        tempos=(Tempo(0, 66.6), Tempo(960, 120)),
        time_signatures=(TimeSignature(0, 3, 4), TimeSignature(1440 + 480, 6, 8)),
        key_signatures=(KeySignature(0, -3, "minor"), KeySignature(960, 2)),
        pickup=480,
    )


def _whole(score: Score, path: Path) -> bytes:
    write(score, path)
    return path.read_bytes()


def _archive(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("score.musicxml", data)
    return buffer.getvalue()


def main(say: Callable[[str], Any] = sys.stdout.write) -> int:
    parser = argparse.ArgumentParser(description="Open damaged files of every kind.")
    parser.add_argument("count", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=list(SUFFIXES), action="append")
    arguments = parser.parse_args()
    faulthandler.dump_traceback_later(1800, exit=True)  # for what never comes back
    folder = Path(tempfile.mkdtemp(prefix="harmonizer-fuzz-"))
    failures = []
    for kind in arguments.kind or SUFFIXES:
        outcome = fuzz(kind, arguments.count, folder, seed=arguments.seed)
        say(f"{outcome}\n")
        failures += outcome.failures
    for failure in failures:
        say(f"{folder}/{failure}\n")
    faulthandler.cancel_dump_traceback_later()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
