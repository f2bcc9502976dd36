"""The box that asks how notes go to the grid, and shows it while it asks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.score.edits import Quantising
from harmonizer_gui.views.roll.grid import Grid
from harmonizer_gui.views.theme import UNIT


class QuantiseBox(QDialog):
    """Stands beside the work and blocks nothing. `changed` carries the `Quantising` to be shown."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Quantise"))
        self.setModal(False)
        self.starts = QCheckBox(self.tr("&Starts of notes"), self)
        self.lengths = QCheckBox(self.tr("&Lengths of notes"), self)
        self.strength = QSlider(Qt.Orientation.Horizontal, self)
        self.strength.setRange(0, 100)
        self.strength.setAccessibleName(self.tr("Strength"))
        self._grid = QLabel(self)
        self._percent = QLabel(self)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._name_buttons()
        self._lay_out()
        for box in (self.starts, self.lengths):
            box.toggled.connect(self._tell)
        self.strength.valueChanged.connect(self._tell)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _name_buttons(self) -> None:
        """In words alone, as all buttons of the window are."""
        accept = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        accept.setText(self.tr("&Quantise"))
        for button in (accept, self._buttons.button(QDialogButtonBox.StandardButton.Cancel)):
            button.setIcon(QIcon())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        for widget in (self._grid, self.starts, self.lengths):
            column.addWidget(widget)
        row = QHBoxLayout()
        label = QLabel(self.tr("S&trength"), self)
        label.setBuddy(self.strength)
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part in (label, self.strength, self._percent):
            row.addWidget(part)
        column.addLayout(row)
        column.addWidget(self._buttons)

    @property
    def how(self) -> Quantising:
        """What is chosen."""
        return Quantising(
            starts=self.starts.isChecked(),
            lengths=self.lengths.isChecked(),
            strength=self.strength.value() / 100,
        )

    def ask(self, how: Quantising, grid: Grid) -> None:
        """Open with `how` chosen, and have it shown."""
        for widget in (self.starts, self.lengths, self.strength):
            widget.blockSignals(True)  # noqa: FBT003  # Qt's signature
        self.starts.setChecked(how.starts)
        self.lengths.setChecked(how.lengths)
        self.strength.setValue(round(100 * how.strength))
        for widget in (self.starts, self.lengths, self.strength):
            widget.blockSignals(False)  # noqa: FBT003  # Qt's signature
        self._grid.setText(self.tr("To the grid of {name}").format(name=grid.name))
        self.show()
        self.raise_()
        self.strength.setFocus()
        self._tell()

    def _tell(self) -> None:
        self._percent.setText(self.tr("{} %").format(self.strength.value()))
        self.changed.emit(self.how)
