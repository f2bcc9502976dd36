"""The history: every step that can be undone, by name."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QUndoStack
from PySide6.QtWidgets import QUndoView, QWidget


class History(QUndoView):
    """A click on a step goes back to it, or forward again."""

    def __init__(self, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(stack, parent)
        self.setEmptyLabel(self.tr("As it was opened"))
        self.setUniformItemSizes(True)  # or each of ten thousand steps would be measured
        self.setCleanIcon(QIcon())  # the document, not the stack, knows what is on disk
        self.setAccessibleName(self.tr("History: the steps that can be undone"))
