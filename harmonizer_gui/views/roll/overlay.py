"""What lies over the notes: the rubber band, and words on an empty roll."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from harmonizer_gui.views.roll.coordinates import Box, Coordinates
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.theme import UNIT


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
    """A few words on a plate in the middle of the roll, which the mouse goes through."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent)
        self.setZValue(6.0)
        self._coordinates = Coordinates()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self._plate, self._edge = look.theme.color("panel"), look.theme.color("border")
        self.setFont(look.bar_font)
        self.setBrush(look.text)
        self._place()

    def set_coordinates(self, coordinates: Coordinates) -> None:
        self._coordinates = coordinates
        self._place()

    def set_words(self, words: str) -> None:
        self.setText(words)
        self._place()

    def boundingRect(self) -> QRectF:
        words = super().boundingRect()
        return words.adjusted(-2 * UNIT, -UNIT, 2 * UNIT, UNIT) if self.text() else words

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.text():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._edge)
            painter.setBrush(self._plate)
            painter.drawRoundedRect(self.boundingRect().adjusted(0.5, 0.5, -0.5, -0.5), 5.0, 5.0)
        super().paint(painter, option, widget)  # type: ignore[arg-type]  # Qt itself passes None

    def _place(self) -> None:
        size, view = self.boundingRect(), self._coordinates
        left, top = (view.width - size.width()) / 2, (view.height - size.height()) / 2
        self.setPos(round(left - size.left()), round(top - size.top()))
