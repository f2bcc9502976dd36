"""A slider and a number field for the same value."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from harmonizer_gui.views.experts.scale import Scale
from harmonizer_gui.views.experts.slider import MarkSlider
from harmonizer_gui.views.theme import UNIT, Theme


class NumberField(QDoubleSpinBox):
    """Two decimals without arrows; asks for a value when it is typed in whole, one gesture a key."""

    value_asked = Signal(float, object)

    def __init__(self, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gesture: object = None
        self.setProperty("kind", "number")
        self.setRange(low, high)
        self.setDecimals(2)
        self.setSingleStep(0.05)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.valueChanged.connect(self._ask)

    def show_value(self, value: float) -> None:
        if round(value, self.decimals()) != self.value():  # else Qt paints it anew all the same
            with QSignalBlocker(self):
                self.setValue(value)

    def _ask(self, value: float) -> None:
        self.value_asked.emit(round(value, 2), self._gesture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._gesture = object()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll."""
        event.ignore()


class ValueControl(QWidget):
    """One value, to be dragged or typed. `value_asked` carries the value and the gesture."""

    value_asked = Signal(float, object)

    def __init__(self, scale: Scale, low: float, high: float, parent: QWidget | None = None) -> None:
        """The slider runs over `scale`, the number field from `low` to `high`."""
        super().__init__(parent)
        self.usual = scale.usual
        self.slider = MarkSlider(scale, self)
        self.number = NumberField(low, high, self)
        self.number.setFixedWidth(self.number.fontMetrics().horizontalAdvance("00.00") + 2 * UNIT)
        self.slider.value_asked.connect(self.value_asked)
        self.number.value_asked.connect(self.value_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.number)
        self.show_value(scale.usual)

    def set_theme(self, theme: Theme) -> None:
        self.slider.set_theme(theme)

    def set_counting(self, *, on: bool) -> None:
        """Show whether the value counts at present."""
        self.slider.set_counting(on=on)

    def set_names(self, name: str, hint: str) -> None:
        """Name both for those who cannot see them, and say in the tooltip what they do."""
        for widget in (self.slider, self.number):
            widget.setAccessibleName(name)
            widget.setToolTip(hint)

    def show_value(self, value: float) -> None:
        self.slider.show_value(value)
        self.number.show_value(value)
        self.slider.setAccessibleDescription(f"{value:.2f}")

    def reset(self) -> None:
        """Ask for the usual value."""
        self.value_asked.emit(self.usual, object())
