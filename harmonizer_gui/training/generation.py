"""What the model writes, held against what Bach wrote."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.composing import MAX_BARS, USUAL_SWEEPS, ComposeRequest, compose
from harmonizer_gui.engine.counting import ALL, FAULTS, Count, Found, leading_notes, sounding_pitches
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.model import Model
from harmonizer_gui.engine.requests import FillRequest
from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.training.asked import Asked
from harmonizer_gui.training.corpus import chorale_score, written_grid
from harmonizer_gui.training.pieces import Piece

LOWER = (VoiceName.ALTO, VoiceName.TENOR, VoiceName.BASS)
SWEEPS = 2
"""How often voices that were written together are rewritten, as `fill` does it."""
Row = tuple[str, Sequence[int]]
"""A chorale of music21's corpus: its path and the parts of the four voices."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found in generated voices and in Bach's."""

    bach: Found = field(default_factory=Found)
    generated: Found = field(default_factory=Found)
    equal: Count = Count()  # noqa: RUF009  # a frozen value
    """Generated cells in which Bach's pitch (or silence) sounds."""

    @staticmethod
    def of(score: Score, filled: Score, voices: Sequence[int]) -> Comparison:
        """Of a piece and the same with `voices` generated, cell by cell."""
        own, ours = (grid_of(each, score.end).tokens for each in (score, filled))
        leading, chosen = leading_notes(score, own.shape[1]), list(voices)
        same: NDArray[np.bool_] = sounding_pitches(own)[chosen] == sounding_pitches(ours)[chosen]
        return Comparison(
            Found.of(own, leading, voices), Found.of(ours, leading, voices), Count(int(same.sum()), same.size)
        )

    def __add__(self, other: Comparison) -> Comparison:
        return Comparison(self.bach + other.bach, self.generated + other.generated, self.equal + other.equal)

    def figures(self) -> dict[str, Any]:
        """As they stand in the card: faults per thousand places, the share in range, onsets against Bach's.

        `equal_cells` only where cells were compared.
        """
        none = Count()
        ours, theirs = self.generated, self.bach
        return {
            **{
                f"{name}_per_1000": {
                    "bach": theirs.faults.get(name, none).per_1000,
                    "generated": ours.faults.get(name, none).per_1000,
                }
                for name in FAULTS
            },
            "in_range": ours.inside.share,
            "onset_rate_ratio": ours.struck.share / (theirs.struck.share or 1.0),
            **({"equal_cells": self.equal.share} if self.equal.of else {}),
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """What was generated after some chorales, and how it compares."""

    single: Comparison = field(default_factory=Comparison)
    """Every voice given the other three."""
    lower: Comparison = field(default_factory=Comparison)
    """Alto, tenor and bass given the soprano."""
    composed: Comparison = field(default_factory=Comparison)
    """Pieces from nothing, against Bach's chorales, all four voices."""
    pieces: tuple[Piece, ...] = ()
    """The pieces from nothing."""

    def __add__(self, other: Judged) -> Judged:
        return Judged(
            self.single + other.single,
            self.lower + other.lower,
            self.composed + other.composed,
            self.pieces + other.pieces,
        )


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be generated after one chorale."""

    path: str
    parts: tuple[int, ...]
    seed: int
    fills: bool = True
    composes: bool = False
    sweeps: int = USUAL_SWEEPS

    def done(self, model: Model, mix: Mix) -> Judged:
        torch.manual_seed(self.seed)  # noise, where there is some
        score = chorale_score(self.path, self.parts)
        tokens = grid_of(score).tokens
        bach = Comparison(bach=Found.of(tokens, leading_notes(score, tokens.shape[1])))
        return (
            Judged(composed=bach)
            + (self._filled(model, score, mix) if self.fills else Judged())
            + (self._composed(model, score, mix) if self.composes else Judged())
        )

    def _filled(self, model: Model, score: Score, mix: Mix) -> Judged:
        """Every voice given the other three, and the lower three given the soprano."""
        single = Comparison()
        for voice in VoiceName:
            single += _filled(model, FillRequest(score, (voice,), seed=self.seed, mix=mix))
        lower = FillRequest(score, LOWER, seed=self.seed, mix=mix, sweeps=SWEEPS)
        return Judged(single, _filled(model, lower))

    def _composed(self, model: Model, score: Score, mix: Mix) -> Judged:
        """A piece from nothing, in the key, metre and length of `score`."""
        metre = score.time_signatures[0]
        bars = min(MAX_BARS, -(-score.end // metre.bar_ticks))
        request = ComposeRequest(
            bars,
            time_signature=metre,
            key=score.key_at(0),
            mix=mix,
            seed=self.seed,
            sweeps=self.sweeps,
        )
        *_, last = compose(model, request)
        (piece,) = last.takes
        grid = written_grid(piece, bars * metre.bar_ticks)
        found = Found.of(grid.tokens, leading_notes(piece, grid.steps), ALL)
        return Judged(composed=Comparison(generated=found), pieces=(Piece(self.path, grid),))


def _filled(model: Model, request: FillRequest) -> Comparison:
    *_, last = model.fill(request)
    return Comparison.of(request.score, last.takes[0], request.voices)


def tasks(
    rows: Sequence[Row], *, seed: int, fill: int, compose: int, sweeps: int = USUAL_SWEEPS
) -> list[Task]:
    """Fill the voices of the first `fill` chorales, compose after `compose` of them, evenly spread.

    Where anything is composed, all chorales are looked at, since it is held against Bach's in all of them.
    Every chorale has a seed of its own, so that the number of processes changes nothing.
    """
    composed = {int(index) for index in np.linspace(0, len(rows), compose, endpoint=False)}
    return [
        Task(path, tuple(parts), seed + index, index < fill, index in composed, sweeps)
        for index, (path, parts) in enumerate(rows)
        if index < fill or compose
    ]


def generated(asked: Asked, tasks: Sequence[Task], *, jobs: int, progress: Callable[[int], None]) -> Judged:
    """The sum over the tasks, worked out in `jobs` processes; `progress` is told how many are done."""
    total = Judged()
    for done, judged in enumerate(_done(asked, tasks, jobs), start=1):
        total += judged
        progress(done)
    return total


def _done(asked: Asked, tasks: Sequence[Task], jobs: int) -> Iterator[Judged]:
    if jobs == 1:
        model = asked.loaded()
        yield from (task.done(model, asked.mix) for task in tasks)
        return
    # Processes that are forked would take torch's locks with them.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(asked,)) as pool:
        yield from pool.map(_done_there, tasks)


_there: list[tuple[Model, Mix]] = []
"""The model of a process that was started to generate, and the mix it is asked with."""


def _begin(asked: Asked) -> None:
    torch.set_num_threads(1)
    _there.append((asked.loaded(), asked.mix))


def _done_there(task: Task) -> Judged:
    return task.done(*_there[0])
