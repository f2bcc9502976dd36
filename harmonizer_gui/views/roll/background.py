"""The paper under the notes: rows of the keys, lines of bars, beats and grid."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QLineF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import Bar, KeySignature, Score
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.device_pixels import device_pixels, whole
from harmonizer_gui.views.roll.grid import GRIDS, Grid, bars_between
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look

BLACK_KEYS: Final = frozenset({1, 3, 6, 8, 10})
NARROWEST_BAR: Final = 6.0
NARROWEST_BEAT: Final = 14.0
NARROWEST_GRID: Final = 9.0
"""Pixels between lines of a kind; with less they are left out."""


def _outside(key: KeySignature) -> frozenset[int]:
    """The pitch classes that are not in the scale of a key; in minor the raised seventh is in it."""
    scale = {7 * place % 12 for place in range(key.fifths - 1, key.fifths + 6)}
    if key.mode == "minor":
        scale.add((key.tonic + 11) % 12)
    return frozenset(range(12)) - scale


def is_black(pitch: int) -> bool:
    """Whether the key of `pitch` is a black one."""
    return pitch % 12 in BLACK_KEYS


class Background(Layer):
    """Of the lines only those are painted that leave room between them."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=-1.0)
        self._score = Score()
        self._grid: Grid = GRIDS[3]
        self._shows_scale = True
        self._strips: dict[int, QPixmap] = {}
        """By colour; none where something has changed since they were painted."""
        self._place = QTransform()

    def set_scale(self, *, on: bool) -> None:
        """Tint the rows by the key that holds at each time; where none is known, as on a keyboard."""
        self._shows_scale = on
        self.update()

    def set_score(self, score: Score) -> None:
        if score.bars != self._score.bars or score.key_signatures != self._score.key_signatures:
            self.update()
        self._score = score

    def set_grid(self, grid: Grid) -> None:
        self._grid = grid
        self.update()

    def paint_for_file(self, painter: QPainter, exposed: QRectF) -> None:
        view = self.coordinates
        for left, right, colors in self._colors(exposed):
            for pitch in self._pitches(exposed):
                row = QRectF(left, view.y(pitch), right - left, view.row_height)
                painter.fillRect(row, colors[pitch % 12])
        for pen, lines in self._lines(exposed):
            painter.setPen(pen)
            painter.drawLines(lines)
        self._paint_over(painter, exposed)

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        self._paint_strips(painter, exposed)
        self._paint_over(painter, exposed)

    def update(self, rect: QRectF | None = None) -> None:  # type: ignore[override]  # of Qt's three ways two
        """Paint anew the strips, too."""
        self._strips.clear()
        super().update(self.boundingRect() if rect is None else rect)

    def _paint_strips(self, painter: QPainter, exposed: QRectF) -> None:
        """What hundreds of lines cost is the height they cross: here that of a row for each colour."""
        view, pitches = self.coordinates, self._pitches(exposed)
        with device_pixels(painter) as place:
            if place != self._place or not self._strips:
                self._place, self._strips = place, self._painted_strips(place)
            origin = math.floor(place.dx())
            for start, stop, colors in self._colors(exposed):
                left, right = whole(place.m11() * start + place.dx()), whole(place.m11() * stop + place.dx())
                rows = [self._strips[color.rgb()] for color in colors]
                bottom = whole(place.m22() * view.y(pitches.start - 1) + place.dy())
                for pitch in pitches:
                    top = whole(place.m22() * view.y(pitch) + place.dy())
                    strip = rows[pitch % 12]
                    painter.drawPixmap(left, top, strip, left - origin, 0, right - left, bottom - top)
                    bottom = top

    def _painted_strips(self, place: QTransform) -> dict[int, QPixmap]:
        """A row of each colour, in pixels of the screen, with all the lines that cross it."""
        look, view = self.look, self.coordinates
        size = QSize(math.ceil(place.m11() * view.width) + 1, math.ceil(place.m22() * view.row_height) + 1)
        lines = list(self._lines(self.boundingRect()))
        found = {}
        for color in (look.row, look.black_row, look.tonic_row):
            strip = found[color.rgb()] = QPixmap(size)
            strip.fill(color)
            painter = QPainter(strip)
            painter.setWorldTransform(
                QTransform(place.m11(), 0.0, 0.0, 1.0, place.dx() - math.floor(place.dx()), 0.0)
            )
            for pen, some in lines:
                painter.setPen(pen)
                painter.drawLines(some)
            painter.end()
        return found

    def _paint_over(self, painter: QPainter, exposed: QRectF) -> None:
        """A line below each tonic; behind the last bar there is room to write on, a shade darker."""
        view = self.coordinates
        lines = [
            QLineF(left, y, right, y)
            for left, right, key in self._keys(exposed)
            for y in (view.y(pitch - 1) for pitch in self._pitches(exposed) if pitch % 12 == _tonic(key))
        ]
        painter.setPen(self.look.tonic_pen)
        painter.drawLines(lines)
        x = view.x(self._score.length)
        if x < exposed.right():
            beyond = QRectF(max(x, exposed.left()), exposed.top(), exposed.right() - x, exposed.height())
            painter.fillRect(beyond & exposed, self.look.beyond)

    def _pitches(self, exposed: QRectF) -> range:
        view = self.coordinates
        return range(view.pitch(exposed.bottom()), view.pitch(exposed.top()) + 1)

    def _colors(self, exposed: QRectF) -> Iterator[tuple[float, float, list[QColor]]]:
        """From which pixel to which the rows of the twelve pitch classes have which colours."""
        look = self.look
        for left, right, key in self._keys(exposed):
            if key is None or not self._shows_scale:
                colors = [look.black_row if pitch in BLACK_KEYS else look.row for pitch in range(12)]
            else:
                dark = _outside(key)
                colors = [look.black_row if pitch in dark else look.row for pitch in range(12)]
                colors[key.tonic] = look.tonic_row
            yield left, right, colors

    def _keys(self, exposed: QRectF) -> Iterator[tuple[float, float, KeySignature | None]]:
        """The keys that hold in `exposed`, each from which pixel to which."""
        view = self.coordinates
        first, last = view.tick(exposed.left()), view.tick(exposed.right())
        changes = [key.tick for key in self._score.key_signatures if first < key.tick < last]
        edges = [exposed.left(), *map(view.x, changes), exposed.right()]
        ticks = [max(0, round(first)), *changes]
        for (left, right), tick in zip(pairwise(edges), ticks, strict=True):
            yield left, right, self._score.key_at(tick)

    def _lines(self, exposed: QRectF) -> Iterator[tuple[QPen, list[QLineF]]]:
        """Pens and what they draw, the strongest last."""
        view, look = self.coordinates, self.look
        bars = list(bars_between(self._score, view.tick(exposed.left()), view.tick(exposed.right() + 1)))
        kinds = [(look.beat_pen, beat_ticks(bars, view)), (look.bar_pen, bar_ticks(bars, view))]
        if self._grid.ticks * view.tick_width >= NARROWEST_GRID:
            kinds.insert(0, (look.grid_pen, grid_ticks(bars, self._grid)))
        for pen, ticks in kinds:
            places = [round(view.x(tick)) + 0.5 for tick in ticks]
            yield pen, [QLineF(x, exposed.top(), x, exposed.bottom()) for x in places]


