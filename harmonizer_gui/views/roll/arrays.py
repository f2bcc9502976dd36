"""Notes as arrays, and arrays as what Qt paints: thousands at once, without a Python object for each."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from harmonizer_gui.score import Note
from harmonizer_gui.views.roll.coordinates import Coordinates


@dataclass(frozen=True)
class Columns:
    """Notes of one voice, in order, as arrays [N]."""

    notes: tuple[Note, ...]
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    pitches: NDArray[np.float64]
    velocities: NDArray[np.float64]
    generated: NDArray[np.bool_]
    fermatas: NDArray[np.bool_]

    @classmethod
    def of(cls, notes: tuple[Note, ...]) -> Columns:
        return cls(
            notes,
            _column(notes, "start"),
            _column(notes, "end"),
            _column(notes, "pitch"),
            _column(notes, "velocity"),
            _column(notes, "generated").astype(np.bool_),
            _column(notes, "fermata").astype(np.bool_),
        )

    def seen(self, view: Coordinates) -> slice:
        """The notes in view."""
        return self.between(view.left, view.right)

    def between(self, start: float, stop: float) -> slice:
        """The notes that sound anywhere in the ticks [start, stop)."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        return slice(first, max(first, int(np.searchsorted(self.starts, stop, side="left"))))


def _column(notes: tuple[Note, ...], name: str) -> NDArray[np.float64]:
    return np.fromiter(map(attrgetter(name), notes), np.float64, len(notes))


class KeptColumns:
    """The arrays of some lines of notes, each with a name of its own, until its notes are others."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Columns] = {}

    def of(self, line: Hashable, notes: tuple[Note, ...]) -> Columns:
        """Made anew only where `notes` are not the very ones of before."""
        kept = self._kept.get(line)
        if kept is None or kept.notes is not notes:
            kept = self._kept[line] = Columns.of(notes)
        return kept


class Rects:
    """Rectangles in the memory that Qt reads without a Python object for each."""

    def __init__(self) -> None:
        self._memory = PrimitiveArray(QRectF, 4)

    def fill(self, rects: NDArray[np.float64]) -> None:
        """Hold `rects` [N, 4]: x, y, width, height."""
        self._memory.resize(len(rects))
        self._memory.ndarray()[:] = rects

    def arguments(self) -> tuple[Any, ...]:
        """What `QPainter.drawRects` takes."""
        return tuple(self._memory.drawargs())

    def __len__(self) -> int:
        return len(self._memory.ndarray())


class Cuttings:
    """Pieces of one picture, each with its place, that Qt paints in one call."""

    def __init__(self) -> None:
        self._memory = PrimitiveArray(QPainter.PixmapFragment, 10)

    def fill(self, pieces: NDArray[np.float64]) -> None:
        """Hold `pieces` [N, 7]: x, y of where each goes; x, y, width, height of where it is cut out; how many
        times as wide it is painted.
        """
        self._memory.resize(len(pieces))
        table = self._memory.ndarray()
        table[:, 0] = pieces[:, 0] + pieces[:, 4] * pieces[:, 6] / 2  # Qt asks for the middle
        table[:, 1] = pieces[:, 1] + pieces[:, 5] / 2
        table[:, 2:7] = pieces[:, 2:]
        table[:, 7:] = (1.0, 0.0, 1.0)  # as high as it is, not turned, opaque

    def paint(self, painter: QPainter, picture: QPixmap) -> None:
        """Paint all pieces of `picture`, one after another."""
        first, count = self._memory.drawargs()
        if count:
            painter.drawPixmapFragments(first, count, picture)
