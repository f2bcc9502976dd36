"""The brush: cells are favoured, avoided or erased as the pointer passes them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, VoiceName
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.edit import voice_label
from harmonizer_gui.views.roll.gestures.base import Outcome, Pointer, Scene
from harmonizer_gui.views.roll.gestures.brush import Brush, Stroke

Cells = frozenset[tuple[int, int]]
"""Step and pitch (MIDI) of each."""


def brush_strength(brush: Brush, pointer: Pointer, *, right: bool = False) -> float:
    """What a press leaves behind: the right button or Alt the opposite, Shift nothing."""
    if pointer.shift:
        return 0.0
    return -brush.strength if right or pointer.alt else brush.strength


def cells_at(tick: float, pitch: int, semitones: int) -> Cells:
    """The cells under a brush at `tick` and `pitch`; of an even width it reaches further up."""
    below = (semitones - 1) // 2
    wanted = range(pitch - below, pitch - below + semitones)
    step = int(tick // STEP_TICKS)
    return frozenset((step, each) for each in wanted if step >= 0 and LOWEST_PITCH <= each <= HIGHEST_PITCH)


def stroke_text(strength: float, count: int, voice: VoiceName) -> str:
    """What a stroke of the brush is called in the history."""
    translate = QCoreApplication.translate
    words = translate("Roll", "Erase {cells} painted for the {voice}")
    if strength:
        favours, avoids = translate("Roll", "Favour"), translate("Roll", "Avoid")
        words = translate("Roll", "{verb} {cells} for the {voice}")
        words = words.replace("{verb}", favours if strength > 0 else avoids)
    cells = translate("Roll", "1 cell") if count == 1 else translate("Roll", "{} cells").format(count)
    return words.format(cells=cells, voice=voice_label(voice))


class PaintCells:
    """One stroke over the target voice. Alone the eraser looks at what is there."""

    def __init__(self, scene: Scene, pointer: Pointer, strength: float) -> None:
        self._scene = scene
        self._last = pointer
        self._strength = strength
        self._met: set[tuple[int, int]] = set()
        self._before = {cell[1:3]: cell.strength for cell in scene.brush.guidance.painted_in(scene.target)}
        self._painted = False

    def begin(self) -> Outcome:
        return self.move(self._last)

    def move(self, pointer: Pointer) -> Outcome:
        path = _path(self._scene.coordinates, self._last, pointer)
        passed = {cell for tick, pitch in path for cell in cells_at(tick, pitch, self._semitones)}
        self._last = pointer
        fresh = {cell for cell in passed - self._met if self._before.get(cell, 0.0) != self._strength}
        if not fresh:
            return Outcome()
        self._met |= fresh
        self._painted = True
        return Outcome(stroke=self._stroke())

    def finish(self, pointer: Pointer) -> Outcome:  # noqa: ARG002  # all that was passed is painted already
        return Outcome()

    def cancel(self) -> Outcome:
        if not self._painted:
            return Outcome()
        return Outcome(stroke=Stroke("", self._scene.brush.guidance, gesture=self))

    @property
    def _semitones(self) -> int:
        return self._scene.brush.semitones

    def _stroke(self) -> Stroke:
        target = self._scene.target
        guidance = self._scene.brush.guidance.paint(target, self._met, self._strength)
        return Stroke(stroke_text(self._strength, len(self._met), target), guidance, gesture=self)


def is_painted(scene: Scene, pointer: Pointer) -> bool:
    """Whether the cell under the pointer is painted for the target."""
    view = scene.coordinates
    place = int(view.tick(pointer.x) // STEP_TICKS), view.pitch(pointer.y)
    return any(cell[1:3] == place for cell in scene.brush.guidance.painted_in(scene.target))


def _path(view: Coordinates, first: Pointer, second: Pointer) -> Iterator[tuple[float, int]]:
    """Tick and pitch of places so near each other that a quick stroke leaves no cell out."""
    stride = max(1.0, min(STEP_TICKS * view.tick_width, view.row_height) / 2)
    distance = max(abs(second.x - first.x), abs(second.y - first.y))
    count = max(1, int(distance / stride) + 1)
    for index in range(count + 1):
        part = index / count
        x, y = first.x + part * (second.x - first.x), first.y + part * (second.y - first.y)
        yield view.tick(x), view.pitch(y)
