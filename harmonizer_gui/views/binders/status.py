"""Says in the status line what was just done to the piece, and how it is undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.opening import Opened
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.views.main_window import MainWindow


class StatusBinder(QObject):
    """To be made before those who have more to say of an edit: what is said last stays."""

    def __init__(self, window: MainWindow, document: Document, files: Files) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._index = document.undo_stack.index()
        document.changed.connect(self._on_changed)
        files.opened.connect(self._on_opened)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        stack = self._document.undo_stack
        is_back, self._index = stack.index() < self._index, stack.index()
        if change.piece:
            return
        if change.target:
            words = self.tr("Editing the {voice}")
            self._window.set_status(words.format(voice=voice_label(self._document.target)))
        elif not (change.score or change.mix or change.guidance or change.locks or change.sounds):
            return
        elif is_back:
            self._say(self.tr("Undone: {what} · redo with {keys}"), stack.redoText(), "redo")
        else:
            self._say(self.tr("{what} · undo with {keys}"), stack.undoText(), "undo")

    def _say(self, words: str, what: str, action: str) -> None:
        """Say nothing of a gesture that was taken back before it ended: it has no name."""
        keys = self._window.actions_[action].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._window.set_status(words.format(what=what, keys=keys) if what else "")

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        title = self._document.score.title if opened.path is None else opened.path.name
        self._window.set_status(
            self.tr("Opened {name}").format(name=title) if title else self.tr("A new piece")
        )
