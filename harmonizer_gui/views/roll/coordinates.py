"""Where music lies on the screen: all arithmetic between ticks, pitches and pixels, without Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note

MIN_ROW_HEIGHT: Final = 5.0
MAX_ROW_HEIGHT: Final = 40.0
MAX_TICK_WIDTH: Final = 1.0
"""Pixels a tick when zoomed in as far as possible: a sixteenth is then 120 pixels wide."""


@dataclass(frozen=True, slots=True)
class Paper:
    """All that one can scroll over: the ticks [0, end) and the pitches from `lowest` to `highest`."""

    end: int
    lowest: int = LOWEST_PITCH
    highest: int = HIGHEST_PITCH

    @property
    def rows(self) -> int:
        return self.highest - self.lowest + 1


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, from the upper left corner of the roll."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Coordinates:
    """One view of the paper, `width` × `height` pixels.

    `left` is the tick at the left edge, `top` the pitch at the upper edge: pitch p covers p − 0.5 to p + 0.5.
    A tick is `tick_width` pixels wide, a semitone `row_height` pixels high.
    """

    left: float = 0.0
    top: float = HIGHEST_PITCH + 0.5
    tick_width: float = 0.08
    row_height: float = 12.0
    width: float = 800.0
    height: float = 480.0

    @property
    def right(self) -> float:
        """The tick at the right edge."""
        return self.left + self.width / self.tick_width

    @property
    def bottom(self) -> float:
        """The pitch at the lower edge."""
        return self.top - self.height / self.row_height

    @property
    def ticks_shown(self) -> float:
        return self.width / self.tick_width

    @property
    def rows_shown(self) -> float:
        return self.height / self.row_height

    def has_rows_of(self, other: Coordinates) -> bool:
        """Whether each pitch lies as high in both."""
        mine, others = ((v.top, v.row_height, v.height) for v in (self, other))
        return mine == others

    @property
    def visible_pitches(self) -> range:
        """The pitches of which at least a part is seen, from below."""
        return range(math.floor(self.bottom + 0.5), math.ceil(self.top - 0.5) + 1)

    def x(self, tick: float) -> float:
        return (tick - self.left) * self.tick_width

    def tick(self, x: float) -> float:
        return self.left + x / self.tick_width

    def y(self, pitch: float) -> float:
        """The upper edge of the row of `pitch`."""
        return (self.top - pitch - 0.5) * self.row_height

    def pitch(self, y: float) -> int:
        """The pitch whose row holds `y`."""
        return math.ceil(self.top - y / self.row_height - 0.5)

    def box(self, note: Note) -> Box:
        return Box(self.x(note.start), self.y(note.pitch), note.duration * self.tick_width, self.row_height)

    def resized(self, width: float, height: float) -> Coordinates:
        """The same place and scale in a window of another size."""
        return replace(self, width=max(1.0, width), height=max(1.0, height))

    def scrolled(self, dx: float, dy: float) -> Coordinates:
        """Moved by pixels: what lies to the right and below comes into view."""
        return replace(self, left=self.left + dx / self.tick_width, top=self.top - dy / self.row_height)

    def at(self, *, left: float | None = None, top: float | None = None) -> Coordinates:
        """The same scale at another place."""
        return replace(self, left=self.left if left is None else left, top=self.top if top is None else top)

    def time_zoomed(self, factor: float, x: float, paper: Paper) -> Coordinates:
        """Ticks `factor` times as wide, with the tick at pixel `x` staying where it is."""
        tick_width = min(MAX_TICK_WIDTH, max(self._narrowest(paper), self.tick_width * factor))
        return replace(self, tick_width=tick_width, left=self.tick(x) - x / tick_width).clamped(paper)

    def pitch_zoomed(self, factor: float, y: float, paper: Paper) -> Coordinates:
        """Rows `factor` times as high, with the pitch at pixel `y` staying where it is."""
        row_height = min(MAX_ROW_HEIGHT, max(self._lowest_row(paper), self.row_height * factor))
        top = self.top - y / self.row_height + y / row_height
        return replace(self, row_height=row_height, top=top).clamped(paper)

    def clamped(self, paper: Paper) -> Coordinates:
        """The nearest view that shows nothing but paper."""
        tick_width = min(MAX_TICK_WIDTH, max(self._narrowest(paper), self.tick_width))
        row_height = max(self._lowest_row(paper), self.row_height)
        left = max(0.0, min(self.left, paper.end - self.width / tick_width))
        top = min(paper.highest + 0.5, max(self.top, paper.lowest - 0.5 + self.height / row_height))
        return replace(self, left=left, top=top, tick_width=tick_width, row_height=row_height)

    def fitted(
        self, *, ticks: tuple[float, float], pitches: tuple[int, int], highest_row: float = MAX_ROW_HEIGHT
    ) -> Coordinates:
        """Show the ticks from the first to the second and the pitches from the lower to the upper."""
        lower, upper = pitches
        row_height = min(highest_row, max(MIN_ROW_HEIGHT, self.height / (upper - lower + 1)))
        middle = (lower + upper) / 2
        return replace(
            self,
            left=ticks[0],
            tick_width=min(MAX_TICK_WIDTH, self.width / max(1.0, ticks[1] - ticks[0])),
            row_height=row_height,
            top=middle + self.height / row_height / 2,
        )

    def revealing(
        self, *, ticks: tuple[float, float], pitches: tuple[int, int], margin: float
    ) -> Coordinates:
        """Scrolled as little as needed to see the span, `margin` pixels around it where there is room."""
        left = _revealed(self.left, self.ticks_shown, ticks, margin / self.tick_width)
        span = (pitches[0] - 0.5, pitches[1] + 0.5)
        bottom = _revealed(self.bottom, self.rows_shown, span, margin / self.row_height)
        return replace(self, left=left, top=bottom + self.rows_shown)

    def _narrowest(self, paper: Paper) -> float:
        return min(MAX_TICK_WIDTH, self.width / max(1, paper.end))

    def _lowest_row(self, paper: Paper) -> float:
        return max(MIN_ROW_HEIGHT, self.height / paper.rows)


def _revealed(first: float, shown: float, span: tuple[float, float], margin: float) -> float:
    """Where a window of `shown` from `first` on must start to hold `span`, or as much as goes in."""
    start, stop = span
    margin = max(0.0, min(margin, (shown - (stop - start)) / 2))
    return min(max(first, stop + margin - shown), start - margin)
