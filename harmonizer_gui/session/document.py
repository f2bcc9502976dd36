"""The document: the one place that holds what the user works on, and says when it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from harmonizer_gui.engine.guidance import NO_GUIDANCE, Guidance
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import NOTHING, Selection, existing
from harmonizer_gui.session.locks import NO_LOCKS, Locks
from harmonizer_gui.session.sounds import PLAIN, Sounds
from harmonizer_gui.session.state import Moment
from harmonizer_gui.session.state import State as State
from harmonizer_gui.session.undo_steps import UndoStep

UNDO_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the document, and who did it (None: the document itself, an undo, a file)."""

    score: bool = False
    mix: bool = False
    guidance: bool = False
    locks: bool = False
    sounds: bool = False
    selection: bool = False
    target: bool = False
    file: bool = False
    """The path, or whether the piece differs from what is on disk."""
    piece: bool = False
    """Another piece was put in the place of this one."""
    initiator: object = None


class Document(QObject):
    """The open piece: score, mix, guidance, selection, target voice, file. Every change goes through here.

    `changed` carries a `Change`; when it is emitted, document and undo stack are both up to date. Edits
    with the same `gesture` (any object but None, compared by identity) become one undo step. The setters
    return without a signal where nothing would change.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = State()
        self._selection: Selection = NOTHING
        self._target = VoiceName.ALTO
        self._path: Path | None = None
        self._piece = 0
        self._saved: State | None = self._state
        self._unsaid: Change | None = None
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self.undo_stack.indexChanged.connect(self._on_index_changed)

    @property
    def state(self) -> State:
        """Score, mix, guidance and locks as one value: a snapshot that can cross threads."""
        return self._state

    @property
    def score(self) -> Score:
        return self._state.score

    @property
    def mix(self) -> Mix:
        return self._state.mix

    @property
    def guidance(self) -> Guidance:
        """What the user tells the experts that need no training."""
        return self._state.guidance

    @property
    def locks(self) -> Locks:
        """What *Generate* leaves alone."""
        return self._state.locks

    @property
    def sounds(self) -> Sounds:
        """How the voices are played, and which are seen."""
        return self._state.sounds

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
    def piece(self) -> int:
        """Another number for each piece that is opened: what is done for one must not befall the next."""
        return self._piece

    @property
    def is_dirty(self) -> bool:
        """Whether the piece differs from what was opened or last saved, by whichever way it came there."""
        return self._state != self._saved

    def edit(
        self,
        text: str,
        score: Score,
        *,
        selection: Selection | None = None,
        gesture: object = None,
        initiator: object = None,
    ) -> None:
        """Make `score` the current one as an undo step called `text` (“Move 3 notes of the alto”).

        `selection` is what is selected afterwards; undo selects again what was selected before.
        """
        if score != self.score:
            chosen = existing(score, self._selection if selection is None else selection)
            after = Moment(replace(self._state, score=score), chosen)
            self._push(text, after, gesture, initiator)
        elif selection is not None:
            self.select(selection, initiator=initiator)

    def set_mix(self, text: str, mix: Mix, *, gesture: object = None, initiator: object = None) -> None:
        """Make `mix` the current one as an undo step called `text`."""
        if mix != self.mix:
            self._push(text, Moment(replace(self._state, mix=mix), self._selection), gesture, initiator)

    def set_guidance(
        self,
        text: str,
        guidance: Guidance,
        *,
        mix: Mix | None = None,
        gesture: object = None,
        initiator: object = None,
    ) -> None:
        """Make `guidance` the current one as an undo step called `text`.

        With it goes a `mix`, where one is given: an expert at 0 that is told something is woken.
        """
        state = replace(self._state, guidance=guidance, mix=self.mix if mix is None else mix)
        if state != self._state:
            self._push(text, Moment(state, self._selection), gesture, initiator)

    def set_locks(self, text: str, locks: Locks, *, initiator: object = None) -> None:
        """Make `locks` the current ones as an undo step called `text`."""
        if locks != self.locks:
            self._push(text, Moment(replace(self._state, locks=locks), self._selection), None, initiator)

    def set_sounds(self, text: str, sounds: Sounds, *, initiator: object = None) -> None:
        """Let the voices be played like this from now on, as an undo step called `text`."""
        if sounds != self.sounds:
            self._push(text, Moment(replace(self._state, sounds=sounds), self._selection), None, initiator)

    def select(self, selection: Selection, *, initiator: object = None) -> None:
        kept = existing(self.score, selection)
        if kept != self._selection:
            self._selection = kept
            self.changed.emit(Change(selection=True, initiator=initiator))

    def set_target(self, voice: VoiceName, *, initiator: object = None) -> None:
        if voice != self._target:
            self._target = voice
            self.changed.emit(Change(target=True, initiator=initiator))

    def open(
        self,
        score: Score,
        *,
        path: Path | None,
        mix: Mix = AS_LEARNED,
        guidance: Guidance = NO_GUIDANCE,
        locks: Locks = NO_LOCKS,
        sounds: Sounds = PLAIN,
        target: VoiceName | None = None,
    ) -> None:
        """Put another piece in the place of this one; its undo history starts empty and clean."""
        self._piece += 1
        self._selection = NOTHING
        self._path = path
        self._state = self._saved = State(score, mix, guidance, locks, sounds)
        moved = target is not None and target != self._target
        self._target = self._target if target is None else target
        self.undo_stack.clear()
        everything = Change(
            score=True,
            mix=True,
            guidance=True,
            locks=True,
            sounds=True,
            selection=True,
            target=moved,
            file=True,
            piece=True,
        )
        self.changed.emit(everything)

    def mark_saved(self, path: Path, state: State | None = None) -> None:
        """Say that `state` is on disk at `path` (None: the piece as it stands).

        Where the piece has moved on since `state` was taken, it counts as changed.
        """
        self._path = path
        self._saved = self._state if state is None else state
        self.changed.emit(Change(file=True))

    def mark_changed(self) -> None:
        """Say that the piece, as it stands with all around it, is on no disk: it is changed until saved."""
        self._saved = None
        self.changed.emit(Change(file=True))

    def undo(self) -> None:
        self.undo_stack.undo()

    def redo(self) -> None:
        self.undo_stack.redo()

    def _push(self, text: str, after: Moment, gesture: object, initiator: object) -> None:
        before = Moment(self._state, self._selection)
        stack = self.undo_stack
        stack.push(UndoStep(text, before, after, self._restore, gesture=gesture, initiator=initiator))
        step = stack.command(stack.index() - 2)
        if isinstance(step, UndoStep):
            step.close()

    def _restore(self, moment_of: Callable[[State], Moment], initiator: object) -> None:
        before, was_dirty = self._state, self.is_dirty
        moment = moment_of(before)
        score_changes = moment.state.score is not before.score
        chosen = moment.selection if score_changes else self._selection
        selection_changes = chosen != self._selection
        self._state, self._selection = moment.state, chosen
        self._unsaid = Change(
            score=score_changes,
            mix=moment.state.mix != before.mix,
            guidance=moment.state.guidance != before.guidance,
            locks=moment.state.locks != before.locks,
            sounds=moment.state.sounds != before.sounds,
            selection=selection_changes,
            file=self.is_dirty != was_dirty,
            initiator=initiator,
        )

    @Slot(int)
    def _on_index_changed(self, _index: int) -> None:
        """Tell of an edit once the undo stack has taken it in."""
        change, self._unsaid = self._unsaid, None
        if change is not None:
            self.changed.emit(change)
