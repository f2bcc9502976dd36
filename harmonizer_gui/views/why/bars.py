"""What each expert adds, as signed bars that add up to the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from harmonizer_gui.engine.wording import ratio_number
from harmonizer_gui.views.experts.colors import expert_color
from harmonizer_gui.views.experts.names import source_label
from harmonizer_gui.views.theme import DARK, UNIT, Theme

SMALLEST_SCALE: Final = 1.0
LARGEST_SCALE: Final = 12.0
"""Nats that half the width stands for, at least and at most; a longer bar runs into the edge."""
LEAST_BARS: Final = 11
"""How wide the bars of both sides and their gaps are together at least, in units."""
STALE_OPACITY: Final = 0.45


def signed(nats: float) -> str:
    """`+1.13`, `−0.34`, `0.00`; without decimals from a hundred on."""
    text = f"{abs(nats):.0f}" if abs(nats) >= 99.5 else f"{abs(nats):.2f}"
    sign = "" if float(text) == 0.0 else "+" if nats > 0 else "−"
    return f"{sign}{text}"


class Bars(QWidget):
    """One row for each expert and one for their sum; towards the right speaks for the pinned cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._rows: list[tuple[str, float]] = []
        self._silent: frozenset[str] = frozenset()
        self._total = 0.0
        self._cell = self._other = ""
        self._is_stale = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self.tr("What each expert adds"))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_values(
        self,
        contributions: Mapping[str, float],
        total: float,
        cells: tuple[str, str],
        *,
        silent: frozenset[str] = frozenset(),
    ) -> None:
        """Show nats by expert and their sum, for the first of `cells` against the second.

        `silent` names the experts that do not count in the mix.
        """
        self._rows, self._total, self._silent = list(contributions.items()), total, silent
        self._cell, self._other = cells
        self.setAccessibleDescription("; ".join(self.words(row) for row in range(len(self._rows) + 1)))
        self.updateGeometry()
        self.update()

    def set_stale(self, *, on: bool) -> None:
        self._is_stale = on
        self.update()

    @property
    def is_stale(self) -> bool:
        return self._is_stale

    @property
    def values(self) -> Sequence[float]:
        """What the bars show: one for each expert, and the sum."""
        return [*(value for _, value in self._rows), self._total]

    def words(self, row: int) -> str:
        """One row in words."""
        name, value = (*self._rows, ("", self._total))[row]
        label = source_label(name) if name else self.tr("Together")
        if name in self._silent:
            return self.tr("{expert} does not count: it is muted or at 0").format(expert=label)
        better, worse = (self._cell, self._other) if value >= 0 else (self._other, self._cell)
        text = self.tr("{expert}: {value} nats, {ratio} to 1 for {better} against {worse}")
        return text.format(
            expert=label, value=signed(value), ratio=ratio_number(value), better=better, worse=worse
        )

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, self._row_height * (len(self._rows) + 1) + UNIT)

    def minimumSizeHint(self) -> QSize:
        """Room for the names, the numbers, and bars between them."""
        words = self._label_width + self._value_width
        return QSize(words + LEAST_BARS * UNIT, self.sizeHint().height())

    @property
    def _row_height(self) -> int:
        return round(1.3 * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(STALE_OPACITY if self._is_stale else 1.0)
        if self._rows:
            for row in range(len(self._rows) + 1):
                self._paint_row(painter, row)
            self._paint_axis(painter)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int) -> None:
        theme, height = self._theme, self._row_height
        is_sum = row == len(self._rows)
        name, value = ("", self._total) if is_sum else self._rows[row]
        top = row * height + (UNIT // 2 if is_sum else 0)
        label = self.tr("Together") if is_sum else source_label(name)
        is_silent = name in self._silent
        font = self.font()
        font.setBold(is_sum)
        painter.setFont(font)
        painter.setPen(theme.color("text_disabled" if is_silent else "text"))
        left = QRectF(0, top, self._label_width, height)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        right = QRectF(self.width() - self._value_width, top, self._value_width, height)
        text = self.tr("–", "does not count") if is_silent else signed(value)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text") if is_sum else expert_color(name, theme))
        painter.drawRoundedRect(self._bar(value, top), 2.0, 2.0)

    def _paint_axis(self, painter: QPainter) -> None:
        x = round(self._middle) + 0.5
        painter.setPen(self._theme.color("border_strong"))
        painter.drawLine(QLineF(x, 0.0, x, float(self.sizeHint().height())))
        y = self._row_height * len(self._rows) + UNIT // 4 + 0.5
        painter.setPen(self._theme.color("border"))
        painter.drawLine(QLineF(0.0, y, float(self.width()), y))

    def _bar(self, value: float, top: int) -> QRectF:
        half = (self.width() - self._label_width - self._value_width) / 2 - UNIT
        largest = max(map(abs, self.values), default=0.0)
        scale = half / min(LARGEST_SCALE, max(SMALLEST_SCALE, largest))
        length = min(half, abs(value) * scale)
        x = self._middle if value >= 0 else self._middle - length
        inset = self._row_height * 0.24
        return QRectF(x, top + inset, length, self._row_height - 2 * inset)

    @property
    def _middle(self) -> float:
        return (self._label_width + self.width() - self._value_width) / 2

    @property
    def _label_width(self) -> int:
        labels = [self.tr("Together"), *(source_label(name) for name, _ in self._rows)]
        return max(self.fontMetrics().horizontalAdvance(f"{label}  ") for label in labels)

    @property
    def _value_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("−10000")

    def event(self, event: QEvent) -> bool:
        """A tooltip says in words what the row under the mouse shows."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            row = event.pos().y() // self._row_height
            if self._rows and 0 <= row <= len(self._rows):
                QToolTip.showText(event.globalPos(), self.words(row), self)
                return True
        return super().event(event)
