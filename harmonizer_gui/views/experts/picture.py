"""A small picture of one source's heat, showing just what the roll shows."""

from __future__ import annotations

import math
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

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH
from harmonizer_gui.views.experts.probe import Probe
from harmonizer_gui.views.heat_image import Floats, HeatPalette, pooled
from harmonizer_gui.views.heat_scale import HeatScale
from harmonizer_gui.views.icons import pixmap
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.theme import DARK, UNIT, Theme, TypeScale, scaled_font

_RADIUS: Final = 4.0
_DIMMED: Final = 0.35


@dataclass(frozen=True, slots=True)
class ViewRange:
    """What the roll shows: ticks [start, end), pitches from `low` to `high`, p filling p − 0.5 to p + 0.5."""

    start_tick: float = 0.0
    end_tick: float = 128.0 * STEP_TICKS
    low_pitch: float = LOWEST_PITCH - 0.5
    high_pitch: float = HIGHEST_PITCH + 0.5

    def coordinates(self, width: float, height: float) -> Coordinates:
        """The same range in a view of `width` × `height` pixels."""
        return Coordinates(
            left=self.start_tick,
            top=self.high_pitch,
            tick_width=width / (self.end_tick - self.start_tick),
            row_height=height / (self.high_pitch - self.low_pitch),
            width=width,
            height=height,
        )


@dataclass(frozen=True, slots=True)
class Cells:
    """The steps [first, stop) and the pitches `lowest` to `highest`."""

    first: int
    stop: int
    lowest: int
    highest: int

    def place(self, view: Coordinates) -> QRectF:
        """Where the cells lie in `view`, in pixels."""
        left, right = view.x(self.first * STEP_TICKS), view.x(self.stop * STEP_TICKS)
        top, bottom = view.y(self.highest), view.y(self.lowest) + view.row_height
        return QRectF(left, top, right - left, bottom - top)


def seen_cells(view: Coordinates, steps: int) -> Cells | None:
    """The cells of `steps` steps of heat of which at least a part is seen in `view`; None for none."""
    first, stop = max(0, int(view.left // STEP_TICKS)), min(steps, math.ceil(view.right / STEP_TICKS))
    pitches = view.visible_pitches
    lowest, highest = max(LOWEST_PITCH, pitches.start), min(HIGHEST_PITCH, pitches.stop - 1)
    return Cells(first, stop, lowest, highest) if first < stop and lowest <= highest else None


class HeatPicture(QAbstractButton):
    """Shows heat; checked while it lies on the roll, a click asks for that."""

    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = HeatPalette(DARK)
        self._heat: Floats | None = None
        self._range = ViewRange()
        self._probe: Probe | None = None
        self._note = ""
        self._is_dimmed = False
        self._is_hovered = False
        self._drawn: tuple[QImage, QRectF] | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        self._palette = HeatPalette(theme, self._palette.scale)
        self._redraw()

    def set_scale(self, scale: HeatScale) -> None:
        """Colour by `scale` from now on."""
        self._palette = HeatPalette(self._palette.theme, scale)
        self._redraw()

    def set_heat(self, heat: Floats | None) -> None:
        """Show `heat` [T, 88] from the lowest pitch up; None clears the picture."""
        self._heat = heat
        self._redraw()

    def set_note(self, text: str) -> None:
        """Show `text` while there is no heat."""
        if text != self._note:
            self._note = text
            self.setAccessibleDescription(text)
            self.update()

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
        if on != self._is_dimmed:
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
        if self._heat is None:
            self._paint_note(painter, frame)
        self._paint_heat(painter, frame)
        self._paint_probe(painter, frame)
        painter.setClipping(False)
        self._paint_frame(painter, shape)
        self._paint_eye(painter)
        painter.end()

    def _paint_heat(self, painter: QPainter, frame: QRectF) -> None:
        if self._drawn is None:
            self._drawn = self._picture(self._range.coordinates(frame.width(), frame.height()))
        if self._drawn is not None:
            image, place = self._drawn
            painter.setOpacity(_DIMMED if self._is_dimmed else 1.0)
            painter.drawImage(place.translated(frame.topLeft()), image)
            painter.setOpacity(1.0)

    def _paint_note(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(QColor(self._palette.theme.text_muted))
        layout = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = QRectF(frame)
        room.setLeft(frame.left() + UNIT)
        room.setRight(self._eye.left() - UNIT / 2)
        painter.setFont(scaled_font(self.font(), TypeScale(self.font().pointSizeF()).small))
        painter.drawText(room, layout, self._note)

    def _picture(self, view: Coordinates) -> tuple[QImage, QRectF] | None:
        """The part of the heat that is seen, pooled to the pixels there are, and its place in `view`."""
        cells = None if self._heat is None else seen_cells(view, self._heat.shape[0])
        if self._heat is None or cells is None:
            return None
        place, ratio = cells.place(view), self.devicePixelRatioF()
        columns, rows = (max(1, int(length * ratio)) for length in (place.width(), place.height()))
        # A rank is one among all pitches, also those that are not seen.
        prepared = self._palette.scale.prepared(self._heat[cells.first : cells.stop])
        low = LOWEST_PITCH
        seen = prepared[:, cells.lowest - low : cells.highest + 1 - low]
        return self._palette.image(pooled(seen, columns, rows)), place

    def _paint_probe(self, painter: QPainter, frame: QRectF) -> None:
        if self._probe is None:
            return
        step, pitch = self._probe.step, self._probe.pitch
        cell = Cells(step, step + 1, pitch, pitch)
        place = cell.place(self._range.coordinates(frame.width(), frame.height()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(QColor(self._palette.theme.selection), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.translated(frame.topLeft()).adjusted(-2, -2, 2, 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_frame(self, painter: QPainter, shape: QPainterPath) -> None:
        theme = self._palette.theme
        is_lit = self.isChecked() or self.hasFocus()
        color = theme.accent if is_lit else theme.border_strong if self._is_hovered else theme.border
        painter.setPen(QPen(QColor(color), 2.0 if self.isChecked() else 1.0))
        painter.drawPath(shape)
        if self.isChecked() and self.hasFocus():
            painter.setPen(QPen(QColor(theme.text), 1.0, Qt.PenStyle.DotLine))
            painter.drawPath(shape)

    @property
    def _eye(self) -> QRectF:
        """Where the eye is, if it is seen."""
        size = self.fontMetrics().height()
        return QRectF(self.width() - size - UNIT, UNIT / 2, size + UNIT / 2, size + UNIT / 2)

    def _paint_eye(self, painter: QPainter) -> None:
        """An eye in the corner says what a click does, and which heat lies on the roll."""
        if not (self.isChecked() or self._is_hovered):
            return
        theme, size, chip = self._palette.theme, self.fontMetrics().height(), self._eye
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_fill if self.isChecked() else theme.raised))
        painter.drawRoundedRect(chip, _RADIUS, _RADIUS)
        color = theme.on_accent if self.isChecked() else theme.text
        eye = pixmap("eye", color, size, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(round(chip.x() + UNIT / 4), round(chip.y() + UNIT / 4)), eye)
