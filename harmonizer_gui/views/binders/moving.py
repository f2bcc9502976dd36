"""The arrow keys: they move and lengthen what is selected."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from harmonizer_gui.session.document import Document
from harmonizer_gui.views.binders.notes import NotesBinder
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll import commands


class MovingBinder(NotesBinder):
    """With nothing selected the arrows move the grid cursor, which is not tied here."""

    def __init__(self, window: MainWindow, document: Document, parent: QObject) -> None:
        super().__init__(window, document, parent)
        self._connect(
            {
                "up": partial(self._transpose, 1),
                "down": partial(self._transpose, -1),
                "octave-up": partial(self._transpose, commands.OCTAVE),
                "octave-down": partial(self._transpose, -commands.OCTAVE),
                "scale-up": partial(self._transpose_in_scale, 1),
                "scale-down": partial(self._transpose_in_scale, -1),
                "later": partial(self._shift, 1),
                "earlier": partial(self._shift, -1),
                "longer": partial(self._lengthen, 1),
                "shorter": partial(self._lengthen, -1),
            }
        )

    def _transpose(self, semitones: int) -> None:
        if self._on_selected(lambda score, chosen: commands.transpose(score, chosen, semitones)):
            self._hear_selection()

    def _transpose_in_scale(self, direction: int) -> None:
        if self._on_selected(lambda score, chosen: commands.transpose_in_scale(score, chosen, direction)):
            self._hear_selection()

    def _shift(self, direction: int) -> None:
        grid = self._roll.grid
        self._on_selected(lambda score, chosen: commands.shift_in_time(score, chosen, grid, direction))

    def _lengthen(self, direction: int) -> None:
        grid = self._roll.grid
        self._on_selected(lambda score, chosen: commands.lengthen(score, chosen, grid, direction))
