"""Probabilities as colours: one fixed scale for all experts and the product."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from harmonizer_gui.views.theme import Theme

Floats = NDArray[np.float32]

LEVELS: Final = 256
TICKS: Final = (0.0, 0.05, 0.25, 1.0)
"""Probabilities that the colour bar names."""

# The dark map leaves out viridis' darkest purple, which no one tells from the background; the light one
# runs the other way, without the greens and yellow that are faint on white and near the tenor's colour.
_SPAN: Final = {"dark": (0.12, 1.0), "light": (0.62, 0.04), "contrast": (0.12, 1.0)}
_OPAQUE_FROM: Final = {"dark": 0.30, "light": 0.50, "contrast": 0.30}
"""Place on the scale, 0–1, from which the map hides what is below."""


def place(probability: float) -> float:
    """Where on the scale, 0–1, a probability lies.

    The square root is a gamma of 0.5: five in a hundred stand at a fifth of the scale and can be seen.
    """
    return math.sqrt(min(1.0, max(0.0, probability)))


@lru_cache(maxsize=4)
def color_table(theme: Theme) -> NDArray[np.uint32]:
    """[256] the colours of the scale as premultiplied ARGB: clear at 0, opaque from the middle on."""
    start, stop = _SPAN[theme.name]
    place_ = np.linspace(0.0, 1.0, LEVELS)
    rgb = pg.colormap.get("viridis").map(start + (stop - start) * place_, mode="float")[:, :3]
    ramp = np.clip(place_ / _OPAQUE_FROM[theme.name], 0.0, 1.0)
    alpha = ramp * (2.0 - ramp)
    argb = np.column_stack([alpha, rgb * alpha[:, None]])
    channels = np.rint(argb * 255.0).astype(np.uint32)
    table: NDArray[np.uint32] = channels @ np.array([1 << 24, 1 << 16, 1 << 8, 1], np.uint32)
    table.setflags(write=False)
    return table


class HeatPalette:
    """Turns heat into pictures in the colours of a theme. One for each view: it uses its memory again."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._memory = np.empty((0, 0), np.uint32)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def lut(self) -> NDArray[np.uint32]:
        """[256] premultiplied ARGB; entry i stands for the probability (i / 255)²."""
        return color_table(self._theme)

    def image(self, heat: Floats) -> QImage:
        """A picture of `heat` [T, pitches], T wide, one pixel a cell, the highest pitch on top.

        Values are probabilities; what lies outside 0–1 counts as 0 or 1. The picture is good until the
        next call, which writes into the same memory.
        """
        steps, pitches = heat.shape
        if steps == 0 or pitches == 0:
            return QImage()
        if self._memory.shape != (pitches, steps):
            self._memory = np.empty((pitches, steps), np.uint32)
        np.take(self.lut, _levels(heat), out=self._memory, mode="clip")
        return QImage(self._memory.data, steps, pitches, 4 * steps, QImage.Format.Format_ARGB32_Premultiplied)

    def color(self, probability: float) -> QColor:
        """The colour of a probability as it is seen on the rows of the white keys."""
        argb = int(self.lut[round(place(probability) * (LEVELS - 1))])
        alpha = (argb >> 24) / 255.0
        below = QColor(self._theme.roll_row)
        behind = (below.red(), below.green(), below.blue())
        over = ((argb >> 16) & 255, (argb >> 8) & 255, argb & 255)
        return QColor(*(min(255, round(o + b * (1.0 - alpha))) for o, b in zip(over, behind, strict=True)))


def _levels(heat: Floats) -> NDArray[np.intp]:
    """[pitches, T] indices into the colour table, the highest pitch first."""
    scaled = np.sqrt(np.clip(heat, 0.0, 1.0))
    scaled *= np.float32(LEVELS - 1)
    scaled += np.float32(0.5)
    return scaled.astype(np.uint8).T[::-1].astype(np.intp)


def pooled(heat: Floats, columns: int, rows: int | None = None) -> Floats:
    """`heat` [T, pitches] in at most `columns` × `rows` cells, each the highest of those it stands for.

    For pictures with fewer pixels than cells: averaging would hide thin peaks. An axis that is short
    enough, and `rows` of None, leaves that axis alone.
    """
    result = _pooled_axis(heat, columns, 0)
    return result if rows is None else _pooled_axis(result, rows, 1)


def _pooled_axis(heat: Floats, cells: int, axis: int) -> Floats:
    length = heat.shape[axis]
    if cells < 1:
        raise ValueError(f"heat cannot be shown in {cells} cells")
    if length <= cells:
        return heat
    starts = np.arange(cells) * length // cells
    return np.asarray(np.maximum.reduceat(heat, starts, axis=axis))
