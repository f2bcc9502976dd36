"""The keys that the singers of the voice being edited do not reach, shaded; a bar beside those they do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.keyboard import KEYBOARD_WIDTH
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look

_SHADE: Final = 0.45
_BAR: Final = 4.0


class RangeShade(Layer):
    """Lies over the keyboard; the mouse goes through."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=1.0)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._voice = VoiceName.ALTO
        self._range: tuple[int, int] | None = None

    @property
    def range(self) -> tuple[int, int] | None:
        """The pitches (MIDI) that are not shaded; None where all are alike."""
        return self._range

    def show_range(self, voice: VoiceName, span: tuple[int, int] | None) -> None:
        """Shade what lies outside the lowest and the highest pitch; None for nothing."""
        self._voice, self._range = voice, span
        self.update()

    def set_coordinates(self, coordinates: Coordinates) -> None:
        """It stays as it is painted where only the time moves."""
        if coordinates.has_rows_of(self.coordinates):
            self.coordinates = coordinates
        else:
            super().set_coordinates(coordinates)

    def boundingRect(self) -> QRectF:
        return QRectF(0.0, 0.0, KEYBOARD_WIDTH, self.coordinates.height)

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        if self._range is None:
            return
        view, (low, high) = self.coordinates, self._range
        top, bottom = view.y(high), view.y(low) + view.row_height
        shade = QColor(self.look.theme.key_black)
        shade.setAlphaF(_SHADE)
        width = KEYBOARD_WIDTH - 1.0
        above = QRectF(0.0, 0.0, width, max(0.0, top))
        below = QRectF(0.0, max(0.0, bottom), width, max(0.0, view.height - max(0.0, bottom)))
        for place in (above, below):
            painter.fillRect(place & exposed, shade)
        bar = QRectF(width - _BAR, max(0.0, top), _BAR, max(0.0, min(bottom, view.height) - max(0.0, top)))
        painter.fillRect(bar, self.look.theme.voice(self._voice))
