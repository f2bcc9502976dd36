"""Loudness drawn with the mouse: bars are set as the pointer passes them, or the selection shifts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import NoteRef, Selection, set_velocities, shift_velocities
from harmonizer_gui.views.roll.edit import Edit, notes_label

IsLocked = Callable[[NoteRef], bool]


class DragLoudness:
    """One press, drag and release over the lane. Places are ticks and velocities.

    A press on one of several selected notes makes all of them louder or softer by as much as the pointer
    moves; any other press sets the notes of `voice` that the pointer passes.
    """

    def __init__(
        self,
        score: Score,
        selection: Selection,
        voice: VoiceName,
        is_locked: IsLocked,
        pressed: NoteRef | None,
    ) -> None:
        self._score = score
        self._selection = selection
        self._voice = voice
        self._is_locked = is_locked
        self._shifts = pressed is not None and pressed in selection and len(selection) > 1
        self._last: tuple[float, int] | None = None
        self._first = 0
        self._drawn: dict[NoteRef, int] = {}

    def move(self, tick: float, velocity: int) -> Edit:
        """The edit when the pointer is here; the first call is the press."""
        if self._last is None:
            self._last, self._first = (tick, velocity), velocity
        if self._shifts:
            return self._shifted(velocity - self._first)
        self._draw_to(tick, velocity)
        self._last = tick, velocity
        score, chosen = set_velocities(self._score, self._selection, self._drawn)
        return self._edit(frozenset(self._drawn), score, chosen)

    def cancel(self) -> Edit:
        """Everything as it was before the press."""
        return Edit("", self._score, self._selection, gesture=self)

    def _shifted(self, by: int) -> Edit:
        free = frozenset(ref for ref in self._selection if not self._is_locked(ref))
        score, chosen = shift_velocities(self._score, free, by)
        return self._edit(free, score, chosen | (self._selection - free))

    def _draw_to(self, tick: float, velocity: int) -> None:
        """Set each note on the way from the last place, so that a quick stroke leaves none out."""
        before, old = self._last or (tick, velocity)
        start, stop = min(before, tick), max(before, tick)
        for note in self._score.voice(self._voice).between(max(0, int(start)), int(stop) + 1):
            ref = NoteRef(self._voice, note)
            if not self._is_locked(ref):
                is_here = note.start <= tick < note.end
                place = max(note.start, start)
                part = 1.0 if is_here or tick == before else (place - before) / (tick - before)
                self._drawn[ref] = round(old + part * (velocity - old))

    def _edit(self, changed: Selection, score: Score, chosen: Selection) -> Edit:
        words = QCoreApplication.translate("Roll", "Change the loudness of {notes}")
        return Edit(words.format(notes=notes_label(changed)), score, chosen, gesture=self)
