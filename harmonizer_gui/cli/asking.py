"""What several commands share: reading the piece, loading the model, the mix that was asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harmonizer_gui.engine.grid import UnreadableNoteError
from harmonizer_gui.engine.guidance import Guidance
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.model import Model, load_model
from harmonizer_gui.errors import UserError
from harmonizer_gui.files.formats import SUFFIXES, read
from harmonizer_gui.score import Score
from harmonizer_gui.session.guidance_values import guidance_of
from harmonizer_gui.session.locks import Locks, locks_of


@contextmanager
def piece_in(path: Path) -> Iterator[Score]:
    """The piece in a file; what the reading had to decide is said on standard error when all went well.

    Inside, a note that the model cannot read is an error about the file. Raises FileError.
    """
    with guided_piece_in(path) as (score, _):
        yield score


@contextmanager
def guided_piece_in(path: Path) -> Iterator[tuple[Score, Guidance]]:
    """The piece in a file as `piece_in` gives it, and what the user of a project told its experts."""
    with whole_piece_in(path) as (score, guidance, _):
        yield score, guidance


@contextmanager
def whole_piece_in(path: Path) -> Iterator[tuple[Score, Guidance, Locks]]:
    """As `guided_piece_in`, and what of a project is locked."""
    imported = read(path)
    sections = imported.project.sections if imported.project else {}
    try:
        guidance = guidance_of(sections.get("guidance"))
    except ValueError as error:
        raise UserError(f"{path.name}: {error}") from error
    try:
        yield imported.score, guidance, locks_of(sections.get("locked"))
    except UnreadableNoteError as error:
        raise UserError(f"{path.name}: {error}") from error
    for notice in imported.notices:
        sys.stderr.write(f"{path.name}: {notice}\n")


def check_output(path: Path, suffixes: Sequence[str] = SUFFIXES) -> None:
    """Before any work: can this be written at all? Raises UserError."""
    if path.suffix.lower() not in suffixes:
        raise UserError(
            f"{path.name}: this cannot be written; the suffix must be one of {', '.join(suffixes)}"
        )
    if not path.absolute().parent.is_dir():
        raise UserError(f"{path}: the folder {path.absolute().parent} does not exist")


def loaded_model(arguments: argparse.Namespace) -> Model:
    """The model that was asked for, with the experts of other packages; which one fails is logged."""
    return load_model(arguments.model, arguments.device, guests=True)


def asked_mix(arguments: argparse.Namespace, experts: Sequence[str]) -> Mix:
    """The mix of `--exponent` and `--temperature`. Raises UserError for experts the model has not."""
    for name, _ in arguments.exponents:
        if name not in experts:
            raise UserError(f"there is no expert “{name}”; this model has {', '.join(experts)}")
    try:
        mix = Mix(temperature=arguments.temperature)
        for name, factor in arguments.exponents:
            mix = mix.with_factor(name, factor)
    except ValueError as error:
        raise UserError(str(error)) from error
    return mix
