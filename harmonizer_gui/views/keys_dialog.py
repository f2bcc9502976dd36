"""All keys by area, to be searched, printed and changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.views.catalogue import Entry
from harmonizer_gui.views.theme import UNIT

_SIZE: Final = (46, 38)
"""In lines of text."""
_NAME: Final = Qt.ItemDataRole.UserRole


class KeysDialog(QDialog):
    """Actions by area with their keys; it does not stop anything.

    With `changing`, Enter or a double click on an action asks for another key, and all actions are listed.
    """

    change_asked = Signal(str)
    """The name of the action that shall get other keys."""
    reset_asked = Signal()
    """All keys shall be as they come."""

    def __init__(
        self, entries: Iterable[Entry], parent: QWidget | None = None, *, changing: bool = False
    ) -> None:
        super().__init__(parent)
        self._is_changing = changing
        self.setWindowTitle(self.tr("Change keys") if changing else self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit(self)
        self.tree = QTreeWidget(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._build()
        self._lay_out()
        self.set_entries(entries)
        line = self.fontMetrics().height()
        self.resize(_SIZE[0] * line, _SIZE[1] * line)

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Search by words or by key, as “take” or “Ctrl+G”"))
        self.search.setAccessibleName(self.tr("Search the keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_found)
        tree = self.tree
        tree.setProperty("kind", "list")
        tree.setColumnCount(2)
        tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setAccessibleName(self.tr("Actions and their keys"))
        tree.itemActivated.connect(self._ask_change)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        hint = self._change_hint() if self._is_changing else self._mouse_hint()
        roles = QDialogButtonBox.ButtonRole
        if self._is_changing:
            reset = self.buttons.addButton(self.tr("Reset all"), roles.ResetRole)
            reset.clicked.connect(self.reset_asked)
        else:
            copy = self.buttons.addButton(self.tr("Copy as text"), roles.ActionRole)
            copy.setToolTip(self.tr("Puts the list on the clipboard, to be printed"))
            copy.clicked.connect(self._copy)
        for widget in (self.search, self.tree, hint, self.buttons):
            column.addWidget(widget)
        self.buttons.rejected.connect(self.close)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())  # the style's own belong to another family
            button.setAutoDefault(False)  # type: ignore[attr-defined]  # they are push buttons

    def set_entries(self, entries: Iterable[Entry]) -> None:
        """Show these; what is chosen stays chosen."""
        current = self.tree.currentItem()
        chosen = None if current is None else current.data(0, _NAME)
        self._entries = [entry for entry in entries if entry.keys or self._is_changing]
        self.tree.clear()
        areas: dict[str, QTreeWidgetItem] = {}
        for entry in self._entries:
            if entry.area not in areas:
                areas[entry.area] = self._heading(entry.area)
            item = QTreeWidgetItem(areas[entry.area], [entry.whole, "  ·  ".join(entry.keys)])
            item.setData(0, _NAME, entry.name)
            if entry.name == chosen:
                self.tree.setCurrentItem(item)
        self.tree.expandAll()
        self._show_found(self.search.text())

    def _heading(self, area: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [area])
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFirstColumnSpanned(True)
        return item

    @property
    def shown(self) -> list[str]:
        """The names of the actions that fit what is searched for."""
        items = [item for area in self._areas() for item in _children(area) if not item.isHidden()]
        return [str(item.data(0, _NAME)) for item in items]

    @property
    def text(self) -> str:
        """The whole list, to be printed."""
        lines: list[str] = []
        area = ""
        width = max((len(", ".join(entry.keys)) for entry in self._entries), default=0)
        for entry in self._entries:
            if entry.area != area:
                area = entry.area
                lines += ["", area] if lines else [area]
            lines.append(f"  {', '.join(entry.keys):<{width}}  {entry.whole}")
        return "\n".join(lines)

    def _show_found(self, text: str) -> None:
        fitting = {entry.name for entry in self._entries if entry.distance(text) is not None}
        for area in self._areas():
            children = _children(area)
            for item in children:
                item.setHidden(item.data(0, _NAME) not in fitting)
            area.setHidden(all(item.isHidden() for item in children))

    def _areas(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _ask_change(self, item: QTreeWidgetItem) -> None:
        name = item.data(0, _NAME)
        if self._is_changing and name:
            self.change_asked.emit(str(name))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)

    def _mouse_hint(self) -> QLabel:
        return self._hint(
            self.tr(
                "Wheel scrolls, with Shift sideways; Ctrl and wheel zoom, with Shift the pitches. "
                "The middle button drags the paper, the right one erases. Alt ignores the grid."
            )
        )

    def _change_hint(self) -> QLabel:
        return self._hint(self.tr("Enter or a double click on an action gives it another key."))

    def _hint(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("kind", "muted")
        label.setWordWrap(True)
        return label


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    children = (item.child(row) for row in range(item.childCount()))
    return [child for child in children if child is not None]
