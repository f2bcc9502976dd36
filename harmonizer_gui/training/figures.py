"""All figures of a model on a split, as `evaluate` prints them and as they stand in its card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from harmonizer_gui.engine.checkpoint import Card, card_path
from harmonizer_gui.engine.product import Product
from harmonizer_gui.training import tunes
from harmonizer_gui.training.evaluation import (
    GIVEN_NONE,
    GIVEN_ONE,
    Tally,
    as_rows,
    evaluate,
    in_order,
    paired_difference,
    tally,
)
from harmonizer_gui.training.pieces import Piece

MONOLITH = "baseline:monolith"


def likelihoods(
    product: Product, pieces: Sequence[Piece], train: Sequence[Piece], *, seed: int = 0
) -> tuple[dict[str, Any], Tally]:
    """What needs no generating, by the keys of `evaluate --json`; and the product's tally.

    `seed` decides the noise, where there is some.
    """
    torch.manual_seed(seed)
    tallies = evaluate(product, pieces, train)
    whole = tallies["product"]
    seen = tunes.seen(in_order(pieces), train)
    halves = {"tune_seen": seen, "tune_unseen": ~seen}
    return {
        "chorales": len(pieces),
        "steps": sum(4 * piece.grid.steps for piece in pieces),
        "rows": as_rows(tallies),
        **{
            name: {"chorales": int(half.sum()), **whole.of_chorales(half).figures()}
            for name, half in halves.items()
            if half.any()
        },
        "given_one": tally(product, pieces, GIVEN_ONE).figures(),
        "given_none": tally(product, pieces, GIVEN_NONE).figures(),
    }, whole


def against(card: Card, other: Product, ours: Tally, pieces: Sequence[Piece]) -> dict[str, Any]:
    """How `ours` stands to another model on the same chorales; its row, too, if that is a monolith.

    `difference` is ours minus theirs in nats per step, with its interval; `relative` is its share of theirs.
    """
    theirs = tally(other, pieces)
    figures = theirs.figures()
    difference, low, high = paired_difference(ours, theirs)
    return {
        "against": {
            "name": card.name,
            "nats_per_step": figures["nats_per_step"],
            "difference": difference,
            "ci95": [low, high],
            "relative": difference / figures["nats_per_step"],
        },
        **({MONOLITH: figures} if card.architecture.monolith else {}),
    }


def card_figures(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of one split as the card has them: the rows by their names."""
    rows = {str(row["name"]): row for row in answer["rows"]}
    return {**rows, **{key: value for key, value in answer.items() if key not in ("split", "rows")}}


def write_figures(model: Path, split: str, figures: Mapping[str, Any]) -> None:
    """Put the figures of a split into the card of a model; the weights stay as they are."""
    path = card_path(model)
    values = json.loads(path.read_text(encoding="utf-8"))
    values["figures"] = {**values.get("figures", {}), split: dict(figures)}
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)
