"""What the networks are shown of the music around a voice. The voice's own unwritten cells are not in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST
from harmonizer_gui.engine.grid import Grid
from harmonizer_gui.engine.past import KINDS, kinds, repeated
from harmonizer_gui.score import VoiceName

SILENT = PITCHES
UNKNOWN = PITCHES + 1
UNKNOWN_KIND = KINDS - 1


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of B target voices over T steps, as integer tensors."""

    sounding: Tensor
    """[B, 4, T] index of the sounding pitch, SILENT, or UNKNOWN for a cell that is hidden or unwritten."""
    kind: Tensor
    """[B, 4, T] onset, HOLD, REST, or UNKNOWN_KIND."""
    fermata: Tensor
    """[B, T] 1 under a fermata of a known cell."""
    position: Tensor
    """[B, T] step within the bar."""
    metre: Tensor
    """[B, T] kind of metre."""
    target: Tensor
    """[B] the voice to be predicted."""

    @property
    def steps(self) -> int:
        return int(self.position.shape[1])

    @property
    def others_known(self) -> Tensor:
        """[B, T] how many of the other three voices are known at each step."""
        known = self.sounding != UNKNOWN
        known = known.scatter(1, self.target[:, None, None].expand(-1, 1, self.steps), value=False)
        return known.sum(dim=1)

    def without(self, hidden: Tensor) -> Context:
        """The same with the voices of `hidden` [B, 4] unknown; without fermatas where nothing is known."""
        sounding = torch.where(hidden[..., None], UNKNOWN, self.sounding)
        return replace(
            self,
            sounding=sounding,
            kind=torch.where(hidden[..., None], UNKNOWN_KIND, self.kind),
            fermata=self.fermata * (sounding != UNKNOWN).any(dim=1),
        )

    def repeated(self, times: int) -> Context:
        """The same surroundings `times` over: [B, …] → [times · B, …]."""
        return self if times == 1 else Context(*(repeated(getattr(self, name), times) for name in _FIELDS))

    @staticmethod
    def joined(contexts: Sequence[Context]) -> Context:
        """The voices of several contexts as one batch."""
        if len(contexts) == 1:
            return contexts[0]
        return Context(*(torch.cat([getattr(each, name) for each in contexts]) for name in _FIELDS))

    def spread(self, lines: int) -> Context:
        """Each voice `lines` times in a row: [B, …] → [B · lines, …]."""
        return Context(*(getattr(self, name).repeat_interleave(lines, dim=0) for name in _FIELDS))

    def to(self, device: torch.device) -> Context:
        return Context(*(getattr(self, name).to(device) for name in _FIELDS))

    @staticmethod
    def of(
        *, tokens: Tensor, known: Tensor, fermata: Tensor, position: Tensor, metre: Tensor, target: Tensor
    ) -> Context:
        """Build it from tokens, known and fermata [B, 4, T], position and metre [B, T], target [B].

        Nothing of a cell that is not known enters, so the target's own tokens cannot leak.
        """
        return Context(
            sounding=torch.where(known, sounding_pitches(tokens), UNKNOWN),
            kind=torch.where(known, kinds(tokens), UNKNOWN_KIND),
            fermata=(fermata & known).any(dim=1).long(),
            position=position,
            metre=metre,
            target=target,
        )


_FIELDS = ("sounding", "kind", "fermata", "position", "metre", "target")


def sounding_pitches(tokens: Tensor) -> Tensor:
    """Index of the pitch that sounds in each cell, SILENT where none does; `tokens` [..., T]."""
    time = torch.arange(tokens.shape[-1], device=tokens.device).expand(tokens.shape)
    event = torch.where(tokens != HOLD, time, -1).cummax(dim=-1).values
    token = tokens.gather(-1, event.clamp(min=0))
    return torch.where((event < 0) | (token == REST), SILENT, token)


def context_of(
    grid: Grid, target: VoiceName, *, pinned: np.ndarray | None = None, device: torch.device
) -> Context:
    """The context of one voice of a grid (B = 1): what is written of the others, and its `pinned` [T]."""
    known = grid.written.copy()
    known[target] = False if pinned is None else pinned & grid.written[target]

    def batch(array: np.ndarray) -> Tensor:
        return torch.from_numpy(array[None]).to(device)

    return Context.of(
        tokens=batch(grid.tokens.astype(np.int64)),
        known=batch(known),
        fermata=batch(grid.fermata),
        position=batch(grid.position.astype(np.int64)),
        metre=batch(grid.metre.astype(np.int64)),
        target=torch.tensor([int(target)], device=device),
    )
