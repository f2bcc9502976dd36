"""A voice seen from afar: thousands of notes as few rectangles, worked out in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QRectF

from harmonizer_gui.score import Voice, VoiceName
from harmonizer_gui.views.roll.coordinates import Coordinates


@dataclass(frozen=True)
class Columns:
    """The notes of a voice as arrays [N]: start, end, pitch and velocity."""

    voice: Voice
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    pitches: NDArray[np.float64]
    velocities: NDArray[np.float64]

    @classmethod
    def of(cls, voice: Voice) -> Columns:
        rows = [(note.start, note.start + note.duration, note.pitch, note.velocity) for note in voice]
        table = np.array(rows, np.float64).reshape(-1, 4)
        return cls(voice, table[:, 0], table[:, 1], table[:, 2], table[:, 3])

    def seen(self, view: Coordinates) -> slice:
        """The notes in view."""
        first = int(np.searchsorted(self.ends, view.left, side="right"))
        return slice(first, max(first, int(np.searchsorted(self.starts, view.right, side="left"))))


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


class Sketcher:
    """Keeps the arrays of each voice until the voice is another one."""

    def __init__(self) -> None:
        self._columns: dict[VoiceName, Columns] = {}
        self._rects = {name: Rects() for name in VoiceName}

    def rects(self, voice: Voice, name: VoiceName, view: Coordinates) -> Rects:
        """The notes in view as rectangles in whole pixels; what shares a pixel is drawn once."""
        columns = self._columns.get(name)
        if columns is None or columns.voice is not voice:
            columns = self._columns[name] = Columns.of(voice)
        self._rects[name].fill(_pixels(columns, view))
        return self._rects[name]


def _pixels(columns: Columns, view: Coordinates) -> NDArray[np.float64]:
    """[N, 4] x, y, width, height of the notes in view."""
    here = columns.seen(view)
    x = np.floor((columns.starts[here] - view.left) * view.tick_width)
    right = np.floor((columns.ends[here] - view.left) * view.tick_width)
    y = np.floor((view.top - columns.pitches[here] - 0.5) * view.row_height) + 1.0
    rects = np.column_stack([x, y, np.maximum(1.0, right - x - 1.0), np.full_like(x, _height(view))])
    is_new = np.ones(len(rects), bool)
    is_new[1:] = (rects[1:] != rects[:-1]).any(axis=1)
    return rects[is_new]


def _height(view: Coordinates) -> float:
    return max(2.0, float(np.floor(view.row_height)) - 1.0)
