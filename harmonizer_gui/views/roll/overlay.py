"""What lies over the notes: the rubber band, and words on an empty roll."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QGraphicsSimpleTextItem

from harmonizer_gui.views.roll.coordinates import Box, Coordinates
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


class HintItem(QGraphicsSimpleTextItem):
    """A few words in the middle of the roll, which the mouse goes through."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent)
        self.setZValue(6.0)
        self._coordinates = Coordinates()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self.setFont(look.bar_font)
        self.setBrush(look.muted)
        self._place()

    def set_coordinates(self, coordinates: Coordinates) -> None:
        self._coordinates = coordinates
        self._place()

    def set_words(self, words: str) -> None:
        self.setText(words)
        self._place()

    def _place(self) -> None:
        size, view = self.boundingRect(), self._coordinates
        self.setPos(round((view.width - size.width()) / 2), round((view.height - size.height()) / 2))
