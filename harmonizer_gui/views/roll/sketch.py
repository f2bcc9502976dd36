"""Voices seen from afar: thousands of notes as one picture, worked out in numpy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

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
        self._memory = np.zeros((0, 0), np.uint32)

    def image(self, lines: Iterable[tuple[VoiceName, Voice, QColor]], view: Coordinates) -> QImage:
        """All `lines` as one picture, a column a pixel and a row a visible pitch, later lines on top.

        To be stretched over the rows: a note is then one cell high, and thousands cost one stroke. Good
        until the next call, which paints into the same memory.
        """
        rows, width = len(view.visible_pitches), max(1, int(view.width))
        if self._memory.shape != (rows, width):
            self._memory = np.zeros((rows, width), np.uint32)
        self._memory.fill(0)
        for name, voice, color in lines:
            columns = self._columns.get(name)
            if columns is None or columns.voice is not voice:
                columns = self._columns[name] = Columns.of(voice)
            self._memory[_cells(columns, view, width)] = color.rgba()
        data = self._memory.data
        return QImage(data, width, rows, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)


def _cells(columns: Columns, view: Coordinates, width: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of all pixels of the notes in view, with a gap to the next note where it can be."""
    here, pitches = columns.seen(view), view.visible_pitches
    left = np.floor((columns.starts[here] - view.left) * view.tick_width).astype(np.intp)
    right = np.floor((columns.ends[here] - view.left) * view.tick_width).astype(np.intp)
    right = np.minimum(np.maximum(left + 1, right - 1), width)
    left = np.maximum(left, 0)
    rows = (pitches.stop - 1 - columns.pitches[here]).astype(np.intp)
    is_seen = (rows >= 0) & (rows < len(pitches)) & (left < right)
    left, lengths, rows = left[is_seen], (right - left)[is_seen], rows[is_seen]
    before = np.cumsum(lengths) - lengths
    across = np.repeat(left - before, lengths) + np.arange(int(lengths.sum()))
    return np.repeat(rows, lengths), across
