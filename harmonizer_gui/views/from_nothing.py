"""The small form before a piece is written from nothing: bars, key, metre. It stops nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QWidget

from harmonizer_gui.engine.composing import MAX_BARS
from harmonizer_gui.score import KeySignature, Score, TimeSignature
from harmonizer_gui.session.take import Sheet
from harmonizer_gui.views.theme import UNIT

USUAL_BARS: Final = 8
METRES: Final = ((4, 4), (3, 4), (2, 2), (3, 2), (2, 4), (6, 8), (9, 8), (12, 8))
_MAJOR: Final = ("C♭", "G♭", "D♭", "A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯")
_MINOR: Final = ("A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯", "G♯", "D♯", "A♯")
_COMMON: Final = range(-4, 5)
"""Accidentals of the keys that are offered first; the others follow."""


class FromNothing(QDialog):
    """Begins with the key and the metre of the piece that is open."""

    asked = Signal(object)
    """`Sheet`"""

    def __init__(self, score: Score, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("From nothing"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bars = QSpinBox(self)
        self.bars.setRange(1, MAX_BARS)
        self.bars.setValue(USUAL_BARS)
        self.key = QComboBox(self)
        self.metre = QComboBox(self)
        self._offer_keys(score.key_at(0))
        self._offer_metres(score.time_signatures[0])
        self._lay_out()
        self.accepted.connect(self._ask)

    def _offer_keys(self, key: KeySignature | None) -> None:
        self.key.addItem(self.tr("Any"), None)
        fifths = [*_COMMON, *(each for each in range(-7, 8) if each not in _COMMON)]
        for each in fifths:
            self.key.addItem(self.tr("{tonic} major").format(tonic=_MAJOR[each + 7]), KeySignature(0, each))
        for each in fifths:
            name = self.tr("{tonic} minor").format(tonic=_MINOR[each + 7])
            self.key.addItem(name, KeySignature(0, each, "minor"))
        keys = [self.key.itemData(index) for index in range(self.key.count())]
        self.key.setCurrentIndex(keys.index(key) if key in keys else 0)

    def _offer_metres(self, metre: TimeSignature) -> None:
        here = (metre.numerator, metre.denominator)
        for numerator, denominator in METRES if here in METRES else (here, *METRES):
            self.metre.addItem(f"{numerator}/{denominator}", TimeSignature(0, numerator, denominator))
        self.metre.setCurrentText(f"{here[0]}/{here[1]}")

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        form.setSpacing(UNIT)
        told = QLabel(self.tr("All four voices are written anew. What is there now stays as take 0."), self)
        told.setProperty("kind", "muted")
        form.addRow(told)
        form.addRow(self.tr("&Bars"), self.bars)
        form.addRow(self.tr("&Key"), self.key)
        form.addRow(self.tr("&Metre"), self.metre)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        buttons.button(kinds.Ok).setText(self.tr("&Write"))
        for button in buttons.buttons():
            button.setIcon(button.icon().__class__())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _ask(self) -> None:
        self.asked.emit(Sheet(self.bars.value(), self.metre.currentData(), self.key.currentData()))
