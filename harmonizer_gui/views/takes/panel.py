"""The cards in a row, and what can be done with the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.views.elided_label import ElidedLabel
from harmonizer_gui.views.takes.card import CARD_ROLE, Card, CardPainter
from harmonizer_gui.views.theme import UNIT, Theme
from harmonizer_gui.views.tight_bar import TightBar, hiding

_NOWHERE: Final = QModelIndex()


class CardList(QAbstractListModel):
    """The cards, in order of their numbers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: tuple[Card, ...] = ()

    def set_cards(self, cards: tuple[Card, ...]) -> None:
        if cards != self.cards:
            self.beginResetModel()
            self.cards = cards
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:  # noqa: ANN401  # Qt's
        card = self.cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.words
        return card.details if role == Qt.ItemDataRole.ToolTipRole else None


class CardView(QListView):
    """The arrow keys and the mouse choose a card."""

    accept_asked = Signal()

    def __init__(self, cards: CardList, painter: CardPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(cards)
        self.setItemDelegate(painter)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(40 * line, round(5.2 * line) + self.horizontalScrollBar().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * self.fontMetrics().height(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept_asked.emit()
        else:
            super().keyPressEvent(event)


class TakesPanel(QWidget):
    """Shows the takes of one place and asks for one of them.

    `set_asked` carries the index of another place, `hear_asked`, `again_asked`, `settings_asked` and
    `forget_asked` the number of a take.
    """

    set_asked = Signal(int)
    hear_asked = Signal(int)
    again_asked = Signal(int)
    settings_asked = Signal(int)
    forget_asked = Signal(int)
    accept_asked = Signal()
    leave_asked = Signal()
    sampled_asked = Signal()
    """Show the heat that the take was drawn from, or no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._cards = CardList(self)
        self._painter = CardPainter(self)
        self.view = CardView(self._cards, self._painter, self)
        self.view.setAccessibleName(self.tr("Takes"))
        self.places = QComboBox(self)
        self.places.setAccessibleName(self.tr("Place whose takes are shown"))
        self.places.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.accept = self._button(self.tr("Accept"), self.tr("Keep what is heard (Enter)"))
        self.leave = self._button(self.tr("Back"), self.tr("As it was before the takes were tried (Esc)"))
        self.again = self._button(self.tr("Reproduce"), "")
        self.settings = self._button(
            self.tr("Use its settings"), self.tr("Mix the experts as they were for this take")
        )
        self.sampled = self._button(self.tr("Heat as sampled"), "")
        self.sampled.setCheckable(True)
        self._hint = ElidedLabel("", self)
        self._empty = QLabel(self)
        self._reasons: dict[int, str] = {}
        self._is_showing = False
        self._lay_out()
        self._connect()
        self.set_takes((), None, is_open=False)

    def _button(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(hint)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        self._empty.setText(
            self.tr("No takes of this voice yet.\nG writes one, Shift+G several to choose from.")
        )
        self._empty.setProperty("kind", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._full = QWidget(self)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self.view, 1)
        column.addWidget(self._make_foot())
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._full)

    def _make_foot(self) -> TightBar:
        """What can be done with the take. In little room the last three are left to menus and keys."""
        foot = TightBar(self._full)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        row.addWidget(self.accept)
        row.addWidget(self.leave)
        row.addSpacing(UNIT)
        row.addWidget(self._hint, 1)
        for widget in (self.places, self.again, self.settings, self.sampled):
            row.addWidget(widget)
        foot.give_way_by(hiding(self.sampled, self.settings, self.again))
        return foot

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._on_chosen)
        self.view.doubleClicked.connect(self.accept_asked)
        self.view.accept_asked.connect(self.accept_asked)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.places.activated.connect(self.set_asked)
        self.accept.clicked.connect(self.accept_asked)
        self.leave.clicked.connect(self.leave_asked)
        self.sampled.clicked.connect(self._ask_sampled)
        self.again.clicked.connect(lambda: self.again_asked.emit(self.chosen))
        self.settings.clicked.connect(lambda: self.settings_asked.emit(self.chosen))

    @property
    def cards(self) -> tuple[Card, ...]:
        return self._cards.cards

    @property
    def chosen(self) -> int:
        """The number of the card that the keys are on; 0 where there is none."""
        row = self.view.currentIndex().row()
        return self.cards[row].number if 0 <= row < len(self.cards) else 0

    @property
    def hint(self) -> str:
        return self._hint.text()

    def set_theme(self, theme: Theme) -> None:
        self._painter.set_theme(theme)
        self.view.viewport().update()

    def set_sampled(self, *, on: bool, reason: str) -> None:
        """Show whether the heat is what the take was drawn from; a `reason` says why it cannot be."""
        self.sampled.setChecked(on)
        self.sampled.setEnabled(on or not reason)
        hint = self.tr(
            "Show what the take was drawn from, not the heat of the notes that stand now (Shift+H)"
        )
        self.sampled.setToolTip(reason or hint)

    def set_places(self, names: Sequence[str], current: int) -> None:
        """Offer other places; hidden while there is but one."""
        self.places.clear()
        self.places.addItems(list(names))
        self.places.setCurrentIndex(current)
        self.places.setVisible(len(names) > 1)

    def set_reasons(self, reasons: dict[int, str]) -> None:
        """Why takes, by number, cannot be had again; none for those that can."""
        self._reasons = reasons
        self._show_chosen()

    def set_takes(self, cards: tuple[Card, ...], shown: int | None, *, is_open: bool) -> None:
        """Show the cards, and which take is heard; `is_open` says that it is still to be accepted."""
        self._is_showing = True
        self._painter.set_shown(shown)
        self._cards.set_cards(cards)
        row = next((row for row, card in enumerate(cards) if card.number == shown), -1)
        if row >= 0:
            index = self._cards.index(row)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        self.view.viewport().update()
        self._is_showing = False
        self._pages.setCurrentWidget(self._full if cards else self._empty)
        for button in (self.accept, self.leave):
            button.setEnabled(is_open)
        self._hint.set_words(self._hint_words(shown, is_open=is_open))
        self._show_chosen()

    def _hint_words(self, shown: int | None, *, is_open: bool) -> str:
        if not is_open:
            return self.tr("[ ] to hear the takes in place · X to compare two")
        words = self.tr("Enter keeps take {number} · Esc goes back · [ ] others · X compares two")
        return words.format(number=shown or 0)

    def _show_chosen(self) -> None:
        number = self.chosen
        reason = self._reasons.get(number, "")
        self.settings.setEnabled(number > 0)
        self.again.setEnabled(number > 0 and not reason)
        self.again.setToolTip(reason or self.tr("Write it once more, with the same seed and settings"))

    def _ask_sampled(self) -> None:
        """A view shows what is so, a click only asks."""
        self.sampled.setChecked(not self.sampled.isChecked())
        self.sampled_asked.emit()

    def _on_chosen(self, index: QModelIndex) -> None:
        if not self._is_showing and index.isValid():
            self.hear_asked.emit(self.cards[index.row()].number)
        self._show_chosen()

    def _open_menu(self, place: QPoint) -> None:
        """What can be done with the card under the mouse."""
        index = self.view.indexAt(place)
        if not index.isValid() or not self.cards[index.row()].number:
            return
        number = self.cards[index.row()].number
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        again = menu.addAction(self.tr("&Reproduce"), lambda: self.again_asked.emit(number))
        again.setEnabled(number not in self._reasons)
        menu.addAction(self.tr("&Use its settings"), lambda: self.settings_asked.emit(number))
        menu.addAction(self.tr("&Forget"), lambda: self.forget_asked.emit(number))
        menu.popup(self.view.viewport().mapToGlobal(place))
