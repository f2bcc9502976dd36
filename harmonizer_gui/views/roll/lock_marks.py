"""The marks on what is locked: a padlock on notes, hatching over bars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.session.locks import NO_LOCKS, Locks
from harmonizer_gui.session.spans import Spans, contains, minus
from harmonizer_gui.views.lock_mark import paint_lock
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.note_painting import note_body

NARROWEST_MARKED: Final = 24.0
"""Pixels of a note that has room for its letter and a padlock."""
MOST_IN_DETAIL: Final = 300
"""So many notes are looked at one by one; of more in view few have that room."""
_MARK: Final = 8.0
_HATCHING: Final = 40
"""Opacity, of 255."""


class LockMarks(Layer):
    """Lies over the notes; of locked voices the chips tell, not each note."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=2.5)
        self._locks = NO_LOCKS
        self._score = Score()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setVisible(False)

    def show_locks(self, locks: Locks, score: Score) -> None:
        self._locks, self._score = locks, score
        self.setVisible(any(locks.spans))
        self.update()

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        view = self.coordinates
        start, stop = max(0, int(view.tick(exposed.left()))), max(0, int(view.tick(exposed.right())) + 1)
        self._paint_bars(painter, start, stop)
        notes = {voice: self._score.voice(voice).between(start, stop) for voice in VoiceName}
        if sum(map(len, notes.values())) <= MOST_IN_DETAIL:
            for voice in VoiceName:
                self._paint_notes(painter, voice, notes[voice])

    def _paint_bars(self, painter: QPainter, start: int, stop: int) -> None:
        """Where all voices are locked the paper is hatched."""
        view, color = self.coordinates, QColor(self.look.theme.text_muted)
        color.setAlpha(_HATCHING)
        hatching = QBrush(color, Qt.BrushStyle.BDiagPattern)
        for first, end in locked_in_all(self._locks):
            if first < stop and end > start:
                left, right = view.x(first), view.x(end)
                painter.fillRect(QRectF(left, 0.0, right - left, view.height), hatching)
                paint_lock(painter, QRectF(left + 4.0, 4.0, 10.0, 11.0), QColor(self.look.theme.text_muted))

    def _paint_notes(self, painter: QPainter, voice: VoiceName, notes: Iterable[Note]) -> None:
        spans = minus(self._locks.spans[voice], locked_in_all(self._locks))
        ink = QColor(self.look.theme.note_text)
        for note in notes if spans else ():
            body = note_body(self.coordinates, note)
            if body.width() >= NARROWEST_MARKED and contains(spans, note.start, note.end):
                place = QRectF(body.right() - _MARK - 3.0, body.center().y() - _MARK / 2, _MARK, _MARK)
                paint_lock(painter, place, QColor(self.look.theme.text) if note.generated else ink)


def locked_in_all(locks: Locks) -> Spans:
    """The ticks that are locked in all four voices."""
    held, *others = locks.spans
    for spans in others:
        held = minus(held, minus(held, spans))
    return held
