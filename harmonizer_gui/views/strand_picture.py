"""A small picture of a line of notes, as the roll would show it from afar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from harmonizer_gui.score import Note
from harmonizer_gui.views.theme import Theme

_WIDTH, _HEIGHT = 220, 44
_MARGIN = 4
_ROW = 3.0
"""The height of a note, in pixels."""


def note_bars(notes: Sequence[Note], *, end: int, width: float, height: float) -> list[QRectF]:
    """Where the notes lie in a picture of `width` by `height` pixels that shows the ticks [0, end)."""
    if not notes:
        return []
    lowest, highest = min(note.pitch for note in notes), max(note.pitch for note in notes)
    steps = max(12, highest - lowest)
    middle = (lowest + highest) / 2
    scale = width / max(1, end)
    room = height - _ROW
    return [
        QRectF(
            note.start * scale,
            room / 2 - (note.pitch - middle) * room / steps,
            max(1.0, note.duration * scale - 0.5),
            _ROW,
        )
        for note in notes
    ]


class StrandPicture(QWidget):
    """The notes of one strand within the length of the whole piece."""

    def __init__(self, notes: Sequence[Note], end: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = notes
        self._end = end
        self._ground = QColor(theme.roll_row)
        self._color = QColor(theme.text_muted)
        self.setFixedHeight(_HEIGHT)
        self.setMinimumWidth(_WIDTH)

    def set_color(self, color: QColor) -> None:
        self._color = color
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(self.rect(), _MARGIN, _MARGIN)
        painter.translate(_MARGIN, _MARGIN)
        painter.setBrush(self._color)
        width, height = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        painter.drawRects(note_bars(self._notes, end=self._end, width=width, height=height))
        painter.end()
