"""All notes of all voices, painted by one item."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import changed_ticks
from harmonizer_gui.views.roll.hit import voices_from_top
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import USUAL_GHOSTS, Look, NoteLook
from harmonizer_gui.views.roll.note_painting import FERMATA_WIDTH, Ink, Labels, paint_notes, paint_sketch
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
        self.keep_painted()
        self._shown = NotesShown()
        self._sketcher = Sketcher()
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
        was_crowded = self._is_crowded()
        before, self._shown = self._shown, shown
        if _as_seen(before) != _as_seen(shown) or was_crowded is not self._is_crowded():
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
        view, voices = self.coordinates, self._seen()
        if self._is_crowded():
            lines = [(name, self._shown.voice(name), self._colors(name).fill) for name in voices]
            paint_sketch(painter, view, self._sketcher.image(lines, view))
        for name in voices:
            self._paint_voice(painter, name, exposed)

    def _is_crowded(self) -> bool:
        """Whether more is in view than can be painted one by one, wherever it is painted anew."""
        view = self.coordinates
        start, stop = max(0, int(view.left)), max(0, int(view.right) + 1)
        return (
            sum(len(self._shown.voice(name).between(start, stop)) for name in self._seen()) > MOST_IN_DETAIL
        )

    def _seen(self) -> tuple[VoiceName, ...]:
        """The voices that are painted, the target last."""
        below = reversed(voices_from_top(self._shown.target))
        return tuple(name for name in below if name not in self._shown.unseen)

    def _paint_voice(self, painter: QPainter, name: VoiceName, exposed: QRectF) -> None:
        """Note by note; where that would be too many, the first of the selected ones."""
        view = self.coordinates
        ink = Ink(self.look, self._colors(name), name.letter, self._labels)
        selected = frozenset(ref.note for ref in self._shown.selection if ref.voice == name)
        if self._is_crowded():
            notes = tuple(sorted(selected)[:MOST_IN_DETAIL])
        else:
            start = max(0, int(view.tick(exposed.left() - OVERHANG)))
            stop = max(0, int(view.tick(exposed.right() + OVERHANG)) + 1)
            notes = self._shown.voice(name).between(start, stop)
        paint_notes(painter, view, ink, notes, selected)

    def _colors(self, name: VoiceName) -> NoteLook:
        return (self.look.notes if name == self._shown.target else self._ghosts)[name]


def _as_seen(shown: NotesShown) -> tuple[object, ...]:
    """What, when it changes, has all notes painted anew."""
    return shown.selection, shown.target, shown.unseen
