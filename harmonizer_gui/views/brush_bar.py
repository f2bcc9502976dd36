"""The small bar of the brush, over a corner of the roll while one paints."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from harmonizer_gui.engine.guidance import AVOID, FAVOUR
from harmonizer_gui.views.icons import icon
from harmonizer_gui.views.roll.gestures.brush import MOST_SEMITONES
from harmonizer_gui.views.roll.keyboard import KEYBOARD_WIDTH
from harmonizer_gui.views.roll.paint_marks import paint_mark
from harmonizer_gui.views.theme import DARK, UNIT, Theme

ERASE: Final = 0.0


class BrushBar(QFrame):
    """What the left button leaves behind, how wide the brush is, and a way to clear all.

    It stands in the lower left corner of `over`, the widget with keyboard and roll.
    """

    strength_asked = Signal(float)
    semitones_asked = Signal(int)
    clear_asked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._theme = DARK
        self.setProperty("kind", "float")
        self.setAccessibleName(self.tr("Brush"))
        self.strengths = {
            FAVOUR: self._switch(self.tr("Favour"), self.tr("The left button favours, the right one avoids")),
            AVOID: self._switch(self.tr("Avoid"), self.tr("The left button avoids, the right one favours")),
            ERASE: self._switch(self.tr("Erase"), self.tr("Erase what is painted (hold Shift)")),
        }
        self.semitones = QSpinBox(self)
        self.count = QLabel(self)
        self.clear = QToolButton(self)
        self._build()
        self._connect()
        over.installEventFilter(self)
        self.hide()

    def _switch(self, text: str, hint: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(f" {text}")
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("kind", "worded")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build(self) -> None:
        self.semitones.setRange(1, MOST_SEMITONES)
        self.semitones.setAccessibleName(self.tr("Width of the brush in semitones"))
        self.semitones.setToolTip(self.tr("Width of the brush in semitones (Alt and wheel)"))
        self.semitones.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.count.setProperty("kind", "muted")
        self.clear.setText(self.tr("Clear all"))
        self.clear.setToolTip(self.tr("Erase all that is painted for this voice"))
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        width = QLabel(self.tr("Width"), self)
        width.setProperty("kind", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        row.setSpacing(UNIT // 2)
        for widget in (*self.strengths.values(), width, self.semitones, self.count, self.clear):
            row.addWidget(widget)
        row.insertSpacing(3, UNIT)
        row.insertSpacing(6, UNIT)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for strength, button in self.strengths.items():
            group.addButton(button)
            button.clicked.connect(lambda _on, strength=strength: self.strength_asked.emit(strength))
        self.strengths[FAVOUR].setChecked(True)
        self.semitones.valueChanged.connect(self.semitones_asked)
        self.clear.clicked.connect(self.clear_asked)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        size = self.fontMetrics().height()
        for strength, button in self.strengths.items():
            button.setIconSize(QSize(size, size))
            button.setIcon(self._swatch(favours=strength > 0) if strength else icon("erase", theme))

    def show_brush(self, semitones: int, strength: float) -> None:
        self.semitones.setValue(semitones)
        self.strengths[strength].setChecked(True)

    def set_count(self, count: int) -> None:
        """How many cells are painted for the voice."""
        words = self.tr("1 cell") if count == 1 else self.tr("{} cells").format(count)
        self.count.setText(words)
        self.clear.setEnabled(count > 0)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        self.move(round(KEYBOARD_WIDTH) + UNIT, self._over.height() - self.height() - UNIT)

    def _swatch(self, *, favours: bool) -> QIcon:
        size, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        picture = QPixmap(round(size * ratio), round(size * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_mark(painter, QRectF(0.0, 0.0, size, size), self._theme, favours=favours)
        painter.end()
        return QIcon(picture)
