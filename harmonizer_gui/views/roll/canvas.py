"""The widget that the roll is painted on: one scene with keyboard, ruler, lines above the notes, notes."""

from __future__ import annotations

from enum import IntEnum

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsWidget, QWidget

from harmonizer_gui.views.roll.keyboard import Keyboard
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.ruler import Ruler
from harmonizer_gui.views.roll.strip import Strip
from harmonizer_gui.views.roll.view_box import RollViewBox
from harmonizer_gui.views.roll.wheel import NOTCH, Turn


class Row(IntEnum):
    """What stands above what. A line above the notes that is not there takes no room."""

    RULER = 0
    CHORDS = 1
    SURPRISE = 2
    NOTES = 3
    LANE = 4


LEFT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
"""What means something on the roll even where its actions are grey."""


RING = 2.0
"""Pixels of the line around the roll when it was reached by the keyboard."""
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""A menu, or another window: the roll is where it was afterwards."""


class Canvas(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """`turned` carries a `Turn` of the wheel, `pinched` the factor and the place in pixels of the roll."""

    turned = Signal(object)
    held_changed = Signal(object)
    """The modifiers that are held from now on."""
    pinched = Signal(float, float)
    key_left = Signal(int)
    """A key that no action has taken."""
    focused = Signal(bool)
    """Whether the keys go to the roll from now on."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = RollViewBox()
        self.keyboard = Keyboard(look)
        self.ruler = Ruler(look)
        self._ring = QColor()
        self._has_ring = False
        self._lay_out()
        self.viewport().installEventFilter(self)

    def _lay_out(self) -> None:
        centre = QGraphicsWidget()
        self._grid = QGraphicsGridLayout(centre)
        self._grid.setContentsMargins(0.0, 0.0, 0.0, 0.0)
        self._grid.setSpacing(0.0)
        self._grid.addItem(self.ruler, Row.RULER, 1)
        self._grid.addItem(self.keyboard, Row.NOTES, 0)
        self._grid.addItem(self.field, Row.NOTES, 1)
        self.setCentralItem(centre)

    def add_strip(self, strip: Strip, row: Row) -> None:
        """Put `strip` over or under the notes, in line with them."""
        self._grid.addItem(strip, row, 1)

    def remove_strip(self, strip: Strip) -> None:
        """Take `strip` out, so that it leaves no gap."""
        self._grid.removeItem(strip)

    def set_look(self, look: Look) -> None:
        self.setBackground(look.theme.color("panel"))
        self._ring = look.theme.color("accent")
        self.keyboard.set_look(look)
        self.ruler.set_look(look)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes with the keyboard sees a ring; a click needs none."""
        super().focusInEvent(event)
        if event.reason() not in _PASSING:
            self._show_ring(on=event.reason() in _BY_KEY)
        self.focused.emit(self.hasFocus())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self._show_ring(on=False)
            self.focused.emit(self.hasFocus())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._show_ring(on=False)
        super().mousePressEvent(event)

    def _show_ring(self, *, on: bool) -> None:
        if on != self._has_ring:
            self._has_ring = on
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._has_ring:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._ring, RING))
            painter.drawRect(
                QRectF(self.viewport().rect()).adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2)
            )
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No item takes keys; the window's actions do."""
        self._tell_held(event)
        if event.key() in LEFT_KEYS:
            self.key_left.emit(event.key())
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._tell_held(event)
        event.ignore()

    def _tell_held(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt):
            self.held_changed.emit(event.modifiers())

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = self._in_field(event.position())
        held = event.modifiers()
        notches, pixels = event.angleDelta(), event.pixelDelta()
        self.turned.emit(
            Turn(
                place.x(),
                place.y(),
                notches=(notches.x() / NOTCH, notches.y() / NOTCH),
                pixels=(float(pixels.x()), float(pixels.y())),
                shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
                ctrl=bool(held & Qt.KeyboardModifier.ControlModifier),
            )
        )
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Two fingers that move apart on a trackpad."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.pinched.emit(1.0 + event.value(), self._in_field(event.position()).x())
            return True
        return bool(super().eventFilter(watched, event))

    def _in_field(self, place: QPointF) -> QPointF:
        place_: QPointF = self.field.mapFromScene(self.mapToScene(place.toPoint()))
        return place_
