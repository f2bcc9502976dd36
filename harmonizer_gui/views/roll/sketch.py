"""Voices seen from afar: thousands of notes as one picture, worked out in numpy."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from harmonizer_gui.score import Note
from harmonizer_gui.views.roll.arrays import Columns, KeptColumns
from harmonizer_gui.views.roll.coordinates import Coordinates


class Sketcher:
    """Keeps the arrays of each line until its notes are others."""

    def __init__(self) -> None:
        self._columns = KeptColumns()
        self._memory = np.zeros((0, 0), np.uint32)

    def cells(
        self, lines: Iterable[tuple[Hashable, tuple[Note, ...], QColor]], view: Coordinates
    ) -> NDArray[np.uint32]:
        """[visible pitches, pixels across] the colours of all `lines`, the highest pitch first, 0 for none.

        Each line has a name of its own; later ones lie on top. Good until the next call, which writes into
        the same memory.
        """
        rows, width = len(view.visible_pitches), max(1, int(view.width))
        if self._memory.shape != (rows, width):
            self._memory = np.zeros((rows, width), np.uint32)
        self._memory.fill(0)
        for name, notes, color in lines:
            self._memory[_cells(self._columns.of(name, notes), view, width)] = color.rgba()
        return self._memory


def picture_of(pixels: NDArray[np.uint32]) -> QImage:
    """`pixels` [height, width], premultiplied ARGB, as a picture that is good as long as they are."""
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)


def spread(cells: NDArray[np.uint32], pixels: NDArray[np.uint32], thick: int) -> None:
    """Lay the rows of `cells` over the height of `pixels`, of the same width, each `thick` pixels high."""
    height = pixels.shape[0]
    for index, row in enumerate(cells):
        if row.any():
            top = min(height - thick, index * height // len(cells))
            np.copyto(pixels[top : top + thick], row, where=row != 0)


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
