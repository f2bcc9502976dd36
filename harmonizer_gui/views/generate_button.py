"""The one big button: it says what it will do, shows how far it is, and stops it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from harmonizer_gui.views.theme import DARK, UNIT, Theme, scaled_font

_RADIUS = 5.0


class GenerateButton(QAbstractButton):
    """Asks to generate, or to cancel while generating."""

    generate_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._text = self.tr("Generate")
        self._reason = ""
        self._progress: float | None = None
        self.clicked.connect(self._ask)
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_task(self, text: str, *, reason: str = "") -> None:
        """Say what a click will do; with a `reason` why not, the button is disabled and tells it."""
        self._text, self._reason = text, reason
        self._refresh()

    def set_progress(self, done: float | None) -> None:
        """Show that `done` of the work, 0–1, is done and a click cancels; None: nothing runs."""
        self._progress = None if done is None else min(1.0, max(0.0, done))
        self._refresh()

    @property
    def is_running(self) -> bool:
        return self._progress is not None

    def _refresh(self) -> None:
        if self._progress is None:
            self.setText(self._text)
            self.setToolTip(self._reason or self.tr("{} (G)").format(self._text))
        else:
            self.setText(self.tr("Cancel · {:.0f} %").format(100 * self._progress))
            self.setToolTip(self.tr("Stop generating (Esc)"))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self.toolTip())
        self.setEnabled(self.is_running or not self._reason)
        self.updateGeometry()
        self.update()

    def _ask(self) -> None:
        (self.cancel_asked if self.is_running else self.generate_asked).emit()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max(
            metrics.horizontalAdvance(text) for text in (self._text, self.tr("Generate soprano again"))
        )
        return QSize(round(1.1 * widest) + 2 * UNIT, round(2.2 * metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.fillPath(shape, self._background())
        if self._progress is not None:
            painter.setClipPath(shape)
            painter.fillRect(self._done_part(), QColor(self._theme.accent_fill))
            painter.setClipping(False)
        if self.hasFocus() or self.is_running:
            painter.strokePath(shape, QPen(QColor(self._theme.accent), 1.5))
        painter.setPen(self._ink())
        painter.setFont(scaled_font(self.font(), self.font().pointSizeF(), bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _background(self) -> QColor:
        theme = self._theme
        if not self.isEnabled():
            return QColor(theme.pressed)
        if self.is_running:
            return QColor(theme.accent_soft)
        is_lit = self.underMouse() or self.isDown()
        return QColor(theme.accent_fill_hover if is_lit else theme.accent_fill)

    def _done_part(self) -> QRectF:
        """The part that is filled: a line along the foot, so that the words stay legible over any part."""
        height = self.height() / 8
        return QRectF(0, self.height() - height, self.width() * (self._progress or 0.0), height)

    def _ink(self) -> QColor:
        theme = self._theme
        if not self.isEnabled():
            return QColor(theme.text_muted)
        return QColor(theme.text if self.is_running else theme.on_accent)
