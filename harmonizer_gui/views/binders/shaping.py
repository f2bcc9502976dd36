"""Joining, splitting, quantising, loudness, fermatas, and notes that change their voice."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import Quantising
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.views.actions import to_voice_action
from harmonizer_gui.views.binders.notes import NotesBinder
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.quantise import QuantiseBox
from harmonizer_gui.views.roll import shaping
from harmonizer_gui.views.roll.edit import Edit


class ShapingBinder(NotesBinder):
    """Q quantises as last time; the box that asks how shows at once what it would do."""

    def __init__(self, window: MainWindow, document: Document, parent: QObject) -> None:
        super().__init__(window, document, parent)
        self._how = Quantising()
        self._box: QuantiseBox | None = None
        self._trial = _Trial(document)
        self._connect(
            {
                "join": self._join,
                "split": self._split,
                "exchange-voices": self._exchange,
                "quantise": self._quantise,
                "quantise-how": self._ask_how,
                "fermata": partial(self._on_selected, shaping.toggle_fermata),
                "louder": partial(self._change_loudness, 1),
                "softer": partial(self._change_loudness, -1),
            }
        )
        self._connect({to_voice_action(voice): partial(self._change_voice, voice) for voice in VoiceName})
        document.changed.connect(self._on_changed)

    @property
    def how(self) -> Quantising:
        """How notes went to the grid the last time."""
        return self._how

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.selection or change.score:
            marked = shaping.has_fermatas(self._document.selection)
            self._window.actions_["fermata"].setChecked(marked)
        if self._box is not None and (change.piece or change.score) and change.initiator is not self:
            self._box.close()  # what it tried out is no longer what there is

    def _join(self) -> None:
        """With nothing selected, the note under the pointer and the next."""
        pointed = frozenset() if self._roll.pointed is None else frozenset({self._roll.pointed})
        edit = shaping.join(self._document.score, self._document.selection or pointed)
        if edit.score == self._document.score:
            self._window.set_status(self.tr("Nothing to join: select notes that follow each other"))
        else:
            self._edit(edit)

    def _split(self) -> None:
        tick = round(self._roll.playhead.tick)
        edit = shaping.split(self._document.score, self._document.selection, tick)
        if edit.score == self._document.score:
            self._window.set_status(self.tr("Nothing to split: no note sounds across the playhead"))
        else:
            self._edit(edit)

    def _exchange(self) -> None:
        """For voices that were told apart wrongly, or that shall cross."""
        edit = shaping.exchange(self._document.score, self._document.selection)
        if edit.score == self._document.score:
            self._window.set_status(self.tr("Select notes of two voices: each gets those of the other"))
        else:
            self._edit(edit)

    def _change_voice(self, voice: VoiceName) -> None:
        if self._on_selected(lambda score, chosen: shaping.change_voice(score, chosen, voice)):
            said = self._window.status  # what was done is worth more than which voice is edited now
            self._document.set_target(voice, initiator=self)
            self._window.set_status(said)

    def _change_loudness(self, direction: int) -> None:
        if self._on_selected(lambda score, chosen: shaping.change_loudness(score, chosen, direction)):
            self._hear_selection()

    def _quantise(self) -> None:
        before = self._document.score
        how, grid = self._how, self._roll.grid
        done = self._on_selected(lambda score, chosen: shaping.to_grid(score, chosen, how, grid))
        if done and self._document.score is before:
            self._window.set_status(self.tr("These notes are on the grid already"))

    def _ask_how(self) -> None:
        """Open the box; until it is closed the notes show what it would do."""
        if not self._document.selection:
            return
        if self._box is None:
            self._box = QuantiseBox(self._window)
            self._box.changed.connect(self._try_out)
            self._box.finished.connect(self._on_answered)
        self._trial = _Trial(self._document)
        self._box.ask(self._how, self._roll.grid)

    @Slot(object)
    def _try_out(self, how: Quantising) -> None:
        trial = self._trial
        self._show(shaping.to_grid(trial.score, trial.selection, how, self._roll.grid))

    @Slot(int)
    def _on_answered(self, result: int) -> None:
        box = self._box
        if box is not None and result == QuantiseBox.DialogCode.Accepted:
            self._how = box.how
        elif self._trial.is_current(self._document):
            self._show(Edit("", self._trial.score, self._trial.selection))

    def _show(self, edit: Edit) -> None:
        self._edit(replace(edit, gesture=self._trial))
        self._trial.shown = self._document.score


class _Trial:
    """How the piece was before the box was opened, and how it is while the box tries something out."""

    def __init__(self, document: Document) -> None:
        self.score, self.selection = document.score, document.selection
        self.shown = document.score

    def is_current(self, document: Document) -> bool:
        """Whether nobody else has changed the piece since."""
        return document.score is self.shown
