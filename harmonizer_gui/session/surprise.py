"""The measures of surprise of the target voice, kept up with its heat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.analysis import Analysis, Floats
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.surprise import Measure, measured, next_highest, note_bits
from harmonizer_gui.score import Note
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.heat import HeatChange, HeatModel
from harmonizer_gui.session.worker import Worker


@dataclass(frozen=True)
class _Asked:
    """What a curve is worked out from; `answers` says whether it is still what is wanted."""

    measure: Measure
    analysis: Analysis
    mix: Mix
    rules: tuple[str, ...]

    def answers(self, other: _Asked | None) -> bool:
        return other is not None and (self.measure, self.analysis, self.mix) == (
            other.measure,
            other.analysis,
            other.mix,
        )


class SurpriseModel(QObject):
    """Works out one measure off the GUI thread, one job at a time; what is overtaken is done anew.

    Nothing is worked out while nobody looks (`set_active`), but for the jumps.
    """

    changed = Signal()
    note_found = Signal(object)
    """`Note` of the target to which a jump goes."""
    step_found = Signal(int)
    """Tick of the step to which a jump goes."""
    failed = Signal(object)
    """`Failure`"""

    def __init__(
        self, document: Document, heat: HeatModel, worker: Worker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._heat = heat
        self._worker = worker
        self._measure = Measure.BITS
        self._is_active = False
        self._running: _Asked | None = None
        self._jumping: _Asked | None = None
        self._values: Floats | None = None
        self._last: dict[Measure, int] = {}
        heat.changed.connect(self._on_heat_changed)
        document.changed.connect(self._on_document_changed)

    @property
    def measure(self) -> Measure:
        return self._measure

    @property
    def values(self) -> Floats | None:
        """[T] the measure of each step in bits, NaN where it says nothing; None where none is known."""
        return self._values

    @property
    def stale(self) -> bool:
        return self._heat.stale

    def set_measure(self, measure: Measure) -> None:
        if measure is not self._measure:
            self._measure, self._values = measure, None
            self.changed.emit()
            self._ask()

    def set_active(self, *, on: bool) -> None:
        """Whether anybody looks."""
        self._is_active = on
        self._ask()

    def jump_to_note(self) -> None:
        """Find the most surprising note of the target; next time the next most surprising, and round again.

        Nothing happens while the heat is on its way.
        """
        self._jump(Measure.BITS)

    def jump_to_step(self) -> None:
        """Find the step at which the product is least decided; next time the next, and round again."""
        self._jump(Measure.ENTROPY)

    def _jump(self, measure: Measure) -> None:
        asked = self._asked(measure)
        if asked is not None and self._jumping is None and not self._heat.stale:
            self._jumping = asked
            self._run(asked, self._on_jump)

    def _asked(self, measure: Measure) -> _Asked | None:
        analysis = self._heat.analysis
        return None if analysis is None else _Asked(measure, analysis, self._document.mix, self._heat.rules)

    def _wanted(self) -> _Asked | None:
        return self._asked(self._measure) if self._is_active else None

    def _ask(self) -> None:
        wanted = self._wanted()
        if wanted is not None and self._running is None:
            self._running = wanted
            self._run(wanted, self._on_done)

    def _run(self, asked: _Asked, done: Callable[[Floats], None]) -> None:
        job = self._worker.run(partial(measured, asked.measure, asked.analysis, asked.mix, asked.rules))
        job.done.connect(done)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_done(self, values: Floats) -> None:
        asked, self._running = self._running, None
        if asked is not None and asked.answers(self._wanted()):
            self._values = values
            self.changed.emit()
        else:
            self._ask()

    @Slot(object)
    def _on_jump(self, values: Floats) -> None:
        asked, self._jumping = self._jumping, None
        if asked is None or not asked.answers(self._asked(asked.measure)) or self._heat.stale:
            return
        notes: list[Note] = []
        if asked.measure is Measure.BITS:
            priced = note_bits(self._document.score.voice(self._document.target), values)
            notes = [each.note for each in priced]
            values = np.array([each.bits for each in priced], np.float32)
        index = next_highest(values, self._last.get(asked.measure))
        if index is not None:
            self._last[asked.measure] = index
            if notes:
                self.note_found.emit(notes[index])
            else:
                self.step_found.emit(index * STEP_TICKS)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._running = self._jumping = None
        self.failed.emit(failure)

    @Slot(object)
    def _on_heat_changed(self, change: HeatChange) -> None:
        if change.product:
            self._ask()
        if change.stale:
            self.changed.emit()

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if change.piece or change.target or change.score:
            self._last.clear()
        if change.piece or change.target:
            self._values = None
            self.changed.emit()
