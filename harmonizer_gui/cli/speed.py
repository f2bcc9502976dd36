"""How fast the engine is: figures with their goals, each measured several times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import count
from statistics import median
from time import perf_counter, thread_time
from typing import Any, NamedTuple

import numpy as np

from harmonizer_gui.engine.alphabet import HOLD
from harmonizer_gui.engine.analysis import product_heat
from harmonizer_gui.engine.floor import products_of_a_take
from harmonizer_gui.engine.grid import notes_of
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.model import Model
from harmonizer_gui.engine.requests import AnalysisRequest, FillRequest
from harmonizer_gui.score import Score, Voice, VoiceName

_ALTO = VoiceName.ALTO
_CENTRES = (51, 44, 39, 29)
_BAR_STEPS = 16
_PATIENCE_S = 5.0
_MOVES = 10
"""Slider moves for every other measurement: they are short, and the slowest of a hundred is asked for."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the answer; None for what does not apply."""

    name: str
    median_ms: float | None = None
    p99_ms: float | None = None
    goal_ms: float | None = None
    ratio: float | None = None
    goal_ratio: float | None = None

    def values(self) -> dict[str, Any]:
        """As it stands in the answer, in thousandths."""
        return {key: round(v, 3) if isinstance(v, float) else v for key, v in asdict(self).items()}


class Spent(NamedTuple):
    """What one piece of work took."""

    ms: float
    """By the clock."""
    thread_ms: float
    """Of the processor: what ratios are made of, since other programs do not count in it."""


def patiently(repeats: int) -> Iterator[int]:
    """0, 1, 2 … below `repeats`, but no further when five seconds are over: a slow machine is asked less."""
    began = perf_counter()
    for turn in range(repeats):
        if turn and perf_counter() - began > _PATIENCE_S:
            return
        yield turn


def spent(work: Callable[[], object]) -> Spent:
    began, thread_began = perf_counter(), thread_time()
    work()
    thread_took = thread_time() - thread_began
    return Spent((perf_counter() - began) * 1000.0, thread_took * 1000.0)


def figure(name: str, times: Sequence[float], goal_ms: float | None = None) -> Figure:
    """Of times in milliseconds."""
    return Figure(name, median(times), float(np.percentile(times, 99)), goal_ms)


def piece(bars: int, seed: int = 0) -> Score:
    """Four voices that strike every quarter, in their ranges; every seed is another piece."""
    random = np.random.default_rng(seed)
    score = Score()
    for voice, centre in zip(VoiceName, _CENTRES, strict=True):
        tokens = np.full(_BAR_STEPS * bars, HOLD, np.int16)
        tokens[::4] = centre + random.integers(-4, 5, 4 * bars)
        score = score.with_voice(voice, Voice(notes_of(tokens)))
    return score


def engine_figures(model: Model, repeats: int, *, bars: int = 16) -> Iterator[Figure]:
    """The figures of a model on the CPU; pieces are `bars` long, or four times that for the slider."""
    yield slider_figure(model, repeats, 4 * bars)
    yield edit_figure(model, repeats, bars)
    yield from take_figures(model, repeats, bars)


def slider_figure(model: Model, repeats: int, bars: int) -> Figure:
    """A factor moves: all experts are mixed into heat anew, averaged over the lines of an empty voice."""
    analysis = model.analyse(AnalysisRequest(_without_alto(piece(bars)), _ALTO))
    mixes = [Mix().with_factor(analysis.experts[0], 0.1 + move % 30 / 10) for move in range(repeats * _MOVES)]
    times = [spent(partial(product_heat, analysis, mixes[turn])).ms for turn in patiently(len(mixes))]
    return figure(f"slider to mixed heat, {bars} bars", times, 4.0)


def edit_figure(model: Model, repeats: int, bars: int) -> Figure:
    """A note of a written voice changes: what all experts say of the voice now, mixed into heat."""
    score = piece(bars)
    voice = score.voice(_ALTO)
    _heat(model, score)
    times = []
    for turn in patiently(repeats):
        note = voice.notes[turn * 7 % len(voice)]
        edited = score.with_voice(_ALTO, voice.laid(replace(note, pitch=note.pitch + 1)))
        times.append(spent(partial(_heat, model, edited)).ms)
    return figure(f"edit of a note to fresh heat, {bars} bars", times, 50.0)


def take_figures(model: Model, repeats: int, bars: int) -> Iterator[Figure]:
    """One take of a voice, against the matrix products alone, and eight takes against one.

    Every take is of a piece that the model has not seen before.
    """
    works: dict[int, Callable[[], None]] = {
        1: partial(_fill, model, count(1), bars, 1),
        8: partial(_fill, model, count(1), bars, 8),
        0: products_of_a_take(model.product, piece(bars), _ALTO),
    }
    works[1]()
    rounds = [{name: spent(work) for name, work in works.items()} for _ in patiently(repeats)]
    ms = {name: [each[name].ms for each in rounds] for name in works}
    thread_ms = {name: median(each[name].thread_ms for each in rounds) for name in works}
    yield figure(f"matrix products of one take alone, {bars} bars", ms[0])
    one = figure(f"one take, {bars} bars", ms[1], 100.0)
    yield replace(one, ratio=thread_ms[1] / thread_ms[0], goal_ratio=3.0)
    eight = figure(f"eight takes, {bars} bars", ms[8])
    yield replace(eight, ratio=thread_ms[8] / thread_ms[1], goal_ratio=1.5)


def cuda_figure(model: Model, repeats: int, bars: int = 16) -> Figure:
    """64 takes at once, on the GPU that `model` is on."""
    work = partial(_fill, model, count(1), bars, 64)
    work()
    times = [spent(work).ms for _ in patiently(repeats)]
    return figure(f"64 takes on the GPU, {bars} bars", times, 100.0)


def _without_alto(score: Score) -> Score:
    return score.with_voice(_ALTO, Voice())


def _heat(model: Model, score: Score) -> None:
    product_heat(model.analyse(AnalysisRequest(score, _ALTO)), Mix())


def _fill(model: Model, seeds: Iterator[int], bars: int, takes: int) -> None:
    """Write the alto of the next piece."""
    score = _without_alto(piece(bars, next(seeds)))
    for _ in model.fill(FillRequest(score, (_ALTO,), takes=takes)):
        pass
