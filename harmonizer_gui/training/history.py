"""How a run went: one row of history.csv for each minibatch, and the curves drawn from it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

COLUMNS = ("minibatch", "train", "valid", "rate")
_SMOOTHED = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One minibatch: nats per step of the product on it and, where measured, on valid; the learning rate."""

    minibatch: int
    train: float
    valid: float | None
    rate: float


class History:
    """The file history.csv of a run folder. What is cut short at its end is left out."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "history.csv"

    def begin(self, minibatch: int) -> None:
        """Go on after `minibatch`: keep the rows up to there, drop what comes later."""
        kept = [row for row in self.rows() if row.minibatch <= minibatch]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_suffix(".part")
        with temporary.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *map(_fields, kept)])
        temporary.replace(self._path)

    def add(self, row: Row) -> None:
        with self._path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(_fields(row))

    def rows(self) -> list[Row]:
        """All whole rows; none where there is no file."""
        if not self._path.exists():
            return []
        text = self._path.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1].splitlines()
        return [row for fields in csv.reader(whole) if (row := _row(fields)) is not None]


def _fields(row: Row) -> tuple[str, ...]:
    valid = "" if row.valid is None else repr(row.valid)
    return (str(row.minibatch), repr(row.train), valid, repr(row.rate))


def _row(fields: Sequence[str]) -> Row | None:
    """None for the heading and for what is no row."""
    if len(fields) != len(COLUMNS):
        return None
    minibatch, train, valid, rate = fields
    try:
        return Row(int(minibatch), float(train), float(valid) if valid else None, float(rate))
    except ValueError:
        return None


def draw_curves(rows: Sequence[Row], path: Path) -> None:
    """The loss on the minibatches (a running mean) and on valid, as a picture."""
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axis = figure.add_subplot()
    minibatches = np.array([row.minibatch for row in rows])
    width = max(1, min(_SMOOTHED, len(rows) // 10))
    smoothed = np.convolve([row.train for row in rows], np.ones(width) / width, mode="valid")
    axis.plot(
        minibatches[width - 1 :], smoothed, color="tab:blue", label=f"training, mean of {width} minibatches"
    )
    judged = [(row.minibatch, row.valid) for row in rows if row.valid is not None]
    if judged:
        axis.plot(*zip(*judged, strict=True), "o-", color="tab:orange", markersize=3, label="valid")
    axis.set_yscale("log")
    axis.yaxis.set_major_formatter("{x:g}")
    axis.yaxis.set_minor_formatter("{x:g}")
    axis.set_xlabel("minibatch")
    axis.set_ylabel("nats per step")
    axis.grid(visible=True, which="both", alpha=0.3)
    axis.legend()
    temporary = path.with_name(f"{path.stem}.part{path.suffix}")
    figure.savefig(temporary, dpi=120)
    temporary.replace(path)
