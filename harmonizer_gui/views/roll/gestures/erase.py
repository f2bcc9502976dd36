"""Erasing: the note under the press, and all that the pointer then meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score.edits import NOTHING, Selection, remove_notes
from harmonizer_gui.views.roll.edit import Edit, notes_label
from harmonizer_gui.views.roll.gestures.base import Outcome, Pointer, Scene, Undoing
from harmonizer_gui.views.roll.hit import hit_test

STRIDE: Final = 3.0
"""Pixels between the places that are looked at along a stroke."""


class EraseNotes(Undoing):
    """Notes vanish as the pointer meets them; one undo step brings all of them back."""

    def __init__(self, scene: Scene, pointer: Pointer) -> None:
        super().__init__(scene)
        self._last = pointer
        self._gone: Selection = NOTHING
        self._left = scene.score

    def begin(self) -> Outcome:
        return self._erase_to(self._last)

    def move(self, pointer: Pointer) -> Outcome:
        return self._erase_to(pointer)

    def finish(self, pointer: Pointer) -> Outcome:  # noqa: ARG002  # all that was met is gone already
        return Outcome()

    def _erase_to(self, pointer: Pointer) -> Outcome:
        scene = self._scene
        hits = [
            hit_test(self._left, scene.target, scene.coordinates, x, y, scene.unseen)
            for x, y in _path(self._last, pointer)
        ]
        met = frozenset(hit.ref for hit in hits if hit is not None and not scene.is_locked(hit.ref))
        self._last = pointer
        if not met:
            return Outcome()
        self._gone |= met
        self._left = remove_notes(self._scene.score, self._gone)
        return Outcome(edit=self._erased())

    def _erased(self) -> Edit | None:
        text = QCoreApplication.translate("Roll", "Erase {notes}").format(notes=notes_label(self._gone))
        return self._edit(text, self._left, self._scene.selection - self._gone)


def _path(first: Pointer, second: Pointer) -> Iterator[tuple[float, float]]:
    """The pixels from one place to the other, so that a quick stroke leaves no note out."""
    distance = max(abs(second.x - first.x), abs(second.y - first.y))
    count = max(1, int(distance / STRIDE))
    for index in range(1, count + 1):
        part = index / count
        yield first.x + part * (second.x - first.x), first.y + part * (second.y - first.y)
