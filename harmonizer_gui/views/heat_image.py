"""Probabilities as colours: one fixed scale for all experts and the product."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from harmonizer_gui.views.heat_scale import ColorMap, HeatScale
from harmonizer_gui.views.theme import Theme

Floats = NDArray[np.float32]

LEVELS: Final = 1024
"""How many probabilities are told apart, by equal steps of their square roots."""
STOPS: Final = 256
"""Colours along the scale."""
STRETCH: Final = 256
"""Columns of a long picture that are coloured together."""

# The dark maps leave out their darkest part, which no one tells from the background; the light ones run the
# other way, without the colours that are faint on white or near the tenor's.
_SPAN: Final = {
    (ColorMap.VIRIDIS, True): (0.12, 1.0),
    (ColorMap.VIRIDIS, False): (0.62, 0.04),
    (ColorMap.BLUE_YELLOW, True): (0.14, 1.0),
    (ColorMap.BLUE_YELLOW, False): (0.50, 0.08),
}
_OPAQUE_FROM: Final = {True: 0.30, False: 0.50}
"""Place on the scale, 0–1, from which the map hides what is below; by whether the theme is dark."""


@lru_cache(maxsize=8)
def stops(theme: Theme, colors: ColorMap) -> NDArray[np.uint32]:
    """[256] the colours along the scale as premultiplied ARGB: clear at 0, opaque from the middle on."""
    start, stop = _SPAN[colors, theme.is_dark]
    place = np.linspace(0.0, 1.0, STOPS)
    rgb = pg.colormap.get(colors.value).map(start + (stop - start) * place, mode="float")[:, :3]
    ramp = np.clip(place / _OPAQUE_FROM[theme.is_dark], 0.0, 1.0)
    alpha = ramp * (2.0 - ramp)
    argb = np.column_stack([alpha, rgb * alpha[:, None]])
    channels = np.rint(argb * 255.0).astype(np.uint32)
    table: NDArray[np.uint32] = channels @ np.array([1 << 24, 1 << 16, 1 << 8, 1], np.uint32)
    table.setflags(write=False)
    return table


@lru_cache(maxsize=32)
def color_table(theme: Theme, scale: HeatScale) -> NDArray[np.uint32]:
    """[1024] premultiplied ARGB; entry i is the colour of the probability (i / 1023)² on `scale`."""
    places = [scale.spread(scale.place((i / (LEVELS - 1)) ** 2)) for i in range(LEVELS)]
    indices = np.rint(np.array(places) * (STOPS - 1)).astype(np.intp)
    table: NDArray[np.uint32] = stops(theme, scale.colors)[indices]
    table.setflags(write=False)
    return table


class HeatPalette:
    """Turns heat into pictures in the colours of a theme. One for each view: it uses its memory again."""

    def __init__(self, theme: Theme, scale: HeatScale | None = None) -> None:
        self._theme = theme
        self._scale = HeatScale() if scale is None else scale
        self._memory = np.empty((0, 0), np.uint32)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def scale(self) -> HeatScale:
        return self._scale

    @property
    def lut(self) -> NDArray[np.uint32]:
        """[1024] premultiplied ARGB; entry i stands for the probability (i / 1023)²."""
        return color_table(self._theme, self._scale)

    def image(self, heat: Floats) -> QImage:
        """A picture of `heat` [T, pitches], T wide, one pixel a cell, the highest pitch on top.

        Values are probabilities, or what the scale has `prepared` of them; what lies outside 0–1 counts as
        0 or 1. The picture is good until the next call, which writes into the same memory.
        """
        steps, pitches = heat.shape
        if steps == 0 or pitches == 0:
            return QImage()
        if self._memory.shape != (pitches, steps):
            self._memory = np.empty((pitches, steps), np.uint32)
        self.paint(heat, self._memory)
        return QImage(self._memory.data, steps, pitches, 4 * steps, QImage.Format.Format_ARGB32_Premultiplied)

    def paint(self, heat: Floats, pixels: NDArray[np.uint32]) -> None:
        """Write the colours of `heat` [T, pitches] into `pixels` [pitches, T], the highest pitch first."""
        np.take(self.lut, _levels(heat), out=pixels, mode="clip")

    def color(self, probability: float) -> QColor:
        """The colour of a probability as it is seen on the rows of the white keys."""
        return self.color_at(self._scale.place(probability))

    def color_at(self, place: float) -> QColor:
        """The same for a place on the scale, 0–1."""
        argb = int(stops(self._theme, self._scale.colors)[round(self._scale.spread(place) * (STOPS - 1))])
        alpha = (argb >> 24) / 255.0
        below = QColor(self._theme.roll_row)
        behind = (below.red(), below.green(), below.blue())
        over = ((argb >> 16) & 255, (argb >> 8) & 255, argb & 255)
        return QColor(*(min(255, round(o + b * (1.0 - alpha))) for o, b in zip(over, behind, strict=True)))


class HeatPicture:
    """A picture of `heat` [T, pitches] that is coloured only where it is looked at."""

    def __init__(self, heat: Floats, palette: HeatPalette) -> None:
        steps, pitches = heat.shape
        self._heat = heat
        self._palette = palette
        self._pixels = np.zeros((pitches, steps), np.uint32)
        self._is_painted = np.zeros(-(-steps // STRETCH), np.bool_)

    @property
    def steps(self) -> int:
        return len(self._heat)

    def image(self, first: int, stop: int) -> QImage:
        """All of the picture, of which the columns from `first` to before `stop` may be shown.

        It is good as long as this object.
        """
        for stretch in range(first // STRETCH, -(-stop // STRETCH)):
            if not self._is_painted[stretch]:
                here = slice(stretch * STRETCH, (stretch + 1) * STRETCH)
                self._pixels[:, here] = self._painted(self._heat[here])
                self._is_painted[stretch] = True
        pitches, steps = self._pixels.shape
        return QImage(self._pixels.data, steps, pitches, 4 * steps, QImage.Format.Format_ARGB32_Premultiplied)

    def _painted(self, heat: Floats) -> NDArray[np.uint32]:
        pixels = np.empty(heat.shape[::-1], np.uint32)
        self._palette.paint(heat, pixels)
        return pixels


def _levels(heat: Floats) -> NDArray[np.intp]:
    """[pitches, T] indices into the colour table, the highest pitch first."""
    scaled = np.sqrt(np.clip(heat, 0.0, 1.0))
    scaled *= np.float32(LEVELS - 1)
    scaled += np.float32(0.5)
    return scaled.astype(np.uint16).T[::-1].astype(np.intp)


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
