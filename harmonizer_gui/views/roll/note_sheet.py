"""Notes painted once for each look; those of all lengths and places are cut from these."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from harmonizer_gui.views.roll.arrays import Cuttings
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.note_painting import (
    FERMATA_WIDTH,
    ROUNDEST,
    Ink,
    Kind,
    Word,
    body_height,
    letter_font,
    paint_bodies,
    paint_fermata,
)

_END: Final = ROUNDEST + 2.0
"""Pixels that corners and outlines take at either end of a note; all columns between are alike."""
_LONGEST: Final = 256.0
"""Pixels of a note up to which no column of it is stretched, which takes longer."""
_AROUND: Final = 1.0
"""Pixels by which an outline may reach beyond a body."""

_FERMATA: Final = QSizeF(FERMATA_WIDTH + 5.0, 12.0)
"""Room for it above a note."""

Pieces = NDArray[np.float64]
"""[N, 7] as `Cuttings` takes them."""


@dataclass(frozen=True)
class Bodies:
    """Where notes lie, in whole pixels of the screen, as arrays [N]; later ones lie over earlier ones."""

    look: NDArray[np.intp]
    """Which of the looks of the sheet each has."""
    left: NDArray[np.float64]
    top: NDArray[np.float64]
    width: NDArray[np.float64]
    lettered: NDArray[np.bool_]
    fermatas: NDArray[np.bool_]
    """Where the letter and a fermata are painted, too."""


@dataclass(frozen=True)
class Scale:
    """What all notes on the screen share: `ratio` pixels of the screen to one of the roll."""

    ratio: float
    row_height: float
    """Pixels of the roll."""

    def pixels(self, length: float) -> int:
        """`length` in whole pixels of the screen."""
        return round(length * self.ratio)


class NoteSheet:
    """A picture with two lines for each look: a long note; the short ones of each width, and the letter.

    Others are the start of the long note and its end, with a column between that is stretched if need be.
    """

    def __init__(self, looks: Sequence[tuple[Ink, Kind]], scale: Scale) -> None:
        self._looks, self._scale = looks, scale
        self._height = scale.pixels(body_height(scale.row_height))
        self._end, self._around = scale.pixels(_END), math.ceil(_AROUND * scale.ratio)
        self._long = scale.pixels(_LONGEST)
        self._line = self._height + 2 * self._around
        widths = np.arange(2 * self._end + 2) + 2 * self._around
        self._short = np.cumsum(widths) - widths
        """[widths] where a note of each width begins, with what lies around it; last, where the letter is."""
        self._font = letter_font(looks[0][0].look.letter_font, scale.row_height)
        self._words = [] if self._font is None else [Word(ink.letter, self._font) for ink, _ in looks]
        narrowest = [word.narrowest for word in self._words] or [math.inf] * len(looks)
        self.narrowest = scale.ratio * np.array(narrowest)
        """[looks] pixels of the screen that a note with its letter must be wide."""
        self._letter_width = math.ceil(max((n for n in self.narrowest if n < math.inf), default=0.0))
        width = max(self._long + 2 * self._around, int(self._short[-1]) + self._letter_width)
        self._fermata = math.ceil(_FERMATA.width() * scale.ratio), math.ceil(_FERMATA.height() * scale.ratio)
        self._picture = QPixmap(width, 2 * len(looks) * self._line + self._fermata[1])
        self._picture.fill(Qt.GlobalColor.transparent)
        self._paint_fermata(looks[0][0].look)
        self._painted: set[int] = set()
        self._cuttings = Cuttings()

    def stamp(self, painter: QPainter, bodies: Bodies) -> None:
        """Paint `bodies` with their letters, then all fermatas; `painter` counts pixels of the screen."""
        for index in set(np.flatnonzero(np.bincount(bodies.look)).tolist()) - self._painted:
            self._paint(index)
        width = bodies.width
        slots = (
            (width > 0.0, self._starts),
            (width > self._long, self._middles),
            (width > 2 * self._end, self._ends),
            (bodies.lettered, self._letters),
        )
        cut = [(wanted, pieces(bodies)) for wanted, pieces in slots if wanted.any()]
        if cut:
            wanted, tables = zip(*cut, strict=True)
            pieces = [np.stack(tables, axis=1)[np.stack(wanted, axis=1)]]
            if bodies.fermatas.any():
                pieces.append(self._fermatas(bodies)[bodies.fermatas])
            self._cuttings.fill(np.concatenate(pieces))
            self._cuttings.paint(painter, self._picture)

    def _starts(self, bodies: Bodies) -> Pieces:
        """Whole short notes; of the others all that goes before their ends."""
        around, end, width = self._around, self._end, bodies.width
        is_short = width <= 2 * end
        short = self._short[np.minimum(width, 2 * end).astype(np.intp)]
        reach = np.where(is_short, width + 2 * around, around + np.minimum(width, self._long) - end)
        line = 2 * bodies.look + is_short
        return self._pieces(bodies, -around, np.where(is_short, short, 0), line, reach)

    def _middles(self, bodies: Bodies) -> Pieces:
        """A column of the long note, stretched as far as a longer one needs."""
        shift, column = self._long - self._end, self._around + self._long // 2
        return self._pieces(bodies, shift, column, 2 * bodies.look, 1, bodies.width - self._long)

    def _ends(self, bodies: Bodies) -> Pieces:
        source = self._around + self._long - self._end
        return self._pieces(
            bodies, bodies.width - self._end, source, 2 * bodies.look, self._end + self._around
        )

    def _letters(self, bodies: Bodies) -> Pieces:
        return self._pieces(bodies, 0, self._short[-1], 2 * bodies.look + 1, self._letter_width)

    def _fermatas(self, bodies: Bodies) -> Pieces:
        """Above the middle of the notes."""
        width, height = self._fermata
        pieces = self._pieces(bodies, (bodies.width - width) // 2, 0, 2 * len(self._looks), width)
        pieces[:, 1] = bodies.top - height
        pieces[:, 5] = height
        return pieces

    def _pieces(
        self,
        bodies: Bodies,
        shift: float | NDArray[np.float64],
        source: ArrayLike,
        line: ArrayLike,
        width: ArrayLike,
        stretch: ArrayLike = 1.0,
    ) -> Pieces:
        """What is cut out of lines at `source` and goes to the right of where bodies begin by `shift`."""
        pieces = np.empty((len(bodies.left), 7))
        pieces[:, 0], pieces[:, 1] = bodies.left + shift, bodies.top - self._around
        pieces[:, 2], pieces[:, 3] = source, np.multiply(line, self._line)
        pieces[:, 4], pieces[:, 5], pieces[:, 6] = width, self._line, stretch
        return pieces

    def _paint(self, index: int) -> None:
        """Fill the two lines of a look."""
        ink, kind = self._looks[index]
        short = enumerate(self._short[:-1].tolist())
        bodies = [self._body(2 * index, 0, self._long)]
        bodies += [self._body(2 * index + 1, x, width) for width, x in short if width]
        painter = QPainter(self._picture)
        painter.scale(self._scale.ratio, self._scale.ratio)
        paint_bodies(painter, ink, kind, bodies, self._scale.row_height)
        if self._font is not None:
            painter.setFont(self._font)
            painter.setPen(ink.words(kind))
            body = self._body(2 * index + 1, int(self._short[-1]) - self._around, self._letter_width)
            self._words[index].paint(painter, body)
        painter.end()
        self._painted.add(index)

    def _paint_fermata(self, look: Look) -> None:
        """Below all lines."""
        painter = QPainter(self._picture)
        painter.translate(0.0, 2 * len(self._looks) * self._line)
        painter.scale(self._scale.ratio, self._scale.ratio)
        width, height = (pixels / self._scale.ratio for pixels in self._fermata)
        paint_fermata(painter, look, QRectF(0.0, height, width, 0.0))
        painter.end()

    def _body(self, line: int, x: int, width: int) -> QRectF:
        """In pixels of the roll; at `x` begins what lies around it."""
        ratio = self._scale.ratio
        left, top = x + self._around, line * self._line + self._around
        return QRectF(left / ratio, top / ratio, width / ratio, self._height / ratio)
