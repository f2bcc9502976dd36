"""The ruler above the notes: bars as musicians count them, and where the playhead stands."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsSceneContextMenuEvent,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from harmonizer_gui.score import Bar, Score
from harmonizer_gui.score.edits import Sign
from harmonizer_gui.views.roll.background import beat_ticks, counted, spacing
from harmonizer_gui.views.roll.grid import bars_between, place_of
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.sign_marks import SignMark, sign_marks
from harmonizer_gui.views.roll.strip import Strip

NARROWEST_NUMBER = 36.0
"""Pixels from one bar number to the next; closer ones are left out."""
NARROWEST_BEAT_NUMBER = 48.0
NUMBER_GAP = 10.0
"""Pixels from the end of a number to the bar line of the next; else that one is left out."""
DRAG_PIXELS = 4.0
"""A press that moves less is a click."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A place of the ruler: its tick, the sign there, and where on the screen it is."""

    tick: int
    sign: Sign | None
    on_screen: QPoint


class Ruler(Strip):
    """Bars above, signs of metre, tempo and key below.

    A press asks for the playhead to go there, a drag for a loop over what it passes; a sign can be dragged to
    another place, and a double click or the menu changes it.
    """

    tick_pressed = Signal(float)
    loop_dragged = Signal(float, float, bool)
    """The ticks that the mouse has passed so far, in order, and whether it was let go."""
    loop_kept = Signal(object)
    """The drag is taken back: what was looped before, None for nothing, is looped again."""
    menu_asked = Signal(object)
    """`Pointed`"""
    edit_asked = Signal(object)
    """`Pointed` with a sign: a double click."""
    sign_dragged = Signal(object, float, bool)
    """A `Sign`, the tick it is dragged to, and whether it was let go."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._score = Score()
        self._playhead = 0.0
        self._loop: tuple[int, int] | None = None
        self._pressed_x = 0.0
        self._is_pressed = False
        self._loop_before: tuple[int, int] | None = None
        self._held: Sign | None = None
        self._drags = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAcceptHoverEvents(True)
        self._fit()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._fit()

    def set_score(self, score: Score) -> None:
        if _frame(score) != _frame(self._score):
            self.update()
        self._score = score

    def set_playhead(self, tick: float) -> None:
        for place in (self._playhead, tick):
            self.update(self._mark(place).boundingRect().adjusted(-1.0, -1.0, 1.0, 1.0))
        self._playhead = tick

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Mark the ticks that are played again and again; None for none."""
        self._loop = loop
        self.update()

    @property
    def marks(self) -> list[SignMark]:
        """The signs in view."""
        metrics = QFontMetricsF(self.look.small_font)
        return sign_marks(self._score, self.coordinates, metrics.horizontalAdvance)

    def _fit(self) -> None:
        self.set_thickness(height=round(self.look.line_height + 10.0 + self._signs_height))

    @property
    def _signs_height(self) -> float:
        return round(QFontMetricsF(self.look.small_font).height() + 3.0)

    @property
    def _bars_height(self) -> float:
        return self.rect().height() - self._signs_height

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002  # Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        theme = self.look.theme
        painter.fillRect(self.rect(), theme.color("panel"))
        self._paint_loop(painter)
        bars = list(bars_between(self._score, self.coordinates.left - 1, self.coordinates.right + 1))
        self._paint_beats(painter, bars)
        self._paint_bars(painter, bars)
        self._paint_signs(painter)
        foot = self.rect().height() - 0.5
        painter.setPen(theme.color("border"))
        painter.drawLine(QLineF(0.0, foot, self.rect().width(), foot))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("playhead"))
        painter.drawPolygon(self._mark(self._playhead))

    def _paint_loop(self, painter: QPainter) -> None:
        if self._loop is not None:
            left, right = map(self.coordinates.x, self._loop)
            painter.fillRect(
                QRectF(left, 0.0, right - left, self.rect().height()), self.look.theme.color("loop")
            )

    def _paint_bars(self, painter: QPainter, bars: list[Bar]) -> None:
        apart = spacing(bars, self.coordinates, NARROWEST_NUMBER)
        painter.setFont(self.look.bar_font)
        marked = [bar for bar in counted(bars, apart) if bar.number]
        self._paint_lines(painter, (bar.start for bar in marked), 0.5)
        metrics, free = QFontMetricsF(self.look.bar_font), -math.inf
        for bar in marked:
            x, number = self.coordinates.x(bar.start), str(bar.number)
            if x >= free:
                painter.setPen(self.look.text if bar.start < self._score.length else self.look.muted)
                self._paint_text(painter, bar.start, number)
                free = x + metrics.horizontalAdvance(number) + NUMBER_GAP

    def _paint_beats(self, painter: QPainter, bars: list[Bar]) -> None:
        painter.setFont(self.look.small_font)
        self._paint_lines(painter, beat_ticks(bars, self.coordinates), 0.78)
        painter.setPen(self.look.muted)
        for bar in bars:
            if bar.time_signature.beat_ticks * self.coordinates.tick_width >= NARROWEST_BEAT_NUMBER:
                for tick in beat_ticks([bar], self.coordinates):
                    place = place_of(self._score, tick)
                    self._paint_text(painter, tick, f"{place.bar}.{place.beat}")

    def _paint_lines(self, painter: QPainter, ticks: Iterable[int], part: float) -> None:
        """Lines in the lower part of the row of bars, from `part` of its height on."""
        foot = self._bars_height
        places = [round(self.coordinates.x(tick)) + 0.5 for tick in ticks]
        painter.setPen(self.look.bar_pen)
        painter.drawLines([QLineF(x, part * foot, x, foot) for x in places])

    def _paint_text(self, painter: QPainter, tick: int, text: str) -> None:
        place = QRectF(round(self.coordinates.x(tick)) + 5.0, 0.0, 80.0, self._bars_height)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_signs(self, painter: QPainter) -> None:
        """Words where there is room, else a short line at the place of the sign."""
        top, height = self._bars_height - 2.0, self._signs_height
        painter.setFont(self.look.small_font)
        for mark in self.marks:
            x = round(self.coordinates.x(mark.sign.tick)) + 0.5
            painter.setPen(self.look.theme.color("accent"))
            painter.drawLine(QLineF(x, top + 2.0, x, top + height))
            if mark.text:
                painter.setPen(self.look.muted)
                place = QRectF(round(mark.left), top, mark.right - mark.left + 4.0, height)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, mark.text)

    def _mark(self, tick: float) -> QPolygonF:
        """A small arrow that stands on the foot of the ruler."""
        x, foot = round(self.coordinates.x(tick)), self.rect().height()
        return QPolygonF([QPointF(x - 5.0, foot - 7.0), QPointF(x + 5.0, foot - 7.0), QPointF(x, foot)])

    def sign_at(self, place: QPointF) -> Sign | None:
        """The sign whose words are at `place`, in pixels of the ruler."""
        if place.y() < self._bars_height - 2.0:
            return None
        return next((mark.sign for mark in self.marks if mark.holds(place.x())), None)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._pressed_x, self._drags, self._is_pressed = event.pos().x(), False, True
        self._loop_before = self._loop
        self._held = self.sign_at(event.pos())
        if self._held is None:
            self.tick_pressed.emit(max(0.0, self.coordinates.tick(event.pos().x())))

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        far = abs(event.pos().x() - self._pressed_x) >= DRAG_PIXELS
        self._drags = self._is_pressed and (self._drags or far)
        if self._drags:
            self._drag(event.pos().x(), ended=False)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._drags:
            self._drag(event.pos().x(), ended=True)
        self._held, self._drags, self._is_pressed = None, False, False

    def abort(self) -> bool:
        """Take back what is being dragged; False where nothing is."""
        if not self._drags:
            return False
        if self._held is not None:
            self.sign_dragged.emit(self._held, float(self._held.tick), True)  # noqa: FBT003  # a signal
        else:
            self.loop_kept.emit(self._loop_before)
        self._held, self._drags, self._is_pressed = None, False, False
        return True

    def _drag(self, x: float, *, ended: bool) -> None:
        tick = max(0.0, self.coordinates.tick(x))
        if self._held is not None:
            moved = (x - self._pressed_x) / self.coordinates.tick_width
            self.sign_dragged.emit(self._held, max(0.0, self._held.tick + moved), ended)
        else:
            start = max(0.0, self.coordinates.tick(self._pressed_x))
            self.loop_dragged.emit(min(start, tick), max(start, tick), ended)

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        sign = self.sign_at(event.pos())
        if sign is None:
            self.mousePressEvent(event)
        else:
            self.edit_asked.emit(self._pointed(event.pos(), event.screenPos()))

    def contextMenuEvent(self, event: QGraphicsSceneContextMenuEvent) -> None:
        self.menu_asked.emit(self._pointed(event.pos(), event.screenPos()))

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        sign = self.sign_at(event.pos())
        moves = sign is not None and sign.tick > 0
        shape = Qt.CursorShape.SizeHorCursor if moves else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    def _pointed(self, place: QPointF, on_screen: QPoint) -> Pointed:
        return Pointed(max(0, int(self.coordinates.tick(place.x()))), self.sign_at(place), on_screen)


def _frame(score: Score) -> tuple[object, ...]:
    """What the ruler shows of a score."""
    return score.bars, score.tempos, score.time_signatures, score.key_signatures
