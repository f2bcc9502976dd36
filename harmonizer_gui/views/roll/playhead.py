"""The line at the place that is played: an item of its own, so that little is painted when it moves."""

from __future__ import annotations

from PySide6.QtCore import QLineF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem

from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look


class Playhead(QGraphicsLineItem):
    """Stands at a tick, over the whole height."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent)
        self.setZValue(5.0)
        self._coordinates = Coordinates()
        self._tick = 0.0
        self.set_look(look)

    @property
    def tick(self) -> float:
        return self._tick

    def set_look(self, look: Look) -> None:
        self.setPen(look.playhead_pen)

    def set_tick(self, tick: float) -> None:
        self._tick = tick
        self._place()

    def set_coordinates(self, coordinates: Coordinates) -> None:
        self._coordinates = coordinates
        self.setLine(QLineF(0.0, 0.0, 0.0, coordinates.height))
        self._place()

    def _place(self) -> None:
        x = self._coordinates.x(self._tick)
        self.setVisible(-2.0 <= x <= self._coordinates.width + 2.0)
        self.setPos(round(x), 0.0)
