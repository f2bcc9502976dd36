"""The document: the one place that holds what the user works on, and says when it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import NOTHING, Selection, existing

UNDO_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class State:
    """All that undo brings back."""

    score: Score = Score()  # noqa: RUF009  # a frozen value
    mix: Mix = AS_LEARNED


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the document, and who did it (None: the document itself, an undo, a file)."""

    score: bool = False
    mix: bool = False
    selection: bool = False
    target: bool = False
    file: bool = False
    initiator: object = None


class Document(QObject):
    """The open piece: score, mix, selection, target voice, file. Every change goes through here.

    `changed` carries a `Change`. Edits with the same `gesture` (any object but None, compared by identity)
    become one undo step. The setters return without a signal where nothing would change.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = State()
        self._selection: Selection = NOTHING
        self._target = VoiceName.ALTO
        self._path: Path | None = None
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self.undo_stack.cleanChanged.connect(self._on_clean_changed)

    @property
    def score(self) -> Score:
        return self._state.score

    @property
    def mix(self) -> Mix:
        return self._state.mix

    @property
    def selection(self) -> Selection:
        return self._selection

    @property
    def target(self) -> VoiceName:
        """The voice being edited: new notes go there, its heat is shown, *Generate* writes it."""
        return self._target

    @property
    def path(self) -> Path | None:
        return self._path

    @property
    def is_dirty(self) -> bool:
        return not self.undo_stack.isClean()

    def edit(
        self,
        text: str,
        score: Score,
        *,
        selection: Selection | None = None,
        gesture: object = None,
        initiator: object = None,
    ) -> None:
        """Make `score` the current one as an undo step called `text` (“Move 3 notes of the alto”)."""
        if score != self.score:
            self._push(text, replace(self._state, score=score), gesture, initiator)
        if selection is not None:
            self.select(selection, initiator=initiator)

    def set_mix(self, text: str, mix: Mix, *, gesture: object = None, initiator: object = None) -> None:
        """Make `mix` the current one as an undo step called `text`."""
        if mix != self.mix:
            self._push(text, replace(self._state, mix=mix), gesture, initiator)

    def select(self, selection: Selection, *, initiator: object = None) -> None:
        kept = existing(self.score, selection)
        if kept != self._selection:
            self._selection = kept
            self.changed.emit(Change(selection=True, initiator=initiator))

    def set_target(self, voice: VoiceName, *, initiator: object = None) -> None:
        if voice != self._target:
            self._target = voice
            self.changed.emit(Change(target=True, initiator=initiator))

    def open(self, score: Score, *, path: Path | None, mix: Mix = AS_LEARNED) -> None:
        """Put another piece in the place of this one; its undo history starts empty and clean."""
        self._selection = NOTHING
        self._path = path
        self._state = State(score, mix)
        self.undo_stack.clear()
        self.changed.emit(Change(score=True, mix=True, selection=True, file=True))

    def mark_saved(self, path: Path) -> None:
        """Say that the piece as it stands is on disk at `path`."""
        self._path = path
        self.undo_stack.setClean()
        self.changed.emit(Change(file=True))

    def mark_recovered(self) -> None:
        """Say that the piece as it stands is on no disk: it counts as changed until it is saved."""
        self.undo_stack.resetClean()

    def undo(self) -> None:
        self.undo_stack.undo()

    def redo(self) -> None:
        self.undo_stack.redo()

    def _push(self, text: str, state: State, gesture: object, initiator: object) -> None:
        self.undo_stack.push(_StateCommand(self._restore, text, self._state, state, gesture, initiator))

    def _restore(self, state: State, initiator: object) -> None:
        before, self._state = self._state, state
        kept = existing(state.score, self._selection)
        change = Change(
            score=state.score is not before.score,
            mix=state.mix != before.mix,
            selection=kept != self._selection,
            initiator=initiator,
        )
        self._selection = kept
        self.changed.emit(change)

    def _on_clean_changed(self, _clean: bool) -> None:  # noqa: FBT001  # Qt's signature
        self.changed.emit(Change(file=True))


class _StateCommand(QUndoCommand):
    """One gesture: the state before and after it."""

    def __init__(
        self,
        restore: Callable[[State, object], None],
        text: str,
        before: State,
        after: State,
        gesture: object,
        initiator: object,
    ) -> None:
        super().__init__(text)
        self._restore = restore
        self._before = before
        self._after = after
        self._gesture = gesture
        self._initiator = initiator

    def id(self) -> int:
        return -1 if self._gesture is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802  # Qt's name
        if not isinstance(other, _StateCommand) or other._gesture is not self._gesture:
            return False
        self._after = other._after
        self.setText(other.text())
        return True

    def redo(self) -> None:
        initiator, self._initiator = self._initiator, None
        self._restore(self._after, initiator)

    def undo(self) -> None:
        self._restore(self._before, None)
