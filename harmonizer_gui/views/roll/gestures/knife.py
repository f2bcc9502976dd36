"""The knife: a note becomes two, where the pointer says."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.score.edits import NoteRef, Selection, split_notes
from harmonizer_gui.views.roll.edit import Edit, notes_label
from harmonizer_gui.views.roll.gestures.base import Outcome, Pointer, Scene, Undoing, snapped


def cut_at(scene: Scene, note: Note, pointer: Pointer) -> int | None:
    """The tick at which `note` would be cut: on the grid, or in its middle where no grid line crosses it.

    With Alt where the pointer is. None for a note of a single tick.
    """
    tick = snapped(scene, scene.coordinates.tick(pointer.x), free=pointer.alt)
    if note.start < tick < note.end:
        return tick
    middle = note.start + note.duration // 2
    return middle if note.start < middle < note.end else None


class CutNotes(Undoing):
    """The cut follows the pointer until the button is let go; with Shift it goes through all voices."""

    def __init__(self, scene: Scene, ref: NoteRef, pointer: Pointer) -> None:
        super().__init__(scene)
        self._ref = ref
        self._press = pointer

    def begin(self) -> Outcome:
        return Outcome(edit=self._cut(self._press), target=self._ref.voice)

    def move(self, pointer: Pointer) -> Outcome:
        return Outcome(edit=self._cut(pointer))

    def finish(self, pointer: Pointer) -> Outcome:  # noqa: ARG002  # the cut lies where it was last shown
        return Outcome()

    def _cut(self, pointer: Pointer) -> Edit | None:
        tick = cut_at(self._scene, self._ref.note, pointer)
        if tick is None:
            return None
        cut = self._met(tick) if pointer.shift else frozenset({self._ref})
        score, halves = split_notes(self._scene.score, cut, tick)
        text = QCoreApplication.translate("Roll", "Split {notes}").format(notes=notes_label(cut))
        return self._edit(text, score, halves)

    def _met(self, tick: int) -> Selection:
        """The notes of all voices that sound across `tick`, but for those that are locked."""
        score = self._scene.score
        sounding = ((voice, score.voice(voice).at(tick)) for voice in VoiceName)
        refs = {NoteRef(voice, note) for voice, note in sounding if note is not None and note.start < tick}
        return frozenset(ref for ref in refs if not self._scene.is_locked(ref))
