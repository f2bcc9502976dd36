"""The learned expert: a network in a frame. The frame says where zero is and what the network reads there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import torch
from torch import Tensor, nn

from harmonizer_gui.engine.alphabet import IMPOSSIBLE, PITCHES
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.network import ExpertNetwork, NetworkShape, NetworkStepper
from harmonizer_gui.engine.past import NO_PITCH, Past

BEYOND = 2.0
"""Nats by which the score falls with every semitone beyond the last interval of the window."""

Time = int | slice | Tensor
"""Which steps: one, a slice of them, or any number by their index [N]."""


@dataclass(frozen=True, slots=True)
class Views:
    """Through which views an expert looks at each of B voices, and how they share in the average."""

    values: Tensor
    """[V, B] what the views are is the expert's own affair: a reference voice, a transposition."""
    weights: Tensor
    """[V, B], summing to 1 over the views; a view of weight 0 for all voices may be left out."""

    def used(self) -> Views:
        """Without the views that count for nobody."""
        rows = self.weights.sum(dim=1) > 0
        return Views(self.values[rows], self.weights[rows])


class Frame(Protocol):
    """One batch of voices seen through a frame: what the network reads, and where its zero is."""

    @property
    def context_columns(self) -> Tensor | None:
        """[B, T, C] what is read of the surroundings, None if nothing."""
        ...

    def own_columns(self, past: Past, time: Time) -> Tensor:
        """[B, C] at one step or [B, T, C] for several: what is read of the own past."""
        ...

    def origin(self, past: Past, time: Time) -> Tensor:
        """[B] or [B, T]: index of the pitch that interval 0 stands for."""
        ...


class LearnedExpert(nn.Module):
    """log p(token | past, context), from an LSTM that knows pitches only in its own frame.

    The network scores a window of intervals to the origin, HOLD and REST; the scores are shifted to absolute
    pitch and normalised. Nothing wraps: beyond its ends the window fades, so that no expert can veto a pitch
    only because its window is too narrow. An expert may look
    through several views of one frame: they run as one batch, their log-probabilities are averaged and
    renormalised.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    """What it looks at, in a few words, for the user."""
    window: ClassVar[int]
    """How many intervals the network scores."""
    zero: ClassVar[int]
    """The place of interval 0 in the window."""
    context_sizes: ClassVar[tuple[int, ...]] = ()
    own_sizes: ClassVar[tuple[int, ...]]
    own_fields: ClassVar[tuple[str | None, ...]]
    """The one field of the past that each own column depends on, None for one that depends on none."""
    frame_moves: ClassVar[bool] = False
    """Whether the frame moves with the music around, so that what is read of the past depends on the step."""
    origin_follows_line: ClassVar[bool] = False
    """Whether the origin moves with the last pitch of the line itself (`Past.last`)."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.network = ExpertNetwork(
            shape,
            context_sizes=self.context_sizes,
            own_sizes=self.own_sizes,
            outputs=self.window + 2,
        )

    def views(self, context: Context) -> Views:
        """All views in use, or a single one drawn at random in training."""
        raise NotImplementedError

    def frame(self, context: Context, view: Tensor) -> Frame:
        """The surroundings of B voices, each through its view [B]."""
        raise NotImplementedError

    def forward(self, past: Past, context: Context) -> Tensor:
        """[B, T, 90] the log-probabilities of whole lines, teacher-forced."""
        views = self.views(context).used()
        count = views.values.shape[0]
        frame = self.frame(context.repeated(count), views.values.flatten())
        seen = past.repeated(count)
        scores = self.network(frame.context_columns, frame.own_columns(seen, slice(None))).float()
        log_probs = self.absolute(scores, frame.origin(seen, slice(None)), seen.sounding)
        return _averaged(log_probs, views.weights)

    def absolute(self, scores: Tensor, origin: Tensor, sounding: Tensor) -> Tensor:
        """Shift scores […, window + 2] from intervals to absolute pitch and normalise: […, 90].

        `origin` […] says which pitch index interval 0 is; `sounding` […] what HOLD would hold.
        """
        place = torch.arange(PITCHES, device=scores.device) - origin[..., None] + self.zero
        nearest = place.clamp(0, self.window - 1)
        shifted = scores[..., : self.window].gather(-1, nearest) - BEYOND * (place - nearest).abs()
        hold = scores[..., self.window : self.window + 1]
        hold = hold.masked_fill((sounding == NO_PITCH)[..., None], IMPOSSIBLE)
        return torch.cat([shifted, hold, scores[..., self.window + 1 :]], dim=-1).log_softmax(dim=-1)


class ExpertStepper:
    """A learned expert one step at a time; agrees with `forward` on the same tokens.

    `lines` lines run along each of the B voices of `context`, in its order: K = B · lines.
    """

    def __init__(self, expert: LearnedExpert, context: Context, lines: int) -> None:
        views = expert.views(context).used()
        self._expert = expert
        self._count = views.values.shape[0]
        self._weights = views.weights.repeat_interleave(lines, dim=1)
        columns = expert.frame(context.repeated(self._count), views.values.flatten()).context_columns
        rows = self._count * len(context.target)
        self._network = NetworkStepper(expert.network, columns, rows=rows, lines=lines, steps=context.steps)
        self._frame = expert.frame(
            context.spread(lines).repeated(self._count),
            views.values.repeat_interleave(lines, dim=1).flatten(),
        )

    def step(self, time: int, past: Past) -> Tensor:
        """[K, 90] the log-probabilities at the step `time` given the past [K]."""
        seen = past.repeated(self._count)
        scores = self._network.step(time, self._frame.own_columns(seen, time))
        return _averaged(
            self._expert.absolute(scores, self._frame.origin(seen, time), seen.sounding), self._weights
        )


def _averaged(log_probs: Tensor, weights: Tensor) -> Tensor:
    """The renormalised geometric mean over the views: [V · B, …, 90] and [V, B] → [B, …, 90]."""
    count = weights.shape[0]
    if count == 1:
        return log_probs
    apart = log_probs.reshape(count, -1, *log_probs.shape[1:])
    weights = weights.reshape(*weights.shape, *[1] * (apart.ndim - 2))
    mean: Tensor = (apart * weights).sum(dim=0)
    return mean.log_softmax(dim=-1)


def stacked(columns: Sequence[Tensor]) -> Tensor:
    """Columns as one tensor [B, T, C] (or [B, C]); narrower ones are spread like the first."""
    return torch.stack([column.expand_as(columns[0]) for column in columns], dim=-1)
