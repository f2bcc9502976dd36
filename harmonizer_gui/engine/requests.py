"""What the engine is asked and what it answers: frozen values that can cross threads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from harmonizer_gui.engine.analysis import Analysis
from harmonizer_gui.engine.guidance import NO_GUIDANCE, Guidance
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.records import Record
from harmonizer_gui.score import Score, VoiceName

Spans = tuple[tuple[int, int], ...]
"""Stretches of time, as ticks [start, end)."""

MAX_TAKES = 64
MAX_SWEEPS = 100
SEEDS_PER_TURN = 1_000_003
"""How far apart the seeds of one turn and the next lie, so that every turn has chances of its own."""


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """What does every expert say about `voice`? Unwritten steps are answered by `lines` sampled lines.

    With `as_written` silence is what is written, not free paper: one line, rests and all.
    """

    score: Score
    voice: VoiceName
    mix: Mix = AS_LEARNED
    seed: int = 0
    lines: int = 8
    guidance: Guidance = NO_GUIDANCE
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class FillRequest:
    """Write `voices`, one after the other, given all that is written; then rewrite each given the rest.

    The rewriting is done `sweeps` times over (blocked Gibbs sampling: voices that were written first have
    not seen the later ones). `spans` are the ticks [start, end) to be written anew in each of the voices;
    what lies outside stays. None stands for the whole piece. `spans_by_voice`, where it is not empty, has
    the spans of each of the voices in their place.

    With `rewrite` what stands there is not cleared first: only the sweeps are done, each voice given the
    rest as it is. With `search` too, the answer is not several takes but the best line that was found among
    them so far, the one with the fewest bits per step; without sweeps that goes on for as long as anybody
    asks. `recorded` adds a `Record` of each take to the last progress. `noise` is the standard deviation of
    what blurs the inputs of every learned expert (`ExpertNetwork.noise`); all takes hear that of the first
    seed. Raises ValueError for a request that contradicts itself.
    """

    score: Score
    voices: tuple[VoiceName, ...]
    spans: Spans | None = None
    mix: Mix = AS_LEARNED
    seed: int = 0
    takes: int = 1
    sweeps: int = 0
    guidance: Guidance = NO_GUIDANCE
    spans_by_voice: tuple[Spans, ...] = ()
    rewrite: bool = False
    search: bool = False
    recorded: bool = False
    noise: float = 0.0

    def __post_init__(self) -> None:
        if not self.voices or len(set(self.voices)) != len(self.voices):
            raise ValueError("name each voice to be filled once")
        if not 1 <= self.takes <= MAX_TAKES:
            raise ValueError(f"{self.takes} takes asked for, 1–{MAX_TAKES} are possible")
        if not 0 <= self.sweeps <= MAX_SWEEPS:
            raise ValueError(f"{self.sweeps} sweeps asked for, 0–{MAX_SWEEPS} are possible")
        if self.spans_by_voice and len(self.spans_by_voice) != len(self.voices):
            raise ValueError("give spans for each voice, or for none")
        if self.search and not self.rewrite:
            raise ValueError("only rewriting can search")
        if self.rewrite and not (self.sweeps or self.search):
            raise ValueError("rewriting without a sweep writes nothing")

    @property
    def turns(self) -> int:
        """How often each voice is written; 0 for a search without end."""
        return self.sweeps if self.rewrite else 1 + self.sweeps

    def spans_of(self, voice: VoiceName) -> Spans | None:
        """The ticks to be written in one of the voices; None for all of it."""
        return self.spans_by_voice[self.voices.index(voice)] if self.spans_by_voice else self.spans


@dataclass(frozen=True, slots=True)
class FillProgress:
    """The takes so far, as whole scores; `done` of `total` steps are written (0 for a search without end)."""

    done: int
    total: int
    takes: Sequence[Score]
    """Until all is written these are made when one looks at them."""
    records: tuple[Record, ...] = ()
    """One for each take: at the end, if asked for; of a search as soon as there is a best line."""

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
