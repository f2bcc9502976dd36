"""Ties the note table to the document; while it is closed it costs nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.score.edits import NoteRef, Selection
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.heat import PRODUCT, HeatModel
from harmonizer_gui.views.announcing import announce
from harmonizer_gui.views.binders.notes import NotesBinder
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.note_table import NoteTable
from harmonizer_gui.views.roll import commands
from harmonizer_gui.views.roll.edit import Edit


class NoteTableBinder(NotesBinder):
    """What is selected in the roll is selected in the table, and the other way round."""

    def __init__(self, window: MainWindow, document: Document, heat: HeatModel, parent: QObject) -> None:
        super().__init__(window, document, parent)
        self._heat = heat
        self.panel = NoteTable(window)
        self.panel.model.probability = self._probability
        self._dock = window.add_dock("note-table", self.tr("Note table"), self.panel)
        self._dock.visibilityChanged.connect(self._catch_up)
        self.panel.model.edit_asked.connect(self._on_edit_asked)
        self.panel.model.refused.connect(self._refuse)
        self.panel.selection_asked.connect(self._select)
        self.panel.delete_asked.connect(self._delete)
        document.changed.connect(self._on_changed)
        heat.changed.connect(self._on_heat_changed)

    def _probability(self, ref: NoteRef) -> float | None:
        """Of the pitch where the note begins; only for the voice whose heat is known, and not a stale one."""
        if ref.voice is not self._heat.voice or self._heat.stale or ref.voice is not self._document.target:
            return None
        values = self._heat.probabilities_at(ref.note.start // STEP_TICKS, ref.note.pitch)
        return values.get(PRODUCT)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if not self._dock.isVisible():
            return
        if change.score or change.piece:
            self.panel.set_score(self._document.score)
        if change.score or (change.selection and change.initiator is not self):
            self.panel.set_selection(self._document.selection)

    @Slot()
    def _catch_up(self) -> None:
        if self._dock.isVisible():
            self._on_changed(Change(score=True, selection=True))

    @Slot(object)
    def _on_heat_changed(self, _change: object) -> None:
        if self._dock.isVisible():
            self.panel.model.show_probabilities()

    @Slot(object)
    def _select(self, selection: Selection) -> None:
        self._document.select(selection, initiator=self)
        self._roll.navigator.reveal(selection)

    @Slot(object)
    def _on_edit_asked(self, edit: Edit) -> None:
        if self._edit(edit):
            self._roll.navigator.reveal(self._document.selection)

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._window.set_status(sentence)
        announce(self.panel.table, sentence)

    @Slot()
    def _delete(self) -> None:
        self._on_selected(commands.delete)
