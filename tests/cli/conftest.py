"""Commands run in this process, on a small piece and a small untrained model; some really in their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tqdm import tqdm

from harmonizer_gui.__main__ import main
from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.files.formats import read, write
from harmonizer_gui.score import Score, Voice, VoiceName
from tests.engine.toys import SMALL, chorale, small_product


@dataclass(frozen=True)
class Outcome:
    """What a command ended with."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error of a command that could not be carried out."""
        assert self.code == 2
        assert self.out == ""
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.strip()


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _no_monitor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread with which tqdm watches over its progress bars outlives them."""
    monkeypatch.setattr(tqdm, "monitor_interval", 0)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line; paths and numbers are welcome among the words."""

    def run_command(*words: object) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run_command


@pytest.fixture(scope="session")
def toy_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint with its card, untrained: what it writes is nonsense, and quick."""
    path = tmp_path_factory.mktemp("model") / "toy.safetensors"
    write_model(Card("toy", SMALL), small_product(), path)
    return path


@pytest.fixture
def piece(tmp_path: Path) -> Path:
    """Four bars in four voices, as a project."""
    path = tmp_path / "piece.harmonizer"
    write(chorale(), path)
    return path


@pytest.fixture
def without_alto(tmp_path: Path) -> Path:
    """The same with an empty alto."""
    path = tmp_path / "without alto.harmonizer"
    write(chorale().with_voice(VoiceName.ALTO, Voice()), path)
    return path


def lines(score: Score) -> list[list[tuple[int, int, int]]]:
    """Start, duration and pitch of each note of each voice."""
    return [[(note.start, note.duration, note.pitch) for note in voice] for voice in score.voices]


def read_lines(path: Path) -> list[list[tuple[int, int, int]]]:
    return lines(read(path).score)


def really(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, as users do; `environment` is added to this one's."""
    command = [sys.executable, "-m", "harmonizer_gui", *(str(word) for word in words)]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False
    )
