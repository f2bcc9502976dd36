"""The palette: finds any action by its words, and does it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.views.actions import Actions
from harmonizer_gui.views.catalogue import Entry
from harmonizer_gui.views.theme import UNIT

_WIDTH: Final = 36
_ROWS: Final = 12
"""The size of the list, in lines of text."""
_WALKING: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Found(QAbstractListModel):
    """The actions that fit what is searched for, the best first."""

    def __init__(self, entries: list[Entry], actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._all = entries
        self._actions = actions
        self.shown = entries

    def search(self, text: str) -> None:
        self.beginResetModel()
        ranked = [(entry.distance(text), entry) for entry in self._all]
        fitting = [(far, entry) for far, entry in ranked if far is not None]
        self.shown = [entry for _, entry in sorted(fitting, key=lambda each: each[0])]
        self.endResetModel()

    def reason(self, entry: Entry) -> str:
        """Why it cannot be done now; empty where it can."""
        return self._actions.reason(entry.name)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        entry = self.shown[index.row()]
        if role == Role.DisplayRole:
            return entry.words
        if role == Role.AccessibleTextRole:
            parts = (entry.words, entry.place, *entry.keys[:1], self.reason(entry))
            return ", ".join(filter(None, parts))
        return None


class _Row(QStyledItemDelegate):
    """Words at the left, the place in the menus behind them, the key at the right; below them the reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics: QFontMetrics = option.fontMetrics
        model = index.model()
        lines = 2 if isinstance(model, Found) and model.reason(model.shown[index.row()]) else 1
        return QSize(super().sizeHint(option, index).width(), lines * metrics.height() + UNIT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, Found):
            return
        entry = model.shown[index.row()]
        reason = model.reason(entry)
        rect: QRect = option.rect
        palette: QPalette = QApplication.palette()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), palette.accent())
        room = rect.adjusted(2 * UNIT, 0, -2 * UNIT, 0)
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        if reason:
            painter.setPen(muted)
            room = self._write_below(painter, room, reason)
        room = self._write_key(painter, room, entry, muted.name())
        group = QPalette.ColorGroup.Disabled if reason else QPalette.ColorGroup.Normal
        painter.setPen(palette.color(group, QPalette.ColorRole.Text))
        used = painter.fontMetrics().horizontalAdvance(entry.words) + 2 * UNIT
        painter.drawText(room, _LEFT, painter.fontMetrics().elidedText(entry.words, _ELIDED, room.width()))
        painter.setPen(muted)
        rest = room.adjusted(used, 0, 0, 0)
        if rest.width() > 0:
            painter.drawText(
                rest, _LEFT, painter.fontMetrics().elidedText(entry.place, _ELIDED, rest.width())
            )
        painter.restore()

    def _write_below(self, painter: QPainter, room: QRect, words: str) -> QRect:
        """Returns what is left of the room above."""
        room = room.adjusted(0, UNIT // 2, 0, -UNIT // 2)
        upper, lower = QRect(room), QRect(room)
        upper.setBottom(room.center().y())
        lower.setTop(room.center().y() + 1)
        painter.drawText(lower, _LEFT, painter.fontMetrics().elidedText(words, _ELIDED, lower.width()))
        return upper

    def _write_key(self, painter: QPainter, room: QRect, entry: Entry, color: str) -> QRect:
        """Returns what is left of the room."""
        if not entry.keys:
            return room
        painter.setPen(color)
        painter.drawText(room, _RIGHT, entry.keys[0])
        return room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(entry.keys[0]) - 2 * UNIT, 0)


_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDED: Final = Qt.TextElideMode.ElideRight


class Palette(QDialog):
    """Enter does what is chosen, Esc goes away. What cannot be done now says why, and stays."""

    chosen = Signal(str)
    """The name of the action to be done; the palette has gone by then."""

    def __init__(self, entries: list[Entry], actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find an action"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("What do you want to do? Some letters of it will do"))
        self.search.setAccessibleName(self.tr("Find an action"))
        self.list = QListView(self)
        self.found = Found(entries, actions, self)
        self.told = QLabel(self)
        self._build()
        self._search("")

    def _build(self) -> None:
        self.list.setProperty("kind", "list")
        self.list.setModel(self.found)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the keys
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("Actions"))
        self.told.setProperty("kind", "muted")
        self.told.setWordWrap(True)
        self.search.setClearButtonEnabled(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT)
        for widget in (self.search, self.list, self.told):
            column.addWidget(widget)
        line = self.fontMetrics().height()
        self.resize(_WIDTH * line, _ROWS * (line + UNIT) + 6 * line)
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.list.clicked.connect(self._choose)

    def _search(self, text: str) -> None:
        self.found.search(text)
        self.list.setCurrentIndex(self.found.index(0, 0))
        count = self.found.rowCount()
        self.told.setText(
            self.tr("Enter does it, the arrows choose, Esc goes back")
            if count
            else self.tr("No action is called so; try fewer letters")
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field, the arrows walk through the list and Enter does what is chosen there."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _WALKING:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        entry = self.found.shown[index.row()]
        reason = self.found.reason(entry)
        if reason:
            self.told.setText(self.tr("Not now: {reason}").format(reason=reason))
        else:
            self.accept()
            self.chosen.emit(entry.name)
