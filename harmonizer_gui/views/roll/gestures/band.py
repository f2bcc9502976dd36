"""The rubber band: everything it touches is selected while it is drawn."""

from __future__ import annotations

from harmonizer_gui.score.edits import NOTHING, Selection
from harmonizer_gui.views.roll.coordinates import Box
from harmonizer_gui.views.roll.gestures.base import Outcome, Pointer, Scene, is_drag
from harmonizer_gui.views.roll.hit import notes_in


class RubberBand:
    """Shift adds to the selection, Alt takes away from it, else it starts anew."""

    def __init__(self, scene: Scene, pointer: Pointer) -> None:
        self._scene = scene
        self._press = pointer
        self._dragged = False

    def begin(self) -> Outcome:
        return Outcome(selection=self._combined(NOTHING))

    def move(self, pointer: Pointer) -> Outcome:
        if not (self._dragged or is_drag(self._press, pointer)):
            return Outcome()
        self._dragged = True
        box = _box(self._press, pointer)
        touched = notes_in(self._scene.score, self._scene.coordinates, box, self._scene.unseen)
        return Outcome(selection=self._combined(touched), band=box)

    def finish(self, pointer: Pointer) -> Outcome:  # noqa: ARG002  # what was touched last stays selected
        return Outcome()

    def cancel(self) -> Outcome:
        return Outcome(selection=self._scene.selection)

    def _combined(self, touched: Selection) -> Selection:
        if self._press.shift:
            return self._scene.selection | touched
        return self._scene.selection - touched if self._press.alt else touched


def _box(first: Pointer, second: Pointer) -> Box:
    x, y = min(first.x, second.x), min(first.y, second.y)
    return Box(x, y, abs(first.x - second.x), abs(first.y - second.y))
