"""Marks over the steps whose heat is an average over sampled lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look

BAND: Final = 5.0
"""Pixels that the hatching is high."""
GAP: Final = 4.0


class AveragedMarks(Layer):
    """A hatched band along the upper edge, and under it the words, where they have room."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=1.5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._spans: tuple[tuple[int, int], ...] = ()
        self._words = ""

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Ticks [start, end) that are marked."""
        return self._spans

    @property
    def words(self) -> str:
        return self._words

    def set_spans(self, spans: Sequence[tuple[int, int]], words: str) -> None:
        """Mark the ticks [start, end) of each; `words` say what that means."""
        if (tuple(spans), words) != (self._spans, self._words):
            self._spans, self._words = tuple(spans), words
            self.update()

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        view, color = self.coordinates, self.look.theme.color("text_muted")
        hatching = QBrush(color, Qt.BrushStyle.BDiagPattern)
        painter.setFont(self.look.small_font)
        letters = QFontMetricsF(self.look.small_font)
        for start, end in self._spans:
            left, right = max(-1.0, view.x(start)), min(view.width + 1.0, view.x(end))
            if right <= max(left, exposed.left()) or left > exposed.right():
                continue
            painter.fillRect(QRectF(left, 0.0, right - left, BAND), hatching)
            painter.setPen(color)
            painter.drawLine(QPointF(left, BAND + 0.5), QPointF(right, BAND + 0.5))
            if letters.horizontalAdvance(self._words) + 2 * GAP < right - left:
                painter.drawText(QPointF(left + GAP, BAND + GAP + letters.ascent()), self._words)
