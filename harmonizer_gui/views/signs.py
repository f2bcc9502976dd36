"""The small boxes that ask for a metre, a tempo, a key or a pickup. None of them blocks the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from harmonizer_gui.score import TICKS_PER_QUARTER, KeySignature, Tempo, TimeSignature
from harmonizer_gui.views.key_names import key_name
from harmonizer_gui.views.theme import UNIT

DENOMINATORS: Final = (1, 2, 4, 8, 16, 32)
PICKUP_STEP: Final = TICKS_PER_QUARTER // 4
"""A pickup is chosen in sixteenths."""


class SignBox(QDialog):
    """One row of fields under a sentence; `answer` gets what is chosen."""

    def __init__(self, title: str, place: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        self._form.setSpacing(UNIT)
        label = QLabel(place, self)
        label.setProperty("kind", "muted")
        self._form.addRow(label)

    def add(self, name: str, *fields: QWidget) -> None:
        """A row with one or more fields, the first of which the name belongs to."""
        row = QHBoxLayout()
        for field in fields:
            row.addWidget(field)
        row.addStretch(1)
        label = QLabel(name, self)
        label.setBuddy(fields[0])
        label.setMinimumHeight(fields[0].sizeHint().height())  # on one line with what is in the field
        self._form.addRow(label, row)
        fields[0].setFocus()

    def ask(self, answer: Callable[[], None]) -> None:
        """Show it; `answer` is called when the user accepts."""
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        for button in buttons.buttons():
            button.setIcon(QIcon())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._form.addRow(buttons)
        self.accepted.connect(answer)
        self.finished.connect(self.deleteLater)
        self.open()


def ask_metre(parent: QWidget, place: str, now: TimeSignature, answer: Callable[[int, int], None]) -> SignBox:
    """Ask for the counts of a bar and the length of a count."""
    box = SignBox(_tr("Metre"), place, parent)
    counts, length = QSpinBox(box), QComboBox(box)
    counts.setRange(1, 64)
    counts.setValue(now.numerator)
    counts.setAccessibleName(_tr("Counts in a bar"))
    for denominator in DENOMINATORS:
        length.addItem(str(denominator), denominator)
    length.setCurrentIndex(length.findData(now.denominator))
    length.setAccessibleName(_tr("Length of a count, as a part of a whole note"))
    box.add(_tr("&Metre"), counts, QLabel("/", box), length)
    box.ask(lambda: answer(counts.value(), int(length.currentData())))
    counts.selectAll()
    return box


def ask_tempo(parent: QWidget, place: str, now: Tempo, answer: Callable[[float], None]) -> SignBox:
    """Ask for quarters a minute."""
    box = SignBox(_tr("Tempo"), place, parent)
    tempo = QDoubleSpinBox(box)
    tempo.setRange(5.0, 1000.0)
    tempo.setDecimals(1)
    tempo.setValue(now.quarters_per_minute)
    tempo.setSuffix(_tr(" quarters a minute"))
    tempo.setAccessibleName(_tr("Quarters a minute"))
    box.add(_tr("Te&mpo"), tempo)
    box.ask(lambda: answer(tempo.value()))
    tempo.selectAll()
    return box


def ask_key(
    parent: QWidget, place: str, now: KeySignature | None, answer: Callable[[KeySignature], None]
) -> SignBox:
    """Ask for one of the major and minor keys; the answer stands at tick 0."""
    box = SignBox(_tr("Key"), place, parent)
    keys = QComboBox(box)
    keys.setAccessibleName(_tr("Key"))
    offered = [KeySignature(0, fifths) for fifths in range(-7, 8)]
    offered += [KeySignature(0, fifths, "minor") for fifths in range(-7, 8)]
    keys.addItems([key_name(key) for key in offered])
    shown = KeySignature(0, 0) if now is None else KeySignature(0, now.fifths, now.mode)
    keys.setCurrentIndex(offered.index(shown))
    box.add(_tr("&Key"), keys)
    box.ask(lambda: answer(offered[keys.currentIndex()]))
    return box


def ask_pickup(parent: QWidget, bar: TimeSignature, now: int, answer: Callable[[int], None]) -> SignBox:
    """Ask for the length of the incomplete first bar, in quarters."""
    box = SignBox(_tr("Pickup"), _tr("How long the incomplete first bar is; 0 for none"), parent)
    length = QDoubleSpinBox(box)
    length.setDecimals(2)
    length.setSingleStep(1.0 if bar.beat_ticks == TICKS_PER_QUARTER else bar.beat_ticks / TICKS_PER_QUARTER)
    length.setRange(0.0, (bar.bar_ticks - PICKUP_STEP) / TICKS_PER_QUARTER)
    length.setValue(now / TICKS_PER_QUARTER)
    length.setSuffix(_tr(" quarters"))
    length.setAccessibleName(_tr("Length of the pickup in quarters"))
    box.add(_tr("&Pickup"), length)
    box.ask(partial(_answer_pickup, length, answer))
    length.selectAll()
    return box


def _answer_pickup(length: QDoubleSpinBox, answer: Callable[[int], None]) -> None:
    answer(round(length.value() * TICKS_PER_QUARTER / PICKUP_STEP) * PICKUP_STEP)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Signs", text)
