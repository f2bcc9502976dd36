"""Asks for one new key, and says who has it already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.views.theme import UNIT

_WIDTH: Final = 26
"""In lines of text."""
_LEAVING: Final = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyField(QKeySequenceEdit):
    """Takes any key but those that leave the box: Esc, and Return and Enter, with nothing held."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in _LEAVING:
            event.ignore()
        else:
            super().keyPressEvent(event)


class KeyAsker(QDialog):
    """Return takes the key, Esc leaves all as it is.

    `conflict` tells the words of the action that has a key already, empty for none.
    """

    answered = Signal(object)
    """The `QKeySequence` chosen; None for those that the action comes with."""

    def __init__(self, words: str, conflict: Callable[[QKeySequence], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A key for “{action}”").format(action=words))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._conflict = conflict
        self.field = KeyField(self)
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(self.tr("New key"))
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setProperty("kind", "muted")
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Reset, self)
        self._lay_out(words)
        line = self.fontMetrics().height()
        self.setMinimumWidth(_WIDTH * line)
        self.told.setMinimumHeight(2 * line + UNIT // 2)
        self._show(QKeySequence())

    def _lay_out(self, words: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        asked = QLabel(
            self.tr("Press the key that shall do “{action}”. Return takes it, Esc goes back.").format(
                action=words
            ),
            self,
        )
        asked.setWordWrap(True)
        for widget in (asked, self.field, self.told, self.buttons):
            column.addWidget(widget)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())
        self.take = self._button(QDialogButtonBox.StandardButton.Ok, self.tr("Use it"))
        self.reset = self._button(QDialogButtonBox.StandardButton.Reset, self.tr("As it comes"))
        self.field.keySequenceChanged.connect(self._show)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.reset.clicked.connect(self._reset)

    def _button(self, kind: QDialogButtonBox.StandardButton, text: str) -> QPushButton:
        button = self.buttons.button(kind)
        button.setText(text)
        return button

    @Slot(QKeySequence)
    def _show(self, keys: QKeySequence) -> None:
        """The action that has the key is named before it loses it."""
        other = "" if keys.isEmpty() else self._conflict(keys)
        self.take.setEnabled(not keys.isEmpty())
        self.told.setText(
            self.tr("“{action}” has this key now and will lose it.").format(action=other)
            if other
            else self.tr("The key is free.")
            if not keys.isEmpty()
            else self.tr("No key pressed yet.")
        )

    def _accept(self) -> None:
        self.accept()
        self.answered.emit(self.field.keySequence())

    def _reset(self) -> None:
        self.accept()
        self.answered.emit(None)
