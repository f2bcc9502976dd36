"""What `evaluate` puts into the card, and what it takes from there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harmonizer_gui.__main__ import main
from harmonizer_gui.cli import evaluate
from harmonizer_gui.engine.architecture import Architecture
from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.engine.product import Product
from harmonizer_gui.training.corpus import written_grid
from harmonizer_gui.training.pieces import Piece
from tests.engine.toys import SMALL, chorale, small_product

PIECES = tuple(Piece(f"toy {seed}", written_grid(chorale(seed))) for seed in range(3))
ROWS = {"valid": [{"path": "bach/bwv286.mxl", "parts": [0, 1, 2, 3]}]}


@pytest.fixture(autouse=True)
def _tiny_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "bach_chorales", lambda _split: PIECES)
    monkeypatch.setattr(evaluate, "split_list", lambda: ROWS)
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return written(tmp_path / "toy.safetensors", SMALL, small_product())


def written(path: Path, architecture: Architecture, product: Product) -> Path:
    write_model(Card(path.stem, architecture), product, path)
    return path


def test_the_figures_are_written_into_the_card_and_the_monolith_stays_there(
    tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = Architecture(monolith=SMALL.simple)
    monolith = written(tmp_path / "monolith.safetensors", alone, alone.build())
    before = model.read_bytes()
    compared = _answer(capsys, model, "--against", str(monolith), "--write-card")
    assert compared["against"]["name"] == "monolith"
    card = json.loads(model.with_suffix(".json").read_text("utf-8"))
    figures = card["figures"]["valid"]
    for row in compared["rows"]:
        assert figures[row["name"]] == row
    for key in (
        "tune_seen",
        "given_one",
        "given_none",
        "voice_leading",
        "from_soprano",
        "composed",
        "against",
    ):
        assert figures[key] == compared[key]
    assert model.read_bytes() == before
    assert _answer(capsys, model) == compared


def test_noise_changes_likelihood_and_notes_and_is_kept_out_of_the_card(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = model.with_suffix(".json").read_bytes()
    clean, noisy = _answer(capsys, model), _answer(capsys, model, "--noise", "0.5")
    assert clean["rows"][0]["nats_per_step"] != noisy["rows"][0]["nats_per_step"]
    assert clean["voice_leading"]["equal_cells"] != noisy["voice_leading"]["equal_cells"]
    assert noisy["as_it_stands"]["nats_per_step"] == pytest.approx(clean["rows"][0]["nats_per_step"])
    assert model.with_suffix(".json").read_bytes() == card


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--noise", "0.5"], "as it stands"),
        (["--temperature", "1.2"], "as it stands"),
        (["--exponent", "contour=2"], "as it stands"),
        (["--transpositions", "0"], "as it stands"),
        (["--generate", "1"], "all figures"),
        (["--compose", "0"], "all figures"),
        (["--sweeps", "2"], "all figures"),
    ],
)
def test_a_card_takes_all_figures_of_the_model_as_it_stands(
    model: Path, capsys: pytest.CaptureFixture[str], words: list[str], problem: str
) -> None:
    card = model.with_suffix(".json").read_bytes()
    assert main(["evaluate", "--model", str(model), "--write-card", *words]) == 2
    error = capsys.readouterr().err
    assert problem in error
    assert error.count("\n") == 1
    assert model.with_suffix(".json").read_bytes() == card


def test_a_temperature_changes_likelihood_and_notes(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = _answer(capsys, model, "--compose", "0")
    hot = _answer(capsys, model, "--compose", "0", "--temperature", "2", "--exponent", "beat=0")
    assert hot["rows"][0]["entropy_per_step"] > plain["rows"][0]["entropy_per_step"]
    assert hot["voice_leading"]["equal_cells"] != plain["voice_leading"]["equal_cells"]
    difference = hot["rows"][0]["nats_per_step"] - plain["rows"][0]["nats_per_step"]
    assert hot["as_it_stands"]["difference"] == pytest.approx(difference)
    assert "as_it_stands" not in plain
    assert "composed" not in plain


def test_what_costs_time_can_be_left_out(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _answer(capsys, model, "--generate", "0", "--compose", "0", "--fit", "--with", str(model))
    assert not {"voice_leading", "from_soprano", "composed"} & answer.keys()
    assert answer["two_fold"]["nats_per_step"] != answer["rows"][0]["nats_per_step"]
    change = answer["two_fold"]["change"]
    assert change["nats_per_step"] == pytest.approx(answer["rows"][0]["nats_per_step"])
    assert {"expert:simple", "expert:simple 2"} <= {row["name"] for row in answer["rows"]}


def test_the_table_says_all_in_words(tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = written(tmp_path / "other.safetensors", SMALL, small_product(scale=3.0))
    words = ["--against", str(other), "--fit", "--temperature", "1.5"]
    assert main(["evaluate", "--device", "cpu", "--model", str(model), *words]) == 0
    told = capsys.readouterr().out
    assert told.startswith("3 chorales of the split “valid”, 768 cells\n")
    for words_of_it in (
        "Against other (",
        "both fitted two-fold",
        "as it stands",
        "leading note doubled",
        "bits per step of 1 piece under",
    ):
        assert words_of_it in told


def test_an_expert_that_is_not_there(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--model", str(model), "--exponent", "jazz=1"]) == 2
    assert "there is no expert “jazz”" in capsys.readouterr().err


def _answer(capsys: pytest.CaptureFixture[str], model: Path, *words: str) -> dict[str, Any]:
    assert main(["evaluate", "--json", "--device", "cpu", "--model", str(model), *words]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer
