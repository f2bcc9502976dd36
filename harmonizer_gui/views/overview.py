"""The whole piece in a narrow strip, with a frame around what the roll shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.sketch import Sketcher, picture_of, spread
from harmonizer_gui.views.theme import DARK, Theme

EDGE: Final = 5.0
"""Pixels around an edge of the frame in which a press takes hold of it."""
LEAST_TICKS: Final = 240.0
"""No less is shown, however far the edges are drawn together."""
NARROWEST: Final = 10.0
"""Pixels of the frame: in a long piece it would be too small to be held."""
THINNEST: Final = 2.0
"""Pixels of a note, if many pitches share the height."""
BARS_BEYOND: Final = 1
REPAINT_MS: Final = 120
"""A drag of notes changes the piece many times a second; all of a long one need not be painted as often."""
PAGE: Final = 0.9
"""Part of what is seen that an arrow key goes on."""


class Hold(Enum):
    """What a press has taken hold of."""

    FRAME = "frame"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Span:
    """The ticks [start, stop) that are seen."""

    start: float
    stop: float


def held_at(x: float, frame: QRectF) -> Hold | None:
    """What a press at pixel `x` takes hold of; None beside the frame."""
    if abs(x - frame.right()) <= EDGE:
        return Hold.RIGHT
    if abs(x - frame.left()) <= EDGE:
        return Hold.LEFT
    return Hold.FRAME if frame.left() < x < frame.right() else None


def dragged(span: Span, hold: Hold, ticks: float) -> Span:
    """`span` after what is held was drawn `ticks` to the right."""
    if hold is Hold.LEFT:
        return Span(max(0.0, min(span.start + ticks, span.stop - LEAST_TICKS)), span.stop)
    if hold is Hold.RIGHT:
        return Span(span.start, max(span.stop + ticks, span.start + LEAST_TICKS))
    by = max(-span.start, ticks)
    return Span(span.start + by, span.stop + by)


class Overview(QWidget):
    """A drag of the frame scrolls, one of its edges zooms, a click beside it goes there.

    `left` is the room, in pixels, of the keyboard: time lies here as it does in the roll.
    """

    span_asked = Signal(float, float)
    """The first and the last tick to be seen."""
    scroll_asked = Signal(float)
    """The first tick to be seen; the zoom stays."""

    def __init__(self, left: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._left = left
        self._score = Score()
        self._end = self._score.length
        self._span = Span(0.0, 1.0)
        self._picture: QImage | None = None
        self._sketcher = Sketcher()
        self._held: tuple[Hold, float, Span] | None = None
        self._repaint = QTimer(self, singleShot=True, interval=REPAINT_MS)
        self._repaint.timeout.connect(self._paint_anew)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Overview of the piece"))
        self.setAccessibleDescription(self.tr("Left and right scroll, up and down zoom"))
        self.setToolTip(self.tr("Drag the frame to scroll, its edges to zoom; click to go there"))
        self.setFixedHeight(round(2.6 * self.fontMetrics().height()))

    def sizeHint(self) -> QSize:
        return QSize(200, round(2.6 * self.fontMetrics().height()))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._paint_anew()

    def set_score(self, score: Score) -> None:
        """Show the notes of `score`."""
        if score.voices != self._score.voices or score.bars != self._score.bars:
            self._score = score
            self._fit_end()
            self._repaint.start()

    def set_view(self, view: Coordinates) -> None:
        """Frame what is seen."""
        self._span = Span(view.left, view.right)
        if self._held is None:
            self._fit_end()
        self.update()

    def _fit_end(self) -> None:
        """All of the piece, a little more to go on writing, and whatever is seen."""
        room = BARS_BEYOND * self._score.bars[-1].time_signature.bar_ticks
        end = max(self._score.length + room, round(self._span.stop))
        if end != self._end:
            self._end = end
            self._paint_anew()

    @property
    def frame(self) -> QRectF:
        """Around what is seen, in pixels."""
        left, right = self._x(self._span.start), self._x(self._span.stop)
        missing = max(0.0, NARROWEST - (right - left)) / 2
        return QRectF(left - missing, 0.5, right - left + 2 * missing, self.height() - 1.0)

    def _x(self, tick: float) -> float:
        return self._left + tick * self._scale

    def _tick(self, x: float) -> float:
        return (x - self._left) / self._scale

    @property
    def _scale(self) -> float:
        """Pixels a tick."""
        return max(1.0, self.width() - self._left - 2.0) / self._end

    def _paint_anew(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, _event: object) -> None:
        self._paint_anew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._paint_music()
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        frame, theme = self.frame, self._theme
        beyond = QColor(theme.panel)
        beyond.setAlphaF(0.6)
        painter.fillRect(QRectF(self._left, 0, frame.left() - self._left, self.height()), beyond)
        painter.fillRect(QRectF(frame.right(), 0, self.width() - frame.right(), self.height()), beyond)
        color = theme.accent if self.hasFocus() or self._held else theme.border_strong
        painter.setPen(QPen(QColor(color), 2.0 if self.hasFocus() else 1.0))
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_music(self) -> QImage:
        """All notes, once for each piece and size: the frame moves over a picture."""
        ratio = self.devicePixelRatioF()
        picture = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.color("panel"))
        painter = QPainter(picture)
        painter.fillRect(
            QRectF(self._left, 0, self.width() - self._left, self.height()), QColor(self._theme.roll_row)
        )
        self._paint_end(painter)
        self._paint_notes(painter, ratio)
        painter.end()
        return picture

    def _paint_end(self, painter: QPainter) -> None:
        """Where the music stops."""
        painter.setPen(self._theme.color("roll_bar_line"))
        x = round(self._x(self._score.length)) + 0.5
        painter.drawLine(QLineF(x, 0.0, x, self.height()))
        painter.setPen(self._theme.color("border"))
        painter.drawLine(QLineF(0.0, 0.5, self.width(), 0.5))

    def _paint_notes(self, painter: QPainter, ratio: float) -> None:
        """Thousands of notes, in device pixels."""
        ranges = [voice.range for voice in self._score.voices if voice.range is not None]
        width, height = round((self.width() - self._left) * ratio), round(self.height() * ratio)
        if not ranges or width < 1 or height < 1:
            return
        low, high = min(each[0] for each in ranges) - 2, max(each[1] for each in ranges) + 2
        rows = high - low + 1
        view = Coordinates(0.0, high + 0.5, self._scale * ratio, 1.0, float(width), rows - 1.0)
        lines = [(name, self._score.voice(name).notes, self._theme.voice(name)) for name in VoiceName]
        pixels = np.zeros((height, width), np.uint32)
        spread(self._sketcher.cells(lines, view), pixels, max(round(THINNEST * ratio), height // rows))
        painter.drawImage(QRectF(self._left, 0.0, width / ratio, height / ratio), picture_of(pixels))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        hold = held_at(x, self.frame)
        if hold is None:
            length = self._span.stop - self._span.start
            start = max(0.0, self._tick(x) - length / 2)
            self.scroll_asked.emit(start)
            hold = Hold.FRAME
        self._held = hold, x, self._span
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._held is None:
            self._point(held_at(x, self.frame))
            return
        hold, pressed, span = self._held
        wanted = dragged(span, hold, (x - pressed) / self._scale)
        if hold is Hold.FRAME:
            self.scroll_asked.emit(wanted.start)
        else:
            self.span_asked.emit(wanted.start, wanted.stop)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self._fit_end()
        self.update()

    def _point(self, hold: Hold | None) -> None:
        shapes = {
            None: Qt.CursorShape.PointingHandCursor,
            Hold.FRAME: Qt.CursorShape.OpenHandCursor,
        }
        self.setCursor(shapes.get(hold, Qt.CursorShape.SizeHorCursor))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A page on or back; closer or from further away."""
        span = self._span
        length = span.stop - span.start
        pages = {Qt.Key.Key_Left: -PAGE, Qt.Key.Key_Right: PAGE}
        zooms = {Qt.Key.Key_Up: 0.2, Qt.Key.Key_Down: -0.25}
        key = Qt.Key(event.key())
        if key in pages:
            self.scroll_asked.emit(max(0.0, span.start + pages[key] * length))
        elif key in zooms:
            by = zooms[key] * length
            self.span_asked.emit(max(0.0, span.start + by / 2), span.stop - by / 2)
        else:
            event.ignore()
