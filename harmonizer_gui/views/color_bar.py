"""The scale of the heat: which colour is which probability."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from harmonizer_gui.views.heat_image import TICKS, HeatPalette, place
from harmonizer_gui.views.theme import DARK, UNIT, Theme, scaled_font

_STOPS = 33


def tick_label(probability: float) -> str:
    """`0`, `.05`, `1`: a probability without its leading nought."""
    text = f"{probability:g}"
    return text.removeprefix("0") if probability else text


class ColorBar(QWidget):
    """A slim bar, 1 on top and 0 at the bottom, the same for the product and every expert."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = HeatPalette(DARK)
        self.setAccessibleName(self.tr("Scale of the heat"))
        self.setAccessibleDescription(self.tr("Probability that a pitch sounds, from 0 to 1"))
        self.setToolTip(self.tr("Probability that a pitch sounds; one scale for all pictures"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        self._palette = HeatPalette(theme)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._bar_width() + self._label_width() + UNIT, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 4 * self.fontMetrics().height())

    def place_y(self, probability: float) -> float:
        """Where in the widget, in pixels from the top, a probability stands."""
        margin = self.fontMetrics().height() / 2 + 1
        return self.height() - margin - place(probability) * (self.height() - 2 * margin)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(UNIT / 2, self.place_y(1.0), self._bar_width(), self.place_y(0.0) - self.place_y(1.0))
        painter.setPen(QColor(self._palette.theme.border))
        painter.setBrush(self._gradient(bar))
        painter.drawRoundedRect(bar, 3, 3)
        self._paint_labels(painter, bar.right() + UNIT / 2)
        painter.end()

    def _gradient(self, bar: QRectF) -> QLinearGradient:
        gradient = QLinearGradient(QPointF(0, bar.bottom()), QPointF(0, bar.top()))
        for index in range(_STOPS):
            part = index / (_STOPS - 1)
            gradient.setColorAt(part, self._palette.color(part**2))
        return gradient

    def _paint_labels(self, painter: QPainter, x: float) -> None:
        painter.setFont(self._small())
        painter.setPen(QColor(self._palette.theme.text_muted))
        height = self.fontMetrics().height()
        for tick in TICKS:
            place_ = QRectF(x, self.place_y(tick) - height / 2, self._label_width(), height)
            painter.drawText(place_, Qt.AlignmentFlag.AlignVCenter, tick_label(tick))

    def _small(self) -> QFont:
        return scaled_font(self.font(), self.font().pointSizeF() * 0.85)

    def _bar_width(self) -> int:
        return round(0.7 * self.fontMetrics().height())

    def _label_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(".05 ")
