"""The steps of the undo stack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QUndoCommand

from harmonizer_gui.score.edits import ScoreDifference, Selection
from harmonizer_gui.session.state import Moment, State

Restore = Callable[[Callable[[State], Moment], object], None]
"""Makes what the function answers, of the state as it is, the state; and who asked for it."""


class UndoStep(QUndoCommand):
    """One gesture: the moments before and after it. A gesture that ends where it began leaves no step.

    While later edits of the same gesture may still join it, it holds both moments whole. Once `close`d it
    keeps only what differs: ten thousand steps of a long piece take no more room than the notes in them.
    """

    def __init__(
        self,
        text: str,
        before: Moment,
        after: Moment,
        restore: Restore,
        *,
        gesture: object = None,
        initiator: object = None,
    ) -> None:
        super().__init__(text)
        self._restore = restore
        self._ends: _Ends = _Whole(before, after)
        self._gesture = gesture
        self._initiator = initiator

    def close(self) -> None:
        """Keep only what differs: the next step has begun."""
        if isinstance(self._ends, _Whole):
            self._ends = _Differing.of(self._ends)
        self._gesture = None

    def id(self) -> int:
        return -1 if self._gesture is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802  # Qt's name
        if not isinstance(other, UndoStep) or self._gesture is None or other._gesture is not self._gesture:
            return False
        mine, theirs = self._ends, other._ends
        if not isinstance(mine, _Whole) or not isinstance(theirs, _Whole):
            return False
        self._ends = _Whole(mine.first, theirs.last)
        self.setText(other.text())
        other._give_up()
        if theirs.last.state == mine.first.state:
            self.setObsolete(True)
            self._give_up()
        return True

    def _give_up(self) -> None:
        """Keep nothing: PySide may hold on to what Qt throws away for as long as the stack lives."""
        self._ends, self._gesture = _NOTHING, None

    def redo(self) -> None:
        initiator, self._initiator = self._initiator, None
        self._restore(self._ends.after, initiator)

    def undo(self) -> None:
        self._restore(self._ends.before, None)


@dataclass(frozen=True, slots=True)
class _Whole:
    """Both moments as they are."""

    first: Moment
    last: Moment

    def before(self, _now: State) -> Moment:
        return self.first

    def after(self, _now: State) -> Moment:
        return self.last


@dataclass(frozen=True, slots=True)
class _Differing:
    """What leads from one moment to the other and back. The states in it have no notes of their own."""

    score: ScoreDifference | None
    first: State
    last: State
    selected: tuple[Selection, Selection]

    @classmethod
    def of(cls, ends: _Whole) -> _Differing:
        before, after = ends.first.state, ends.last.state
        differs = before.score is not after.score
        return cls(
            ScoreDifference.between(before.score, after.score) if differs else None,
            replace(before, score=_NO_SCORE),
            replace(after, score=_NO_SCORE),
            (ends.first.selection, ends.last.selection),
        )

    def before(self, now: State) -> Moment:
        score = now.score if self.score is None else self.score.back(now.score)
        return Moment(replace(self.first, score=score), self.selected[0])

    def after(self, now: State) -> Moment:
        score = now.score if self.score is None else self.score.forward(now.score)
        return Moment(replace(self.last, score=score), self.selected[1])


_Ends = _Whole | _Differing
_NO_SCORE = State().score
_NOTHING = _Whole(*2 * (Moment(State(), frozenset()),))
