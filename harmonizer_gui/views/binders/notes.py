"""What all who change notes share: the way to the document, and what happens after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from harmonizer_gui.score import Score
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.session.document import Document
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.edit import Edit


class NotesBinder(QObject):
    """Ties some actions to the selected notes of the document."""

    def __init__(self, window: MainWindow, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._roll = window.roll
        self._document = document

    def _connect(self, does: dict[str, Callable[[], object]]) -> None:
        for name, work in does.items():
            self._window.actions_[name].triggered.connect(work)

    def _edit(self, edit: Edit) -> None:
        self._document.edit(
            edit.text, edit.score, selection=edit.selection, gesture=edit.gesture, initiator=self
        )

    def _on_selected(self, change: Callable[[Score, Selection], Edit]) -> None:
        """Change the selected notes and keep them in view."""
        if self._document.selection:
            self._edit(change(self._document.score, self._document.selection))
            self._roll.navigator.reveal(self._document.selection)

    def _hear_selection(self) -> None:
        """One note is heard as it changes; more would be noise."""
        if len(self._document.selection) == 1:
            (ref,) = self._document.selection
            self._roll.sound_asked.emit(ref.voice, ref.note.pitch)
