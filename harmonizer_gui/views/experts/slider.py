"""A slider with a mark at the usual value."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from harmonizer_gui.views.experts.scale import Scale
from harmonizer_gui.views.theme import DARK, Theme

_SNAP_PX: Final = 5
"""How near the mark, in pixels, a drag is taken for it."""


class MarkSlider(QSlider):
    """Shows a value and asks for another; one drag, or one key held down, is one gesture.

    `value_asked` carries the value and the gesture. A double click asks for the usual value.
    """

    value_asked = Signal(float, object)

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._scale = scale
        self._theme = DARK
        self._gesture: object = None
        self._grip = 0.0
        self._showing = False
        self._is_counting = True
        self.setRange(0, scale.positions)
        self.setSingleStep(max(1, scale.positions // 60))
        self.setPageStep(scale.positions // 12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a drag the keys are still the roll's
        self.valueChanged.connect(self._ask)
        self.show_value(scale.usual)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_counting(self, *, on: bool) -> None:
        """Show whether the value counts at present; it can be moved all the same."""
        if on != self._is_counting:
            self._is_counting = on
            self.update()

    def show_value(self, value: float) -> None:
        self._showing = True
        self.setValue(self._scale.position(value))
        self._showing = False

    def _ask(self, position: int) -> None:
        if not self._showing:
            self.value_asked.emit(self._scale.value(position), self._gesture)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(12 * line, round(1.25 * line))

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * self.fontMetrics().height(), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._gesture = object()
        self.setSliderDown(True)
        grip = event.position().x() - self._x(self.value())
        is_on_handle = abs(grip) <= self._radius()
        self._grip = grip if is_on_handle else 0.0
        if not is_on_handle:
            self._move_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._move_to(event.position().x() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  # Qt's signature
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the usual value, in one gesture with the press that came before."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.value_asked.emit(self._scale.usual, self._gesture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._gesture = object()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll: a wheel that passes over a slider must not move it."""
        event.ignore()

    def _move_to(self, x: float) -> None:
        radius = self._radius()
        length = max(1.0, self.width() - 2 * radius)
        position = round((x - radius) / length * self._scale.positions)
        reach = round(_SNAP_PX / length * self._scale.positions)
        self.setValue(self._scale.snapped(position, reach))

    def _radius(self) -> float:
        return 0.42 * self.fontMetrics().height()

    def _x(self, position: int) -> float:
        radius = self._radius()
        return radius + position / self._scale.positions * (self.width() - 2 * radius)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_groove(painter)
        self._paint_handle(painter)
        painter.end()

    def _paint_groove(self, painter: QPainter) -> None:
        theme, middle, radius = self._theme, self.height() / 2, self._radius()
        mark = self._x(self._scale.mark)
        painter.fillRect(QRectF(mark - 0.5, middle - radius, 1, 2 * radius), QColor(theme.text_muted))
        painter.setBrush(QColor(theme.groove))
        painter.drawRoundedRect(QRectF(0, middle - 2, self.width(), 4), 2, 2)
        painter.setBrush(QColor(theme.accent if self._is_counting else theme.text_disabled))
        painter.drawRoundedRect(QRectF(0, middle - 2, self._x(self.value()), 4), 2, 2)

    def _paint_handle(self, painter: QPainter) -> None:
        theme, radius = self._theme, self._radius()
        center = QPointF(self._x(self.value()), self.height() / 2)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
        else:
            painter.setPen(QPen(QColor(theme.panel), 2))
        painter.setBrush(QColor(theme.text if self._is_counting else theme.text_muted))
        painter.drawEllipse(center, radius - 1, radius - 1)
