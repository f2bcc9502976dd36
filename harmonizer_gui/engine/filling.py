"""Writing voices: which cells in which order, the takes as they grow, and the search for better ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.grid import Grid, free_cells, grid_of, notes_of
from harmonizer_gui.engine.records import Cells, Record, Recorder, faults_in
from harmonizer_gui.engine.requests import FillProgress, FillRequest
from harmonizer_gui.engine.sampling import Drawn
from harmonizer_gui.score import Note, Score, Voice, VoiceName

PROGRESS_REPORTS: Final = 32
LEAST_STRIDE: Final = 16
"""Steps between two reports, at least: laying the takes into scores takes longer than drawing a few steps."""


@dataclass(frozen=True)
class Drawing:
    """One voice of all takes as it is being drawn, step by step, by these experts."""

    experts: tuple[str, ...]
    steps: Iterator[Drawn]


class Hand(Protocol):
    """What draws: the model."""

    def draw(self, filling: Filling, request: FillRequest, turn: int) -> Drawing:
        """Draw one voice of all takes; every turn has chances of its own."""
        ...

    def bits(self, voice: VoiceName, grids: Sequence[Grid], free: Cells) -> NDArray[np.float64]:
        """[K] Σ −log2 p over the free cells of a written voice in K grids, by the learned experts alone."""
        ...


def written(hand: Hand, request: FillRequest) -> Iterator[FillProgress]:
    """The progress of a request; that of a search may have no end."""
    task = _Task(hand, request)
    return task.search() if request.search else task.fill()


class _Task:
    """A request while it is worked off."""

    def __init__(self, hand: Hand, request: FillRequest) -> None:
        self._hand, self._request = hand, request
        self._takes: Sequence[Score] = [request.score] * request.takes
        if not request.rewrite:
            for voice in request.voices:
                self._takes = without(self._takes, voice, request.spans_of(voice))
        ends = (stop for voice in request.voices for _, stop in request.spans_of(voice) or ())
        self._end = max([request.score.end, *ends])
        steps = grid_of(self._takes[0], self._end).steps
        self._free = {voice: free_cells(steps, request.spans_of(voice)) for voice in request.voices}
        self._steps = steps
        self._recorders: dict[VoiceName, Recorder] = {}

    def fill(self) -> Iterator[FillProgress]:
        request = self._request
        turns = [*request.voices] * request.turns
        total = self._steps * len(turns)
        every = max(LEAST_STRIDE, total // PROGRESS_REPORTS)
        for turn, voice in enumerate(turns):
            later = () if request.rewrite else request.voices[turn + 1 :]
            is_recorded = request.recorded and turn >= len(turns) - len(request.voices)
            for done in self._draw(turn, voice, later, every, is_recorded=is_recorded):
                reached = turn * self._steps + done
                is_last = reached == total and request.recorded
                records = self._records() if is_last else ()
                yield FillProgress(reached, total, self._takes, records)

    def search(self) -> Iterator[FillProgress]:
        """Rewrite on and on; answers the best line so far, and before there is one the first as it grows."""
        request = self._request
        voices = request.voices
        every = max(4, self._steps // 4)
        total = self._steps * len(voices) * request.turns
        best: Score | None = None
        records: tuple[Record, ...] = ()
        for turn in range(len(voices) * request.turns) if request.turns else count():
            for done in self._draw(turn, voices[turn % len(voices)], (), every, is_recorded=True):
                if done < self._steps:
                    shown = self._takes[0] if best is None else best
                    yield FillProgress(turn * self._steps + done, total, (shown,), records)
            if turn >= len(voices) - 1:
                bits = self._bits(self._takes)
                found = int(np.argmin(bits))
                if best is None or bits[found] < records[0].bits:
                    best, records = self._takes[found], (self._record(found, float(bits[found])),)
                yield FillProgress((turn + 1) * self._steps, total, (best,), records)

    def _draw(
        self, turn: int, voice: VoiceName, later: Sequence[VoiceName], every: int, *, is_recorded: bool
    ) -> Iterator[int]:
        """Draw one voice of all takes; yields, `every` so often and at the end, how many steps are drawn."""
        bare = without(self._takes, voice, self._request.spans_of(voice))
        hidden = {each: self._free[each] for each in later}
        filling = Filling(bare, voice, hidden, self._free[voice], self._end)
        drawing = self._hand.draw(filling, self._request, turn)
        recorder = Recorder(voice, drawing.experts, filling.free, len(bare)) if is_recorded else None
        for step in drawing.steps:
            filling.accept(step)
            if recorder is not None:
                recorder.accept(step.time, step.log_probs, step.terms)
            if filling.reached % every == 0 or filling.reached == self._steps:
                if filling.reached == self._steps and recorder is not None:
                    self._recorders[voice] = recorder
                    recorder.finish(filling.tokens)
                self._takes = Laid(filling)
                if filling.reached == self._steps:
                    self._takes = tuple(self._takes)
                yield filling.reached

    def _bits(self, takes: Sequence[Score]) -> NDArray[np.float64]:
        """[K] the mean over all cells that are written here."""
        grids = [grid_of(take, self._end) for take in takes]
        totals = [self._hand.bits(voice, grids, free) for voice, free in self._free.items()]
        cells = sum(int(free.sum()) for free in self._free.values())
        bits: NDArray[np.float64] = np.sum(totals, axis=0) / max(1, cells)
        return bits

    def _records(self) -> tuple[Record, ...]:
        return tuple(self._record(take, float(bits)) for take, bits in enumerate(self._bits(self._takes)))

    def _record(self, take: int, bits: float) -> Record:
        score = self._takes[take]
        heats = [recorder.heat(take, self._request.mix) for recorder in self._recorders.values()]
        return Record(
            bits=bits,
            faults=faults_in(score, grid_of(score, self._end), self._free),
            heats=tuple(heat for heat in heats if heat is not None),
        )


@dataclass
class Filling:
    """One voice of all takes while it is written."""

    takes: Sequence[Score]
    voice: VoiceName
    hidden: dict[VoiceName, Cells]
    """The cells of voices that are not written yet, whatever stands around them."""
    free: Cells
    end: int
    grids: list[Grid] = field(init=False)
    """One that all takes share, or one for each."""
    tokens: NDArray[np.int16] = field(init=False)
    """[K, T]"""
    reached: int = 0

    def __post_init__(self) -> None:
        shared = all(take is self.takes[0] for take in self.takes)
        self.grids = [grid_of(take, self.end) for take in self.takes[: 1 if shared else None]]
        for grid in self.grids:
            for voice, cells in self.hidden.items():
                grid.written[voice, cells] = False
        self.tokens = np.zeros((len(self.takes), len(self.free)), np.int16)

    def accept(self, step: Drawn) -> None:
        self.tokens[:, step.time] = step.tokens
        self.reached = step.time + 1


class Laid(Sequence[Score]):
    """The takes with all that is drawn so far laid into them; each is laid when it is looked at."""

    def __init__(self, filling: Filling) -> None:
        self._bare, self._voice = filling.takes, filling.voice
        self._tokens = filling.tokens[:, : filling.reached].copy()
        self._runs = _runs(filling.free[: filling.reached])
        self._scores: dict[int, Score] = {}

    def __len__(self) -> int:
        return len(self._bare)

    @overload
    def __getitem__(self, index: int) -> Score: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Score]: ...

    def __getitem__(self, index: int | slice) -> Score | Sequence[Score]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        if place not in self._scores:
            take = self._bare[place]
            self._scores[place] = take.with_voice(self._voice, self._laid(take, self._tokens[place]))
        return self._scores[place]

    def _laid(self, take: Score, tokens: NDArray[np.int16]) -> Voice:
        voice, runs = take.voice(self._voice), self._runs
        fresh = [note for start, stop in runs for note in notes_of(tokens[start:stop], start)]
        clear = [between for note in fresh for between in [_between(voice, note)] if between is not None]
        ends = _fermata_ends(take, self._voice)
        marked = [_with_fermata(note, ends) for note in clear]
        return Voice(tuple(sorted([*voice.notes, *marked])))


def without(takes: Sequence[Score], name: VoiceName, spans: Sequence[tuple[int, int]] | None) -> list[Score]:
    """The takes without what stands in the spans of a voice. Takes that are one stay one."""
    cleared: dict[int, Score] = {}
    for take in takes:
        voice = take.voice(name)
        for start, end in spans if spans is not None else ((0, voice.end),):
            voice = voice.cut(start, end)
        cleared.setdefault(id(take), take.with_voice(name, voice))
    return [cleared[id(take)] for take in takes]


def _runs(free: Cells) -> list[tuple[int, int]]:
    """The stretches [start, stop) of free cells."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def _between(voice: Voice, note: Note) -> Note | None:
    """`note` without what neighbours off the grid overlap; None if nothing is left."""
    start, end = note.start, note.end
    for neighbour in voice.between(start, end):
        if neighbour.start <= start:
            start = neighbour.end
        else:
            end = min(end, neighbour.start)
    if (start, end) == (note.start, note.end):
        return note
    return note.at(start, end) if start < end else None


def _fermata_ends(score: Score, voice: VoiceName) -> dict[int, int]:
    """Where fermatas of the other voices end, and how long the longest note under one is."""
    ends: dict[int, int] = {}
    for name in VoiceName:
        for note in score.voice(name) if name != voice else ():
            if note.fermata:
                ends[note.end] = max(note.duration, ends.get(note.end, 0))
    return ends


def _with_fermata(note: Note, ends: Mapping[int, int]) -> Note:
    """The same note, with a fermata where another voice has one over the same end, for a step at least."""
    return replace(note, fermata=True) if ends.get(note.end, 0) >= STEP_TICKS else note
