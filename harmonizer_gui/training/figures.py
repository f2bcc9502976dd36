"""All figures of a model on a split, as `evaluate` prints them and as they stand in its card."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

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
from harmonizer_gui.training.generation import Judged
from harmonizer_gui.training.pieces import Piece, without_fermatas
from harmonizer_gui.training.refit import two_fold

MONOLITH = "baseline:monolith"


def likelihoods(
    product: Product,
    pieces: Sequence[Piece],
    train: Sequence[Piece],
    *,
    factors: Tensor | None = None,
    seed: int = 0,
) -> tuple[dict[str, Any], Tally]:
    """What needs no generating, by the keys of `evaluate --json`; and the product's tally.

    `factors` [E] multiply the exponents; `seed` decides the noise, where there is some.
    """
    torch.manual_seed(seed)
    tallies = evaluate(product, pieces, train, factors=factors)
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
        "given_one": tally(product, pieces, GIVEN_ONE, factors=factors).figures(),
        "given_none": tally(product, pieces, GIVEN_NONE, factors=factors).figures(),
    }, whole


def against(
    card: Card, other: Product, ours: Tally, pieces: Sequence[Piece], *, fitted: Tally | None = None
) -> dict[str, Any]:
    """How `ours` stands to another model on the same chorales; its row, too, if that is a monolith.

    With `fitted`, our `two_fold` tally, also how both stand when the exponents of both are fitted so.
    """
    theirs = tally(other, pieces)
    told = {"name": card.name, **difference(ours, theirs)}
    if fitted is not None:
        told["two_fold"] = difference(fitted, two_fold(other, pieces))
    return {"against": told, **({MONOLITH: theirs.figures()} if card.architecture.monolith else {})}


def difference(ours: Tally, theirs: Tally) -> dict[str, Any]:
    """What `theirs` costs, and ours minus theirs in nats per step, chorale by chorale, with its interval.

    `relative` is the difference as a share of theirs.
    """
    nats = float(theirs.nats.sum() / theirs.steps.sum())
    found, low, high = paired_difference(ours, theirs)
    return {"nats_per_step": nats, "difference": found, "ci95": [low, high], "relative": found / nats}


def composed_figures(
    product: Product, judged: Judged, pieces: Sequence[Piece], *, factors: Tensor | None = None
) -> dict[str, Any]:
    """Pieces from nothing against Bach's chorales `pieces`: faults, onsets, and what the model makes of both.

    `bits_per_step` is what each voice costs the product given the other three, `entropy_bits_per_step` what
    it expects to pay. Bach's chorales are judged without their fermatas, since pieces from nothing have none.
    """
    ours = tally(product, judged.pieces, factors=factors)
    theirs = tally(product, [without_fermatas(piece) for piece in pieces], factors=factors)
    return {
        "pieces": len(judged.pieces),
        **judged.composed.figures(),
        "bits_per_step": {"bach": _bits(theirs.nats, theirs), "generated": _bits(ours.nats, ours)},
        "entropy_bits_per_step": {
            "bach": _bits(theirs.entropy, theirs),
            "generated": _bits(ours.entropy, ours),
        },
    }


def _bits(nats: NDArray[np.float64], tally: Tally) -> float:
    return float(nats.sum() / tally.steps.sum() / math.log(2.0))


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
