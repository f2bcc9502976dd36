"""`evaluate`: measure the model on chorales it has not learned from."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

import torch
from tqdm import tqdm

from harmonizer_gui.cli.asking import asked_mix
from harmonizer_gui.cli.figures_table import table
from harmonizer_gui.engine.composing import USUAL_SWEEPS
from harmonizer_gui.engine.mix import AS_LEARNED
from harmonizer_gui.engine.model import SHIPPED, Model
from harmonizer_gui.errors import UserError
from harmonizer_gui.resources import models_dir
from harmonizer_gui.training.asked import Asked, model_at
from harmonizer_gui.training.corpus import bach_chorales, split_list
from harmonizer_gui.training.evaluation import Tally, tally
from harmonizer_gui.training.figures import (
    MONOLITH,
    against,
    card_figures,
    composed_figures,
    difference,
    likelihoods,
    write_figures,
)
from harmonizer_gui.training.generation import Judged, generated, tasks
from harmonizer_gui.training.refit import two_fold

COMPOSED = 16
"""How many pieces are composed: with all else a split is judged within five minutes on two cores."""
_FEW = 8
"""Chorales for which starting another process would take longer than it saves."""


def run(arguments: argparse.Namespace) -> None:
    # Several threads wait for one another longer than they work, as soon as anything else runs.
    torch.set_num_threads(1)
    asked = asked_of(arguments)
    _check_card(asked, arguments)
    model = asked.loaded()
    answer = {
        "split": arguments.split,
        **_judged(asked, model, arguments),
        **_written(asked, model, arguments),
    }
    if arguments.write_card:
        path = arguments.model or models_dir() / SHIPPED
        write_figures(path, arguments.split, card_figures(answer))
    sys.stdout.write(json.dumps(answer) + "\n" if arguments.json else table(answer))


def asked_of(arguments: argparse.Namespace) -> Asked:
    """Which model is judged and what is changed about it. Raises UserError, one sentence."""
    mix = AS_LEARNED
    if arguments.exponents or arguments.temperature != mix.temperature:
        mix = asked_mix(arguments, model_at(arguments.model, arguments.device).experts)
    return Asked(
        arguments.model,
        arguments.device,
        mix=mix,
        noise=arguments.noise,
        transpositions=arguments.transpositions,
        member=arguments.member,
    )


def _check_card(asked: Asked, arguments: argparse.Namespace) -> None:
    """A card holds all figures of a model as it stands, and no others."""
    if not arguments.write_card:
        return
    if asked.changes:
        raise UserError(
            "a card says what a model does as it stands: leave out --write-card, or --noise, --temperature, "
            "--exponent, --transpositions and --with"
        )
    if (arguments.generate, arguments.compose, arguments.sweeps) != (None, None, None):
        raise UserError(
            "a card holds all figures: leave out --write-card, or --generate, --compose and --sweeps"
        )
    if arguments.model is not None and arguments.model.is_dir():
        raise UserError(f"{arguments.model} is the folder of a run: its checkpoint is what has a card")


def _judged(asked: Asked, model: Model, arguments: argparse.Namespace) -> dict[str, Any]:
    """What needs no generating, and how it stands to other models."""
    pieces, train = bach_chorales(arguments.split), bach_chorales("train")
    product = model.product
    answer, ours = likelihoods(product, pieces, train, factors=asked.factors(product), seed=arguments.seed)
    fitted: Tally | None = None
    if arguments.fit:
        fitted = two_fold(product, pieces)
        answer["two_fold"] = {**fitted.figures(), "change": difference(fitted, ours)}
    if asked.changes:
        plain = model_at(asked.path, asked.device).product
        answer["as_it_stands"] = difference(ours, tally(plain, pieces))
    told = model.card.figures.get(arguments.split, {})
    compared = {key: told[key] for key in (MONOLITH, "against") if key in told}
    if arguments.against:
        other = model_at(arguments.against, arguments.device)
        compared = against(other.card, other.product, ours, pieces, fitted=fitted)
    if MONOLITH in compared:
        answer["rows"].append({"name": MONOLITH, **compared.pop(MONOLITH)})
    return {**answer, **compared}


def _written(asked: Asked, model: Model, arguments: argparse.Namespace) -> dict[str, Any]:
    """What the model writes: voices of the split's chorales, and pieces from nothing."""
    rows = [(row["path"], row["parts"]) for row in split_list()[arguments.split]]
    todo = tasks(
        rows,
        seed=arguments.seed,
        fill=_at_most(arguments.generate, len(rows), len(rows)),
        compose=_at_most(arguments.compose, COMPOSED, len(rows)),
        sweeps=USUAL_SWEEPS if arguments.sweeps is None else arguments.sweeps,
    )
    jobs = arguments.jobs or (1 if len(todo) < _FEW else min(2, os.cpu_count() or 1))
    with tqdm(total=len(todo), desc="writing", disable=None, leave=False) as bar:
        judged = generated(asked, todo, jobs=jobs, progress=lambda done: _show(bar, done))
    return _written_figures(asked, model, judged, arguments)


def _written_figures(
    asked: Asked, model: Model, judged: Judged, arguments: argparse.Namespace
) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    if judged.single.equal.of:
        figures["voice_leading"] = judged.single.figures()
        figures["from_soprano"] = judged.lower.figures()
    if judged.pieces:
        torch.manual_seed(arguments.seed)  # noise, where there is some
        pieces, factors = bach_chorales(arguments.split), asked.factors(model.product)
        figures["composed"] = composed_figures(model.product, judged, pieces, factors=factors)
    return figures


def _at_most(count: int | None, usual: int, most: int) -> int:
    return min(usual if count is None else count, most)


def _show(bar: tqdm[Any], done: int) -> None:
    bar.update(done - bar.n)
