"""The lane under the notes: a bar for the loudness of each note of the target voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from harmonizer_gui.score import Note
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.roll.arrays import Columns, KeptColumns, Rects
from harmonizer_gui.views.roll.edit import Edit, voice_label
from harmonizer_gui.views.roll.gestures.loudness import DragLoudness
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.shown import Chosen, NotesShown
from harmonizer_gui.views.roll.strip import Strip

LINES: Final = 5.0
"""Height of the lane in lines of text."""
WIDEST: Final = 7.0
LOUDEST: Final = 127
MARGIN: Final = 4.0
NARROWEST_OUTLINED: Final = 6.0
"""Pixels from bar to bar, in the mean, with which selected ones have an outline."""


class LoudnessLane(Strip):
    """Drag over the bars to draw how loud the notes are; what is selected changes together."""

    edit_asked = Signal(object)
    """`Edit`"""

    def __init__(self, look: Look) -> None:
        self._shown = NotesShown()
        self._columns = KeptColumns()
        self._chosen = Chosen()
        self._bars = Rects()
        self._gesture: DragLoudness | None = None
        self._pointed: Note | None = None
        self.is_locked: Callable[[NoteRef], bool] = lambda _ref: False
        super().__init__(look)
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.set_thickness(height=round(LINES * look.line_height))

    def set_notes(self, shown: NotesShown) -> None:
        """The lane shows the target voice."""
        if shown != self._shown:
            self._shown = shown
            self._pointed = None
            self.update()

    def abort(self) -> bool:
        """Undo the drag that is going on; False where there is none."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self.edit_asked.emit(gesture.cancel())
        return gesture is not None

    def bar(self, note: Note) -> QRectF:
        """Where the bar of `note` is painted."""
        height = max(2.0, self._room * note.velocity / LOUDEST)
        x = self.coordinates.x(note.start)
        width = max(1.0, min(WIDEST, note.duration * self.coordinates.tick_width - 1.0))
        return QRectF(round(x), self.rect().height() - MARGIN - height, width, height)

    def velocity(self, y: float) -> int:
        """The loudness that a bar up to pixel `y` stands for."""
        return max(1, min(LOUDEST, round(LOUDEST * (self.rect().height() - MARGIN - y) / self._room)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002  # Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        theme, voice = self.look.theme, self._shown.target
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.setPen(theme.color("border"))
        painter.drawLine(QLineF(0.0, 0.5, self.rect().width(), 0.5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.notes[voice].fill)
        self._paint_bars(painter, self._columns.of("voice", self._shown.voice(voice).notes))
        self._paint_chosen(painter)
        self._paint_words(painter)

    def _paint_chosen(self, painter: QPainter) -> None:
        """The bars of the selected notes; with an outline, unless they stand too close for one."""
        notes = self._chosen.notes(self._shown.selection, self._shown.target)
        columns = self._columns.of("chosen", notes)
        here = columns.seen(self.coordinates)
        has_room = (here.stop - here.start) * NARROWEST_OUTLINED <= self.rect().width()
        painter.setPen(self.look.selection_pen if has_room else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self.look.notes[self._shown.target].lit)
        self._paint_bars(painter, columns)

    def _paint_bars(self, painter: QPainter, columns: Columns) -> None:
        """All bars in view at once, as `bar` places each."""
        view = self.coordinates
        here = columns.seen(view)
        starts = columns.starts[here]
        widths = (columns.ends[here] - starts) * view.tick_width - 1.0
        heights = np.maximum(2.0, self._room * columns.velocities[here] / LOUDEST)
        tops = self.rect().height() - MARGIN - heights
        x = np.round((starts - view.left) * view.tick_width)
        self._bars.fill(np.column_stack([x, tops, np.clip(widths, 1.0, WIDEST), heights]))
        painter.drawRects(*self._bars.arguments())

    @property
    def _room(self) -> float:
        """Pixels that the loudest bar is high."""
        return max(1.0, float(self.rect().height()) - 2 * MARGIN)

    def _paint_words(self, painter: QPainter) -> None:
        """What the lane is; at the bar under the pointer its number."""
        painter.setFont(self.look.small_font)
        painter.setPen(self.look.muted)
        words = self.tr("Loudness of the {voice}").format(voice=voice_label(self._shown.target))
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(6.0, 3.0, -6.0, 0.0), corner, words)
        if self._pointed is not None:
            bar = self.bar(self._pointed)
            painter.setPen(self.look.text)
            place = QRectF(bar.right() + 4.0, bar.top() - 4.0, 60.0, self.look.line_height)
            place.moveBottom(min(place.bottom(), self.rect().bottom() - 2.0))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, str(self._pointed.velocity))

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        note, voice = self._note_at(event.pos().x()), self._shown.target
        pressed = None if note is None else NoteRef(voice, note)
        shown = self._shown
        self._gesture = DragLoudness(shown.score, shown.selection, voice, self.is_locked, pressed)
        self._follow(event)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._follow(event)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:  # noqa: ARG002  # Qt's signature
        self._gesture = None

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._point(self._note_at(event.pos().x()))

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:  # noqa: ARG002  # Qt's signature
        self._point(None)

    def _point(self, note: Note | None) -> None:
        if note != self._pointed:
            self._pointed = note
            self.update()

    def _follow(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._gesture is not None:
            place = event.pos()
            edit: Edit = self._gesture.move(self.coordinates.tick(place.x()), self.velocity(place.y()))
            self.edit_asked.emit(edit)
            self._point(self._note_at(place.x()))

    def _note_at(self, x: float) -> Note | None:
        tick = int(self.coordinates.tick(x))
        return self._shown.score.voice(self._shown.target).at(tick) if tick >= 0 else None
