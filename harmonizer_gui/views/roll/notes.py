"""All notes of all voices, painted by one item."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.score.edits import changed_ticks
from harmonizer_gui.views.roll.hit import voices_from_top
from harmonizer_gui.views.roll.look import USUAL_GHOSTS, Look, NoteLook
from harmonizer_gui.views.roll.note_painting import FERMATA_WIDTH, Ink, Labels, paint_notes, paint_sketch
from harmonizer_gui.views.roll.shown import Chosen, NotesShown, notes_between
from harmonizer_gui.views.roll.sketch import Sketcher
from harmonizer_gui.views.roll.sliding_layer import SlidingLayer

MOST_IN_DETAIL = 300
"""So many notes are painted one by one; of more in view hardly a letter could be read."""

OVERHANG = FERMATA_WIDTH
"""Pixels that what is painted of a note may stick out on either side."""


class NotesItem(SlidingLayer):
    """Paints the target voice over the others, and of all only what is exposed."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=2.0)
        self._shown = NotesShown()
        self._sketcher = Sketcher()
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
        was_crowded = self._is_crowded()
        before, self._shown = self._shown, shown
        if _as_seen(before) != _as_seen(shown) or was_crowded is not self._is_crowded():
            self.update()
            return
        for name in VoiceName:
            span = changed_ticks(before.voice(name), shown.voice(name))
            if span is not None:
                self._update_ticks(*span)

    def can_slide(self) -> bool:
        """A picture of many notes is one for each place: each column of it stands for many ticks."""
        return not self._is_crowded()

    def _update_ticks(self, start: int, end: int) -> None:
        left, right = self.coordinates.x(start) - OVERHANG, self.coordinates.x(end) + OVERHANG
        self.update(QRectF(left, 0.0, right - left, self.coordinates.height))

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        """Note by note; where those are too many, in one picture, the selected ones too if need be."""
        view = self.coordinates
        if not self._is_crowded():
            start = max(0, int(view.tick(exposed.left() - OVERHANG)))
            stop = max(0, int(view.tick(exposed.right() + OVERHANG)) + 1)
            for name in self._seen():
                notes = self._shown.voice(name).between(start, stop)
                self._paint_voice(painter, name, notes, self._chosen_in(name, start, stop))
            return
        chosen = {name: self._chosen_in(name, *self._ticks) for name in self._seen()}
        is_many = sum(map(len, chosen.values())) > MOST_IN_DETAIL
        paint_sketch(painter, view, self._sketcher.image(self._lines(with_chosen=is_many), view))
        for name, notes in chosen.items() if not is_many else ():
            self._paint_voice(painter, name, notes, notes)

    def _lines(self, *, with_chosen: bool) -> Iterator[tuple[Hashable, tuple[Note, ...], QColor]]:
        """What the picture of many notes is made of; the selected ones of a voice lie over the others."""
        for name in self._seen():
            yield name, self._shown.voice(name).notes, self._colors(name).fill
            if with_chosen:
                chosen = self._chosen.notes(self._shown.selection, name)
                yield (name, "selected"), chosen, self._colors(name).lit

    @property
    def _ticks(self) -> tuple[int, int]:
        """From the first tick in view to behind the last."""
        return max(0, int(self.coordinates.left)), max(0, int(self.coordinates.right) + 1)

    def _is_crowded(self) -> bool:
        """Whether more is in view than can be painted one by one, wherever it is painted anew."""
        return (
            sum(len(self._shown.voice(name).between(*self._ticks)) for name in self._seen()) > MOST_IN_DETAIL
        )

    def _seen(self) -> tuple[VoiceName, ...]:
        """The voices that are painted, the target last."""
        below = reversed(voices_from_top(self._shown.target))
        return tuple(name for name in below if name not in self._shown.unseen)

    def _chosen_in(self, name: VoiceName, start: int, stop: int) -> tuple[Note, ...]:
        """The selected notes of a voice in the ticks [start, stop)."""
        return notes_between(self._chosen.notes(self._shown.selection, name), start, stop)

    def _paint_voice(
        self, painter: QPainter, name: VoiceName, notes: tuple[Note, ...], chosen: tuple[Note, ...]
    ) -> None:
        ink = Ink(self.look, self._colors(name), name.letter, self._labels, self._shown.score)
        paint_notes(painter, self.coordinates, ink, notes, frozenset(chosen))

    def _colors(self, name: VoiceName) -> NoteLook:
        return (self.look.notes if name == self._shown.target else self._ghosts)[name]


def _as_seen(shown: NotesShown) -> tuple[object, ...]:
    """What, when it changes, has all notes painted anew."""
    return shown.selection, shown.target, shown.unseen, shown.score.key_signatures
