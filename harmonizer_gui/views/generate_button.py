"""The one big button: it says what it will do, shows how far it is, and stops it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from harmonizer_gui.views.theme import DARK, UNIT, Theme, scaled_font

_RADIUS = 5.0
_GAP = 2.5
"""Pixels between the button and the ring of the focus, which would not stand out from it in all themes."""


class GenerateButton(QAbstractButton):
    """Asks to generate, or to cancel while generating."""

    generate_asked = Signal()
    cancel_asked = Signal()
    """Also: stop a search, and keep what it has found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._text = self.tr("Generate")
        self._reason = ""
        self._progress: float | None = None
        self._bits: float | None = None
        self._is_search = False
        self._menu: QMenu | None = None
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
        self._progress, self._bits = None if done is None else min(1.0, max(0.0, done)), None
        self._is_search = False
        self._refresh()

    def set_search(self, bits: float | None) -> None:
        """Show that a search goes on, whose best line so far has so many bits per step (None: none yet)."""
        self._progress, self._bits, self._is_search = 0.0, bits, True
        self._refresh()

    def set_menu(self, menu: QMenu) -> None:
        """What else can be generated: opened by the right end of the button, and by the arrow key."""
        self._menu = menu
        self._refresh()

    def open_menu(self) -> None:
        if self._menu is not None and not self.is_running:
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    @property
    def is_running(self) -> bool:
        return self._progress is not None

    def _refresh(self) -> None:
        if self._progress is None:
            self.setText(self._text)
            self.setToolTip(self._reason or self.tr("{} (G)").format(self._text))
        else:
            self.setText(self._running_words(self._progress))
            keeps = self._bits is not None
            self.setToolTip(
                self.tr("Stop, and keep the best line so far (Esc)")
                if keeps
                else self.tr("Stop generating (Esc)")
            )
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self.toolTip())
        self.setEnabled(self.is_running or not self._reason)
        self.updateGeometry()
        self.update()

    def _running_words(self, progress: float) -> str:
        if self._bits is not None:
            return self.tr("Keep {:.2f} bits").format(self._bits)
        if self._is_search:
            return self.tr("Cancel the search")
        return self.tr("Cancel · {:.0f} %").format(100 * progress)

    def _ask(self) -> None:
        (self.cancel_asked if self.is_running else self.generate_asked).emit()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max(
            metrics.horizontalAdvance(text) for text in (self._text, self.tr("Generate soprano again"))
        )
        return QSize(round(1.1 * widest) + 2 * UNIT + self._arrow_width(), round(2.2 * metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = self._shape(1 + self._gap)
        painter.fillPath(shape, self._background())
        if self._progress is not None:
            painter.setClipPath(shape)
            painter.fillRect(self._done_part(), QColor(self._theme.accent_fill))
            painter.setClipping(False)
        if self.is_running:
            painter.strokePath(shape, QPen(QColor(self._theme.accent), 1.5))
        if self.hasFocus():
            painter.strokePath(self._shape(1), QPen(QColor(self._theme.text), 1.5))
        painter.setPen(self._ink())
        painter.setFont(scaled_font(self.font(), self.font().pointSizeF(), bold=True))
        words = self.rect().adjusted(0, 0, -self._arrow_width(), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        self._paint_arrow(painter)
        painter.end()

    @property
    def _gap(self) -> float:
        return _GAP if self.hasFocus() else 0.0

    def _shape(self, inset: float) -> QPainterPath:
        """The button without so many pixels all around."""
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
        return shape

    def _arrow_width(self) -> int:
        return 0 if self._menu is None or self.is_running else round(1.8 * self.fontMetrics().height())

    def _paint_arrow(self, painter: QPainter) -> None:
        """A line before the right end, and an arrow in it."""
        width, height = self._arrow_width(), self.height()
        if not width:
            return
        ink, left = self._ink(), self.width() - width
        faint = QColor(ink)
        faint.setAlphaF(0.35)
        painter.setPen(faint)
        painter.drawLine(left, height // 4, left, height - height // 4)
        centre, half = QPointF(left + width / 2 - 1, height / 2), self.fontMetrics().height() / 4
        tips = (QPointF(-half, -half / 2), QPointF(0, half / 2), QPointF(half, -half / 2))
        painter.setPen(QPen(ink, 1.5))
        painter.drawPolyline([centre + tip for tip in tips])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The menu opens also where the button itself can do nothing now."""
        width = self._arrow_width()
        if width and event.position().x() >= self.width() - width:
            self.open_menu()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_menu()
        else:
            super().keyPressEvent(event)

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
        height, gap = self.height() / 8, self._gap
        width = (self.width() - 2 * gap) * (self._progress or 0.0)
        return QRectF(gap, self.height() - height - gap, width, height)

    def _ink(self) -> QColor:
        theme = self._theme
        if not self.isEnabled():
            return QColor(theme.text_muted)
        return QColor(theme.text if self.is_running else theme.on_accent)
