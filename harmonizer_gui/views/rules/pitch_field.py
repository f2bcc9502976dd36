"""A field for a pitch, by its name."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, pitch_name
from harmonizer_gui.views.theme import UNIT

_STEPS: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NAME: Final = re.compile(r"([A-Ga-g])([#♯b♭]?)(-?\d)")


def pitch_of(text: str) -> int | None:
    """The pitch (MIDI) of a name such as `C4` or `B♭3`, or of a number; None for anything else."""
    plain = text.strip()
    if plain.isdecimal():
        return int(plain)
    match = _NAME.fullmatch(plain)
    if match is None:
        return None
    letter, sign, octave = match.groups()
    shift = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}[sign]
    return 12 * (int(octave) + 1) + _STEPS[letter.upper()] + shift


class PitchField(QSpinBox):
    """`pitch_asked` carries the gesture: what one key, held down, does is one."""

    pitch_asked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gesture: object = None
        self.setRange(LOWEST_PITCH, HIGHEST_PITCH)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setKeyboardTracking(False)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("B♭-1") + 6 * UNIT)
        self.valueChanged.connect(lambda _value: self.pitch_asked.emit(self._gesture))

    def textFromValue(self, value: int) -> str:
        return pitch_name(value)

    def valueFromText(self, text: str) -> int:
        pitch = pitch_of(text)
        return self.value() if pitch is None else min(self.maximum(), max(self.minimum(), pitch))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        state = QValidator.State.Intermediate if pitch_of(text) is None else QValidator.State.Acceptable
        return state, text, position

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._gesture = object()
        super().keyPressEvent(event)
