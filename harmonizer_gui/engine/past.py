"""What a voice has done before a step, as columns of categories; whole lines at once, or step by step."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST, TOKENS

NO_PITCH = PITCHES
START = TOKENS
ONSET_KIND, HOLD_KIND, REST_KIND, START_KIND = range(4)
KINDS = 4
MAX_MOTION = 12
NO_MOTION = 2 * MAX_MOTION + 1
MOTIONS = NO_MOTION + 1
MAX_SINCE = 31


@dataclass(frozen=True, slots=True)
class Past:
    """The past of each cell: integer tensors of one shape, [B, T] for whole lines or [B] for one step."""

    previous: Tensor
    """Token of the step before, START at the first step."""
    kind: Tensor
    """Its kind: onset, HOLD, REST, start."""
    sounding: Tensor
    """Index of the pitch that sounds just before, NO_PITCH where none does."""
    last: Tensor
    """Index of the last pitch struck, through rests, NO_PITCH before the first."""
    motion: Tensor
    """The last melodic interval, clipped to ±12, plus 12; NO_MOTION before the second note."""
    since: Tensor
    """Steps since the last onset, at most 31."""

    @staticmethod
    def start(batch: int, device: torch.device) -> Past:
        """The past of the first step."""
        full = torch.full((batch,), 0, dtype=torch.long, device=device)
        return Past(full + START, full + START_KIND, full + NO_PITCH, full + NO_PITCH, full + NO_MOTION, full)

    def then(self, token: Tensor) -> Past:
        """The past one step later, after `token` [B]."""
        onset = token < PITCHES
        hold = token == HOLD
        moved = (token - self.last).clamp(-MAX_MOTION, MAX_MOTION) + MAX_MOTION
        interval = torch.where(self.last == NO_PITCH, NO_MOTION, moved)
        return Past(
            previous=token,
            kind=kinds(token),
            sounding=torch.where(onset, token, torch.where(hold, self.sounding, NO_PITCH)),
            last=torch.where(onset, token, self.last),
            motion=torch.where(onset, interval, self.motion),
            since=torch.where(onset, 1, (self.since + 1).clamp(max=MAX_SINCE)),
        )

    @staticmethod
    def of(tokens: Tensor) -> Past:
        """The past of every cell of whole lines `tokens` [B, T]; column t knows tokens before t only."""
        batch, steps = tokens.shape
        time = torch.arange(steps, device=tokens.device).expand(batch, steps)
        onset = tokens < PITCHES
        struck = torch.where(onset, time, -1).cummax(dim=1).values
        event = torch.where(tokens != HOLD, time, -1).cummax(dim=1).values
        last = _at(tokens, struck, NO_PITCH)
        before = _at(tokens, _delayed(struck, -1).gather(1, struck.clamp(min=0)), NO_PITCH)
        interval = (last - before).clamp(-MAX_MOTION, MAX_MOTION) + MAX_MOTION
        motion = torch.where((struck >= 0) & (before != NO_PITCH), interval, NO_MOTION)
        sounding = _at(tokens, event, NO_PITCH)
        sounding = torch.where(sounding == REST, NO_PITCH, sounding)
        since = (time - _delayed(struck, 0).clamp(min=0)).clamp(max=MAX_SINCE)
        return Past(
            previous=_delayed(tokens, START),
            kind=_delayed(kinds(tokens), START_KIND),
            sounding=_delayed(sounding, NO_PITCH),
            last=_delayed(last, NO_PITCH),
            motion=_delayed(motion, NO_MOTION),
            since=since,
        )

    def repeated(self, times: int) -> Past:
        """The same past for `times` views, view by view: [B, …] → [times · B, …]."""
        return self if times == 1 else Past(*(repeated(getattr(self, name), times) for name in _FIELDS))


_FIELDS = ("previous", "kind", "sounding", "last", "motion", "since")


def repeated(values: Tensor, times: int) -> Tensor:
    """[B, …] → [times · B, …]: the whole batch, again and again."""
    return values.repeat(times, *[1] * (values.ndim - 1))


def kinds(tokens: Tensor) -> Tensor:
    """ONSET_KIND, HOLD_KIND or REST_KIND of each token, of any shape."""
    return (tokens - (PITCHES - 1)).clamp(min=0)


def _at(values: Tensor, index: Tensor, missing: int) -> Tensor:
    """values[b, index[b, t]], `missing` where the index is negative."""
    return torch.where(index >= 0, values.gather(1, index.clamp(min=0)), missing)


def _delayed(values: Tensor, first: int) -> Tensor:
    """One step later in time, `first` in front."""
    return torch.nn.functional.pad(values[:, :-1], (1, 0), value=first)
