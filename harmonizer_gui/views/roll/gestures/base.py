"""What every gesture of the mouse is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import NoteRef, Selection
from harmonizer_gui.views.roll.coordinates import Box, Coordinates
from harmonizer_gui.views.roll.edit import Edit
from harmonizer_gui.views.roll.gestures.brush import Brush, Stroke
from harmonizer_gui.views.roll.grid import Grid

DRAG_PIXELS: Final = 4.0
"""A press that moves less is a click."""


NO_BRUSH: Final = Brush()


def _nothing(_ref: NoteRef) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a gesture knows of the roll, as it was at the press."""

    score: Score
    selection: Selection
    target: VoiceName
    coordinates: Coordinates
    grid: Grid
    last_length: int
    """Ticks that a drawn note has before it is dragged longer."""
    is_locked: Callable[[NoteRef], bool] = _nothing
    """Whether the user has locked a note: no gesture changes it."""
    brush: Brush = NO_BRUSH
    unseen: frozenset[VoiceName] = frozenset()
    """The voices whose notes the mouse does not meet."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the mouse is, in pixels of the roll as it was at the press, and which modifiers are held."""

    x: float
    y: float
    shift: bool = False
    alt: bool = False
    ctrl: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the roll shall do now; None leaves things as they are."""

    edit: Edit | None = None
    selection: Selection | None = None
    target: VoiceName | None = None
    band: Box | None = None
    """The rubber band to be drawn."""
    sound: tuple[VoiceName, int] | None = None
    """A pitch to be heard."""
    length: int | None = None
    """The length in ticks that the next drawn note will have."""
    stroke: Stroke | None = None


class Gesture(Protocol):
    """One press, drag and release. Each answer is computed from the score at the press."""

    def begin(self) -> Outcome: ...

    def move(self, pointer: Pointer) -> Outcome: ...

    def finish(self, pointer: Pointer) -> Outcome:
        """The button is let go."""
        ...

    def cancel(self) -> Outcome:
        """Everything as it was before the press."""
        ...


def is_drag(start: Pointer, now: Pointer) -> bool:
    """Whether the pointer has left the place of the press."""
    return abs(now.x - start.x) >= DRAG_PIXELS or abs(now.y - start.y) >= DRAG_PIXELS


def snapped(scene: Scene, tick: float, *, free: bool) -> int:
    """The grid line nearest to `tick`; with `free` the tick itself."""
    tick = max(0.0, tick)
    return round(tick) if free else scene.grid.nearest(scene.score, tick)


class Undoing:
    """The part of a gesture that edits: what it leaves behind when it is cancelled."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._edited = False

    def _edit(self, text: str, score: Score, selection: Selection) -> Edit | None:
        """The edit to be shown; None as long as nothing would change."""
        if not self._edited and score == self._scene.score:
            return None
        self._edited = True
        return Edit(text, score, selection, gesture=self)

    def cancel(self) -> Outcome:
        scene = self._scene
        if not self._edited:
            return Outcome(selection=scene.selection, target=scene.target)
        return Outcome(edit=Edit("", scene.score, scene.selection, gesture=self), target=scene.target)
