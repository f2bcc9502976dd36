"""A model without a network: quick, deterministic, and as slow as a test wants it to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from threading import Event

import numpy as np

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, REST, STEP_TICKS, TOKENS
from harmonizer_gui.engine.analysis import Analysis, Floats
from harmonizer_gui.engine.grid import free_cells, grid_of, sounding_before
from harmonizer_gui.engine.records import Record, SampledHeat
from harmonizer_gui.engine.requests import AnalysisRequest, FillProgress, FillRequest, Remark
from harmonizer_gui.score import LOWEST_PITCH, Note, Score, VoiceName

GATE_S = 20.0
CENTRES = {VoiceName.SOPRANO: 69, VoiceName.ALTO: 64, VoiceName.TENOR: 57, VoiceName.BASS: 48}
CHORD = (0, 3, 7, 5)


class Gate:
    """Holds up the thread of the model wherever a test wants it; open until `close` is called."""

    def __init__(self) -> None:
        self._opened = Event()
        self._opened.set()
        self._reached = Event()

    def close(self) -> None:
        self._reached.clear()
        self._opened.clear()

    def open(self) -> None:
        self._opened.set()

    @property
    def is_reached(self) -> bool:
        """Whether the model stands at the gate, or has passed it since it was last closed."""
        return self._reached.is_set()

    def wait_reached(self) -> None:
        """Block until the model stands at the gate; no event is handled meanwhile."""
        assert self._reached.wait(GATE_S), "the model never came to the gate"

    def pass_through(self) -> None:
        self._reached.set()
        assert self._opened.wait(GATE_S), "a test left its gate closed"


class FakeModel:
    """A `HarmonyModel` whose answers follow from the request alone.

    `analysis_gate` is passed before each analysis, `fill_gate` before step `fill_gate_step` of each fill.
    An exception in `error` is raised by the next request, once.
    """

    experts: tuple[str, ...] = ("Simple", "Spacing", "Contour", "Beat")
    rules: tuple[str, ...] = ()
    device = "CPU"
    name = "fake"

    def __init__(self) -> None:
        self.analysis_gate = Gate()
        self.fill_gate = Gate()
        self.fill_gate_step = 1
        self.error: Exception | None = None
        self.analyses: list[AnalysisRequest] = []
        self.fills: list[FillRequest] = []
        self.steps_drawn = 0
        self.remarks: list[Remark] = []

    def take_remarks(self) -> tuple[Remark, ...]:
        taken, self.remarks = tuple(self.remarks), []
        return taken

    def analyse(self, request: AnalysisRequest) -> Analysis:
        self.analyses.append(request)
        self.analysis_gate.pass_through()
        self._raise()
        grid = grid_of(request.score)
        written = grid.tokens[request.voice] != REST
        lines = 1 if written.all() else 3
        tokens = np.stack([_drawn(grid.tokens[request.voice], written, line) for line in range(lines)])
        sounding = sounding_before(tokens)
        voice = CENTRES[request.voice]
        log_probs = np.stack([_bell(voice + shift, sounding, np.arange(grid.steps)) for shift in range(4)])
        return Analysis(
            experts=self.experts[: len(log_probs)],
            log_probs=log_probs,
            terms=np.float32(0.5) * log_probs,
            sounding=sounding,
            tokens=tokens,
            written=written,
        )

    def fill(self, request: FillRequest) -> Iterator[FillProgress]:
        """Quarter notes around a centre, in the free cells; take i of seed s is the take of seed s + i.

        A search finds a line of a seed that is one higher, and half as bad, with every sweep.
        """
        self.fills.append(request)
        self._raise()
        if request.search:
            yield from self._search(request)
            return
        takes = (request.score,) * request.takes
        steps = grid_of(request.score, _end(request)).steps
        total = steps * len(request.voices)
        for index, voice in enumerate(request.voices):
            free = free_cells(steps, request.spans_of(voice))
            for step in range(steps):
                if step == self.fill_gate_step:
                    self.fill_gate.pass_through()
                if free[step]:
                    seeds = range(request.seed, request.seed + request.takes)
                    takes = tuple(map(partial(_with_step, voice=voice, step=step), takes, seeds))
                self.steps_drawn += 1
                done = index * steps + step + 1
                is_last = done == total and request.recorded
                yield FillProgress(done, total, takes, _records(request, takes) if is_last else ())

    def _search(self, request: FillRequest) -> Iterator[FillProgress]:
        for sweep in count():
            (*_, last) = self.fill(
                replace(request, rewrite=False, search=False, takes=1, seed=request.seed + sweep)
            )
            self.fills.pop()
            (record,) = _records(request, last.takes)
            yield FillProgress(last.done, 0, last.takes, (replace(record, bits=2.0**-sweep),))

    def _raise(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error


def fake_pitch(voice: VoiceName, step: int, seed: int) -> int:
    """The pitch that a fill with `seed` strikes or holds at `step`."""
    return CENTRES[voice] + CHORD[(step // 4 + seed) % len(CHORD)]


def _end(request: FillRequest) -> int:
    return max((stop for voice in request.voices for _, stop in request.spans_of(voice) or ()), default=0)


def _records(request: FillRequest, takes: Sequence[Score]) -> tuple[Record, ...]:
    """One bit per step for the first take, two for the second …; the heat is 1 for what sounds."""
    return tuple(
        Record(
            bits=1.0 + index,
            faults=(("parallels", index),),
            heats=tuple(_sampled(take, voice) for voice in request.voices),
        )
        for index, take in enumerate(takes)
    )


def _sampled(take: Score, voice: VoiceName) -> SampledHeat:
    grid = grid_of(take)
    heat = np.zeros((2, grid.steps, PITCHES), np.float16)
    for note in take.voice(voice):
        heat[:, note.start // STEP_TICKS : note.end // STEP_TICKS, note.pitch - LOWEST_PITCH] = (1.0,)
    return SampledHeat(voice, 0, ("Simple",), heat)


def _with_step(score: Score, seed: int, voice: VoiceName, step: int) -> Score:
    """Write one step: a quarter note of one pitch grows as long as nothing comes between."""
    tick, pitch = step * STEP_TICKS, fake_pitch(voice, step, seed)
    line = score.voice(voice).cut(tick, tick + STEP_TICKS)
    before = line.at(tick - 1) if step % 4 else None
    start = tick
    if before is not None and before.generated and before.pitch == pitch and before.end == tick:
        start = before.start
    return score.with_voice(voice, line.laid(Note(start, tick + STEP_TICKS - start, pitch, generated=True)))


def _drawn(tokens: np.ndarray, written: np.ndarray, line: int) -> np.ndarray:
    """The line with quarter notes in its unwritten cells."""
    steps = np.arange(len(tokens))
    pitches = 64 + line + steps // 4 % 3 - LOWEST_PITCH
    invented = np.where(steps % 4 == 0, pitches, HOLD)
    return np.where(written, tokens, invented).astype(np.int16)


def _bell(centre: int, sounding: np.ndarray, steps: np.ndarray) -> Floats:
    """[L, T, 90] a bell over the pitches that sways with the steps; HOLD half of the time."""
    tokens = np.arange(TOKENS)
    sway = centre - LOWEST_PITCH + 2 * np.sin(steps / 5)
    scores = -0.5 * ((tokens - sway[:, None]) / 3) ** 2
    scores[:, HOLD] = 1.5
    scores[:, REST] = -5.0
    scores = np.repeat(scores[None], len(sounding), axis=0)
    scores[sounding < 0, HOLD] = IMPOSSIBLE
    scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return np.asarray(np.maximum(scores, IMPOSSIBLE), np.float32)
