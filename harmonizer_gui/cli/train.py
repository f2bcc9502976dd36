"""`train`: train the model from music21's corpus or the user's own files."""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from harmonizer_gui.cli.asking import check_output
from harmonizer_gui.engine.architecture import MONOLITHS, SIZES
from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.engine.model import choose_device
from harmonizer_gui.errors import UserError
from harmonizer_gui.training.corpus import bach_chorales, folder_pieces, mixed_pieces, rights_in
from harmonizer_gui.training.pieces import Piece
from harmonizer_gui.training.plan import Plan
from harmonizer_gui.training.processes import Processes
from harmonizer_gui.training.record import RunRecord
from harmonizer_gui.training.refit import refit_exponents
from harmonizer_gui.training.samples import Samples
from harmonizer_gui.training.trainer import Report, Trainer

CELLS_TO_REFIT = 20_000
"""On fewer cells of other pieces the exponents would be fitted to chance."""
LIMITS = {
    "bach": "Learned from Bach's four-part chorales: sixteenths at the finest, four singing voices, tonal "
    "harmony. It knows nothing of words, instruments or other styles.",
    "mixed": "Learned from Bach's four-part chorales and from older vocal music (Palestrina, the Trecento), "
    "which is most of what it has seen: sixteenths at the finest, four voices. Judged on Bach alone.",
}
OWN_LIMITS = (
    "Learned from the scores of one folder: sixteenths at the finest, four voices. Judged on a tenth of them."
)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    processes = Processes.of_environment()
    try:
        # All look before any can write: joining waits for the last.
        _check_paths(arguments)
        device = processes.device(choose_device(arguments.device))
        with processes.joined(device):
            _train(arguments, processes, device)
    except UserError as error:
        if processes.leads:
            raise
        # The leader says the same sentence.
        raise SystemExit(2) from error


def _train(arguments: argparse.Namespace, processes: Processes, device: torch.device) -> None:
    with processes.leader_first():
        train, valid = pieces_of(arguments.corpus, quiet=not processes.leads)
    trainer = Trainer(
        plan_of(arguments),
        train=train,
        valid=valid,
        folder=arguments.run,
        device=device,
        processes=processes,
    )
    if arguments.resume and not trainer.resume():
        raise UserError(f"{arguments.run} holds no run to resume: leave out --resume to begin one")
    if processes.leads:
        _lead(trainer, arguments, _training(arguments, trainer.plan, len(train), len(valid)))
    else:
        for _ in trainer.run():
            pass


def plan_of(arguments: argparse.Namespace) -> Plan:
    """The plan that was asked for; a monolith has no experts to be kept readable."""
    sizes = MONOLITHS if arguments.monolith else SIZES
    plan = Plan(architecture=sizes[arguments.size], seed=arguments.seed, noise=arguments.noise)
    if arguments.minibatches:
        plan = replace(plan, minibatches=arguments.minibatches)
    if arguments.monolith:
        plan = replace(plan, readable=0.0)
    return plan


