"""`report`: pictures of what a model has learned and of how its training went, and its figures on a page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from harmonizer_gui.cli.asking import loaded_model
from harmonizer_gui.cli.card_tables import filled_in
from harmonizer_gui.errors import UserError
from harmonizer_gui.score import VoiceName
from harmonizer_gui.training.history import History, draw_curves

EXPONENTS = "exponents.png"
CURVES = "curves.png"
_KINDS = ("what: the pitch, where a note is struck", "when: whether a note is struck, held, or not there")
_MARKS = ("^", "D", "s", "v")
"""Soprano, alto, tenor, bass."""


def run(arguments: argparse.Namespace) -> None:
    rows = History(arguments.run_folder).rows() if arguments.run_folder else []
    if arguments.run_folder and not rows:
        raise UserError(f"{arguments.run_folder}: there is no history.csv of a training run")
    model = loaded_model(arguments)
    page = _page(arguments.page, model.card.figures) if arguments.page else None
    folder: Path = arguments.output
    folder.mkdir(parents=True, exist_ok=True)
    exponents = model.product.exponents.values.detach().cpu().numpy()
    draw_exponents(model.product.names, exponents, folder / EXPONENTS)
    sys.stderr.write(f"{folder / EXPONENTS}\n")
    if rows:
        draw_curves(rows, folder / CURVES)
        sys.stderr.write(f"{folder / CURVES}\n")
    if page is not None:
        _replace(arguments.page, page)
        sys.stderr.write(f"{arguments.page}\n")


def _page(path: Path, figures: Mapping[str, Any]) -> str:
    """The page with the tables of its figures written anew. Raises UserError."""
    try:
        return filled_in(path.read_text(encoding="utf-8"), figures)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: the page cannot be read ({error})") from error
    except UserError as error:
        raise UserError(f"{path.name}: {error}") from error


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def draw_exponents(experts: Sequence[str], exponents: NDArray[np.float32], path: Path) -> None:
    """The exponents [2, E, 4, 4] (what and when, expert, voice, voices known) as bars.

    A bar is the mean over the voices; a mark stands for each voice.
    """
    figure = Figure(figsize=(9, 7), layout="constrained")
    axes = figure.subplots(2, 1, sharex=True, sharey=True)
    width = 0.8 / len(experts)
    known = np.arange(4)
    for axis, kind, values in zip(axes, _KINDS, exponents, strict=True):
        for index, (expert, of_voices) in enumerate(zip(experts, values, strict=True)):
            place = known + (index - (len(experts) - 1) / 2) * width
            axis.bar(place, of_voices.mean(axis=0), width * 0.9, color=f"C{index}", label=expert.capitalize())
            for voice, mark, row in zip(VoiceName, _MARKS, of_voices, strict=True):
                offset = (voice - 1.5) * width * 0.18
                axis.plot(place + offset, row, mark, color="black", markersize=3, linestyle="")
        axis.set_title(f"Exponents for {kind}", loc="left", fontsize=10)
        axis.grid(visible=True, axis="y", alpha=0.3)
    axes[0].legend(ncols=len(experts))
    axes[1].set_xticks(known, ["none", "one", "two", "three"])
    axes[1].set_xlabel("other voices known (bar: mean; marks from left to right: soprano, alto, tenor, bass)")
    figure.savefig(path, dpi=120)
