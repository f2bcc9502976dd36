"""Whole runs of `train`: what they leave, that they survive a kill, that several processes make one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harmonizer_gui.engine.model import load_model
from harmonizer_gui.files.formats import read
from harmonizer_gui.score import VoiceName
from harmonizer_gui.training.history import History
from tests.training.tiny import PLAN, music, tiny_main

ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1"}
ALTO = VoiceName.ALTO


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    return str(music(tmp_path / "music"))


@pytest.fixture
def unbroken(tmp_path: Path, corpus: str) -> Path:
    run = tmp_path / "unbroken"
    assert tiny_main(["train", "--corpus", corpus, "--run", str(run), "--device", "cpu"]) == 0
    return run


def test_what_a_run_leaves(tmp_path: Path, corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    run = tmp_path / "run"
    command = ["train", "--corpus", corpus, "--run", str(run), "--device", "cpu", "--samples", "20"]
    assert tiny_main(command) == 0
    card = json.loads((run / "card.json").read_text())
    rows = History(run).rows()
    assert [row.minibatch for row in rows] == list(range(1, 31))
    assert [row.minibatch for row in rows if row.valid is not None] == [10, 20, 30]
    best = min(row.valid for row in rows if row.valid is not None)
    assert card["figures"]["valid"]["product"]["nats_per_step"] == best
    assert card["training"]["plan"] == PLAN.to_values()
    assert "may not be shipped unless" in card["training"]["rights"]
    assert "one folder" in card["limits"]
    assert (run / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert load_model(run / "model.safetensors", "cpu").card.figures == card["figures"]
    assert "min left" in capsys.readouterr().err
    real = read(run / "bwv269-bach.mid").score
    for minibatch in (0, 20):
        sample = read(run / f"bwv269-{minibatch:06}.mid").score
        assert sample.voice(ALTO).notes != real.voice(ALTO).notes
        assert all(sample.voice(voice) == real.voice(voice) for voice in VoiceName if voice != ALTO)
    assert tiny_main(command) == 2
    assert "holds a run already" in capsys.readouterr().err


def test_a_killed_run_goes_on_to_the_same_end(tmp_path: Path, corpus: str, unbroken: Path) -> None:
    run = tmp_path / "killed"
    command = ["train", "--corpus", corpus, "--run", str(run), "--device", "cpu"]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.training.tiny", *command],
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as process:
        assert process.stderr is not None
        assert any("minibatch 10:" in line for line in process.stderr)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not (run / "model.safetensors").exists()
    assert tiny_main([*command, "--resume"]) == 0
    assert History(run).rows() == History(unbroken).rows()
    assert (run / "model.safetensors").read_bytes() == (unbroken / "model.safetensors").read_bytes()


def test_two_processes_make_the_run_of_one(tmp_path: Path, corpus: str, unbroken: Path) -> None:
    run = tmp_path / "two"
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command = ["train", "--corpus", corpus, "--run-folder", str(run), "--device", "cpu"]
    done = subprocess.run(
        [sys.executable, *torchrun, "-m", "tests.training.tiny", *command],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("minibatch 10:") == 1
    ours, theirs = History(run).rows(), History(unbroken).rows()
    assert [row.minibatch for row in ours] == [row.minibatch for row in theirs]
    assert [row.train for row in ours] == pytest.approx([row.train for row in theirs], abs=1e-5)
    assert ours[-1].valid == pytest.approx(theirs[-1].valid, abs=1e-5)


def test_a_row_that_was_cut_short_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "history.csv").write_text("minibatch,train,valid,rate\n1,3.5,,0.1\n2,3.2,3.0,0.2\n3,3.1,,0.")
    assert [row.minibatch for row in History(tmp_path).rows()] == [1, 2]
    History(tmp_path).begin(1)
    assert (tmp_path / "history.csv").read_text("utf-8").splitlines()[1:] == ["1,3.5,,0.1"]
