"""The ruler above the notes: bars as musicians count them, and where the playhead stands."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.score import Bar, Score
from harmonizer_gui.views.roll.background import beat_ticks, spacing
from harmonizer_gui.views.roll.grid import bars_between, place_of
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.strip import Strip

NARROWEST_NUMBER = 36.0
"""Pixels from one bar number to the next; closer ones are left out."""
NARROWEST_BEAT_NUMBER = 48.0


class Ruler(Strip):
    """A press, and a drag after it, asks for the playhead to go there."""

    tick_pressed = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._score = Score()
        self._playhead = 0.0
        self._loop: tuple[int, int] | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fit()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._fit()

    def set_score(self, score: Score) -> None:
        if score.bars != self._score.bars:
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

    def _fit(self) -> None:
        self.set_thickness(height=round(self.look.line_height + 10.0))

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
        for bar in bars:
            if bar.number and (bar.number - 1) % apart == 0:
                self._paint_line(painter, bar.start, 0.5)
                painter.setPen(self.look.text if bar.start < self._score.length else self.look.muted)
                self._paint_text(painter, bar.start, str(bar.number))

    def _paint_beats(self, painter: QPainter, bars: list[Bar]) -> None:
        painter.setFont(self.look.small_font)
        for tick in beat_ticks(bars, self.coordinates):
            self._paint_line(painter, tick, 0.78)
            place = place_of(self._score, tick)
            width = self._bar_beat_width(tick)
            if width >= NARROWEST_BEAT_NUMBER:
                painter.setPen(self.look.muted)
                self._paint_text(painter, tick, f"{place.bar}.{place.beat}")

    def _bar_beat_width(self, tick: int) -> float:
        bar = self._score.bar_at(tick)
        return bar.time_signature.beat_ticks * self.coordinates.tick_width

    def _paint_line(self, painter: QPainter, tick: int, part: float) -> None:
        """A line in the lower part of the ruler, from `part` of its height on."""
        x = round(self.coordinates.x(tick)) + 0.5
        painter.setPen(self.look.bar_pen)
        painter.drawLine(QLineF(x, part * self.rect().height(), x, self.rect().height()))

    def _paint_text(self, painter: QPainter, tick: int, text: str) -> None:
        place = QRectF(round(self.coordinates.x(tick)) + 5.0, 0.0, 80.0, self.rect().height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _mark(self, tick: float) -> QPolygonF:
        """A small arrow that stands on the foot of the ruler."""
        x, foot = round(self.coordinates.x(tick)), self.rect().height()
        return QPolygonF([QPointF(x - 5.0, foot - 7.0), QPointF(x + 5.0, foot - 7.0), QPointF(x, foot)])

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._point(event)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._point(event)

    def _point(self, event: QGraphicsSceneMouseEvent) -> None:
        self.tick_pressed.emit(max(0.0, self.coordinates.tick(event.pos().x())))