def pieces_of(corpus: str, *, quiet: bool = False) -> tuple[list[Piece], list[Piece]]:
    """The pieces to learn from and those to judge by. Raises CorpusError."""
    if corpus in ("bach", "mixed"):
        with _bar("reading chorales", quiet=quiet) as bar:
            train = list(bach_chorales("train", progress=lambda done, total: _show(bar, done, total)))
            valid = list(bach_chorales("valid"))
        if corpus == "mixed":
            with _bar("reading other music", quiet=quiet) as bar:
                train += mixed_pieces(progress=lambda done, total: _show(bar, done, total))
        return train, valid
    pieces, left_out = folder_pieces(Path(corpus))
    if not quiet:
        sys.stderr.writelines(f"left out {sentence}\n" for sentence in left_out)
    if len(pieces) < 2:
        raise UserError(f"{corpus}: at least two scores are needed, one to learn from and one to judge by")
    held_out = max(1, len(pieces) // 10)
    return pieces[held_out:], pieces[:held_out]


def cells_of(pieces: Sequence[Piece]) -> int:
    return sum(piece.grid.tokens.size for piece in pieces)


def _check_paths(arguments: argparse.Namespace) -> None:
    if arguments.output is not None:
        check_output(arguments.output, (".safetensors",))
    if not arguments.resume and (arguments.run / "state.safetensors").exists():
        raise UserError(f"{arguments.run} holds a run already: go on with --resume or choose another --run")


def _training(arguments: argparse.Namespace, plan: Plan, train: int, valid: int) -> dict[str, Any]:
    """What the card says about how the weights came to be."""
    return {
        "corpus": arguments.corpus,
        **({"rights": rights} if (rights := rights_in(arguments.corpus)) else {}),
        "pieces": {"train": train, "valid": valid},
        "plan": plan.to_values(),
        "command": " ".join(["harmonizer-gui", *sys.argv[1:]]),
        "date": datetime.now(tz=UTC).date().isoformat(),
    }


def _lead(trainer: Trainer, arguments: argparse.Namespace, training: dict[str, Any]) -> None:
    """Train, keep the record, write the checkpoint."""
    output = arguments.output or arguments.run / "model.safetensors"
    limits = LIMITS.get(arguments.corpus, OWN_LIMITS)
    card = Card(output.stem, trainer.plan.architecture, training=training, limits=limits)
    values = card.to_values(trainer.product, digest="")
    del values["sha256"]  # there are no weights yet
    record = RunRecord(arguments.run, values)
    samples = Samples(arguments.run, trainer.plan.architecture, trainer.device) if arguments.samples else None
    _watch(trainer, record, samples, arguments.samples or 1)
    product, nats = trainer.best_product(), trainer.best
    if cells_of(trainer.valid) >= CELLS_TO_REFIT:
        sys.stderr.write("fitting the exponents to valid, which takes about a minute\n")
        nats = refit_exponents(product, trainer.valid)
    figures = {"valid": {"product": {"nats_per_step": nats}}}
    write_model(replace(card, figures=figures), product, output)
    sys.stderr.write(f"{output}: {nats:.4f} nats per step on valid\n")
    if "rights" in training:
        sys.stderr.write(f"{training['rights']}\n")


def _watch(trainer: Trainer, record: RunRecord, samples: Samples | None, every: int) -> None:
    """Train with a progress bar and the time left."""
    begun, first = time.monotonic(), trainer.minibatch
    record.begin(first)
    if samples and first == 0:
        samples.add(trainer.averaged, 0)
    with _bar(None, total=trainer.plan.minibatches, initial=first) as bar:
        for report in trainer.run():
            record.add(report)
            if samples and report.minibatch % every == 0:
                samples.add(trainer.averaged, report.minibatch)
            bar.update(1)
            _describe(bar, report, (time.monotonic() - begun) / (report.minibatch - first))


def _bar(text: str | None, *, total: int | None = None, initial: int = 0, quiet: bool = False) -> tqdm[Any]:
    return tqdm(
        desc=text, total=total, initial=initial, unit="", leave=total is not None, disable=quiet or None
    )


def _describe(bar: tqdm[Any], report: Report, seconds: float) -> None:
    """`seconds` is what a minibatch takes."""
    if report.valid is not None:
        minutes = math.ceil((report.total - report.minibatch) * seconds / 60)
        left = "done" if report.stopped or not minutes else f"at most {minutes} min left"
        sentence = f"minibatch {report.minibatch}: {report.valid:.4f} nats per step on valid, {left}"
        tqdm.write(sentence, file=sys.stderr)
    if report.minibatch % 10 == 0:
        bar.set_postfix(train=f"{report.product:.3f}", best=f"{report.best:.4f}")


def _show(bar: tqdm[Any], done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)
