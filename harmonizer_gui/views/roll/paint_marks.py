"""The marks on painted cells: crosses on what is favoured, bars on what is avoided, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.guidance import PaintedCell
from harmonizer_gui.views.roll.gestures.paint import Cells
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.theme import UNIT, Theme

_FILL: Final = 0.14
_HATCHING: Final = 0.55
_SMALLEST_SIGN: Final = 9.0
"""Pixels of a cell that has room for its sign."""
_SWATCH: Final = 14.0
MOST_IN_DETAIL: Final = 300
"""So many patches are hatched one by one; of more in view none has room for its pattern."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Painted cells of one pitch, one after the other: the steps [start, end)."""

    pitch: int
    start: int
    end: int
    favours: bool


def patches(cells: Iterable[PaintedCell]) -> list[Patch]:
    """The cells of one voice, those side by side that mean the same in one."""
    found: list[Patch] = []
    for _, step, pitch, strength in sorted(cells, key=lambda cell: (cell.pitch, cell.step)):
        favours, last = strength > 0, found[-1] if found else None
        if last is not None and (last.pitch, last.end, last.favours) == (pitch, step, favours):
            found[-1] = Patch(pitch, last.start, step + 1, favours)
        else:
            found.append(Patch(pitch, step, step + 1, favours))
    return found


def mark_color(theme: Theme, *, favours: bool) -> QColor:
    return theme.color("accent" if favours else "problem")


def paint_mark(painter: QPainter, rect: QRectF, theme: Theme, *, favours: bool) -> None:
    """A patch: a frame, hatched with crosses or bars, and its sign where there is room."""
    color = mark_color(theme, favours=favours)
    _fill(painter, rect, color, _FILL, Qt.BrushStyle.SolidPattern)
    pattern = Qt.BrushStyle.CrossPattern if favours else Qt.BrushStyle.HorPattern
    _fill(painter, rect, color, _HATCHING, pattern)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.0))
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    if min(rect.width(), rect.height()) >= _SMALLEST_SIGN:
        _paint_sign(painter, rect, theme, favours=favours)


def _fill(painter: QPainter, rect: QRectF, color: QColor, opacity: float, style: Qt.BrushStyle) -> None:
    soft = QColor(color)
    soft.setAlphaF(opacity)
    painter.fillRect(rect, QBrush(soft, style))


def _paint_sign(painter: QPainter, rect: QRectF, theme: Theme, *, favours: bool) -> None:
    """A plus or a minus at the left end, on a plate that no hatching shows through."""
    size = min(rect.height(), 15.0)
    plate = QRectF(rect.left(), rect.center().y() - size / 2, size, size).adjusted(1.0, 1.0, -1.0, -1.0)
    painter.fillRect(plate, theme.color("roll_row"))
    painter.setPen(QPen(mark_color(theme, favours=favours), 2.0))
    middle, reach = plate.center(), plate.width() / 2 - 2.0
    across = QLineF(middle.x() - reach, middle.y(), middle.x() + reach, middle.y())
    upright = QLineF(middle.x(), middle.y() - reach, middle.x(), middle.y() + reach)
    painter.drawLines([across, upright] if favours else [across])


class PaintMarks(Layer):
    """Lies over the notes: what is painted on a note is seen, too. The mouse goes through."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=2.4)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._patches: list[Patch] = []
        self._under_brush: Cells = frozenset()
        self._has_legend = True

    @property
    def patches(self) -> tuple[Patch, ...]:
        return tuple(self._patches)

    def show_cells(self, cells: Iterable[PaintedCell]) -> None:
        """Mark the painted cells of one voice."""
        self._patches = patches(cells)
        self.update()

    def show_brush(self, cells: Cells) -> None:
        """Frame the cells that the brush would paint; none for no brush."""
        if cells != self._under_brush:
            self._under_brush = cells
            self.update()

    def set_legend(self, *, on: bool) -> None:
        """Say in a corner what the marks mean, where there are any."""
        self._has_legend = on
        self.update()

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        view = self.coordinates
        first, last = view.tick(exposed.left()) / STEP_TICKS, view.tick(exposed.right()) / STEP_TICKS
        seen = [patch for patch in self._patches if patch.end > first and patch.start < last]
        if len(seen) > MOST_IN_DETAIL:
            self._paint_from_afar(painter, seen)
        for patch in seen if len(seen) <= MOST_IN_DETAIL else ():
            rect = self._rect(patch.pitch, patch.start, patch.end)
            if rect.intersects(exposed):
                paint_mark(painter, rect, self.look.theme, favours=patch.favours)
        self._paint_brush(painter)
        if self._patches and self._has_legend:
            self._paint_legend(painter)

    def _paint_from_afar(self, painter: QPainter, seen: list[Patch]) -> None:
        """The colours alone."""
        painter.setPen(Qt.PenStyle.NoPen)
        for favours in (True, False):
            color = mark_color(self.look.theme, favours=favours)
            color.setAlphaF(_HATCHING)
            painter.setBrush(color)
            alike = [patch for patch in seen if patch.favours is favours]
            painter.drawRects([self._rect(patch.pitch, patch.start, patch.end) for patch in alike])

    def _paint_brush(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.text, 1.0, Qt.PenStyle.DotLine))
        for step, pitch in self._under_brush:
            painter.drawRect(self._rect(pitch, step, step + 1))

    def _rect(self, pitch: int, start: int, end: int) -> QRectF:
        view = self.coordinates
        left, right = view.x(start * STEP_TICKS), view.x(end * STEP_TICKS)
        return QRectF(left, view.y(pitch), right - left, view.row_height)

    def _paint_legend(self, painter: QPainter) -> None:
        words = {True: self.tr("favoured"), False: self.tr("avoided")}
        metrics = QFontMetricsF(self.look.small_font)
        widths = {favours: metrics.horizontalAdvance(text) for favours, text in words.items()}
        height = max(_SWATCH, metrics.height()) + UNIT
        width = sum(widths.values()) + 2 * (_SWATCH + UNIT / 2) + 3 * UNIT
        plate = QRectF(UNIT, self.coordinates.height - height - UNIT, width, height)
        painter.setPen(self.look.theme.color("border"))
        painter.setBrush(self.look.theme.color("panel"))
        painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 4.0, 4.0)
        painter.setFont(self.look.small_font)
        left = plate.left() + UNIT
        for favours, text in words.items():
            swatch = QRectF(round(left), round(plate.center().y() - _SWATCH / 2), _SWATCH, _SWATCH)
            paint_mark(painter, swatch, self.look.theme, favours=favours)
            painter.setPen(self.look.text)
            left += _SWATCH + UNIT / 2
            place = QRectF(left, plate.top(), widths[favours] + 2.0, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            left += widths[favours] + UNIT
