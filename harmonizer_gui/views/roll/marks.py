"""Marks over the notes: the cell one asks about, and what proofreading has found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneMouseEvent

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.views.roll.arrays import Columns, Rects
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look

COLUMN_OPACITY: Final = 0.14
WAVE: Final = 2.0
"""Pixels that the wave under an odd note rises."""
MOST_IN_DETAIL: Final = 200
"""So many marks are painted one by one; of more in view each note has but a dot."""
DOT: Final = 3.0


@dataclass(frozen=True, slots=True)
class Question:
    """A step of a voice, the pitch (MIDI) that is asked about, and the one it is compared with."""

    step: int
    pitch: int | None
    other: int | None


class PinLayer(Layer):
    """The column of the pinned step, a frame around each of the two cells.

    A click on another cell of the column asks to compare with it. On the notes of the voice that is being
    edited the mouse goes through.
    """

    compare_asked = Signal(int)
    """Pitch (MIDI)."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=3.5)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self._question: Question | None = None
        self._free: frozenset[int] = frozenset()
        self.hide()

    def set_question(self, question: Question | None, *, written: int | None = None) -> None:
        """Show the cells of `question`; the mouse goes through the cell of `written`."""
        self._question = question
        self._free = frozenset() if written is None else frozenset({written})
        self.setVisible(question is not None)
        self.update()

    @property
    def question(self) -> Question | None:
        return self._question

    def shape(self) -> QPainterPath:
        """The mouse is met in the column only."""
        path = QPainterPath()
        if self._question is not None:
            path.addRect(self._column(self._question.step))
        return path

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        if self._question is None:
            return
        column = self._column(self._question.step)
        if column.right() < exposed.left() or column.left() > exposed.right():
            return
        tint = self.look.theme.color("accent")
        tint.setAlphaF(COLUMN_OPACITY)
        painter.fillRect(column, tint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, self._question.other, Qt.PenStyle.DotLine)
        self._frame(painter, self._question.pitch, Qt.PenStyle.SolidLine)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _frame(self, painter: QPainter, pitch: int | None, style: Qt.PenStyle) -> None:
        if pitch is None or self._question is None:
            return
        column, view = self._column(self._question.step), self.coordinates
        cell = QRectF(column.left(), view.y(pitch), column.width(), view.row_height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in (("panel", 4.0), ("accent", 2.0)):
            solid = width > 2.0
            painter.setPen(
                QPen(self.look.theme.color(color), width, Qt.PenStyle.SolidLine if solid else style)
            )
            painter.drawRect(cell)

    def _column(self, step: int) -> QRectF:
        view = self.coordinates
        left, right = view.x(step * STEP_TICKS), view.x((step + 1) * STEP_TICKS)
        return QRectF(left, 0.0, right - left, view.height)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        pitch = self.coordinates.pitch(event.pos().y())
        if pitch in self._free or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        else:
            self.compare_asked.emit(pitch)


class FindingsLayer(Layer):
    """A wave under each note that is unlikely, a corner on each that has a fault."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=3.0)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._unlikely: tuple[Note, ...] = ()
        self._faulty: tuple[tuple[Note, ...], ...] = ()
        self._when = np.empty((0, 2))
        self._all = Columns.of(())
        self._dots = Rects()
        self._is_stale = False

    def set_findings(
        self, unlikely: Sequence[Note], faulty: Sequence[Sequence[tuple[VoiceName, Note]]]
    ) -> None:
        """The notes that are unlikely, and for each fault the notes it is about."""
        self._unlikely = tuple(unlikely)
        self._faulty = tuple(tuple(note for _, note in notes) for notes in faulty)
        marks = [*((note,) for note in unlikely), *self._faulty]
        spans = [(min(n.start for n in notes), max(n.end for n in notes)) for notes in marks]
        self._when = np.array(spans, np.float64).reshape(-1, 2)
        self._all = Columns.of(tuple(note for notes in marks for note in notes))
        self._is_stale = False
        self.update()

    def set_stale(self) -> None:
        """Dim the marks until there are new ones."""
        self._is_stale = True
        self.update()

    @property
    def count(self) -> int:
        """How many marks there are."""
        return len(self._unlikely) + len(self._faulty)

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.4 if self._is_stale else 1.0)
        seen = self._seen(exposed)
        if len(seen) > MOST_IN_DETAIL:
            self._paint_dots(painter)
        for index in seen if len(seen) <= MOST_IN_DETAIL else ():
            self._paint_mark(painter, index, exposed)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _seen(self, exposed: QRectF) -> list[int]:
        """The numbers of the marks that lie at the time of what is `exposed`, the unlikely notes first."""
        start, stop = self.coordinates.tick(exposed.left()), self.coordinates.tick(exposed.right())
        found: list[int] = np.flatnonzero((self._when[:, 1] > start) & (self._when[:, 0] < stop)).tolist()
        return found

    def _paint_mark(self, painter: QPainter, index: int, exposed: QRectF) -> None:
        if index < len(self._unlikely):
            box = self._box(self._unlikely[index])
            if box.intersects(exposed):
                self._wave(painter, box)
            return
        boxes = [self._box(note) for note in self._faulty[index - len(self._unlikely)]]
        if any(box.intersects(exposed) for box in boxes):
            self._corners(painter, boxes)

    def _paint_dots(self, painter: QPainter) -> None:
        """From afar: a dot where a marked note begins."""
        view = self.coordinates
        places = np.full((len(self._all.notes), 4), DOT)
        places[:, 0] = (self._all.starts - view.left) * view.tick_width
        places[:, 1] = (view.top - self._all.pitches - 0.5) * view.row_height
        self._dots.fill(places[(places[:, 0] > -DOT) & (places[:, 0] < view.width)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.theme.color("problem"))
        painter.drawRects(*self._dots.arguments())

    def _box(self, note: Note) -> QRectF:
        box = self.coordinates.box(note)
        return QRectF(box.x, box.y, box.width, box.height)

    def _wave(self, painter: QPainter, box: QRectF) -> None:
        foot = box.bottom() + 0.5
        points = [QPointF(box.left() + 1.0, foot)]
        while points[-1].x() + 2 * WAVE < box.right() and len(points) < 200:
            rise = WAVE if len(points) % 2 else 0.0
            points.append(QPointF(points[-1].x() + 2 * WAVE, foot + rise))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.theme.color("problem"), 1.6))
        painter.drawPolyline(QPolygonF(points))

    def _corners(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        """A corner on each note; a thin line joins those of one fault."""
        color = self.look.theme.color("problem")
        size = min(9.0, 0.7 * self.coordinates.row_height)
        if len(boxes) == 2:
            painter.setPen(QPen(color, 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(*(QPointF(box.left() + size / 3, box.center().y()) for box in boxes))
        painter.setPen(QPen(self.look.theme.color("panel"), 0.8))
        painter.setBrush(color)
        for box in boxes:
            corner = box.topLeft()
            painter.drawPolygon(QPolygonF([corner, corner + QPointF(size, 0.0), corner + QPointF(0.0, size)]))
