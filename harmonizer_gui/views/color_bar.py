"""The scale of the heat: which colour is which probability. Its ends can be dragged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from harmonizer_gui.views.heat_image import HeatPalette
from harmonizer_gui.views.heat_scale import HeatMeasure, HeatScale, short
from harmonizer_gui.views.theme import DARK, UNIT, Theme, scaled_font

_STOPS: Final = 49
_KEY_STEP: Final = 0.02


class ColorBar(QWidget):
    """A slim bar, the most on top, the same for the product and every expert.

    `scale_asked` carries a `HeatScale` with another end: either is dragged, a double click brings back the
    whole scale. `menu_asked` carries the place on the screen where one asks for more.
    """

    scale_asked = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = HeatPalette(DARK)
        self._dragged = ""
        self.setAccessibleName(self.tr("Scale of the heat"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_scale(HeatScale())

    @property
    def scale(self) -> HeatScale:
        return self._palette.scale

    def set_theme(self, theme: Theme) -> None:
        self._palette = HeatPalette(theme, self.scale)
        self.update()

    def set_scale(self, scale: HeatScale) -> None:
        self._palette = HeatPalette(self._palette.theme, scale)
        words, ends = self._words(), self.tr("from {} to {}").format(*map(self._end_label, (0, 1)))
        self.setAccessibleDescription(f"{words}, {ends}")
        hint = self.tr("Drag its ends; a double click brings back the whole scale, a right click offers more")
        self.setToolTip(f"{words}; {self.tr('one scale for all pictures')}. {hint}.")
        self.update()

    def _words(self) -> str:
        return {
            HeatMeasure.PROBABILITY: self.tr("Probability that a pitch sounds"),
            HeatMeasure.LOG: self.tr("Probability that a pitch sounds, by its logarithm"),
            HeatMeasure.RANK: self.tr("Rank of a pitch among those of its step"),
        }[self.scale.measure]

    def _end_label(self, end: int) -> str:
        """What stands at the lower end (0) or the upper one (1)."""
        scale = self.scale
        place = (scale.low, scale.high)[end]
        if scale.measure is HeatMeasure.RANK:
            return str(round(1 + (1.0 - place) * 12)) if place else self.tr("none")
        return short(float(f"{scale.probability(place):.2g}")) if place else "0"

    def sizeHint(self) -> QSize:
        return QSize(self._bar_width() + self._label_width() + UNIT, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 4 * self.fontMetrics().height())

    def place_y(self, probability: float) -> float:
        """Where in the widget, in pixels from the top, a probability stands."""
        return self._y(self.scale.place(probability))

    def _y(self, place: float) -> float:
        margin = self.fontMetrics().height() / 2 + 1
        return self.height() - margin - place * (self.height() - 2 * margin)

    def _place(self, y: float) -> float:
        margin = self.fontMetrics().height() / 2 + 1
        return (self.height() - margin - y) / max(1.0, self.height() - 2 * margin)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer end, whose mark then follows the mouse."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        place, scale = self._place(event.position().y()), self.scale
        self._dragged = "low" if place - scale.low < scale.high - place else "high"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._move(self._dragged, self._place(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  # Qt's signature
        self._dragged = ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = ""
            self.scale_asked.emit(self.scale.with_all())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move the upper end, with shift the lower one; the menu key does as a right click."""
        steps = {Qt.Key.Key_Up: _KEY_STEP, Qt.Key.Key_Down: -_KEY_STEP}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._move("low", self.scale.low + step)
        else:
            self._move("high", self.scale.high + step)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def _move(self, end: str, place: float) -> None:
        scale = self.scale
        moved = scale.with_low(place) if end == "low" else scale.with_high(place)
        if moved != scale:
            self.scale_asked.emit(moved)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(UNIT / 2, self._y(1.0), self._bar_width(), self._y(0.0) - self._y(1.0))
        painter.setPen(QColor(self._palette.theme.accent if self.hasFocus() else self._palette.theme.border))
        painter.setBrush(self._gradient(bar))
        painter.drawRoundedRect(bar, 3, 3)
        for place, points_down in ((self.scale.low, False), (self.scale.high, True)):
            self._paint_end(painter, bar, self._y(place), points_down=points_down)
        self._paint_labels(painter, bar.right() + UNIT / 2)
        painter.end()

    def _gradient(self, bar: QRectF) -> QLinearGradient:
        gradient = QLinearGradient(QPointF(0, bar.bottom()), QPointF(0, bar.top()))
        for index in range(_STOPS):
            part = index / (_STOPS - 1)
            gradient.setColorAt(part, self._palette.color_at(part))
        return gradient

    def _paint_end(self, painter: QPainter, bar: QRectF, y: float, *, points_down: bool) -> None:
        """A line across the bar with a small handle beside it, on the side that the colours leave out."""
        theme, size = self._palette.theme, UNIT / 2
        tip = size if points_down else -size
        painter.setPen(QColor(theme.text))
        painter.drawLine(QPointF(bar.left() - 1, y), QPointF(bar.right() + 1, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.text))
        corners = [QPointF(0, y), QPointF(0, y - tip), QPointF(size, y)]
        painter.drawPolygon(QPolygonF(corners))

    def _paint_labels(self, painter: QPainter, x: float) -> None:
        painter.setFont(self._small())
        painter.setPen(QColor(self._palette.theme.text_muted))
        height = self.fontMetrics().height()
        for place, label in self.scale.marks:
            area = QRectF(x, self._y(place) - height / 2, self._label_width(), height)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, label)

    def _small(self) -> QFont:
        return scaled_font(self.font(), self.font().pointSizeF() * 0.85)

    def _bar_width(self) -> int:
        return round(0.7 * self.fontMetrics().height())

    def _label_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(".001 ")
