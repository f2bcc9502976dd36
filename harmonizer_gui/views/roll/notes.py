"""All notes of all voices, painted by one item."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import changed_ticks
from harmonizer_gui.views.roll.arrays import KeptColumns
from harmonizer_gui.views.roll.hit import voices_from_top
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import USUAL_GHOSTS, Look
from harmonizer_gui.views.roll.note_painting import FERMATA_WIDTH, Ink, Labels, paint_notes
from harmonizer_gui.views.roll.shown import Chosen, NotesShown, notes_between
from harmonizer_gui.views.roll.stamper import Line, Stamper

OVERHANG = FERMATA_WIDTH
"""Pixels that what is painted of a note may stick out on either side."""


class NotesItem(Layer):
    """Paints the target voice over the others, and of all only what is exposed."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=2.0)
        self._shown = NotesShown()
        self._columns = KeptColumns()
        self._stamper = Stamper()
        self._chosen = Chosen()
        self._labels = Labels.LETTER
        self._strength = USUAL_GHOSTS
        self._ghosts = look.ghosts

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._ghosts = look.ghosts_at(self._strength)

    def set_ghosts(self, strength: float) -> None:
        """Paint the voices that are not the target fainter or stronger, 0–1."""
        self._strength = strength
        self._ghosts = self.look.ghosts_at(strength)
        self.update()

    def set_labels(self, labels: Labels) -> None:
        """Write this on the notes, where there is room."""
        self._labels = labels
        self.update()

    @property
    def shown(self) -> NotesShown:
        return self._shown

    def show_notes(self, shown: NotesShown) -> None:
        """Paint anew what is not as before: all, or only where notes of some voice have changed."""
        before, self._shown = self._shown, shown
        if _as_seen(before) != _as_seen(shown):
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
        start, stop = self._ticks(exposed)
        lines = [self._line(name, start, stop) for name in self._seen()]
        self._stamper.paint(painter, self.coordinates, lines)

    def _line(self, name: VoiceName, start: int, stop: int) -> Line:
        """What is to be painted of a voice in the ticks [start, stop)."""
        notes = self._columns.of(name, self._shown.voice(name).notes)
        chosen = self._columns.of((name, "chosen"), self._chosen.notes(self._shown.selection, name))
        return Line.of(self._ink(name), notes, notes.between(start, stop), chosen)

    def paint_for_file(self, painter: QPainter, exposed: QRectF) -> None:
        start, stop = self._ticks(exposed)
        for name in self._seen():
            notes = self._shown.voice(name).between(start, stop)
            chosen = notes_between(self._chosen.notes(self._shown.selection, name), start, stop)
            paint_notes(painter, self.coordinates, self._ink(name), notes, frozenset(chosen))

    def _ticks(self, exposed: QRectF) -> tuple[int, int]:
        """From the first tick of which anything may be seen in `exposed` to behind the last."""
        view = self.coordinates
        return (
            max(0, int(view.tick(exposed.left() - OVERHANG))),
            max(0, int(view.tick(exposed.right() + OVERHANG)) + 1),
        )

    def _ink(self, name: VoiceName) -> Ink:
        colors = (self.look.notes if name == self._shown.target else self._ghosts)[name]
        return Ink(self.look, colors, name.letter, self._labels, self._shown.score)

    def _seen(self) -> tuple[VoiceName, ...]:
        """The voices that are painted, the target last."""
        below = reversed(voices_from_top(self._shown.target))
        return tuple(name for name in below if name not in self._shown.unseen)


def _as_seen(shown: NotesShown) -> tuple[object, ...]:
    """What, when it changes, has all notes painted anew."""
    return shown.selection, shown.target, shown.unseen, shown.score.key_signatures
