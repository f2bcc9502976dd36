from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from harmonizer_gui.engine.checkpoint import Card, CheckpointError, card_path, read_model, write_model
from harmonizer_gui.engine.model import DeviceError, choose_device
from tests.engine.toys import SMALL, small_product


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "toy.safetensors"
    write_model(Card("toy", SMALL, training={"seed": 1}, limits="a toy"), small_product(), path)
    return path


def test_what_was_written_is_read(model: Path) -> None:
    card, product = read_model(model)
    assert (card.name, card.architecture, card.training, card.limits) == ("toy", SMALL, {"seed": 1}, "a toy")
    for one, other in zip(product.state_dict().values(), small_product().state_dict().values(), strict=True):
        assert torch.equal(one, other)
    assert not product.training


def test_a_checkpoint_that_is_cut_short_is_refused(model: Path) -> None:
    model.write_bytes(model.read_bytes()[:-100])
    with pytest.raises(CheckpointError, match=r"toy\.safetensors: is cut short"):
        read_model(model)


def test_a_missing_checkpoint_or_card_is_named(model: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"nothing\.json"):
        read_model(tmp_path / "nothing.safetensors")
    model.unlink()
    with pytest.raises(CheckpointError, match=r"toy\.safetensors: cannot be read"):
        read_model(model)


def edited(**changes: object) -> Any:  # noqa: ANN401  # one of several edits of a card
    def edit(values: dict[str, Any]) -> None:
        values.update(changes)

    return edit


def other_sizes(values: dict[str, Any]) -> None:
    values["architecture"]["simple"]["hidden"] = 9


def no_width(values: dict[str, Any]) -> None:
    values["architecture"]["simple"]["hidden"] = 0


def no_sizes(values: dict[str, Any]) -> None:
    del values["architecture"]["simple"]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (edited(format="song"), "is not the card of a Harmonizer model"),
        (edited(version=2), "has version 2"),
        (edited(alphabet={"tokens": 50}), "alphabet"),
        (edited(architecture=None), "architecture"),
        (edited(sha256="0"), "is not the model that toy.json describes"),
        (other_sizes, "other weights than its card describes"),
        (no_sizes, "architecture"),
        (no_width, "sizes of simple are out of range"),
    ],
)
def test_a_card_that_does_not_match_is_refused(model: Path, edit: Any, sentence: str) -> None:  # noqa: ANN401
    path = card_path(model)
    values = json.loads(path.read_text(encoding="utf-8"))
    edit(values)
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(CheckpointError, match=sentence):
        read_model(model)


@pytest.mark.parametrize("text", ["", "[]", "{", "no card"])
def test_a_card_that_is_none_is_refused(model: Path, text: str) -> None:
    card_path(model).write_text(text, encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"toy\.json"):
        read_model(model)


def test_a_device_that_is_not_there_is_named() -> None:
    assert choose_device("cpu").type == "cpu"
    if not torch.cuda.is_available():
        with pytest.raises(DeviceError, match="no cuda device"):
            choose_device("cuda")
