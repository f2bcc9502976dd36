"""Where in the piece the roll is: scrolling, zooming, following the playhead."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note, Score
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.views.follow import Follow
from harmonizer_gui.views.roll.coordinates import MAX_TICK_WIDTH, Coordinates, Paper
from harmonizer_gui.views.roll.wheel import Turn, turned

BARS_AT_FIRST: Final = 8
ROWS_AROUND: Final = 4
"""Rows shown above the highest and below the lowest note at first."""
HIGHEST_ROW_AT_FIRST: Final = 20.0
BARS_BEYOND: Final = 8
"""Empty bars after the end, to go on writing."""
EMPTY_RANGE: Final = (43, 79)
"""Pitches shown of an empty piece: G2 to G5, where the four voices sing."""
ZOOM_STEP: Final = 1.4
REVEAL_MARGIN: Final = 24.0
ROOM_AROUND: Final = 0.04
"""Part of their length that is shown before and behind notes one zooms to."""
SMOOTH_AT: Final = 0.3
"""Where the playhead stands on the screen while the paper moves under it."""


class Navigator(QObject):
    """Holds the one `Coordinates` of the roll and says when they change."""

    changed = Signal(object)
    """`Coordinates`"""
    paper_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._score = Score()
        self._paper = paper_of(self._score)
        self._view = Coordinates()
        self._fit: Callable[[], Coordinates] | None = self._start
        """What the view was fitted to; None once the user has gone elsewhere."""
        self._follows = False
        self._how = Follow.PAGE

    @property
    def view(self) -> Coordinates:
        return self._view

    @property
    def paper(self) -> Paper:
        return self._paper

    @property
    def follows(self) -> bool:
        """Whether pages turn with the playhead."""
        return self._follows

    def set_piece(self, score: Score) -> None:
        """Show another piece, from its start."""
        self._score, self._paper = score, paper_of(score)
        self.paper_changed.emit()
        self.show_start()

    def set_score(self, score: Score) -> None:
        """Have room for `score`; what is seen stays where it is."""
        self._score = score
        end = max(paper_of(score).end, round(self._view.right))
        if end != self._paper.end:
            self._paper = replace(self._paper, end=end)
            self.paper_changed.emit()

    def show_start(self) -> None:
        """The first eight bars, and all pitches with some room around them."""
        self._fit = self._start
        self._show(self._start())

    def _start(self) -> Coordinates:
        score = self._score
        bars = score.bars[: BARS_AT_FIRST + (score.pickup > 0)]
        least = score.pickup + BARS_AT_FIRST // 2 * score.time_signatures[0].bar_ticks
        ticks = (0, max(bars[-1].end, least))
        return self._view.fitted(ticks=ticks, pitches=self.pitches, highest_row=HIGHEST_ROW_AT_FIRST)

    def zoom_to_fit(self) -> None:
        """All of the piece."""
        self._go(self._whole())
        self._fit = self._whole

    def _whole(self) -> Coordinates:
        return self._view.fitted(ticks=(0, self._score.length), pitches=self.pitches)

    def zoom_to(self, notes: Iterable[Note]) -> None:
        """All of `notes` with some room around them; none change nothing."""
        found = list(notes)
        if not found:
            return
        ticks = min(note.start for note in found), max(note.end for note in found)
        room = ROOM_AROUND * (ticks[1] - ticks[0])
        pitches = min(note.pitch for note in found), max(note.pitch for note in found)
        self._go(
            self._view.fitted(
                ticks=(max(0.0, ticks[0] - room), ticks[1] + room),
                pitches=(pitches[0] - ROWS_AROUND, pitches[1] + ROWS_AROUND),
                highest_row=HIGHEST_ROW_AT_FIRST,
            )
        )

    def show_ticks(self, start: float, stop: float) -> None:
        """Show the ticks from `start` to `stop` in the whole width; the pitches stay."""
        view = self._view
        tick_width = min(MAX_TICK_WIDTH, view.width / max(1.0, stop - start))
        self._go(replace(view, left=start, tick_width=tick_width))

    def zoom(self, steps: int) -> None:
        """Zoom the time in (`steps` > 0) or out, around the middle of the roll."""
        self._go(self._view.time_zoomed(ZOOM_STEP**steps, self._view.width / 2, self._paper))

    def zoom_time(self, factor: float, x: float) -> None:
        """Zoom the time around pixel `x`."""
        self._go(self._view.time_zoomed(factor, x, self._paper))

    def turn(self, turn: Turn) -> None:
        """Do what a turn of the wheel asks for."""
        self._go(turned(self._view, turn, self._paper))

    def scroll(self, dx: float, dy: float) -> None:
        """Bring what lies `dx` pixels to the right and `dy` below into view."""
        self._go(self._view.scrolled(dx, dy))

    def go_to(self, *, left: float, top: float) -> None:
        """Put the tick `left` at the left edge and the pitch `top` at the upper one."""
        self._go(self._view.at(left=left, top=top))

    def reveal(self, selection: Selection) -> None:
        """Scroll as little as needed to see the selected notes."""
        if not selection:
            return
        notes = [ref.note for ref in selection]
        ticks = min(note.start for note in notes), max(note.end for note in notes)
        self.reveal_place(ticks, (min(note.pitch for note in notes), max(note.pitch for note in notes)))

    def reveal_place(self, ticks: tuple[float, float], pitches: tuple[int, int]) -> None:
        """Scroll as little as needed to see these ticks and pitches."""
        self._go(self._view.revealing(ticks=ticks, pitches=pitches, margin=REVEAL_MARGIN))

    def show_tick(self, tick: float) -> None:
        """Scroll sideways as little as needed to see `tick`."""
        middle = round((self._view.top + self._view.bottom) / 2)
        self._go(self._view.revealing(ticks=(tick, tick), pitches=(middle, middle), margin=REVEAL_MARGIN))

    def resize(self, width: float, height: float) -> None:
        """The roll has another size: what was fitted into it still fits, else the scale stays."""
        self._show(self._view.resized(width, height))
        if self._fit is not None:
            self._show(self._fit())

    @property
    def state(self) -> dict[str, float]:
        """Zoom and place, to be kept with the piece; see `restore`."""
        view = self._view
        return {
            "left": view.left,
            "top": view.top,
            "tick_width": view.tick_width,
            "row_height": view.row_height,
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Go back to a `state`; what is missing in it or makes no sense stays as it is."""
        known = {
            name: float(value)
            for name in self.state
            if isinstance(value := state.get(name), int | float) and math.isfinite(value)
        }
        if known.get("tick_width", 1.0) > 0 and known.get("row_height", 1.0) > 0:
            self._go(replace(self._view, **known))

    def set_following(self, *, on: bool) -> None:
        """Go along with the playhead, as `set_follow` says, until the user scrolls."""
        self._follows = on and self._how is not Follow.OFF

    def set_follow(self, how: Follow) -> None:
        """Choose how to go along with the playhead; what follows now goes on in the new way."""
        self._how = how
        self._follows = self._follows and how is not Follow.OFF

    def follow(self, tick: float) -> None:
        """Turn the page if the playhead at `tick` has left it, or keep it where it stands on the screen."""
        if not self._follows:
            return
        if self._how is Follow.SMOOTH:
            self._show(self._view.at(left=tick - SMOOTH_AT * self._view.ticks_shown))
        elif not self._view.left <= tick <= self._view.right:
            self._show(self._view.at(left=tick))

    @property
    def pitches(self) -> tuple[int, int]:
        """The lowest and the highest pitch that the piece needs, with some room around."""
        lowest, highest = _range_of(self._score) or EMPTY_RANGE
        return (
            max(self._paper.lowest, lowest - ROWS_AROUND),
            min(self._paper.highest, highest + ROWS_AROUND),
        )

    def _go(self, view: Coordinates) -> None:
        """The user's own wish: no page is turned against it."""
        self._follows = False
        if view.clamped(self._paper) != self._view:
            self._fit = None
        self._show(view)

    def _show(self, view: Coordinates) -> None:
        view = view.clamped(self._paper)
        if view != self._view:
            self._view = view
            self.changed.emit(view)


def paper_of(score: Score) -> Paper:
    """The piece and room behind it; all keys, and what a file may hold beyond them."""
    lowest, highest = _range_of(score) or (LOWEST_PITCH, HIGHEST_PITCH)
    end = score.length + BARS_BEYOND * score.bars[-1].time_signature.bar_ticks
    return Paper(end, min(LOWEST_PITCH, lowest), max(HIGHEST_PITCH, highest))


def _range_of(score: Score) -> tuple[int, int] | None:
    ranges = [voice.range for voice in score.voices if voice.range is not None]
    return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else None
