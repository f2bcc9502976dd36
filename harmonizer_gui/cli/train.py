"""`train`: train the model from music21's corpus or the user's own files."""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from harmonizer_gui.engine.architecture import MONOLITH, Architecture
from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.engine.model import choose_device
from harmonizer_gui.errors import UserError
from harmonizer_gui.training.corpus import bach_chorales, folder_pieces, mixed_pieces
from harmonizer_gui.training.pieces import Piece
from harmonizer_gui.training.trainer import Plan, Report, Trainer

LIMITS = (
    "Learned from Bach's four-part chorales: sixteenths at the finest, four singing voices, tonal harmony. "
    "It knows nothing of words, instruments or other styles."
)


def run(arguments: argparse.Namespace) -> None:
    import torch

    torch.set_num_threads(1)
    plan = plan_of(arguments)
    train, valid = pieces_of(arguments.corpus)
    trainer = Trainer(
        plan, train=train, valid=valid, folder=arguments.run, device=choose_device(arguments.device)
    )
    if arguments.resume and not trainer.resume():
        raise UserError(f"{arguments.run} holds no run to resume: leave out --resume to begin one")
    if not arguments.resume and (arguments.run / "state.safetensors").exists():
        raise UserError(f"{arguments.run} holds a run already: go on with --resume or choose another --run")
    best = _watch(trainer)
    output = arguments.output or arguments.run / "model.safetensors"
    write_model(
        Card(
            name=output.stem,
            architecture=plan.architecture,
            training={
                "corpus": arguments.corpus,
                "pieces": {"train": len(train), "valid": len(valid)},
                "plan": plan.to_values(),
                "command": " ".join(["harmonizer-gui", *sys.argv[1:]]),
                "date": datetime.now(tz=UTC).date().isoformat(),
            },
            figures={"valid": {"nats_per_step": best}},
            limits=LIMITS,
        ),
        trainer.best_product(),
        output,
    )
    sys.stderr.write(f"{output}: {best:.4f} nats per step on valid\n")


def plan_of(arguments: argparse.Namespace) -> Plan:
    """The plan that was asked for; a monolith has no experts to be kept readable."""
    plan = Plan(seed=arguments.seed)
    if arguments.minibatches:
        plan = replace(plan, minibatches=arguments.minibatches)
    if arguments.monolith:
        plan = replace(plan, architecture=Architecture(monolith=MONOLITH), readable=0.0)
    return plan


def pieces_of(corpus: str) -> tuple[list[Piece], list[Piece]]:
    """The pieces to learn from and those to judge by. Raises CorpusError."""
    if corpus in ("bach", "mixed"):
        with _bar("reading chorales") as bar:
            train = list(bach_chorales("train", progress=lambda done, total: _show(bar, done, total)))
            valid = list(bach_chorales("valid"))
        if corpus == "mixed":
            with _bar("reading other music") as bar:
                train += mixed_pieces(progress=lambda done, total: _show(bar, done, total))
        return train, valid
    pieces, left_out = folder_pieces(Path(corpus))
    for sentence in left_out:
        sys.stderr.write(f"left out {sentence}\n")
    if len(pieces) < 2:
        raise UserError(f"{corpus}: at least two scores are needed, one to learn from and one to judge by")
    held_out = max(1, len(pieces) // 10)
    return pieces[held_out:], pieces[:held_out]


def _watch(trainer: Trainer) -> float:
    """Train with a progress bar; returns the best nats per step on valid."""
    best = math.inf
    with _bar(None, total=trainer.plan.minibatches, initial=trainer.minibatch) as bar:
        for report in trainer.run():
            best = report.best
            bar.update(1)
            _describe(bar, report)
    return best


def _bar(text: str | None, *, total: int | None = None, initial: int = 0) -> tqdm[Any]:
    return tqdm(desc=text, total=total, initial=initial, unit="", leave=total is not None, disable=None)


def _describe(bar: tqdm[Any], report: Report) -> None:
    if report.valid is not None:
        sentence = f"minibatch {report.minibatch}: {report.valid:.4f} nats per step on valid"
        tqdm.write(sentence, file=sys.stderr)
    if report.minibatch % 10 == 0:
        bar.set_postfix(train=f"{report.product:.3f}", best=f"{report.best:.4f}")


def _show(bar: tqdm[Any], done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)
