"""The dock with the note table."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from harmonizer_gui.score import Score
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.views.note_table.cells import Column, heading
from harmonizer_gui.views.note_table.model import NoteModel
from harmonizer_gui.views.theme import UNIT

_ROWS_AT_FIRST: Final = 9
_COLUMN: Final = 5
_WIDE: Final = 6
"""Sizes in lines of text."""
_Flag = QItemSelectionModel.SelectionFlag


class Table(QTableView):
    """A table in which Delete takes the selected notes away."""

    delete_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)


class NoteTable(QWidget):
    """All notes in order of time. F2 or a double click edits a cell, Delete takes notes away."""

    selection_asked = Signal(object)
    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = NoteModel(self)
        self.table = Table(self)
        self.empty = QLabel(
            self.tr("No notes yet: draw some on the roll, or press G to let the model begin"), self
        )
        self._is_showing = False
        self._build()
        self._connect()
        self._show_empty()

    def _build(self) -> None:
        table = self.table
        table.setProperty("kind", "list")
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Notes"))
        table.setAccessibleDescription(self.tr("All notes in order of time; F2 edits a cell"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + UNIT)
        table.horizontalHeader().setHighlightSections(False)
        for column in Column:
            table.setColumnWidth(column, self._width(column))
        self.empty.setProperty("kind", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.addWidget(table)
        column_.addWidget(self.empty)

    def _width(self, column: Column) -> int:
        """So that what is in it is read, and its heading too."""
        metrics = self.fontMetrics()
        lines = _WIDE if column is Column.VOICE else _COLUMN
        return max(lines * metrics.height(), metrics.horizontalAdvance(heading(column)) + 3 * UNIT)

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._ask_selection)
        self.table.delete_asked.connect(self.delete_asked)

    def sizeHint(self) -> QSize:
        """A few rows, and as wide as all columns."""
        line = self.fontMetrics().height()
        return QSize(_COLUMN * len(Column) * line, _ROWS_AT_FIRST * (line + UNIT))

    def set_score(self, score: Score) -> None:
        """Show the notes of `score`. Rows that go take their selection along: that is nobody's wish."""
        before = self.table.currentIndex()
        row, column = before.row(), before.column()
        if self.table.isAncestorOf(self.table.window().focusWidget() or self.table):
            self.table.setFocus()  # the row of an open editor goes and comes anew; the editor only goes
        self._is_showing = True
        self.model.set_score(score)
        rows = self.model.rowCount()
        if rows and column >= 0 and not self.table.currentIndex().isValid():
            self._set_current(min(row, rows - 1), column)
        self._is_showing = False
        self._show_empty()

    def _set_current(self, row: int, column: int) -> None:
        """Let the arrows go on from there; what is selected stays so."""
        self.table.selectionModel().setCurrentIndex(self.model.index(row, column), _Flag.NoUpdate)

    def set_selection(self, selection: Selection) -> None:
        """Select the rows of these notes, and bring the first into view."""
        rows = self.model.rows(selection)
        chosen = QItemSelection()
        for first, last in _stretches(rows):
            chosen.select(self.model.index(first, 0), self.model.index(last, len(Column) - 1))
        self._is_showing = True
        self.table.selectionModel().select(chosen, _Flag.ClearAndSelect)
        if rows and self.table.currentIndex().row() not in set(rows):
            self._set_current(rows[0], max(0, self.table.currentIndex().column()))
        self._is_showing = False

    @property
    def selected(self) -> Selection:
        """The notes whose rows are selected."""
        rows = self.table.selectionModel().selectedRows()
        return frozenset(self.model.ref(index.row()) for index in rows)

    def _ask_selection(self) -> None:
        if not self._is_showing:
            self.selection_asked.emit(self.selected)

    def _show_empty(self) -> None:
        has_notes = self.model.rowCount() > 0
        self.table.setVisible(has_notes)
        self.empty.setVisible(not has_notes)


def _stretches(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of rows that follow each other."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found
