"""What is locked to a key or chord: a line with its name at the upper edge, a veil over all other rows."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.engine.guidance import Guidance, Lock
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look

_VEIL: Final = {True: 0.13, False: 0.1}
"""Opacity on the dark paper and on the light one."""
_LINE: Final = 3.0
_GAP: Final = 2.0
"""Pixels between the lines of two spans."""
FOREVER: Final = 1 << 40
"""The end, in ticks, of what is locked to the end of the piece."""

Span = tuple[int, int, Lock]


def spans_of(guidance: Guidance) -> list[Span]:
    """Which lock holds from which tick to which, in order of time."""
    edges = sorted({tick for lock in guidance.locks for tick in (lock.start, lock.end or FOREVER)})
    found: list[Span] = []
    for start, end in pairwise(edges):
        lock = guidance.lock_at(start)
        if lock is None:
            continue
        if found and found[-1][1] == start and found[-1][2] is lock:
            found[-1] = (found[-1][0], end, lock)
        else:
            found.append((start, end, lock))
    return found


class KeyMarks(Layer):
    """Lies over the heat and under the notes; the mouse goes through."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=1.5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._spans: list[Span] = []
        self.hide()

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(self._spans)

    def show_locks(self, guidance: Guidance) -> None:
        self._spans = spans_of(guidance)
        self.setVisible(bool(self._spans))
        self.update()

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        view = self.coordinates
        for start, end, lock in self._spans:
            if end > view.left and start < view.right:
                left, right = max(view.x(start), -_GAP), min(view.x(end), view.width + _GAP)
                self._veil(painter, exposed, QRectF(left, 0.0, right - left, view.height), lock)
                self._name(painter, left, right, lock)

    def _veil(self, painter: QPainter, exposed: QRectF, place: QRectF, lock: Lock) -> None:
        """Rows that are not allowed."""
        view, theme = self.coordinates, self.look.theme
        veil = QColor(theme.text)
        veil.setAlphaF(_VEIL[theme.is_dark])
        for pitch in range(view.pitch(exposed.bottom()), view.pitch(exposed.top()) + 1):
            if pitch % 12 not in lock.pitch_classes:
                row = QRectF(place.left(), view.y(pitch), place.width(), view.row_height)
                painter.fillRect(row & exposed, veil)

    def _name(self, painter: QPainter, left: float, right: float, lock: Lock) -> None:
        accent = self.look.theme.color("accent")
        painter.fillRect(QRectF(left + _GAP / 2, 0.0, right - left - _GAP, _LINE), accent)
        metrics = QFontMetricsF(self.look.small_font)
        room = right - left - 3 * _GAP - 8.0
        words = metrics.elidedText(lock.label, Qt.TextElideMode.ElideRight, max(0.0, room))
        if words in ("", "…"):
            return
        plate = QRectF(
            max(left, 0.0) + _GAP, _LINE + _GAP, metrics.horizontalAdvance(words) + 8.0, metrics.height()
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.theme.color("accent_soft"))
        painter.drawRoundedRect(plate, 3.0, 3.0)
        painter.setFont(self.look.small_font)
        painter.setPen(self.look.text)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
