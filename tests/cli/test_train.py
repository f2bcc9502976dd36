"""A real run, tiny: three small pieces in a folder, a few minibatches."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harmonizer_gui.engine.model import load_model
from harmonizer_gui.files.formats import write
from harmonizer_gui.score import Voice, VoiceName
from tests.cli.conftest import Outcome, Run, read_lines
from tests.engine.toys import chorale

Train = Callable[..., Outcome]


@pytest.fixture
def pieces(tmp_path: Path) -> Path:
    """Three pieces, one of each format, and one that does not fit."""
    folder = tmp_path / "pieces"
    folder.mkdir()
    for seed, suffix in enumerate((".mid", ".musicxml", ".harmonizer")):
        write(chorale(seed), folder / f"{seed}{suffix}")
    write(chorale(4).with_voice(VoiceName.BASS, Voice()), folder / "three voices.mid")
    return folder


@pytest.fixture
def train(run: Run, pieces: Path, tmp_path: Path) -> Train:
    def run_training(*words: object) -> Outcome:
        return run("train", "--corpus", pieces, "--run", tmp_path / "run", "--device", "cpu", *words)

    return run_training


def test_a_model_learned_from_a_folder_writes_voices(
    run: Run, train: Train, without_alto: Path, tmp_path: Path
) -> None:
    out = tmp_path / "mine.safetensors"
    outcome = train("--minibatches", 3, "-o", out)
    assert (outcome.code, outcome.out) == (0, ""), outcome.err
    assert "left out three voices.mid: " in outcome.err
    figures, rights = outcome.err.splitlines()[-2:]
    assert "nats per step on valid" in figures
    assert "files of your own" in rights
    assert out.name in figures
    card = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert (card["format"], card["name"]) == ("harmonizer-model", "mine")
    assert card["figures"]["valid"]
    assert load_model(out).experts[:4] == ("simple", "spacing", "contour", "beat")
    filled = tmp_path / "filled.mid"
    assert run("fill", without_alto, "--voice", "alto", "-o", filled, "--model", out).code == 0
    before, after = read_lines(without_alto), read_lines(filled)
    assert [after[0], *after[2:]] == [before[0], *before[2:]]


def test_a_run_goes_on_where_it_ended_and_is_never_overwritten(train: Train, tmp_path: Path) -> None:
    assert train("--minibatches", 2).code == 0
    model = (tmp_path / "run" / "model.safetensors").read_bytes()
    again = train("--minibatches", 2)
    assert again.code == 2
    assert "holds a run already" in again.err.splitlines()[-1]
    other_plan = train("--minibatches", 4, "--resume")
    assert other_plan.code == 2
    assert "another plan" in other_plan.err.splitlines()[-1]
    assert (tmp_path / "run" / "model.safetensors").read_bytes() == model


def test_a_run_that_is_over_can_be_resumed(train: Train, tmp_path: Path) -> None:
    assert train("--minibatches", 2).code == 0
    card = (tmp_path / "run" / "model.json").read_text("utf-8")
    outcome = train("--minibatches", 2, "--resume")
    assert outcome.code == 0, outcome.err
    resumed = json.loads((tmp_path / "run" / "model.json").read_text("utf-8"), parse_constant=pytest.fail)
    assert resumed["figures"]["valid"] == json.loads(card)["figures"]["valid"]


def test_one_piece_is_not_enough(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pieces"
    folder.mkdir()
    write(chorale(), folder / "one.mid")
    assert "at least two" in run("train", "--corpus", folder, "--run", tmp_path / "run").sentence
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("name", ["no/mine.safetensors", "mine.json", "mine"])
def test_a_checkpoint_that_cannot_be_written_is_refused_before_training(
    train: Train, tmp_path: Path, name: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert "mine" in train("--minibatches", 2, "-o", tmp_path / name).sentence
    assert sorted(tmp_path.rglob("*")) == before
