"""A small picture of one source's heat, showing just what the roll shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from harmonizer_gui.engine.alphabet import PITCHES, STEP_TICKS
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH
from harmonizer_gui.views.experts.probe import Probe
from harmonizer_gui.views.heat_image import Floats, HeatPalette, pooled
from harmonizer_gui.views.icons import pixmap
from harmonizer_gui.views.theme import DARK, UNIT, Theme

_RADIUS: Final = 4.0
_DIMMED: Final = 0.35


@dataclass(frozen=True, slots=True)
class ViewRange:
    """What the roll shows: ticks [start, end) and pitches [low, high), where pitch p fills p to p + 1."""

    start_tick: float = 0.0
    end_tick: float = 32 * 4.0 * STEP_TICKS
    low_pitch: float = float(LOWEST_PITCH)
    high_pitch: float = float(HIGHEST_PITCH + 1)

    @property
    def cells(self) -> QRectF:
        """The range in cells of the picture of the whole heat: steps, and pitches down from the highest."""
        return QRectF(
            self.start_tick / STEP_TICKS,
            HIGHEST_PITCH + 1 - self.high_pitch,
            (self.end_tick - self.start_tick) / STEP_TICKS,
            self.high_pitch - self.low_pitch,
        )


def place_cells(cells: QRectF, shown: QRectF, target: QRectF) -> QRectF:
    """Where `cells` lie in `target` when that shows the cells `shown`."""
    across, down = target.width() / shown.width(), target.height() / shown.height()
    return QRectF(
        target.x() + (cells.x() - shown.x()) * across,
        target.y() + (cells.y() - shown.y()) * down,
        cells.width() * across,
        cells.height() * down,
    )


class HeatPicture(QAbstractButton):
    """Shows heat; checked while it lies on the roll, a click asks for that."""

    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = HeatPalette(DARK)
        self._heat: Floats | None = None
        self._range = ViewRange()
        self._probe: Probe | None = None
        self._is_dimmed = False
        self._is_hovered = False
        self._drawn: tuple[QImage, QRectF] | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        self._palette = HeatPalette(theme)
        self._redraw()

    def set_heat(self, heat: Floats | None) -> None:
        """Show `heat` [T, 88] from the lowest pitch up; None clears the picture."""
        self._heat = heat
        self._redraw()

    def set_range(self, view: ViewRange) -> None:
        if view != self._range:
            self._range = view
            self._redraw()

    def set_probe(self, probe: Probe | None) -> None:
        """Mark the cell under the mouse."""
        self._probe = probe
        self.update()

    def set_dimmed(self, *, on: bool) -> None:
        """Show the heat faintly: it does not count, or is out of date."""
        self._is_dimmed = on
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(16 * line, 4 * line)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(6 * line, 2 * line)

    def nextCheckState(self) -> None:
        """Leave the state alone: a view shows what is so, a click only asks."""

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002  # Qt's signature
        self._drawn = None

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: ARG002  # Qt's signature
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002  # Qt's signature
        self._is_hovered = False
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(frame, _RADIUS, _RADIUS)
        painter.fillPath(shape, QColor(self._palette.theme.roll_row))
        painter.setClipPath(shape)
        self._paint_heat(painter, frame)
        self._paint_probe(painter, frame)
        painter.setClipping(False)
        self._paint_frame(painter, shape)
        self._paint_eye(painter)
        painter.end()

    def _paint_heat(self, painter: QPainter, frame: QRectF) -> None:
        if self._drawn is None:
            self._drawn = self._picture(frame)
        if self._drawn is not None:
            image, cells = self._drawn
            painter.setOpacity(_DIMMED if self._is_dimmed else 1.0)
            painter.drawImage(place_cells(cells, self._range.cells, frame), image)
            painter.setOpacity(1.0)

    def _picture(self, frame: QRectF) -> tuple[QImage, QRectF] | None:
        """The part of the heat that is seen, pooled to the pixels there are, and the cells it covers."""
        if self._heat is None:
            return None
        seen = self._range.cells.intersected(QRectF(0, 0, self._heat.shape[0], PITCHES)).toAlignedRect()
        if seen.isEmpty():
            return None
        low = PITCHES - seen.bottom() - 1
        part = self._heat[seen.left() : seen.right() + 1, low : low + seen.height()]
        shown, ratio = self._range.cells, self.devicePixelRatioF()
        columns = max(1, int(frame.width() * ratio * seen.width() / shown.width()))
        rows = max(1, int(frame.height() * ratio * seen.height() / shown.height()))
        return self._palette.image(pooled(part, columns, rows)), QRectF(seen)

    def _paint_probe(self, painter: QPainter, frame: QRectF) -> None:
        if self._probe is None:
            return
        cell = QRectF(self._probe.step, HIGHEST_PITCH - self._probe.pitch, 1, 1)
        place = place_cells(cell, self._range.cells, frame).adjusted(-2, -2, 2, 2)
        painter.setPen(QPen(QColor(self._palette.theme.selection), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _paint_frame(self, painter: QPainter, shape: QPainterPath) -> None:
        theme = self._palette.theme
        is_lit = self.isChecked() or self.hasFocus()
        color = theme.accent if is_lit else theme.border_strong if self._is_hovered else theme.border
        painter.setPen(QPen(QColor(color), 2.0 if self.isChecked() else 1.0))
        painter.drawPath(shape)

    def _paint_eye(self, painter: QPainter) -> None:
        """An eye in the corner says what a click does, and which heat lies on the roll."""
        if not (self.isChecked() or self._is_hovered):
            return
        theme, size = self._palette.theme, self.fontMetrics().height()
        chip = QRectF(self.width() - size - UNIT, UNIT / 2, size + UNIT / 2, size + UNIT / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_fill if self.isChecked() else theme.raised))
        painter.drawRoundedRect(chip, _RADIUS, _RADIUS)
        color = theme.on_accent if self.isChecked() else theme.text
        eye = pixmap("eye", color, size, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(round(chip.x() + UNIT / 4), round(chip.y() + UNIT / 4)), eye)
