"""Drawing a note: where it starts, then how long it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note
from harmonizer_gui.score.edits import NOTHING, lay_notes
from harmonizer_gui.views.roll.edit import Edit, voice_label
from harmonizer_gui.views.roll.gestures.base import DRAG_PIXELS, Outcome, Pointer, Scene, Undoing, snapped

SHORTEST_FREE = 30
"""Ticks of the shortest note that can be drawn off the grid."""


def note_at(scene: Scene, pointer: Pointer) -> Note:
    """The note that a click at `pointer` draws: on the grid, with Alt where the pointer is."""
    tick = scene.coordinates.tick(pointer.x)
    start = max(0, round(tick)) if pointer.alt else scene.grid.before(scene.score, tick)
    pitch = min(HIGHEST_PITCH, max(LOWEST_PITCH, scene.coordinates.pitch(pointer.y)))
    return Note(start, scene.last_length, pitch)


class DrawNote(Undoing):
    """A press on empty paper puts a note of the last length there; dragging to the right says its length.

    It is not selected: what is selected is what *Generate* writes anew, and not a note just drawn by hand.
    """

    def __init__(self, scene: Scene, pointer: Pointer) -> None:
        super().__init__(scene)
        self._press = pointer
        note = note_at(scene, pointer)
        self._start, self._pitch, self._length = note.start, note.pitch, note.duration

    def begin(self) -> Outcome:
        return Outcome(edit=self._laid(), sound=(self._scene.target, self._pitch))

    def move(self, pointer: Pointer) -> Outcome:
        if abs(pointer.x - self._press.x) < DRAG_PIXELS:
            return Outcome()
        end = snapped(self._scene, self._scene.coordinates.tick(pointer.x), free=pointer.alt)
        shortest = SHORTEST_FREE if pointer.alt else self._grid_length()
        self._length = max(shortest, end - self._start)
        return Outcome(edit=self._laid())

    def finish(self, pointer: Pointer) -> Outcome:  # noqa: ARG002  # the note lies where it was last shown
        return Outcome(length=self._length)

    def _grid_length(self) -> int:
        return self._scene.grid.after(self._scene.score, self._start) - self._start

    def _laid(self) -> Edit | None:
        scene = self._scene
        note = Note(self._start, self._length, self._pitch)
        text = QCoreApplication.translate("Roll", "Draw a note of the {voice}")
        return self._edit(
            text.format(voice=voice_label(scene.target)),
            lay_notes(scene.score, scene.target, [note]),
            NOTHING,
        )
