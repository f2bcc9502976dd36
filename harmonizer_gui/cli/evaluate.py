"""`evaluate`: measure the model on chorales it has not learned from."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from typing import Any

import torch
from tqdm import tqdm

from harmonizer_gui.cli.asking import loaded_model
from harmonizer_gui.engine.model import SHIPPED, Model, load_model
from harmonizer_gui.errors import UserError
from harmonizer_gui.resources import models_dir
from harmonizer_gui.training.corpus import bach_chorales, split_list
from harmonizer_gui.training.figures import MONOLITH, against, card_figures, likelihoods, write_figures
from harmonizer_gui.training.generation import Generation

_FEW = 8
"""Chorales for which starting another process would take longer than it saves."""
_FAULTS = {
    "parallels_per_1000": "parallel fifths and octaves per 1000 pairs that move",
    "crossings_per_1000": "crossings per 1000 cells",
    "overlaps_per_1000": "overlaps per 1000 moves",
    "wide_spacings_per_1000": "upper voices over an octave apart, per 1000 cells",
    "hard_leaps_per_1000": "tritones, sevenths and leaps over an octave, per 1000 moves",
}


def run(arguments: argparse.Namespace) -> None:
    if arguments.write_card and arguments.noise:
        raise UserError("a card says what a model does without noise: leave out --noise or --write-card")
    # Several threads wait for one another longer than they work, as soon as anything else runs.
    torch.set_num_threads(1)
    model = loaded_model(arguments)
    other = load_model(arguments.against, arguments.device) if arguments.against else None
    answer = {"split": arguments.split, **_measured(model, other, arguments), **_generated(arguments)}
    if arguments.write_card:
        path = arguments.model or models_dir() / SHIPPED
        write_figures(path, arguments.split, card_figures(answer))
    sys.stdout.write(json.dumps(answer) + "\n" if arguments.json else _table(answer))


def _measured(model: Model, other: Model | None, arguments: argparse.Namespace) -> dict[str, Any]:
    pieces, train = bach_chorales(arguments.split), bach_chorales("train")
    model.product.set_noise(arguments.noise)
    answer, ours = likelihoods(model.product, pieces, train, seed=arguments.seed)
    told = model.card.figures.get(arguments.split, {})
    compared = {key: told[key] for key in (MONOLITH, "against") if key in told}
    if other is not None:
        compared = against(other.card, other.product, ours, pieces)
    if MONOLITH in compared:
        answer["rows"].append({"name": MONOLITH, **compared.pop(MONOLITH)})
    return {**answer, **compared}


def _generated(arguments: argparse.Namespace) -> dict[str, Any]:
    rows = [(row["path"], row["parts"]) for row in split_list()[arguments.split]]
    task = Generation(arguments.model, arguments.device, arguments.noise, arguments.seed)
    jobs = arguments.jobs or (1 if len(rows) < _FEW else min(2, os.cpu_count() or 1))
    with tqdm(total=len(rows), desc="filling voices", disable=None, leave=False) as bar:
        single, lower = task.compare(rows, jobs=jobs, progress=lambda done: _show(bar, done))
    return {"voice_leading": single.figures(), "from_soprano": lower.figures()}


def _show(bar: tqdm[Any], done: int) -> None:
    bar.update(done - bar.n)


def _table(answer: Mapping[str, Any]) -> str:
    lines = [
        f"{answer['chorales']} chorales of the split “{answer['split']}”, {answer['steps']} cells",
        f"{'':20}{'nats/step':>10}  {'95 %':^15}{'nats/note':>10}{'cells':>8}{'onsets':>8}",
        *(_line(row["name"], row) for row in answer["rows"]),
        "The product on chorales whose tune stands in a training chorale, and on the others:",
        *(
            _line(f"{answer[half]['chorales']} {text}", answer[half])
            for half, text in (("tune_seen", "tune seen"), ("tune_unseen", "tune not seen"))
            if half in answer
        ),
        "The product where less than three other voices are known:",
        _line("given one", answer["given_one"]),
        _line("given none", answer["given_none"]),
        *_comparison(answer.get("against")),
        *_written("Each voice filled in turn, against Bach's own:", answer["voice_leading"]),
        *_written("Alto, tenor and bass written to the soprano:", answer["from_soprano"]),
    ]
    return "\n".join(lines) + "\n"


def _line(name: str, row: Mapping[str, Any]) -> str:
    low, high = row["ci95"] or (None, None)
    return (
        f"{name:20}{_number(row['nats_per_step'], 10)}  {_number(low, 7)}–{_number(high, 7)}"
        f"{_number(row['nats_per_note'], 10)}{row['cell_accuracy']:>8.1%}{row['onset_accuracy']:>8.1%}"
    )


def _comparison(found: Mapping[str, Any] | None) -> list[str]:
    if found is None:
        return []
    low, high = found["ci95"]
    return [
        f"Against {found['name']} ({found['nats_per_step']:.4f}), chorale by chorale: "
        f"{found['difference']:+.4f} nats per step, 95 % {low:+.4f} to {high:+.4f} ({found['relative']:+.1%})"
    ]


def _written(title: str, found: Mapping[str, Any]) -> list[str]:
    return [
        title,
        *(
            f"  {text}: {found[key]['generated']:.1f}, Bach {found[key]['bach']:.1f}"
            for key, text in _FAULTS.items()
        ),
        f"  notes in range: {found['in_range']:.2%}; onset rate {found['onset_rate_ratio']:.3f} of Bach's; "
        f"cells as Bach has them: {found['equal_cells']:.1%}",
    ]


def _number(value: float | None, width: int) -> str:
    return f"{'–' if value is None else format(value, '.4f'):>{width}}"
