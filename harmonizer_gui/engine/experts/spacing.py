"""Spacing: pitches as intervals to another voice."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor

from harmonizer_gui.engine.context import SILENT, UNKNOWN, Context
from harmonizer_gui.engine.experts.base import LearnedExpert, Time, Views, stacked
from harmonizer_gui.engine.experts.simple import PLACE_SIZES, place_columns
from harmonizer_gui.engine.past import KINDS, MAX_MOTION, MAX_SINCE, NO_PITCH, Past
from harmonizer_gui.engine.ranges import mean_pitches

_REACH = 36
_INTERVALS = 2 * _REACH + 1


class Spacing(LearnedExpert):
    """Reads the intervals of all voices to a reference voice, before and after, and its own last pitch so.

    Each of the other voices that is known at all serves as the reference; in training one drawn at random.
    No absolute pitch enters, so that it is exactly transposition invariant wherever a reference is known.
    """

    name: ClassVar[str] = "spacing"
    summary: ClassVar[str] = "intervals to the other voices"
    window: ClassVar[int] = _INTERVALS
    zero: ClassVar[int] = _REACH
    context_sizes: ClassVar[tuple[int, ...]] = (
        *4 * (_INTERVALS + 2,),
        *4 * (KINDS,),
        2 * MAX_MOTION + 1,
        4,
        4,
        *PLACE_SIZES,
    )
    own_sizes: ClassVar[tuple[int, ...]] = (_INTERVALS + 1, KINDS, MAX_SINCE + 1, 4, 4)
    own_fields: ClassVar[tuple[str | None, ...]] = ("last", "kind", "since", None, None)
    frame_moves: ClassVar[bool] = True

    def views(self, context: Context) -> Views:
        known = (context.sounding != UNKNOWN).any(dim=2).float()
        others = torch.arange(4, device=known.device) != context.target[:, None]
        wanted = torch.where(others, known + 1e-9, 0.0)
        if self.training:
            drawn = torch.multinomial(wanted, 1).T
            return Views(drawn, torch.ones(drawn.shape, device=known.device))
        weights = torch.where(known * others > 0, 1.0, 0.0)
        weights = torch.where(weights.sum(dim=1, keepdim=True) > 0, weights, others.float())
        values = torch.arange(4, device=known.device)[:, None].expand(4, len(context.target))
        return Views(values, (weights / weights.sum(dim=1, keepdim=True)).T)

    def frame(self, context: Context, view: Tensor) -> SpacingFrame:
        return SpacingFrame(context, view)


class SpacingFrame:
    """Zero is the pitch of the reference voice `view` [B]: its last one through rests and unknown cells."""

    def __init__(self, context: Context, view: Tensor) -> None:
        self._context = context
        self._view = view
        batch = torch.arange(len(view), device=view.device)
        fallback = torch.tensor(mean_pitches(), device=view.device)[view]
        self._origin = _carried(context.sounding[batch, view], fallback)

    @property
    def context_columns(self) -> Tensor:
        context = self._context
        intervals = (context.sounding - self._origin[:, None]).clamp(-_REACH, _REACH) + _REACH
        marks = context.sounding - SILENT + _INTERVALS
        voices = torch.where(context.sounding < SILENT, intervals, marks)
        motion = torch.diff(self._origin, dim=1, prepend=self._origin[:, :1])
        return torch.cat(
            [
                voices.transpose(1, 2),
                context.kind.transpose(1, 2),
                stacked(
                    [
                        motion.clamp(-MAX_MOTION, MAX_MOTION) + MAX_MOTION,
                        self._view[:, None],
                        context.target[:, None],
                        *place_columns(context),
                    ]
                ),
            ],
            dim=-1,
        )

    def own_columns(self, past: Past, time: Time) -> Tensor:
        interval = (past.last - self._origin[:, time]).clamp(-_REACH, _REACH) + _REACH
        target, view = self._context.target, self._view
        if not isinstance(time, int):
            target, view = target[:, None], view[:, None]
        known = torch.where(past.last == NO_PITCH, _INTERVALS, interval)
        return stacked([known, past.kind, past.since, target, view])

    def origin(self, past: Past, time: Time) -> Tensor:  # noqa: ARG002  # known beforehand
        return self._origin[:, time]


def _carried(sounding: Tensor, fallback: Tensor) -> Tensor:
    """The pitch of a voice [B, T] carried through gaps, backwards before its first note; else `fallback`."""
    steps = torch.arange(sounding.shape[1], device=sounding.device).expand_as(sounding)
    pitched = sounding < SILENT
    latest = torch.where(pitched, steps, -1).cummax(dim=1).values
    first = torch.where(pitched, steps, sounding.shape[1]).amin(dim=1, keepdim=True)
    place = torch.where(latest >= 0, latest, first)
    nowhere = place >= sounding.shape[1]
    carried = sounding.gather(1, place.clamp(max=sounding.shape[1] - 1))
    return torch.where(nowhere, fallback[:, None], carried)
