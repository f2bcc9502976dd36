"""The heat under the notes: one picture, a pixel a cell, stretched over the steps."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.score import HIGHEST_PITCH
from harmonizer_gui.views.heat_image import HeatPalette, HeatPicture
from harmonizer_gui.views.heat_scale import HeatScale
from harmonizer_gui.views.theme import Theme

STALE_OPACITY = 0.45
"""How much of the heat is seen while a newer one is being worked out."""


class HeatItem(QGraphicsObject):
    """Lies in the coordinates of the music: x in ticks, y in pitches, upwards."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(1.0)
        self._palette = HeatPalette(theme)
        self._heat: NDArray[np.float32] | None = None
        self._levels: list[NDArray[np.float32]] = []
        self._pictures: dict[int, HeatPicture] = {}
        self._level = 0
        self._opacity = 1.0
        self._is_stale = False

    @property
    def heat(self) -> NDArray[np.float32] | None:
        """[T, 88] what is shown, None for no heat."""
        return self._heat

    def set_heat(self, heat: NDArray[np.float32] | None, *, stale: bool = False) -> None:
        """Show `heat` [T, 88], dimmed while it is `stale`; None shows none."""
        if heat is not self._heat:
            self.prepareGeometryChange()
            self._heat = heat
            self._begin()
        self._is_stale = stale
        self._dim()

    def set_strength(self, opacity: float) -> None:
        """How strongly the heat lies on the roll, 0–1."""
        self._opacity = opacity
        self._dim()

    def _dim(self) -> None:
        self.setOpacity(self._opacity * (STALE_OPACITY if self._is_stale else 1.0))

    def set_theme(self, theme: Theme) -> None:
        self._palette = HeatPalette(theme, self._palette.scale)
        self._pictures.clear()
        self.update()

    def set_scale(self, scale: HeatScale) -> None:
        """Colour by `scale` from now on."""
        self._palette = HeatPalette(self._palette.theme, scale)
        self._begin()

    def _begin(self) -> None:
        heat = self._heat
        self._levels = [] if heat is None or not heat.size else [self._palette.scale.prepared(heat)]
        self._pictures.clear()
        self.update()

    def set_tick_width(self, tick_width: float) -> None:
        """Where a step is narrower than a pixel, show the highest of those that share one.

        They share by 2, 4, 8 …, so that a picture once drawn serves again as the user zooms.
        """
        level = max(0, math.ceil(math.log2(1.0 / (STEP_TICKS * tick_width))))
        if level != self._level:
            self._level = level
            self.update()

    def boundingRect(self) -> QRectF:
        """Ticks and pitches; the lower edge of the lowest key first, since pitches grow upwards."""
        if self._heat is None:
            return QRectF()
        steps, pitches = self._heat.shape
        return QRectF(0.0, HIGHEST_PITCH + 0.5 - pitches, float(steps * STEP_TICKS), float(pitches))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        if not self._levels:
            return
        picture = self._picture()
        column = float(STEP_TICKS << self._level)
        exposed: QRectF = option.exposedRect
        first = max(0, math.floor(exposed.left() / column))
        stop = min(picture.steps, math.ceil(exposed.right() / column))
        if first < stop:
            area, image = self.boundingRect(), picture.image(first, stop)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            painter.scale(1.0, -1.0)  # pictures grow downwards
            target = QRectF(first * column, -area.bottom(), (stop - first) * column, area.height())
            painter.drawImage(target, image, QRectF(first, 0.0, stop - first, image.height()))

    def _picture(self) -> HeatPicture:
        """The picture for the zoom of now."""
        picture = self._pictures.get(self._level)
        if picture is None:
            while len(self._levels) <= self._level:
                self._levels.append(_halved(self._levels[-1]))
            picture = HeatPicture(self._levels[self._level], self._palette)
            self._pictures[self._level] = picture
        return picture


def _halved(heat: NDArray[np.float32]) -> NDArray[np.float32]:
    """[⌈T / 2⌉, 88] the higher of every two steps: a mean would hide thin peaks."""
    even, odd = heat[::2], heat[1::2]
    result = even.copy()
    np.maximum(even[: len(odd)], odd, out=result[: len(odd)])
    return result
