"""Beat: the place in the bar."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor

from harmonizer_gui.engine.alphabet import PITCHES, TOKENS
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.experts.base import LearnedExpert, Time, Views, stacked
from harmonizer_gui.engine.experts.contour import single_view
from harmonizer_gui.engine.grid import METRES, POSITIONS
from harmonizer_gui.engine.past import MAX_SINCE, Past


class Beat(LearnedExpert):
    """Reads the place in the bar and its own past in absolute pitch, nothing else."""

    name: ClassVar[str] = "beat"
    summary: ClassVar[str] = "place in the bar"
    window: ClassVar[int] = PITCHES
    zero: ClassVar[int] = 0
    own_sizes: ClassVar[tuple[int, ...]] = (
        TOKENS + 1,
        PITCHES + 1,
        MAX_SINCE + 1,
        POSITIONS,
        METRES * POSITIONS,
        4,
    )
    own_fields: ClassVar[tuple[str | None, ...]] = ("previous", "sounding", "since", None, None, None)

    def views(self, context: Context) -> Views:
        return single_view(context)

    def frame(self, context: Context, view: Tensor) -> BeatFrame:  # noqa: ARG002  # there is only one
        return BeatFrame(context)


class BeatFrame:
    """Absolute pitch."""

    context_columns: None = None

    def __init__(self, context: Context) -> None:
        self._context = context

    def own_columns(self, past: Past, time: Time) -> Tensor:
        target = self._context.target if isinstance(time, int) else self._context.target[:, None]
        position = self._context.position[:, time]
        metre = self._context.metre[:, time]
        return stacked(
            [past.previous, past.sounding, past.since, position, metre * POSITIONS + position, target]
        )

    def origin(self, past: Past, time: Time) -> Tensor:  # noqa: ARG002  # the same everywhere
        return torch.zeros_like(past.sounding)
