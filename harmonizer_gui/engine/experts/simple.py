"""Simple: absolute pitch; the expert that sees everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import torch
from torch import Tensor

from harmonizer_gui.engine.alphabet import PITCHES, TOKENS
from harmonizer_gui.engine.context import SILENT, Context
from harmonizer_gui.engine.experts.base import LearnedExpert, Time, Views, stacked
from harmonizer_gui.engine.grid import METRES, POSITIONS
from harmonizer_gui.engine.network import NetworkShape
from harmonizer_gui.engine.past import KINDS, MAX_SINCE, NO_PITCH, Past


class Simple(LearnedExpert):
    """Reads all voices before and after, and its own past, as absolute pitches.

    Its views are transpositions: the piece as it stands, lower and higher.
    """

    name: ClassVar[str] = "simple"
    summary: ClassVar[str] = "all voices, absolute pitch"
    window: ClassVar[int] = PITCHES
    zero: ClassVar[int] = 0
    context_sizes: ClassVar[tuple[int, ...]] = (
        *4 * (PITCHES + 2,),
        *4 * (KINDS,),
        POSITIONS,
        METRES * POSITIONS,
        2,
        4,
    )
    own_sizes: ClassVar[tuple[int, ...]] = (TOKENS + 1, PITCHES + 1, MAX_SINCE + 1, 4)
    own_fields: ClassVar[tuple[str | None, ...]] = ("previous", "sounding", "since", None)

    def __init__(self, shape: NetworkShape, *, transpositions: Sequence[int] = (0,)) -> None:
        super().__init__(shape)
        self.transpositions = tuple(transpositions)

    def views(self, context: Context) -> Views:
        used = (0,) if self.training else self.transpositions
        values = torch.tensor(used, device=context.target.device)[:, None].expand(-1, len(context.target))
        return Views(values, torch.full(values.shape, 1.0 / len(used), device=values.device))

    def frame(self, context: Context, view: Tensor) -> SimpleFrame:
        return SimpleFrame(context, view)


class SimpleFrame:
    """Absolute pitch, every pitch moved by the transposition `view` [B]."""

    def __init__(self, context: Context, view: Tensor) -> None:
        self._context = context
        self._view = view

    @property
    def context_columns(self) -> Tensor:
        context = self._context
        voices = _moved(context.sounding, self._view[:, None, None], below=SILENT)
        return torch.cat(
            [
                voices.transpose(1, 2),
                context.kind.transpose(1, 2),
                stacked([*place_columns(context), context.target[:, None]]),
            ],
            dim=-1,
        )

    def own_columns(self, past: Past, time: Time) -> Tensor:
        view = self._view if isinstance(time, int) else self._view[:, None]
        target = self._context.target if isinstance(time, int) else self._context.target[:, None]
        return stacked(
            [
                _moved(past.previous, view, below=PITCHES),
                _moved(past.sounding, view, below=NO_PITCH),
                past.since,
                target,
            ]
        )

    def origin(self, past: Past, time: Time) -> Tensor:
        view = self._view if isinstance(time, int) else self._view[:, None]
        return (-view).expand_as(past.sounding)


def place_columns(context: Context) -> list[Tensor]:
    """Where in the bar each step is, and whether a fermata stands there: three columns [B, T]."""
    return [context.position, context.metre * POSITIONS + context.position, context.fermata]


PLACE_SIZES = (POSITIONS, METRES * POSITIONS, 2)


def _moved(values: Tensor, semitones: Tensor, *, below: int) -> Tensor:
    """Transpose the values under `below` (pitches), clipped to the range; leave the marks above it."""
    return torch.where(values < below, (values + semitones).clamp(0, PITCHES - 1), values)
