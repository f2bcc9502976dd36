"""What all painted layers of the roll share."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look


class Layer(QGraphicsObject):
    """Covers the whole roll and paints in its pixels, only what is exposed."""

    def __init__(self, parent: QGraphicsItem, look: Look, *, height: float) -> None:
        super().__init__(parent)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(height)
        self.look = look
        self.coordinates = Coordinates()

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
        widget: QWidget | None = None,
    ) -> None:
        exposed: QRectF = option.exposedRect
        if widget is None:
            self.paint_for_file(painter, exposed)
        else:
            self.paint_exposed(painter, exposed)

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint what lies in `exposed`, in pixels of the roll."""
        raise NotImplementedError

    def paint_for_file(self, painter: QPainter, exposed: QRectF) -> None:
        """The same in lines and areas, which are sharp at any scale."""
        self.paint_exposed(painter, exposed)

    def boundingRect(self) -> QRectF:
        return QRectF(0.0, 0.0, self.coordinates.width, self.coordinates.height)
