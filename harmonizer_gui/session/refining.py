"""Heat that is an average over sampled lines grows finer while nothing else is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Event
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from harmonizer_gui.engine.analysis import Heat, heat_of
from harmonizer_gui.engine.requests import AnalysisRequest, HarmonyModel
from harmonizer_gui.session.worker import Worker

IDLE_MS = 400
"""For so long nothing must have been asked for before more lines are."""
MOST_LINES: Final = 64
"""Beyond these a picture changes no more that one could see it."""


@dataclass(frozen=True, slots=True)
class Finer:
    """The mean heat of `lines` more lines, by source; None for the product."""

    number: int
    lines: int
    heats: Mapping[str | None, Heat]


@dataclass(frozen=True, slots=True)
class _Work:
    """Runs on the model thread. `dropped` is set when nobody wants the answer any more."""

    number: int
    request: AnalysisRequest
    onsets: bool
    dropped: Event

    def __call__(self, model: HarmonyModel) -> Finer | None:
        if self.dropped.is_set():
            return None
        analysis = model.analyse(self.request)
        sources = (None, *analysis.experts)
        heats = {
            source: heat_of(analysis, source, self.request.mix, onsets=self.onsets)
            for source in sources
            if not self.dropped.is_set()
        }
        return Finer(self.number, len(analysis.sounding), heats)


class Refiner(QObject):
    """Asks for more lines of one request, some at a time, up to a bound.

    Only their heats are kept, in the mix they were drawn from: a change of the mix ends it, and so does any
    other. Answers to what was asked before that never count.
    """

    refined = Signal()
    """There is more to `add`."""

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._number = 0
        self._request: AnalysisRequest | None = None
        self._onsets = False
        self._dropped = Event()
        self._first = 0
        self._more = 0
        self._sums: dict[str | None, Heat] = {}
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._ask)

    @property
    def lines(self) -> int:
        """How many lines the heat averages over by now; 0 where it does not."""
        return self._first + self._more

    def begin(self, request: AnalysisRequest, lines: int, *, onsets: bool) -> None:
        """Go on from the `lines` lines with which `request` was answered."""
        self.stop()
        self._request, self._first, self._onsets = request, lines, onsets
        self._idle.start(IDLE_MS)

    def stop(self) -> None:
        """Want no more, and forget what was added."""
        self._number += 1
        self._dropped.set()
        self._dropped = Event()
        self._idle.stop()
        self._request, self._first, self._more = None, 0, 0
        self._sums.clear()

    def add(self, source: str | None, first: Heat) -> Heat:
        """The heat of one source over all lines; `first` is that over the first of them."""
        more = self._sums.get(source)
        if more is None:
            return first
        part = np.float32(self._more / self.lines)
        return Heat(
            first.cells + part * (more.cells - first.cells), first.rests + part * (more.rests - first.rests)
        )

    @Slot()
    def _ask(self) -> None:
        request = self._request
        if request is None or self.lines >= MOST_LINES:
            return
        again = replace(request, seed=request.seed + self.lines)
        job = self._worker.ask(_Work(self._number, again, self._onsets, self._dropped))
        job.done.connect(self._on_done)

    @Slot(object)
    def _on_done(self, finer: Finer | None) -> None:
        if finer is None or finer.number != self._number:
            return
        known, part = self._sums, finer.lines / (self._more + finer.lines)
        self._sums = {name: _towards(known.get(name), heat, part) for name, heat in finer.heats.items()}
        self._more += finer.lines
        self.refined.emit()
        self._idle.start(IDLE_MS)


def _towards(known: Heat | None, heat: Heat, part: float) -> Heat:
    """The mean of what is `known` and of `heat`, which counts for `part`."""
    if known is None:
        return heat
    cells = known.cells + np.float32(part) * (heat.cells - known.cells)
    return Heat(cells, known.rests + np.float32(part) * (heat.rests - known.rests))
