"""The notes as a model of rows and columns; nothing is made for a note that is not seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from harmonizer_gui.score import Score
from harmonizer_gui.score.edits import NoteRef, Selection
from harmonizer_gui.views.experts.probe import percent
from harmonizer_gui.views.note_table.cells import Column, cell_text, heading, written
from harmonizer_gui.views.note_table.rows import Step, place_of_row, ref_of, row_of, rows_of, steps_between
from harmonizer_gui.views.roll.shaping import toggle_fermata

MOST_STEPS: Final = 64
"""From this many rows on that come and go at once, all are shown anew."""

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Flag = Qt.ItemFlag
_NUMBERS: Final = frozenset({Column.BAR, Column.BEAT, Column.LOUDNESS, Column.PROBABILITY})
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class NoteModel(QAbstractTableModel):
    """`probability` tells how likely a note is to the model; None where that is not known."""

    edit_asked = Signal(object)
    """`Edit`"""
    refused = Signal(str)
    """A sentence on what was written into a cell and makes no sense there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._score = Score()
        self._rows = rows_of(self._score)
        self.probability: Callable[[NoteRef], float | None] = lambda _ref: None

    def set_score(self, score: Score) -> None:
        """Show the notes of `score`; rows that stay keep their place and selection."""
        before, self._score = self._score, score
        steps = list(steps_between(before, score))
        if before.bars != score.bars or len(steps) > MOST_STEPS:
            self.beginResetModel()
            self._rows = rows_of(score)
            self.endResetModel()
            return
        for step in steps:
            self._take(step)

    def _take(self, step: Step) -> None:
        row = place_of_row(self._rows, step.row)
        if step.is_new:
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, step.row)
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def show_probabilities(self) -> None:
        """They are no longer as they were."""
        if self._rows:
            column = int(Column.PROBABILITY)
            self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, column))

    def ref(self, row: int) -> NoteRef:
        """The note of a row."""
        return ref_of(self._rows[row])

    def rows(self, selection: Selection) -> list[int]:
        """The rows of the selected notes, in order."""
        if len(selection) == len(self._rows):
            return list(range(len(self._rows)))
        found = (place_of_row(self._rows, row_of(ref.voice, ref.note)) for ref in selection)
        return sorted(row for row in found if row < len(self._rows))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if role == Role.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return heading(Column(section))
        if role == Role.TextAlignmentRole:
            return _RIGHT if section in _NUMBERS else _LEFT
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        column, ref = Column(index.column()), self.ref(index.row())
        if role in (Role.DisplayRole, Role.EditRole):
            return self._text(ref, column)
        if role == Role.AccessibleTextRole:
            return self._text(ref, column) or self.tr("none")
        if role == Role.TextAlignmentRole and column in _NUMBERS:
            return _RIGHT
        if role == Role.CheckStateRole and column is Column.FERMATA:
            return Qt.CheckState.Checked if ref.note.fermata else Qt.CheckState.Unchecked
        return None

    def _text(self, ref: NoteRef, column: Column) -> str:
        if column is not Column.PROBABILITY:
            return cell_text(self._score, ref, column)
        chance = self.probability(ref)
        return "" if chance is None else percent(chance)

    def flags(self, index: Index) -> Flag:
        if not index.isValid():
            return Flag.NoItemFlags
        usual = Flag.ItemIsEnabled | Flag.ItemIsSelectable
        column = Column(index.column())
        if column is Column.FERMATA:
            return usual | Flag.ItemIsUserCheckable
        return usual if column is Column.PROBABILITY else usual | Flag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Ask for the edit; it shows when it has come to the document and back."""
        column, ref = Column(index.column()), self.ref(index.row())
        if role == Role.CheckStateRole and column is Column.FERMATA:
            self.edit_asked.emit(toggle_fermata(self._score, frozenset({ref})))
            return True
        if role != Role.EditRole:
            return False
        try:
            edit = written(self._score, ref, column, str(value))
        except ValueError as error:
            self.refused.emit(str(error))
            return False
        if edit.score != self._score:
            self.edit_asked.emit(edit)
        return True
