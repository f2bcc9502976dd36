"""Taking hold of notes: a click selects, a drag moves or lengthens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Score
from harmonizer_gui.score.edits import NoteRef, Selection, move_notes, resize_notes
from harmonizer_gui.views.roll.edit import Edit, notes_label
from harmonizer_gui.views.roll.gestures.base import (
    DRAG_PIXELS,
    Outcome,
    Pointer,
    Scene,
    Undoing,
    is_drag,
    snapped,
)
from harmonizer_gui.views.roll.gestures.draw import SHORTEST_FREE
from harmonizer_gui.views.roll.limits import within_pitches


@dataclass(frozen=True)
class Grip:
    """The note under the press, and all that is selected by it."""

    ref: NoteRef
    selection: Selection

    @classmethod
    def at(cls, scene: Scene, ref: NoteRef, pointer: Pointer) -> Grip:
        """Shift adds the note, Alt takes it away; else a note outside the selection replaces it."""
        if pointer.alt and ref in scene.selection:
            return cls(ref, scene.selection - {ref})
        if pointer.shift:
            return cls(ref, scene.selection | {ref})
        return cls(ref, scene.selection if ref in scene.selection else frozenset({ref}))

    def outcome(self) -> Outcome:
        return Outcome(
            selection=self.selection, target=self.ref.voice, sound=(self.ref.voice, self.ref.note.pitch)
        )


class MoveNotes(Undoing):
    """The selection follows the pointer as one block; what it covers is trimmed while it is there."""

    def __init__(self, scene: Scene, ref: NoteRef, pointer: Pointer) -> None:
        super().__init__(scene)
        self._press = pointer
        self._grip = Grip.at(scene, ref, pointer)
        self._pitch = ref.note.pitch
        self._dragged = False

    def begin(self) -> Outcome:
        return self._grip.outcome()

    def move(self, pointer: Pointer) -> Outcome:
        if not self._grip.selection or not (self._dragged or is_drag(self._press, pointer)):
            return Outcome()
        self._dragged = True
        semitones = within_pitches(self._grip.selection, self._semitones(pointer))
        pitch = self._grip.ref.note.pitch + semitones
        heard = None if pitch == self._pitch else (self._grip.ref.voice, pitch)
        self._pitch = pitch
        return Outcome(edit=self._moved(self._ticks(pointer), semitones), sound=heard)

    def finish(self, pointer: Pointer) -> Outcome:
        """A click on one of several selected notes leaves it alone selected."""
        plain = not (pointer.shift or pointer.alt or self._press.shift or self._press.alt)
        if self._dragged or not plain:
            return Outcome()
        return Outcome(selection=frozenset({self._grip.ref}))

    def _ticks(self, pointer: Pointer) -> int:
        scene, note = self._scene, self._grip.ref.note
        if abs(pointer.x - self._press.x) < DRAG_PIXELS:
            return 0
        wanted = note.start + (pointer.x - self._press.x) / scene.coordinates.tick_width
        return snapped(scene, wanted, free=pointer.alt) - note.start

    def _semitones(self, pointer: Pointer) -> int:
        coordinates = self._scene.coordinates
        return coordinates.pitch(pointer.y) - coordinates.pitch(self._press.y)

    def _moved(self, ticks: int, semitones: int) -> Edit | None:
        selection = self._grip.selection
        score, moved = move_notes(self._scene.score, selection, ticks=ticks, semitones=semitones)
        text = QCoreApplication.translate("Roll", "Move {notes}").format(notes=notes_label(selection))
        return self._edit(text, score, moved)


class ResizeNotes(Undoing):
    """One edge of each selected note follows the pointer."""

    def __init__(self, scene: Scene, ref: NoteRef, pointer: Pointer, edge: Literal["start", "end"]) -> None:
        super().__init__(scene)
        self._press = pointer
        self._edge = edge
        self._grip = Grip.at(scene, ref, pointer)
        self._length = ref.note.duration

    def begin(self) -> Outcome:
        return self._grip.outcome()

    def move(self, pointer: Pointer) -> Outcome:
        if not self._edited and abs(pointer.x - self._press.x) < DRAG_PIXELS:
            return Outcome()
        scene, note = self._scene, self._grip.ref.note
        edge = note.end if self._edge == "end" else note.start
        wanted = edge + (pointer.x - self._press.x) / scene.coordinates.tick_width
        ticks = snapped(scene, wanted, free=pointer.alt) - edge
        self._length = note.duration + (ticks if self._edge == "end" else -ticks)
        return Outcome(edit=self._resized(ticks, self._shortest(pointer)))

    def finish(self, pointer: Pointer) -> Outcome:
        if not self._edited:
            return Outcome()
        return Outcome(length=max(self._shortest(pointer), self._length))

    def _shortest(self, pointer: Pointer) -> int:
        return SHORTEST_FREE if pointer.alt else min(self._scene.grid.ticks, self._grip.ref.note.duration)

    def _resized(self, ticks: int, shortest: int) -> Edit | None:
        score, selection = self._stretched(ticks, shortest)
        words = QCoreApplication.translate("Roll", "Change the length of {notes}")
        return self._edit(words.format(notes=notes_label(self._grip.selection)), score, selection)

    def _stretched(self, ticks: int, shortest: int) -> tuple[Score, Selection]:
        return resize_notes(
            self._scene.score, self._grip.selection, ticks=ticks, edge=self._edge, shortest=shortest
        )
