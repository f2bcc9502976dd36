"""The lane under the notes: how likely the voice is silent."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.views.heat_image import HeatPalette, pooled
from harmonizer_gui.views.heat_scale import HeatMeasure, HeatScale
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.strip import Strip

HEIGHT: Final = 14.0
LABEL_GAP: Final = 6.0


class RestLane(Strip):
    """One row of heat, in the colours of the scale. Ranks are for pitches: silence keeps its probability."""

    def __init__(self, look: Look) -> None:
        self._label = QGraphicsSimpleTextItem()
        super().__init__(look)
        self._label.setParentItem(self)
        self._rests: NDArray[np.float32] | None = None
        self._palette = HeatPalette(look.theme)
        self._scale = HeatScale()
        self.set_thickness(height=HEIGHT)
        self._label.setText(self.tr("rest"))
        self.setToolTip(self.tr("How likely the voice is silent at each step"))
        self.set_scale(self._scale)

    def set_rests(self, rests: NDArray[np.float32] | None, *, stale: bool = False) -> None:
        """Show [T] probabilities of silence, faintly while `stale`; None for none."""
        self._rests = rests
        self.setOpacity(0.5 if stale else 1.0)
        self.update()

    def set_scale(self, scale: HeatScale) -> None:
        self._scale = HeatScale(colors=scale.colors) if scale.measure is HeatMeasure.RANK else scale
        self._dress()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._dress()

    def _dress(self) -> None:
        self._palette = HeatPalette(self.look.theme, self._scale)
        self._label.setFont(self.look.small_font)
        self._label.setBrush(self.look.muted)
        size = self._label.boundingRect()
        self._label.setPos(-size.width() - LABEL_GAP, (HEIGHT - size.height()) / 2)
        self.update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002  # Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        theme, view = self.look.theme, self.coordinates
        painter.fillRect(self.rect(), theme.color("roll_row"))
        painter.setPen(theme.color("roll_bar_line"))
        painter.drawLine(QPointF(0.0, 0.5), QPointF(self.rect().width(), 0.5))
        if self._rests is None:
            return
        first = max(0, int(view.left // STEP_TICKS))
        stop = min(len(self._rests), math.ceil(view.right / STEP_TICKS))
        if first < stop:
            left, right = view.x(first * STEP_TICKS), view.x(stop * STEP_TICKS)
            seen = pooled(self._rests[first:stop, None], max(1, int(right - left)))
            painter.drawImage(QRectF(left, 2.0, right - left, HEIGHT - 3.0), self._palette.image(seen))
