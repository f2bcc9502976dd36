"""What all painted layers of the roll share."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmapCache
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look

_KEPT_KB: Final = 128 * 1024
"""Room for two kept layers of a roll of 3840 × 2160 pixels; Qt would give 10 MB to all pictures together."""


class Layer(QGraphicsObject):
    """Covers the whole roll and paints in its pixels, only what is exposed."""

    def __init__(self, parent: QGraphicsItem, look: Look, *, height: float) -> None:
        super().__init__(parent)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(height)
        self.look = look
        self.coordinates = Coordinates()

    def keep_painted(self) -> None:
        """Keep what is painted until `update`: what lies above or below may then change at little cost."""
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), _KEPT_KB))
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def set_look(self, look: Look) -> None:
        self.look = look
        self.update()

    def set_coordinates(self, coordinates: Coordinates) -> None:
        if (coordinates.width, coordinates.height) != (self.coordinates.width, self.coordinates.height):
            self.prepareGeometryChange()
        self.coordinates = coordinates
        self.update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        exposed: QRectF = option.exposedRect
        self.paint_exposed(painter, exposed)

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint what lies in `exposed`, in pixels of the roll."""
        raise NotImplementedError

    def boundingRect(self) -> QRectF:
        return QRectF(0.0, 0.0, self.coordinates.width, self.coordinates.height)
