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
    for key in ("tune_seen", "given_one", "given_none", "voice_leading", "from_soprano", "against"):
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
    assert main(["evaluate", "--model", str(model), "--noise", "0.5", "--write-card"]) == 2
    assert "leave out --noise" in capsys.readouterr().err
    assert model.with_suffix(".json").read_bytes() == card


def _answer(capsys: pytest.CaptureFixture[str], model: Path, *words: str) -> dict[str, Any]:
    assert main(["evaluate", "--json", "--device", "cpu", "--model", str(model), *words]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer
