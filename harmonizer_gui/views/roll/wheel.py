"""What a turn of the wheel or two fingers on a trackpad do to the view: a pure function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from harmonizer_gui.views.roll.coordinates import Coordinates, Paper

NOTCH: Final = 120.0
"""Eighths of a degree that a notch of a common mouse wheel reports."""
PIXELS_A_NOTCH: Final = 60.0
ZOOM_A_NOTCH: Final = 1.2


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn over pixel (x, y): in notches, and in pixels where the device knows (a trackpad)."""

    x: float
    y: float
    notches: tuple[float, float] = (0.0, 0.0)
    """Horizontal and vertical; positive is left and up."""
    pixels: tuple[float, float] = (0.0, 0.0)
    shift: bool = False
    ctrl: bool = False

    @property
    def distance(self) -> tuple[float, float]:
        """How far the content moves, in pixels: right and down."""
        if any(self.pixels):
            return self.pixels
        return self.notches[0] * PIXELS_A_NOTCH, self.notches[1] * PIXELS_A_NOTCH


def turned(view: Coordinates, turn: Turn, paper: Paper) -> Coordinates:
    """Scroll; with Shift sideways; with Ctrl zoom the time, with Ctrl and Shift the pitches."""
    dx, dy = turn.distance
    if turn.ctrl:
        factor = float(ZOOM_A_NOTCH ** ((dx + dy) / PIXELS_A_NOTCH))
        if turn.shift:
            return view.pitch_zoomed(factor, turn.y, paper)
        return view.time_zoomed(factor, turn.x, paper)
    if turn.shift and not dx:
        dx, dy = dy, 0.0
    return view.scrolled(-dx, -dy).clamped(paper)
