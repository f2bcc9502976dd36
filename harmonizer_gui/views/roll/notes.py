"""All notes of all voices, painted by one item."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NOTHING, Selection
from harmonizer_gui.views.roll.hit import voices_from_top
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.note_painting import Ink, paint_notes, paint_sketch
from harmonizer_gui.views.roll.sketch import Sketcher

MOST_IN_DETAIL = 700
"""So many notes are painted one by one; of more in view no letter could be read anyway."""


@dataclass(frozen=True)
class NotesShown:
    """What the item shows: the score, but for voices that are being generated what is there of them."""

    score: Score = Score()  # noqa: RUF009  # a frozen value
    selection: Selection = NOTHING
    target: VoiceName = VoiceName.ALTO
    growing: tuple[tuple[VoiceName, Voice], ...] = ()

    def voice(self, name: VoiceName) -> Voice:
        """The notes of a voice as they are to be seen."""
        return dict(self.growing).get(name, self.score.voice(name))


class NotesItem(Layer):
    """Paints the target voice over the others, and of all only what is exposed."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=2.0)
        self._shown = NotesShown()
        self._sketcher = Sketcher()

    @property
    def shown(self) -> NotesShown:
        return self._shown

    def show_notes(self, shown: NotesShown) -> None:
        if shown != self._shown:
            self._shown = shown
            self.update()

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        view = self.coordinates
        start = max(0, int(view.tick(exposed.left() - 2)))
        stop = max(0, int(view.tick(exposed.right() + 2)) + 1)
        voices = [
            (name, self._shown.voice(name).between(start, stop))
            for name in reversed(voices_from_top(self._shown.target))
        ]
        in_detail = sum(len(notes) for _, notes in voices) <= MOST_IN_DETAIL
        for name, notes in voices:
            self._paint_voice(painter, name, notes, in_detail=in_detail)

    def _paint_voice(
        self, painter: QPainter, name: VoiceName, notes: tuple[Note, ...], *, in_detail: bool
    ) -> None:
        selected = frozenset(ref.note for ref in self._shown.selection if ref.voice == name)
        colors = (self.look.notes if name == self._shown.target else self.look.ghosts)[name]
        ink = Ink(self.look, colors, name.letter)
        if in_detail:
            paint_notes(painter, self.coordinates, ink, notes, selected)
        else:
            rects = self._sketcher.rects(self._shown.voice(name), name, self.coordinates)
            paint_sketch(painter, ink, rects)
            paint_notes(painter, self.coordinates, ink, sorted(selected)[:MOST_IN_DETAIL], selected)
