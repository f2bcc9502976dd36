"""Whether the keys go to the roll is seen by those who came with the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from harmonizer_gui.views.roll.canvas import Canvas
from harmonizer_gui.views.roll.roll import PianoRoll
from harmonizer_gui.views.theme import CONTRAST, DARK, LIGHT, Theme

REASON = Qt.FocusReason


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_a_ring_for_those_who_come_by_the_keyboard(show: Callable[..., None], theme: Theme) -> None:
    both = QWidget()
    column = QVBoxLayout(both)
    roll, field = PianoRoll(both), QLineEdit(both)
    roll.set_theme(theme)
    column.addWidget(roll)
    column.addWidget(field)
    show(both, 700, 500)
    heard: list[bool] = []
    roll.canvas.focused.connect(heard.append)

    def has_ring() -> bool:
        canvas: Canvas = roll.canvas
        image = canvas.viewport().grab().toImage()
        return all(image.pixelColor(1, y).name() == theme.accent for y in range(5, image.height(), 40))

    field.setFocus(REASON.TabFocusReason)
    assert not has_ring()
    roll.canvas.setFocus(REASON.TabFocusReason)
    assert has_ring()
    QTest.mouseClick(roll.canvas.viewport(), Qt.MouseButton.RightButton, pos=QPoint(300, 200))
    assert not has_ring()
    field.setFocus(REASON.MouseFocusReason)
    roll.canvas.setFocus(REASON.OtherFocusReason)
    assert not has_ring()
    assert heard == [False, True, False, True]
