"""The keys at the left: which row is which pitch, and what sounds."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from harmonizer_gui.score import KeySignature, pitch_name
from harmonizer_gui.views.roll.background import is_black
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.strip import Strip

KEYBOARD_WIDTH = 56.0
BLACK_PART = 0.62
"""How far a black key reaches."""


class Keyboard(Strip):
    """A press on a key asks to hear it; the keys that sound and the one under the mouse are lit."""

    pressed = Signal(int)
    """The pitch of the key under the mouse, while the button is down."""
    pointed = Signal(object)
    """The pitch of the key under the mouse, None when it has gone."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.set_thickness(width=KEYBOARD_WIDTH)
        self.setAcceptHoverEvents(True)
        self._lit: frozenset[int] = frozenset()
        self._pointed: int | None = None
        self._key: KeySignature | None = None
        self._held: int | None = None

    @property
    def lit(self) -> frozenset[int]:
        return self._lit

    def set_lit(self, pitches: frozenset[int]) -> None:
        """Light the keys that sound."""
        if pitches != self._lit:
            self._lit = pitches
            self.update()

    @property
    def held(self) -> int | None:
        """The key that the mouse holds down, here or by a note."""
        return self._held

    def set_held(self, pitch: int | None) -> None:
        if pitch != self._held:
            self._held = pitch
            self.update()

    def set_pointed(self, pitch: int | None, key: KeySignature | None = None) -> None:
        """Mark the row under the mouse, and name it as it is written in `key`."""
        if (pitch, key) != (self._pointed, self._key):
            self._pointed, self._key = pitch, key
            self.update()

    def set_coordinates(self, coordinates: Coordinates) -> None:
        """The keys stay as they are painted where only the time moves."""
        if coordinates.has_rows_of(self.coordinates):
            self.coordinates = coordinates
        else:
            super().set_coordinates(coordinates)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002  # Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        theme, view = self.look.theme, self.coordinates
        painter.fillRect(self.rect(), theme.color("key_white"))
        for pitch in view.visible_pitches:
            self._paint_row(painter, pitch)
        painter.setPen(theme.color("border"))
        painter.drawLine(QLineF(KEYBOARD_WIDTH - 0.5, 0.0, KEYBOARD_WIDTH - 0.5, view.height))

    def _paint_row(self, painter: QPainter, pitch: int) -> None:
        theme, view = self.look.theme, self.coordinates
        top, height = view.y(pitch), view.row_height
        width = KEYBOARD_WIDTH * (BLACK_PART if is_black(pitch) else 1.0)
        if is_black(pitch):
            painter.fillRect(QRectF(0.0, top, width, height), theme.color("key_black"))
            painter.setPen(theme.color("key_line"))
            middle = round(top + height / 2) + 0.5
            painter.drawLine(QLineF(width, middle, KEYBOARD_WIDTH, middle))
        elif pitch % 12 in (0, 5):
            painter.setPen(theme.color("key_line"))
            below = round(top + height) - 0.5
            painter.drawLine(QLineF(0.0, below, KEYBOARD_WIDTH, below))
        if pitch in self._lit or pitch == self._held:
            painter.fillRect(QRectF(0.0, top, width, height), theme.color("accent"))
        if pitch % 12 == 0 or pitch == self._pointed:
            self._paint_name(painter, pitch)

    def _paint_name(self, painter: QPainter, pitch: int) -> None:
        """The C of each octave is C, also where B♯ is written; the key under the mouse as it is written."""
        theme, view = self.look.theme, self.coordinates
        metrics = QFontMetricsF(self.look.small_font)
        is_pointed = pitch == self._pointed
        name = pitch_name(pitch, self._key if is_pointed else None)
        width = metrics.horizontalAdvance(name) + 8.0
        middle = view.y(pitch) + view.row_height / 2
        plate = QRectF(KEYBOARD_WIDTH - width - 3.0, middle - metrics.height() / 2, width, metrics.height())
        if is_pointed:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_fill"))
            painter.drawRoundedRect(plate, 3.0, 3.0)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(self.look.small_font)
        painter.setPen(theme.color("on_accent" if is_pointed else "key_text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, name)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press(self.coordinates.pitch(event.pos().y()))
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Slide along the keys."""
        pitch = self.coordinates.pitch(event.pos().y())
        if pitch != self._held:
            self._press(pitch)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:  # noqa: ARG002  # Qt's signature
        self.set_held(None)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.pointed.emit(self.coordinates.pitch(event.pos().y()))

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:  # noqa: ARG002  # Qt's signature
        self.pointed.emit(None)

    def _press(self, pitch: int) -> None:
        self.set_held(pitch)
        self.pressed.emit(pitch)
