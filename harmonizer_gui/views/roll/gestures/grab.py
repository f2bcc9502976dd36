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
    """The note under the press, what a drag takes along, and what a click leaves selected."""

    ref: NoteRef
    selection: Selection
    free: Selection
    """What of it is not locked."""
    clicked: Selection

    @classmethod
    def at(cls, scene: Scene, ref: NoteRef, pointer: Pointer) -> Grip:
        """Shift adds the note, a click with Alt takes it away; a note outside replaces what is selected."""
        alone = frozenset({ref})
        is_in = ref in scene.selection
        chosen = scene.selection | alone if pointer.shift or is_in else alone
        clicked = chosen if pointer.shift else scene.selection - alone if pointer.alt and is_in else alone
        free = frozenset(other for other in chosen if not scene.is_locked(other))
        return cls(ref, chosen, free, clicked)

    def outcome(self) -> Outcome:
        return Outcome(
            selection=self.selection,
            target=self.ref.voice,
            sound=(self.ref.voice, self.ref.note.pitch),
        )


class ClickNote:
    """A press on a locked note: it can be selected and heard, not moved."""

    def __init__(self, scene: Scene, ref: NoteRef, pointer: Pointer) -> None:
        self._scene = scene
        self._grip = Grip.at(scene, ref, pointer)

    def begin(self) -> Outcome:
        return self._grip.outcome()

    def move(self, pointer: Pointer) -> Outcome:  # noqa: ARG002  # it is locked
        return Outcome()

    def finish(self, pointer: Pointer) -> Outcome:  # noqa: ARG002  # wherever it ends
        return Outcome(selection=self._grip.clicked)

    def cancel(self) -> Outcome:
        return Outcome(selection=self._scene.selection, target=self._scene.target)


class MoveNotes(Undoing):
    """The selection follows the pointer as one block; what it covers is trimmed while it is there.

    While Ctrl is held it stays where it is and a copy follows.
    """

    def __init__(self, scene: Scene, ref: NoteRef, pointer: Pointer) -> None:
        super().__init__(scene)
        self._press = pointer
        self._grip = Grip.at(scene, ref, pointer)
        self._pitch = ref.note.pitch
        self._dragged = False

    def begin(self) -> Outcome:
        return self._grip.outcome()

    def move(self, pointer: Pointer) -> Outcome:
        taken = self._grip.selection if pointer.ctrl else self._grip.free
        if not taken or not (self._dragged or is_drag(self._press, pointer)):
            return Outcome()
        self._dragged = True
        semitones = within_pitches(taken, self._semitones(pointer))
        pitch = self._grip.ref.note.pitch + semitones
        heard = None if pitch == self._pitch else (self._grip.ref.voice, pitch)
        self._pitch = pitch
        edit = self._moved(taken, self._ticks(pointer), semitones, copies=pointer.ctrl)
        return Outcome(edit=edit, sound=heard)

    def finish(self, pointer: Pointer) -> Outcome:  # noqa: ARG002  # the notes lie where they were last shown
        return Outcome() if self._dragged else Outcome(selection=self._grip.clicked)

    def _ticks(self, pointer: Pointer) -> int:
        scene, note = self._scene, self._grip.ref.note
        if abs(pointer.x - self._press.x) < DRAG_PIXELS:
            return 0
        wanted = note.start + (pointer.x - self._press.x) / scene.coordinates.tick_width
        return snapped(scene, wanted, free=pointer.alt) - note.start

    def _semitones(self, pointer: Pointer) -> int:
        coordinates = self._scene.coordinates
        return coordinates.pitch(pointer.y) - coordinates.pitch(self._press.y)

    def _moved(self, selection: Selection, ticks: int, semitones: int, *, copies: bool) -> Edit | None:
        score, moved = move_notes(
            self._scene.score, selection, ticks=ticks, semitones=semitones, copies=copies
        )
        words = QCoreApplication.translate("Roll", "Move {notes}")
        if copies:
            words = QCoreApplication.translate("Roll", "Copy {notes}")
        return self._edit(words.format(notes=notes_label(selection)), score, moved)


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
            return Outcome(selection=self._grip.clicked)
        return Outcome(length=max(self._shortest(pointer), self._length))

    def _shortest(self, pointer: Pointer) -> int:
        return SHORTEST_FREE if pointer.alt else min(self._scene.grid.ticks, self._grip.ref.note.duration)

    def _resized(self, ticks: int, shortest: int) -> Edit | None:
        score, selection = self._stretched(ticks, shortest)
        words = QCoreApplication.translate("Roll", "Change the length of {notes}")
        return self._edit(words.format(notes=notes_label(self._grip.free)), score, selection)

    def _stretched(self, ticks: int, shortest: int) -> tuple[Score, Selection]:
        return resize_notes(
            self._scene.score, self._grip.free, ticks=ticks, edge=self._edge, shortest=shortest
        )
