"""What all who change notes share: the way to the document, and what happens after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from harmonizer_gui.score import Score
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.lock_guard import locked_voice_changed
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.edit import Edit, voice_label


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

    def _edit(self, edit: Edit) -> bool:
        """Make `edit` the next undo step; False, with a word why, where what is locked would change."""
        return apply_edit(edit, self._window, self._document, self)

    def _on_selected(self, change: Callable[[Score, Selection], Edit]) -> bool:
        """Change the selected notes and keep them in view; False where there are none, or none may change."""
        if not self._document.selection:
            return False
        if not self._edit(change(self._document.score, self._document.selection)):
            return False
        self._roll.navigator.reveal(self._document.selection)
        return True

    def _hear_selection(self) -> None:
        """One note is heard as it changes; more would be noise."""
        if len(self._document.selection) == 1:
            (ref,) = self._document.selection
            self._roll.sound_asked.emit(ref.voice, ref.note.pitch)


def apply_edit(edit: Edit, window: MainWindow, document: Document, initiator: object) -> bool:
    """Make `edit` the next undo step; False, with a word why, where what is locked would change."""
    voice = locked_voice_changed(document.locks, document.score, edit.score)
    if voice is not None:
        words = QCoreApplication.translate(
            "Roll", "What is locked in the {voice} stays as it is: unlock it first"
        )
        window.set_status(words.format(voice=voice_label(voice)))
        return False
    document.edit(edit.text, edit.score, selection=edit.selection, gesture=edit.gesture, initiator=initiator)
    return True
