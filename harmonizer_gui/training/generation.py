"""What the model writes, held against what Bach wrote."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import PITCHES
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.model import DeviceName, Model, load_model
from harmonizer_gui.engine.requests import FillRequest
from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.training.corpus import chorale_score
from harmonizer_gui.training.voice_leading import FAULTS, Count, in_range, sounding_pitches

LOWER = (VoiceName.ALTO, VoiceName.TENOR, VoiceName.BASS)
SWEEPS = 2
"""How often voices that were written together are rewritten, as `fill` does it."""
MODES = ("each voice in turn", "three voices from the soprano")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sums over what was generated and over what Bach wrote in the same cells."""

    bach: dict[str, Count] = field(default_factory=dict)
    generated: dict[str, Count] = field(default_factory=dict)
    inside: Count = Count()  # noqa: RUF009  # a frozen value
    """Generated onsets within the range of their voice."""
    equal: Count = Count()  # noqa: RUF009  # a frozen value
    """Generated cells in which Bach's pitch (or silence) sounds."""
    struck: int = 0
    bach_struck: int = 0

    @staticmethod
    def of(own: NDArray[np.int16], filled: NDArray[np.int16], voices: Sequence[int]) -> Comparison:
        """Of grids [4, T], of which `voices` were generated."""
        chosen = list(voices)
        theirs, ours = sounding_pitches(own), sounding_pitches(filled)
        same = theirs[chosen] == ours[chosen]
        return Comparison(
            bach={name: count(theirs, voices) for name, count in FAULTS.items()},
            generated={name: count(ours, voices) for name, count in FAULTS.items()},
            inside=sum((in_range(filled[voice], voice) for voice in voices), Count()),
            equal=Count(int(same.sum()), same.size),
            struck=int((filled[chosen] < PITCHES).sum()),
            bach_struck=int((own[chosen] < PITCHES).sum()),
        )

    def __add__(self, other: Comparison) -> Comparison:
        return Comparison(
            bach=_added(self.bach, other.bach),
            generated=_added(self.generated, other.generated),
            inside=self.inside + other.inside,
            equal=self.equal + other.equal,
            struck=self.struck + other.struck,
            bach_struck=self.bach_struck + other.bach_struck,
        )

    def figures(self) -> dict[str, Any]:
        """As they stand in the card: faults per thousand places, shares, and onsets against Bach's."""
        return {
            **{
                f"{name}_per_1000": {
                    "bach": self.bach[name].per_1000,
                    "generated": self.generated[name].per_1000,
                }
                for name in FAULTS
            },
            "in_range": self.inside.found / max(1, self.inside.of),
            "onset_rate_ratio": self.struck / max(1, self.bach_struck),
            "equal_cells": self.equal.found / max(1, self.equal.of),
        }


Pair = tuple[Comparison, Comparison]
"""One comparison for each of MODES."""


def compared(model: Model, score: Score, seed: int) -> Pair:
    """Fill every voice given the other three, and the lower three given the soprano."""
    torch.manual_seed(seed)  # noise, where there is some
    own = grid_of(score).tokens
    single = Comparison()
    for voice in VoiceName:
        single += _filled(model, FillRequest(score, (voice,), seed=seed), own)
    lower = FillRequest(score, LOWER, seed=seed, sweeps=SWEEPS)
    return single, _filled(model, lower, own)


def _filled(model: Model, request: FillRequest, own: NDArray[np.int16]) -> Comparison:
    *_, last = model.fill(request)
    return Comparison.of(own, grid_of(last.takes[0], request.score.end).tokens, request.voices)


def _added(one: dict[str, Count], other: dict[str, Count]) -> dict[str, Count]:
    return {name: one.get(name, Count()) + other.get(name, Count()) for name in FAULTS}


@dataclass(frozen=True, slots=True)
class Generation:
    """What is to be generated and judged: chorales of music21's corpus, by a model on disk."""

    model: Path | None
    device: DeviceName
    noise: float
    seed: int

    def compare(
        self, rows: Sequence[tuple[str, Sequence[int]]], *, jobs: int, progress: Callable[[int], None]
    ) -> Pair:
        """The sums over `rows` (path and parts), worked out in `jobs` processes.

        Every chorale has a seed of its own, so that the number of processes changes nothing. `progress` is
        told how many chorales are done.
        """
        totals = Comparison(), Comparison()
        for done, pair in enumerate(self._pairs(rows, jobs), start=1):
            totals = totals[0] + pair[0], totals[1] + pair[1]
            progress(done)
        return totals

    def _pairs(self, rows: Sequence[tuple[str, Sequence[int]]], jobs: int) -> Iterator[Pair]:
        tasks = [(path, tuple(parts), self.seed + index) for index, (path, parts) in enumerate(rows)]
        if jobs == 1:
            model = self._loaded()
            yield from (compared(model, chorale_score(path, parts), seed) for path, parts, seed in tasks)
            return
        # Processes that are forked would take torch's locks with them.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(self,)) as pool:
            yield from pool.map(_compared_there, tasks)

    def _loaded(self) -> Model:
        model = load_model(self.model, self.device)
        model.product.set_noise(self.noise)
        return model


_there: list[Model] = []
"""The model of a process that was started to generate."""


def _begin(generation: Generation) -> None:
    torch.set_num_threads(1)
    _there.append(generation._loaded())


def _compared_there(task: tuple[str, tuple[int, ...], int]) -> Pair:
    path, parts, seed = task
    return compared(_there[0], chorale_score(path, parts), seed)
