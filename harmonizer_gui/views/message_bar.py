"""What the window has to say, without a dialog: below the toolbar, until it is dismissed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.views.icons import pixmap, tinted
from harmonizer_gui.views.theme import DARK, UNIT, Theme

MOST_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a message: `run` is called and the message goes."""

    label: str
    run: Callable[[], object]


class MessageRow(QWidget):
    """One message. `dismissed` says that it is done with."""

    dismissed = Signal()

    def __init__(self, message: Message, actions: Sequence[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.is_question = bool(actions)
        self.is_problem = message.severity is Severity.PROBLEM
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "wrong" if self.is_problem else "told")
        self._sign = QLabel(self)
        self._words = QLabel(message.text, self)
        self._close = QToolButton(self)
        self.buttons = [self._button(action) for action in (*actions, *self._copying())]
        self._build()

    def _build(self) -> None:
        words = self._words
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close.setProperty("kind", "flat")
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.clicked.connect(self.dismissed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, UNIT // 2, UNIT, UNIT // 2)
        layout.setSpacing(UNIT)
        layout.addWidget(self._sign)
        layout.addWidget(words, 1)
        for button in (*self.buttons, self._close):
            layout.addWidget(button)

    def _copying(self) -> tuple[Action, ...]:
        """For those who want to tell somebody what went wrong."""
        if not self.message.details:
            return ()
        copy = partial(QGuiApplication.clipboard().setText, self.message.details)
        return (Action(self.tr("Copy details"), copy),)

    def _button(self, action: Action) -> QPushButton:
        button = QPushButton(action.label, self)
        button.clicked.connect(self.dismissed)
        # After the message has gone: what the action does may bring a new one.
        button.clicked.connect(lambda: action.run())
        return button

    def set_text(self, text: str) -> None:
        """Say the same in other words: how far something has come."""
        self._words.setText(text)

    @property
    def is_passing(self) -> bool:
        """Whether it only tells: the next one of its kind may take its place."""
        return not (self.is_problem or self.is_question)

    def set_theme(self, theme: Theme) -> None:
        color = theme.problem if self.is_problem else theme.notice
        name = "problem" if self.is_problem else "notice"
        self._sign.setPixmap(pixmap(name, color, self.fontMetrics().height(), self.devicePixelRatioF()))
        self._close.setIcon(tinted("close", theme.text_muted))


class MessageBar(QWidget):
    """Up to three messages, the newest at the bottom; hidden while there is none.

    A notice takes the place of the notice before it, problems stay until they are dismissed. The same
    text is not shown twice.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.rows: list[MessageRow] = []
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self.rows:
            row.set_theme(theme)

    def say(self, message: Message, *actions: Action) -> None:
        """Show `message`, with a button for each of `actions`, and one for its details where it has any."""
        for row in [row for row in self.rows if self._gives_way(row, message)]:
            self.dismiss(row)
        row = MessageRow(message, actions, self)
        row.set_theme(self._theme)
        row.dismissed.connect(self._on_dismissed)
        self._layout.addWidget(row)
        self.rows.append(row)
        while len(self.rows) > MOST_SHOWN:
            self.dismiss(self.rows[0])
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message.text))

    @staticmethod
    def _gives_way(row: MessageRow, message: Message) -> bool:
        """A notice that asks nothing goes when the next one comes."""
        is_notice = message.severity is not Severity.PROBLEM
        return row.message.text == message.text or (is_notice and row.is_passing)

    @property
    def texts(self) -> list[str]:
        """The messages shown, the oldest first."""
        return [row.message.text for row in self.rows]

    def dismiss(self, row: MessageRow) -> None:
        """Take one message away."""
        self.rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self.rows))

    def clear_notices(self) -> None:
        """Take away what was only told: it was about another piece."""
        for row in [row for row in self.rows if row.is_passing]:
            self.dismiss(row)

    def _on_dismissed(self) -> None:
        row = self.sender()
        if isinstance(row, MessageRow) and row in self.rows:
            self.dismiss(row)
