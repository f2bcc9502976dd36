"""The paper under the notes: rows of the keys, lines of bars, beats and grid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import Bar, KeySignature, Score
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.grid import GRIDS, Grid, bars_between
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.sliding_layer import SlidingLayer

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


class Background(SlidingLayer):
    """Painted anew for each view; of the lines only those that leave room between them."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=-1.0)
        self._score = Score()
        self._grid: Grid = GRIDS[3]
        self._shows_scale = True

    def can_slide(self) -> bool:
        """Which bars have a line depends on all that are in view, where they stand too close."""
        view = self.coordinates
        return spacing(list(bars_between(self._score, view.left, view.right)), view, NARROWEST_BAR) == 1

    def ground(self) -> QColor:
        return self.look.row

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

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        self._paint_rows(painter, exposed)
        self._paint_lines(painter, exposed)
        self._paint_end(painter, exposed)

    def _paint_rows(self, painter: QPainter, exposed: QRectF) -> None:
        view = self.coordinates
        lines: list[QLineF] = []
        for left, right, key in self._keys(exposed):
            dark = _outside(key) if key is not None and self._shows_scale else BLACK_KEYS
            tonic = 0 if key is None else key.tonic
            for pitch in range(view.pitch(exposed.bottom()), view.pitch(exposed.top()) + 1):
                row = QRectF(left, view.y(pitch), right - left, view.row_height)
                if pitch % 12 in dark:
                    painter.fillRect(row, self.look.black_row)
                elif pitch % 12 == tonic and key is not None and self._shows_scale:
                    painter.fillRect(row, self.look.tonic_row)
                if pitch % 12 == tonic:
                    lines.append(QLineF(left, row.bottom(), right, row.bottom()))
        painter.setPen(self.look.tonic_pen)
        painter.drawLines(lines)

    def _keys(self, exposed: QRectF) -> Iterator[tuple[float, float, KeySignature | None]]:
        """The keys that hold in `exposed`, each from which pixel to which."""
        view = self.coordinates
        first, last = view.tick(exposed.left()), view.tick(exposed.right())
        changes = [key.tick for key in self._score.key_signatures if first < key.tick < last]
        edges = [exposed.left(), *map(view.x, changes), exposed.right()]
        ticks = [max(0, round(first)), *changes]
        for (left, right), tick in zip(pairwise(edges), ticks, strict=True):
            yield left, right, self._score.key_at(tick)

    def _paint_lines(self, painter: QPainter, exposed: QRectF) -> None:
        view, look = self.coordinates, self.look
        bars = list(bars_between(self._score, view.tick(exposed.left()), view.tick(exposed.right() + 1)))
        beats, bar_starts = beat_ticks(bars, view), bar_ticks(bars, view)
        if self._grid.ticks * view.tick_width >= NARROWEST_GRID:
            self._draw(painter, exposed, look.grid_pen, grid_ticks(bars, self._grid))
        self._draw(painter, exposed, look.beat_pen, beats)
        self._draw(painter, exposed, look.bar_pen, bar_starts)

    def _draw(self, painter: QPainter, exposed: QRectF, pen: QPen, ticks: Iterator[int]) -> None:
        places = (round(self.coordinates.x(tick)) for tick in ticks)
        lines = [QLineF(x + 0.5, exposed.top(), x + 0.5, exposed.bottom()) for x in places]
        painter.setPen(pen)
        painter.drawLines(lines)

    def _paint_end(self, painter: QPainter, exposed: QRectF) -> None:
        """Behind the last bar there is room to write on, a shade darker."""
        x = self.coordinates.x(self._score.length)
        if x < exposed.right():
            beyond = QRectF(max(x, exposed.left()), exposed.top(), exposed.right() - x, exposed.height())
            painter.fillRect(beyond & exposed, self.look.beyond)


def bar_ticks(bars: list[Bar], view: Coordinates) -> Iterator[int]:
    """Where bars start, of those every second, fourth … where they would stand too close."""
    apart = spacing(bars, view, NARROWEST_BAR)
    return (bar.start for bar in bars if bar.number % apart == 0 or bar.number == 0)


def spacing(bars: list[Bar], view: Coordinates, pixels: float) -> int:
    """Each how-manieth bar can be marked so that the marks are `pixels` apart: 1, 2, 4, 8 …"""
    narrowest = min((bar.end - bar.start for bar in bars if bar.number), default=0) * view.tick_width
    apart = 1
    while narrowest and apart * narrowest < pixels:
        apart *= 2
    return apart


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
