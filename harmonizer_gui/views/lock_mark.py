"""The small padlock on what is locked: pure painting."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def paint_lock(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A padlock that fills `box`, whose sides should be about alike."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = QRectF(box.left(), box.center().y() - 0.05 * box.height(), box.width(), 0.55 * box.height())
    bow = QRectF(box.left() + 0.18 * box.width(), box.top(), 0.64 * box.width(), 0.9 * box.height())
    arc = QPainterPath()
    arc.arcMoveTo(bow, 0.0)
    arc.arcTo(bow, 0.0, 180.0)
    painter.strokePath(arc, QPen(color, max(1.0, 0.14 * box.width())))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(body, 0.12 * box.width(), 0.12 * box.width())
