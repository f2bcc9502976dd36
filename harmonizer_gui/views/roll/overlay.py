"""What a gesture draws over the notes: the rubber band."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem

from harmonizer_gui.views.roll.coordinates import Box
from harmonizer_gui.views.roll.look import Look


class BandItem(QGraphicsRectItem):
    """Hidden while there is no band."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent)
        self.setZValue(4.0)
        self.set_look(look)
        self.hide()

    def set_look(self, look: Look) -> None:
        self.setPen(look.band_pen)
        self.setBrush(look.band_fill)

    def set_box(self, box: Box | None) -> None:
        self.setVisible(box is not None)
        if box is not None:
            self.setRect(QRectF(box.x, box.y, box.width, box.height))
