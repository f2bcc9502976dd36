"""Bach's chorales to choose from, by number, title and key."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.session.chorales import Listed
from harmonizer_gui.views.key_names import key_name
from harmonizer_gui.views.theme import UNIT

if TYPE_CHECKING:
    from harmonizer_gui.files.chorales import Chorale

_CHORALE = Qt.ItemDataRole.UserRole
_ORDER = Qt.ItemDataRole.UserRole + 1
_WORDS = Qt.ItemDataRole.UserRole + 2
_SIZE = (88 * UNIT, 66 * UNIT)

_Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    BWV = 0
    RIEMENSCHNEIDER = 1
    TITLE = 2
    KEY = 3


class _Found(QSortFilterProxyModel):
    """The chorales in which every word of the search begins some word."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._searched: tuple[str, ...] = ()
        self.setSortRole(_ORDER)

    def search(self, text: str) -> None:
        from harmonizer_gui.files.chorales import plain_words

        self._searched = plain_words(text)
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        words = self.sourceModel().index(row, 0, parent).data(_WORDS)
        return all(any(word.startswith(each) for word in words) for each in self._searched)


class ChoraleBrowser(QDialog):
    """Modal to the window. The list may still grow while one looks at it."""

    chosen = Signal(object)
    """The `Chorale` to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open a chorale"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit(self)
        self.table = QTreeView(self)
        self.told = QLabel(self)
        self._model = QStandardItemModel(0, len(Column), self)
        self._found = _Found(self)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Open | kinds.Cancel, self)
        self._is_whole = False
        self._build()
        self._lay_out()
        self._connect()
        self.resize(*_SIZE)
        self._show_count()

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Number, title or key, as 269, Herzlich or G minor"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Search"))
        titles = (self.tr("BWV"), self.tr("Riemenschneider"), self.tr("Title"), self.tr("Key"))
        self._model.setHorizontalHeaderLabels(titles)
        self._found.setSourceModel(self._model)
        table = self.table
        table.setProperty("kind", "list")
        table.setModel(self._found)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSortingEnabled(True)
        table.sortByColumn(Column.BWV, Qt.SortOrder.AscendingOrder)
        table.setAccessibleName(self.tr("Chorales"))
        table.header().setStretchLastSection(False)
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.header().setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        self.told.setProperty("kind", "muted")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        for widget in (self.search, self.table, self.told, self.buttons):
            column.addWidget(widget)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())  # the style's own belong to another family

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.table.activated.connect(self.accept)
        self.table.selectionModel().currentChanged.connect(self._show_whether_it_can_open)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(self._choose)

    @Slot(object)
    def show_listed(self, listed: Listed) -> None:
        """Show the chorales known so far; those that are shown already stay, with the choice."""
        for chorale in listed.chorales[self._model.rowCount() :]:
            self._model.appendRow(_row(chorale))
        self._is_whole = listed.share >= 1.0
        if not self.table.currentIndex().isValid():
            self._choose_first()
        self._show_count(listed.share)

    @property
    def shown(self) -> list[Chorale]:
        """Those that fit what is searched for, in the order of the table."""
        rows = range(self._found.rowCount())
        return [self._found.index(row, 0).data(_CHORALE) for row in rows]

    @Slot(str)
    def _search(self, text: str) -> None:
        self._found.search(text)
        self._choose_first()
        self._show_count()

    def _choose_first(self) -> None:
        self.table.setCurrentIndex(self._found.index(0, 0))
        self._show_whether_it_can_open()

    def _show_whether_it_can_open(self) -> None:
        button = self.buttons.button(QDialogButtonBox.StandardButton.Open)
        button.setEnabled(self.table.currentIndex().isValid())

    def _show_count(self, share: float = 1.0) -> None:
        count = self._found.rowCount()
        if not self._is_whole:
            text = self.tr("Reading the chorales for the first time: {percent} %").format(
                percent=round(100 * share) if self._model.rowCount() else 0
            )
        elif not self._model.rowCount():
            text = self.tr("music21 was installed without its corpus, so there is none to choose from")
        else:
            text = self.tr("1 chorale") if count == 1 else self.tr("{count} chorales").format(count=count)
        self.told.setText(text)

    @Slot()
    def _choose(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.chosen.emit(index.siblingAtColumn(0).data(_CHORALE))


def _row(chorale: Chorale) -> list[QStandardItem]:
    from harmonizer_gui.files.chorales import catalogue_order, plain_words

    key = "" if chorale.key is None else key_name(chorale.key)
    numbers = ", ".join(str(number) for number in chorale.riemenschneider)
    catalogue = catalogue_order(chorale.bwv)
    orders = (
        f"{catalogue[0]:05}.{catalogue[1]:05}.{catalogue[2]}",
        f"{chorale.riemenschneider[0]:05}" if chorale.riemenschneider else "99999",
        " ".join(plain_words(chorale.title)) or "zzz",
        key or "zzz",
    )
    items = [QStandardItem(text) for text in (chorale.bwv, numbers, chorale.title or "–", key)]
    for item, order in zip(items, orders, strict=True):
        item.setData(order, _ORDER)
    items[0].setData(chorale, _CHORALE)
    items[0].setData((*chorale.words, *plain_words(key), *plain_words(key.replace("♯", "#"))), _WORDS)
    return items
