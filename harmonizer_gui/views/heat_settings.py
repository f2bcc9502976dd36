"""How heat is shown, in one small panel that opens beside the colour bar."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from harmonizer_gui.views.experts.scale import Scale
from harmonizer_gui.views.experts.value import ValueControl
from harmonizer_gui.views.heat_scale import (
    LEAST_GAMMA,
    LEAST_OPACITY,
    MOST_GAMMA,
    ColorMap,
    HeatLook,
    HeatMeasure,
)
from harmonizer_gui.views.theme import UNIT, Theme


class HeatSettings(QWidget):
    """Shows a `HeatLook` and asks for others; it closes with a click elsewhere, or Esc."""

    look_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "float")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = HeatLook()
        self.measure, self.colors = QComboBox(self), QComboBox(self)
        gammas = Scale(LEAST_GAMMA, MOST_GAMMA, positions=160, usual=0.5)
        self.gamma = ValueControl(gammas, LEAST_GAMMA, MOST_GAMMA, self)
        opacities = Scale(LEAST_OPACITY, 1.0, positions=180)
        self.opacity = ValueControl(opacities, LEAST_OPACITY, 1.0, self)
        self.onsets = QCheckBox(self.tr("Onsets only"), self)
        self.rests = QCheckBox(self.tr("Lane for silence"), self)
        self.whole = QPushButton(self.tr("Usual look"), self)
        self._fill()
        self._lay_out()
        self._connect()
        self.set_look(self._look)

    def _fill(self) -> None:
        self.measure.addItem(self.tr("Probability"), HeatMeasure.PROBABILITY)
        self.measure.addItem(self.tr("Logarithm"), HeatMeasure.LOG)
        self.measure.addItem(self.tr("Rank in its step"), HeatMeasure.RANK)
        self.colors.addItem(self.tr("Viridis"), ColorMap.VIRIDIS)
        self.colors.addItem(self.tr("Blue to yellow (CET-CBL1)"), ColorMap.BLUE_YELLOW)
        self.gamma.set_names(
            self.tr("Gamma"), self.tr("Below 1, small probabilities are easier to see. Double click resets.")
        )
        self.opacity.set_names(
            self.tr("Strength"), self.tr("How strongly the heat lies on the roll. Double click resets.")
        )
        self.onsets.setToolTip(self.tr("Where a pitch is struck, not where it sounds (Shift+O)"))
        self.rests.setToolTip(
            self.tr("A lane under the notes: how likely the voice is silent at each step (Shift+I)")
        )
        self.whole.setToolTip(self.tr("Everything here as at first, the ends of the scale too"))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * UNIT, 3 * UNIT // 2, 2 * UNIT, 3 * UNIT // 2)
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(UNIT)
        rows = (
            (self.tr("Scale"), self.measure),
            (self.tr("Gamma"), self.gamma),
            (self.tr("Strength"), self.opacity),
            (self.tr("Colours"), self.colors),
        )
        for row, (text, widget) in enumerate(rows):
            label = QLabel(text, self)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
            widget.setAccessibleName(text)
        grid.addWidget(self.onsets, len(rows), 1)
        grid.addWidget(self.rests, len(rows) + 1, 1)
        grid.addWidget(self.whole, len(rows) + 2, 1)
        grid.setColumnMinimumWidth(1, 16 * self.fontMetrics().height())

    def _connect(self) -> None:
        self.measure.activated.connect(self._ask_measure)
        self.colors.activated.connect(self._ask_colors)
        self.gamma.value_asked.connect(self._ask_gamma)
        self.opacity.value_asked.connect(self._ask_opacity)
        self.onsets.clicked.connect(self._ask_onsets)
        self.rests.clicked.connect(self._ask_rests)
        self.whole.clicked.connect(self._ask_usual)

    def set_theme(self, theme: Theme) -> None:
        self.gamma.set_theme(theme)
        self.opacity.set_theme(theme)

    def set_look(self, look: HeatLook) -> None:
        self._look = look
        scale = look.scale
        self.measure.setCurrentIndex(self.measure.findData(scale.measure))
        self.colors.setCurrentIndex(self.colors.findData(scale.colors))
        self.gamma.show_value(scale.gamma)
        self.gamma.setEnabled(scale.measure is HeatMeasure.PROBABILITY)
        self.opacity.show_value(look.opacity)
        self.onsets.setChecked(look.onsets)
        self.rests.setChecked(look.rests)

    def open_at(self, place: QPoint) -> None:
        """Open with the lower right corner near `place` on the screen, wholly on it."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = min(place.x() - self.width(), screen.right() - self.width())
        y = min(place.y(), screen.bottom() - self.height())
        self.move(max(screen.left(), x), max(screen.top(), y))
        self.show()
        self.measure.setFocus()

    def _ask_measure(self, index: int) -> None:
        measure = HeatMeasure(self.measure.itemData(index))
        self.look_asked.emit(replace(self._look, scale=self._look.scale.with_measure(measure)))

    def _ask_colors(self, index: int) -> None:
        colors = ColorMap(self.colors.itemData(index))
        self.look_asked.emit(replace(self._look, scale=replace(self._look.scale, colors=colors)))

    def _ask_gamma(self, gamma: float, _gesture: object) -> None:
        self.look_asked.emit(replace(self._look, scale=replace(self._look.scale, gamma=gamma)))

    def _ask_opacity(self, opacity: float, _gesture: object) -> None:
        self.look_asked.emit(replace(self._look, opacity=opacity))

    def _ask_onsets(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self.look_asked.emit(replace(self._look, onsets=on))

    def _ask_rests(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self.look_asked.emit(replace(self._look, rests=on))

    def _ask_usual(self) -> None:
        self.look_asked.emit(HeatLook())
