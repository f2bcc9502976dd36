"""The field of the notes: it maps ticks and pitches for its items and passes the mouse on."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QGraphicsSceneResizeEvent,
    QGraphicsSceneWheelEvent,
)

from harmonizer_gui.views.roll.coordinates import Coordinates


class RollViewBox(pg.ViewBox):  # type: ignore[misc]  # pyqtgraph has no types
    """A ViewBox that shows a `Coordinates` and leaves the meaning of the mouse to its listeners.

    Items added with `addItem` lie in ticks and pitches, child items in pixels.
    """

    pressed = Signal(object)
    """A `QGraphicsSceneMouseEvent` of the left or right button, as with the next three."""
    double_clicked = Signal(object)
    moved = Signal(object)
    released = Signal(object)
    hovered = Signal(object)
    """A `QGraphicsSceneHoverEvent`, None when the mouse has gone."""
    panned = Signal(float, float)
    """Pixels by which the middle button dragged the paper to the right and down."""
    resized = Signal(float, float)

    def __init__(self) -> None:
        super().__init__(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsFocusable, enabled=False)
        self.setAcceptHoverEvents(True)
        self.disableAutoRange()
        self._pan_from: QPointF | None = None

    def set_view(self, view: Coordinates) -> None:
        """Map ticks and pitches as `view` does."""
        self.setRange(xRange=(view.left, view.right), yRange=(view.bottom, view.top), padding=0.0)

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.width(), self.height())

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        """The canvas has seen the wheel already; a ViewBox would zoom both axes."""
        event.ignore()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan_from = event.screenPos().toPointF()
        else:
            self.pressed.emit(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit(event)
            event.accept()
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._pan_from is None:
            self.moved.emit(event)
        else:
            place = event.screenPos().toPointF()
            way, self._pan_from = place - self._pan_from, place
            self.panned.emit(way.x(), way.y())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan_from = None
        else:
            self.released.emit(event)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.hovered.emit(event)

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:  # noqa: ARG002  # Qt's signature
        self.hovered.emit(None)
