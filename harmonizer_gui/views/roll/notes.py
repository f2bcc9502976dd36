"""All notes of all voices, painted by one item."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import changed_ticks
from harmonizer_gui.views.roll.hit import voices_from_top
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look, NoteLook
from harmonizer_gui.views.roll.note_painting import FERMATA_WIDTH, Ink, paint_notes, paint_sketch
from harmonizer_gui.views.roll.shown import NotesShown
from harmonizer_gui.views.roll.sketch import Sketcher

MOST_IN_DETAIL = 700
"""So many notes are painted one by one; of more in view no letter could be read anyway."""

OVERHANG = FERMATA_WIDTH
"""Pixels that what is painted of a note may stick out on either side."""


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
        """Paint anew what is not as before: all, or only where notes of some voice have changed."""
        before, self._shown = self._shown, shown
        if (before.selection, before.target) != (shown.selection, shown.target):
            self.update()
            return
        for name in VoiceName:
            span = changed_ticks(before.voice(name), shown.voice(name))
            if span is not None:
                self._update_ticks(*span)

    def _update_ticks(self, start: int, end: int) -> None:
        left, right = self.coordinates.x(start) - OVERHANG, self.coordinates.x(end) + OVERHANG
        self.update(QRectF(left, 0.0, right - left, self.coordinates.height))

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        view, voices = self.coordinates, tuple(reversed(voices_from_top(self._shown.target)))
        if self._is_crowded():
            lines = [(name, self._shown.voice(name), self._colors(name).fill) for name in voices]
            paint_sketch(painter, view, self._sketcher.image(lines, view))
        for name in voices:
            self._paint_voice(painter, name, exposed)

    def _is_crowded(self) -> bool:
        """Whether more is in view than can be painted one by one, wherever it is painted anew."""
        view = self.coordinates
        start, stop = max(0, int(view.left)), max(0, int(view.right) + 1)
        return sum(len(self._shown.voice(name).between(start, stop)) for name in VoiceName) > MOST_IN_DETAIL

    def _paint_voice(self, painter: QPainter, name: VoiceName, exposed: QRectF) -> None:
        """Note by note; where that would be too many, the first of the selected ones."""
        view = self.coordinates
        ink = Ink(self.look, self._colors(name), name.letter)
        selected = frozenset(ref.note for ref in self._shown.selection if ref.voice == name)
        if self._is_crowded():
            notes = tuple(sorted(selected)[:MOST_IN_DETAIL])
        else:
            start = max(0, int(view.tick(exposed.left() - OVERHANG)))
            stop = max(0, int(view.tick(exposed.right() + OVERHANG)) + 1)
            notes = self._shown.voice(name).between(start, stop)
        paint_notes(painter, view, ink, notes, selected)

    def _colors(self, name: VoiceName) -> NoteLook:
        return (self.look.notes if name == self._shown.target else self.look.ghosts)[name]
