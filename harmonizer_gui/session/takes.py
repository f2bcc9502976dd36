"""The takes of the piece, and which of them is heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.score import Score
from harmonizer_gui.score.edits import NOTHING, NoteRef, Selection
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.locks import Place
from harmonizer_gui.session.plan import voices_label
from harmonizer_gui.session.spans import covers
from harmonizer_gui.session.take import Music, Take, TakeSet, within_budget

MAX_SETS: Final = 24
MAX_TAKES: Final = 64
"""Of one set. The oldest go first."""


@dataclass
class _Audition:
    """What is heard in place of `before`, and is not yet accepted. As a gesture it is one undo step."""

    place: Place
    before: Score
    selection: Selection
    words: str = ""
    chosen: Selection | None = None
    """What was selected with the take."""


class Takes(QObject):
    """Keeps the takes, and lays one or another of them into the piece.

    Trying takes is one gesture: whatever is heard meanwhile, it leaves one undo step, or none where one goes
    back to how it was. It ends when the take is accepted or left, and with any other edit, which accepts it.
    """

    changed = Signal()
    """The list, or which take is heard, or whether it is accepted."""
    accepted = Signal(int)
    """The number of the take."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._sets: tuple[TakeSet, ...] = ()
        self._current: TakeSet | None = None
        self._audition: _Audition | None = None
        self._heard: list[int] = []
        self._shown: int | None = None
        self._told: tuple[object, ...] = ((), None, None, False)
        document.changed.connect(self._on_document_changed)

    @property
    def sets(self) -> tuple[TakeSet, ...]:
        """The one that was used last comes last."""
        return self._sets

    @property
    def current(self) -> TakeSet | None:
        """The set whose takes can be heard now: the last one that wrote the voice being edited."""
        return self._current

    @property
    def shown(self) -> int | None:
        """The number of the take that stands in the piece; None for music that is no take."""
        return self._shown

    @property
    def shown_take(self) -> Take | None:
        current = self.current
        return None if current is None or self._shown is None else current.take(self._shown)

    @property
    def is_auditioning(self) -> bool:
        """Whether what is heard is still to be accepted."""
        return self._audition is not None

    @property
    def has_selected(self) -> bool:
        """Whether what is selected was selected along with the take that is heard."""
        return self._audition is not None and self._audition.chosen == self._document.selection

    def add(
        self, place: Place, before: Score, takes: Sequence[Take], words: str, *, with_paper: bool = False
    ) -> None:
        """Keep new takes of a place, where `before` stood, and let the first of them be heard.

        `words` name the undo step. They join the takes of the same place; their numbers are given here.
        """
        current = self._set_of(place, with_paper=with_paper)
        if current is None:
            current = TakeSet(place, Music.of(before, place, with_paper=with_paper))
        first = max(current.numbers) + 1
        numbered = tuple(replace(take, number=first + index) for index, take in enumerate(takes))
        self._put_last(current, current.with_takes((*current.takes, *numbered)[-MAX_TAKES:]))
        self._hear(self._sets[-1], first, words)

    def hear(self, number: int) -> None:
        """Let a take of the current set be heard in its place; 0 is what was there before."""
        current = self.current
        if current is not None and number in current.numbers and number != self._shown:
            words = self.tr("Take {number} of the {voices}")
            self._hear(current, number, words.format(number=number, voices=voices_label(current.voices)))

    def step(self, direction: int) -> None:
        """Let the next take be heard (1) or the one before (−1); it stops at either end."""
        current = self.current
        if current is None:
            return
        numbers = current.numbers
        here = numbers.index(self._shown) if self._shown in numbers else len(numbers) * (direction < 0)
        self.hear(numbers[max(0, min(here + direction, len(numbers) - 1))])

    def compare(self) -> None:
        """Let the one of the last two be heard that is not heard now."""
        others = [number for number in self._heard if number != self._shown]
        if others:
            self.hear(others[-1])
        else:
            self.step(-1)

    def accept(self) -> None:
        """Keep what is heard; the undo step stands."""
        if self._audition is not None:
            self._audition = None
            self._tell()
            self.accepted.emit(self._shown or 0)

    def leave(self) -> bool:
        """Go back to how it was before; False where nothing is being tried."""
        audition = self._audition
        if audition is None:
            return False
        self._document.edit(
            audition.words, audition.before, selection=audition.selection, gesture=audition, initiator=self
        )
        self._audition = None
        self._refresh()
        return True

    def remove(self, number: int) -> None:
        """Forget a take; the piece stays as it is."""
        current = self.current
        if current is not None and current.take(number) is not None:
            left = tuple(take for take in current.takes if take.number != number)
            self._put_last(current, current.with_takes(left))
            self._refresh()

    def choose(self, chosen: TakeSet) -> None:
        """Make another set the one whose takes can be heard; what is heard now is accepted."""
        if chosen in self._sets and chosen is not self._current:
            self._audition, self._heard, self._current = None, [], chosen
            self._refresh()

    def restore(self, sets: tuple[TakeSet, ...]) -> None:
        """Take over the takes of another piece."""
        self._sets, self._audition, self._heard = within_budget(sets), None, []
        self._turn_to_target()
        self._refresh()

    def _turn_to_target(self) -> None:
        """Make the last set that wrote the voice being edited the current one."""
        target, current = self._document.target, self._current
        if current is None or current not in self._sets or target not in current.voices:
            self._heard = []
            self._current = next((each for each in reversed(self._sets) if target in each.voices), None)

    def _set_of(self, place: Place, *, with_paper: bool) -> TakeSet | None:
        alike = (each for each in self._sets if each.place == place)
        return next((each for each in alike if (each.original.paper is not None) is with_paper), None)

    def _put_last(self, old: TakeSet, new: TakeSet) -> None:
        """`new` in the place of `old`, as the one used last; a set without takes is forgotten."""
        others = tuple(each for each in self._sets if each is not old)
        self._sets = within_budget(((*others, new) if new.takes else others)[-MAX_SETS:])
        self._current = self._sets[-1] if new.takes else None
        self._turn_to_target()

    def _hear(self, current: TakeSet, number: int, words: str) -> None:
        document = self._document
        audition = self._audition
        if audition is None or audition.place != current.place:
            audition = _Audition(current.place, document.score, document.selection)
        self._audition, audition.words = audition, words
        score = current.music(number).laid_into(audition.before, self._unlocked(current.place))
        if _is_within(audition.selection, current.place):
            audition.chosen = _chosen(score, current.place)
        document.edit(words, score, selection=audition.chosen, gesture=audition, initiator=self)
        self._shown = number
        self._heard = [*(other for other in self._heard if other != number), number][-2:]
        self._tell()

    def _unlocked(self, place: Place) -> Place:
        locks = self._document.locks
        return tuple((voice, locks.unlocked(voice, spans)) for voice, spans in place)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if change.initiator is self:
            return
        if change.piece:
            self.restore(())
        elif change.target or change.score:
            self._audition = None
            self._turn_to_target()
            self._refresh(only_shown=change.score and change.initiator is not None)
        elif self._audition is not None and (change.mix or change.guidance or change.locks):
            self._audition = None
            self._tell()

    def _tell(self) -> None:
        """Say that something has changed, where it has."""
        now = (self._sets, self._current, self._shown, self.is_auditioning)
        if now != self._told:
            self._told = now
            self.changed.emit()

    def _refresh(self, *, only_shown: bool = False) -> None:
        """See which take stands in the piece now; an edit by hand makes none of the others."""
        current, score = self._current, self._document.score
        numbers: Sequence[int] = ()
        if current is not None:
            likely = [number for number in current.numbers if number == self._shown]
            numbers = likely if only_shown else [*likely, *current.numbers]
        self._shown = next((number for number in numbers if _stands(current, number, score)), None)
        self._tell()


def _stands(current: TakeSet | None, number: int, score: Score) -> bool:
    """Whether the music of a take is what `score` has in its place."""
    return current is not None and current.music(number).laid_into(score, current.place) == score


def _is_within(selection: Selection, place: Place) -> bool:
    """Whether there are selected notes, and all of them stand in `place`."""
    spans = dict(place)
    return bool(selection) and all(covers(spans.get(ref.voice, ()), ref.note.start) for ref in selection)


def _chosen(score: Score, place: Place) -> Selection:
    """The generated notes of a place."""
    notes = (
        NoteRef(voice, note)
        for voice, spans in place
        for note in score.voice(voice)
        if note.generated and covers(spans, note.start)
    )
    return frozenset(notes) or NOTHING
