"""What the engine is asked and what it answers: frozen values that can cross threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from harmonizer_gui.engine.analysis import Analysis
from harmonizer_gui.engine.guidance import NO_GUIDANCE, Guidance
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.score import Score, VoiceName

MAX_TAKES = 64
MAX_SWEEPS = 100
SEEDS_PER_TURN = 1_000_003
"""How far apart the seeds of one turn and the next lie, so that every turn has chances of its own."""


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """What does every expert say about `voice`? Unwritten steps are answered by `lines` sampled lines."""

    score: Score
    voice: VoiceName
    mix: Mix = AS_LEARNED
    seed: int = 0
    lines: int = 8
    guidance: Guidance = NO_GUIDANCE


@dataclass(frozen=True, slots=True)
class FillRequest:
    """Write `voices`, one after the other, given all that is written; then rewrite each given the rest.

    The rewriting is done `sweeps` times over (blocked Gibbs sampling: voices that were written first have
    not seen the later ones). `spans` are the ticks [start, end) to be written anew in each of the voices;
    what lies outside stays. None stands for the whole piece. Raises ValueError for a request that
    contradicts itself.
    """

    score: Score
    voices: tuple[VoiceName, ...]
    spans: tuple[tuple[int, int], ...] | None = None
    mix: Mix = AS_LEARNED
    seed: int = 0
    takes: int = 1
    sweeps: int = 0
    guidance: Guidance = NO_GUIDANCE

    def __post_init__(self) -> None:
        if not self.voices or len(set(self.voices)) != len(self.voices):
            raise ValueError("name each voice to be filled once")
        if not 1 <= self.takes <= MAX_TAKES:
            raise ValueError(f"{self.takes} takes asked for, 1–{MAX_TAKES} are possible")
        if not 0 <= self.sweeps <= MAX_SWEEPS:
            raise ValueError(f"{self.sweeps} sweeps asked for, 0–{MAX_SWEEPS} are possible")


@dataclass(frozen=True, slots=True)
class FillProgress:
    """The takes so far, as whole scores; `done` of `total` steps are written."""

    done: int
    total: int
    takes: tuple[Score, ...]

    @property
    def complete(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about something the model had to do without; `details` for whoever looks into it."""

    text: str
    details: str = ""


class HarmonyModel(Protocol):
    """The trained product as the session sees it."""

    @property
    def experts(self) -> tuple[str, ...]:
        """The names of all, the untrained ones last. An analysis has those with something to say."""
        ...

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of those that need no training."""
        ...

    @property
    def device(self) -> str:
        """`CPU`, or the name of the GPU."""
        ...

    @property
    def name(self) -> str: ...

    def take_remarks(self) -> tuple[Remark, ...]:
        """What has happened since this was last asked; also between two steps of a fill."""
        ...

    def analyse(self, request: AnalysisRequest) -> Analysis: ...

    def fill(self, request: FillRequest) -> Iterator[FillProgress]:
        """Yield the takes as they are sampled; not asking for the next is how one cancels."""
        ...
