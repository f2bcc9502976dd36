"""What the user asks “why” about: one cell of the target against another, kept up with the heat."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.engine.alphabet import HOLD
from harmonizer_gui.engine.explaining import Chance, Explanation, chances, compare, explain, tokens_of
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Score, VoiceName
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.session.cells import with_cell, written_at
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.heat import HeatChange, HeatModel


@dataclass(frozen=True, slots=True)
class Cell:
    """A step of a voice and what sounds there: a pitch (MIDI), or None for silence."""

    voice: VoiceName
    step: int
    pitch: int | None


class Explaining(QObject):
    """The pinned cell, the one it is compared with, and what the experts say of the two.

    Everything follows the heat: until the new analysis lands, the last explanation stays and is stale. The
    numbers come from the analysis that is there; no network runs.
    """

    changed = Signal()

    def __init__(self, document: Document, heat: HeatModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._heat = heat
        self._pinned: Cell | None = None
        self._other: Cell | None = None
        self._explanation: Explanation | None = None
        document.changed.connect(self._on_document_changed)
        heat.changed.connect(self._on_heat_changed)

    @property
    def pinned(self) -> Cell | None:
        """The cell that is asked about."""
        return self._pinned

    @property
    def other(self) -> Cell | None:
        """The cell that the user has chosen to compare with; None for the runner-up."""
        return self._other

    @property
    def explanation(self) -> Explanation | None:
        """None where nothing is pinned, or the analysis of its voice is not there yet."""
        return self._explanation

    @property
    def stale(self) -> bool:
        return self._heat.stale

    @property
    def candidates(self) -> tuple[Chance, ...]:
        """All that could sound at the pinned step, the likeliest first; empty where nothing is known."""
        told, analysis = self._explanation, self._heat.analysis
        if told is None or analysis is None:
            return ()
        return chances(analysis, self._document.mix, told.step)

    def pin(self, cell: Cell) -> None:
        """Ask about a cell; its voice becomes the target. What no expert can speak of is passed over."""
        if not _can_be_asked(cell):
            return
        self._pinned, self._other = cell, None
        self._document.set_target(cell.voice, initiator=self)
        self._renew()

    def compare_with(self, pitch: int | None) -> None:
        """Compare with another cell of the pinned step; with the pinned pitch itself: with the runner-up."""
        pinned = self._pinned
        if pinned is None:
            return
        other = Cell(pinned.voice, pinned.step, pitch)
        if _can_be_asked(other):
            self._other = None if pitch == pinned.pitch else other
            self._renew()

    def unpin(self) -> None:
        if self._pinned is not None:
            self._pinned = self._other = None
            self._renew()

    def written(self, step: int) -> int | None:
        """The pitch that is written in the target at a step, None for silence."""
        note = written_at(self._document.score, self._document.target, step)
        return None if note is None else note.pitch

    def with_put_in(self, pitch: int | None) -> tuple[Score, Selection] | None:
        """The score with this pitch at the pinned step, and the note; None where nothing is pinned.

        What the experts take for the note before going on becomes that.
        """
        pinned, analysis = self._pinned, self._heat.analysis
        if pinned is None or analysis is None or self._explanation is None:
            return None
        tokens = tokens_of(analysis, self._document.mix, pinned.step, pitch)
        is_held = bool((tokens == HOLD).all())
        return with_cell(self._document.score, pinned.voice, pinned.step, pitch, held=is_held)

    def _renew(self) -> None:
        self._explanation = self._explained()
        self.changed.emit()

    def _explained(self) -> Explanation | None:
        analysis, pinned, mix = self._heat.analysis, self._pinned, self._document.mix
        if analysis is None or pinned is None or self._heat.voice != pinned.voice:
            return None
        if pinned.step >= analysis.steps:
            return None
        if self._other is None:
            return explain(analysis, mix, pinned.step, pinned.pitch)
        return compare(analysis, mix, pinned.step, pinned.pitch, self._other.pitch)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        pinned = self._pinned
        if change.piece or (change.target and pinned is not None and pinned.voice != self._document.target):
            self.unpin()

    @Slot(object)
    def _on_heat_changed(self, change: HeatChange) -> None:
        if self._pinned is not None and (change.product or change.stale):
            self._renew()


def _can_be_asked(cell: Cell) -> bool:
    return cell.step >= 0 and (cell.pitch is None or LOWEST_PITCH <= cell.pitch <= HIGHEST_PITCH)