def _tonic(key: KeySignature | None) -> int:
    return 0 if key is None else key.tonic


def bar_ticks(bars: list[Bar], view: Coordinates) -> Iterator[int]:
    """Where bars start, of those every second, fourth … where they would stand too close."""
    return (bar.start for bar in counted(bars, spacing(bars, view, NARROWEST_BAR)))


def spacing(bars: list[Bar], view: Coordinates, pixels: float) -> int:
    """Each how-manieth bar can be marked so that the marks are `pixels` apart: 1, 2, 4, 8 …

    Bars of the usual length, that is: one that is cut short does not thin out all others.
    """
    lengths = sorted(bar.end - bar.start for bar in bars if bar.number)
    usual = lengths[len(lengths) // 2] * view.tick_width if lengths else 0.0
    apart = 1
    while usual and apart * usual < pixels:
        apart *= 2
    return apart


def counted(bars: list[Bar], apart: int) -> Iterator[Bar]:
    """Bar 1 and each `apart`-th after it, and the pickup."""
    return (bar for bar in bars if bar.number == 0 or (bar.number - 1) % apart == 0)


def beat_ticks(bars: list[Bar], view: Coordinates) -> Iterator[int]:
    """Where beats start, the first of each bar left out; the pickup's beats are counted from its end."""
    for bar in bars:
        beat = bar.time_signature.beat_ticks
        if beat * view.tick_width >= NARROWEST_BEAT:
            first = bar.start + ((bar.end - bar.start) % beat or beat)
            yield from range(first, bar.end, beat)


def grid_ticks(bars: list[Bar], grid: Grid) -> Iterator[int]:
    """Where the lines of the grid lie within the bars."""
    for bar in bars:
        lines = range(grid.origin(bar) + grid.ticks, bar.end, grid.ticks)
        yield from (tick for tick in lines if tick > bar.start)
