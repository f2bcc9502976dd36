"""A trained model on disk: weights as safetensors, and beside them a JSON card that says what they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load, save

from harmonizer_gui.engine.alphabet import HOLD, REST, TOKENS
from harmonizer_gui.engine.architecture import Architecture
from harmonizer_gui.engine.product import Product
from harmonizer_gui.errors import UserError
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH

FORMAT = "harmonizer-model"
VERSION = 1
ALPHABET = {
    "step": "sixteenth",
    "lowest_pitch": LOWEST_PITCH,
    "highest_pitch": HIGHEST_PITCH,
    "hold": HOLD,
    "rest": REST,
    "tokens": TOKENS,
}


class CheckpointError(UserError):
    """A model that cannot be used; its text is one sentence naming the file and the place."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.name}: {problem}")


@dataclass(frozen=True)
class Card:
    """What the weights are: enough to build the networks, to train them again and to judge them."""

    name: str
    architecture: Architecture
    training: Mapping[str, Any] = field(default_factory=dict)
    """Corpus, split, plan, seed, command, date."""
    figures: Mapping[str, Any] = field(default_factory=dict)
    limits: str = ""

    def to_values(self, product: Product, digest: str) -> dict[str, Any]:
        parameters = {
            expert.name: sum(weight.numel() for weight in expert.parameters()) for expert in product.members
        }
        return {
            "format": FORMAT,
            "version": VERSION,
            "name": self.name,
            "sha256": digest,
            "alphabet": ALPHABET,
            "parameters": parameters,
            "architecture": self.architecture.to_values(),
            "training": dict(self.training),
            "figures": dict(self.figures),
            "limits": self.limits,
        }


def write_model(card: Card, product: Product, path: Path) -> None:
    """Write the weights to `path` (…safetensors) and the card beside it (…json)."""
    weights = {name: tensor.detach().cpu().contiguous() for name, tensor in product.state_dict().items()}
    data = save(weights)
    values = card.to_values(product, hashlib.sha256(data).hexdigest())
    text = json.dumps(values, indent=1, ensure_ascii=False) + "\n"
    _replace(path, data)
    _replace(card_path(path), text.encode())


def read_model(path: Path) -> tuple[Card, Product]:
    """The card and the product in evaluation mode. Raises CheckpointError for anything that does not fit."""
    values, card = _read_card(card_path(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CheckpointError(path, f"cannot be read ({error.strerror})") from error
    if hashlib.sha256(data).hexdigest() != values.get("sha256"):
        raise CheckpointError(path, f"is cut short or is not the model that {card_path(path).name} describes")
    product = card.architecture.build()
    try:
        product.load_state_dict(load(data))
    except (SafetensorError, RuntimeError) as error:
        raise CheckpointError(path, "holds other weights than its card describes") from error
    return card, product.eval()


def _replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file as a whole."""
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(data)
    temporary.replace(path)


def card_path(path: Path) -> Path:
    return path.with_suffix(".json")


def _read_card(path: Path) -> tuple[dict[str, Any], Card]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CheckpointError(path, f"the card of the model cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise CheckpointError(path, "is no model card: it is not JSON") from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise CheckpointError(path, "is not the card of a Harmonizer model")
    if values.get("version") != VERSION:
        raise CheckpointError(path, f"has version {values.get('version')}, this program reads {VERSION}")
    if values.get("alphabet") != ALPHABET:
        raise CheckpointError(path, "“alphabet” is not the one of this program")
    try:
        architecture = Architecture.from_values(values["architecture"])
        name = str(values["name"])
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(path, f"“architecture” or “name” is not as it should be ({error})") from error
    return values, Card(
        name,
        architecture,
        training=_mapping(values.get("training")),
        figures=_mapping(values.get("figures")),
        limits=str(values.get("limits", "")),
    )


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
