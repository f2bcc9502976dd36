"""The heat under the notes: one picture, a pixel a cell, stretched over the steps."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.score import HIGHEST_PITCH
from harmonizer_gui.views.heat_image import HeatPalette, pooled
from harmonizer_gui.views.theme import Theme

STALE_OPACITY = 0.45
"""How much of the heat is seen while a newer one is being worked out."""


class HeatItem(QGraphicsObject):
    """Lies in the coordinates of the music: x in ticks, y in pitches, upwards."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(1.0)
        self._palette = HeatPalette(theme)
        self._heat: NDArray[np.float32] | None = None
        self._image = QImage()
        self._steps_a_column = 1

    @property
    def heat(self) -> NDArray[np.float32] | None:
        """[T, 88] what is shown, None for no heat."""
        return self._heat

    def set_heat(self, heat: NDArray[np.float32] | None, *, stale: bool = False) -> None:
        """Show `heat` [T, 88], dimmed while it is `stale`; None shows none."""
        if heat is not self._heat:
            self.prepareGeometryChange()
            self._heat = heat
            self._draw()
        self.setOpacity(STALE_OPACITY if stale else 1.0)

    def set_theme(self, theme: Theme) -> None:
        self._palette = HeatPalette(theme)
        self._draw()

    def set_tick_width(self, tick_width: float) -> None:
        """Where a step is narrower than a pixel, show the highest of those that share one."""
        steps = max(1, math.ceil(1.0 / (STEP_TICKS * tick_width)))
        if steps != self._steps_a_column:
            self._steps_a_column = steps
            self._draw()

    def boundingRect(self) -> QRectF:
        """Ticks and pitches; the lower edge of the lowest key first, since pitches grow upwards."""
        if self._heat is None:
            return QRectF()
        steps, pitches = self._heat.shape
        return QRectF(0.0, HIGHEST_PITCH + 0.5 - pitches, float(steps * STEP_TICKS), float(pitches))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002  # Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        if self._image.isNull():
            return
        area = self.boundingRect()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.scale(1.0, -1.0)  # pictures grow downwards
        painter.drawImage(QRectF(area.left(), -area.bottom(), area.width(), area.height()), self._image)

    def _draw(self) -> None:
        self.update()
        if self._heat is None or not self._heat.size:
            self._image = QImage()
            return
        columns = math.ceil(len(self._heat) / self._steps_a_column)
        self._image = self._palette.image(pooled(self._heat, columns))
