"""The strip under the ruler: bits, entropy or disagreement, step by step."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGraphicsSceneContextMenuEvent,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QGraphicsSimpleTextItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.strip import Strip

HEIGHT: Final = 30.0
FULL: Final = 6.0
"""Bits that fill the strip; more is cut and marked."""
STRIKING: Final = 4.0
"""Bits from which on a bar has the colour of a warning."""
NARROWEST: Final = 2.0
"""Pixels that a bar takes at least; of those it stands for, the highest is shown."""
STALE_OPACITY: Final = 0.4
LABEL_GAP: Final = 6.0


class SurpriseStrip(Strip):
    """A bar for each step. `pointed` tells the step under the mouse, −1 for none; a click asks for it."""

    pointed = Signal(int)
    step_pressed = Signal(int)
    menu_asked = Signal(object)
    """Where on the screen the menu shall open."""

    def __init__(self, look: Look) -> None:
        self._label = QGraphicsSimpleTextItem()
        super().__init__(look)
        self._label.setParentItem(self)
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_thickness(height=HEIGHT)
        self._values: NDArray[np.float32] = np.empty(0, np.float32)
        self._is_warning = False
        self._is_stale = False

    def set_values(self, values: NDArray[np.float32] | None, *, stale: bool, warns: bool) -> None:
        """Show bits [T], NaN for steps without any. With `warns`, bars from STRIKING on are marked."""
        self._values = np.empty(0, np.float32) if values is None else values
        self._is_stale, self._is_warning = stale, warns
        self.update()

    def set_label(self, short: str, words: str) -> None:
        """Say what is shown: `short` beside the strip, over the keyboard, `words` for whoever asks."""
        self._label.setText(short)
        self.setToolTip(words)
        self._place_label()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._place_label()

    def _place_label(self) -> None:
        self._label.setFont(self.look.small_font)
        self._label.setBrush(self.look.muted)
        size = self._label.boundingRect()
        self._label.setPos(-size.width() - LABEL_GAP, (HEIGHT - size.height()) / 2)

    @property
    def values(self) -> NDArray[np.float32]:
        return self._values

    def value_at(self, step: int) -> float | None:
        """None where there is none."""
        if not 0 <= step < len(self._values) or math.isnan(self._values[step]):
            return None
        return float(self._values[step])

    def bars(self) -> list[tuple[QRectF, float]]:
        """What is seen: a rectangle and its bits for each step, or for as many as fit in `NARROWEST`."""
        view = self.coordinates
        first = max(0, int(view.left // STEP_TICKS))
        stop = min(len(self._values), int(view.right // STEP_TICKS) + 1)
        width = STEP_TICKS * view.tick_width
        together = max(1, math.ceil(NARROWEST / width))
        first -= first % together
        if first >= stop:
            return []
        known = np.nan_to_num(self._values[first:stop], nan=0.0)
        highest = np.maximum.reduceat(known, np.arange(0, stop - first, together))
        gap = 1.0 if width * together > 4.0 else 0.0
        found = []
        for index in np.flatnonzero(highest > 0.0).tolist():
            bits = float(highest[index])
            height = max(1.0, min(1.0, bits / FULL) * (HEIGHT - 8.0))
            x = view.x((first + index * together) * STEP_TICKS)
            found.append((QRectF(x, HEIGHT - 2.0 - height, width * together - gap, height), bits))
        return found

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002  # Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        theme = self.look.theme
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.setOpacity(STALE_OPACITY if self._is_stale else 1.0)
        calm, striking = theme.color("accent"), theme.color("problem")
        bars = self.bars()
        painter.setPen(Qt.PenStyle.NoPen)
        for color, is_striking in ((calm, False), (striking, True)):
            painter.setBrush(color)
            painter.drawRects(
                [r for r, bits in bars if (self._is_warning and bits >= STRIKING) is is_striking]
            )
        painter.setOpacity(1.0)
        painter.setPen(theme.color("border"))
        foot = self.rect().height() - 0.5
        painter.drawLine(QPointF(0.0, foot), QPointF(self.rect().width(), foot))

    def _step(self, place: QPointF) -> int:
        return int(self.coordinates.tick(place.x()) // STEP_TICKS)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.step_pressed.emit(max(0, self._step(event.pos())))
        else:
            event.ignore()

    def contextMenuEvent(self, event: QGraphicsSceneContextMenuEvent) -> None:
        self.menu_asked.emit(event.screenPos())

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.pointed.emit(self._step(event.pos()))

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:  # noqa: ARG002  # Qt's signature
        self.pointed.emit(-1)
