"""Contour: pitches as intervals to the voice's own last pitch."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor

from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.experts.base import LearnedExpert, Time, Views, stacked
from harmonizer_gui.engine.past import KINDS, MAX_SINCE, MOTIONS, NO_PITCH, Past
from harmonizer_gui.engine.ranges import mean_pitches

_REACH = 24


class Contour(LearnedExpert):
    """Reads its own melodic intervals and rhythm, nothing else."""

    name: ClassVar[str] = "contour"
    summary: ClassVar[str] = "its own line"
    window: ClassVar[int] = 2 * _REACH + 1
    zero: ClassVar[int] = _REACH
    own_sizes: ClassVar[tuple[int, ...]] = (MOTIONS, KINDS, MAX_SINCE + 1, 4)
    own_fields: ClassVar[tuple[str | None, ...]] = ("motion", "kind", "since", None)
    origin_follows_line: ClassVar[bool] = True

    def views(self, context: Context) -> Views:
        return single_view(context)

    def frame(self, context: Context, view: Tensor) -> ContourFrame:  # noqa: ARG002  # there is only one
        return ContourFrame(context)


class ContourFrame:
    """Zero is the voice's own last pitch; before its first note, where such a voice usually lies."""

    context_columns: None = None

    def __init__(self, context: Context) -> None:
        self._target = context.target
        self._fallback = torch.tensor(mean_pitches(), device=context.target.device)[context.target]

    def own_columns(self, past: Past, time: Time) -> Tensor:
        target = self._target if isinstance(time, int) else self._target[:, None]
        return stacked([past.motion, past.kind, past.since, target])

    def origin(self, past: Past, time: Time) -> Tensor:
        fallback = self._fallback if isinstance(time, int) else self._fallback[:, None]
        return torch.where(past.last == NO_PITCH, fallback, past.last)


def single_view(context: Context) -> Views:
    """One view for every voice: the frame as it is."""
    shape = (1, len(context.target))
    device = context.target.device
    return Views(torch.zeros(shape, dtype=torch.long, device=device), torch.ones(shape, device=device))
