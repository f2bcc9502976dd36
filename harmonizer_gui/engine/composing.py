"""From nothing to a piece: a first voice from what knows no other, then the others, then rewriting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from harmonizer_gui.engine.guidance import NO_GUIDANCE, Guidance
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.requests import SEEDS_PER_TURN, FillProgress, FillRequest, HarmonyModel
from harmonizer_gui.score import KeySignature, Score, TimeSignature, VoiceName

MAX_BARS = 200
USUAL_SWEEPS = 4
"""How often a piece from nothing is rewritten unless asked otherwise (docs/model.md has the figures)."""
_ALONE = frozenset({"contour", "beat", "range", "key"})
"""The experts that have something to say about a voice while no other is known."""
_ORDER = (VoiceName.SOPRANO, VoiceName.BASS, VoiceName.ALTO, VoiceName.TENOR)


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """`bars` bars of music from nothing, rewritten voice by voice `sweeps` times over.

    `recorded` adds a `Record` to the last progress, unless nothing is rewritten; `noise` is that of every
    `FillRequest`. Raises ValueError for a number of bars that is not 1–200.
    """

    bars: int
    time_signature: TimeSignature = TimeSignature(0, 4, 4)  # noqa: RUF009  # a frozen value
    key: KeySignature | None = None
    mix: Mix = AS_LEARNED
    seed: int = 0
    sweeps: int = USUAL_SWEEPS
    guidance: Guidance = NO_GUIDANCE
    recorded: bool = False
    noise: float = 0.0

    def __post_init__(self) -> None:
        if not 1 <= self.bars <= MAX_BARS:
            raise ValueError(f"{self.bars} bars asked for, 1–{MAX_BARS} are possible")


Writing = FillRequest | ComposeRequest
"""What makes a model write."""


def written_by(model: HarmonyModel, request: Writing) -> Iterator[FillProgress]:
    """The progress of a request of either kind."""
    return compose(model, request) if isinstance(request, ComposeRequest) else model.fill(request)


def compose(model: HarmonyModel, request: ComposeRequest) -> Iterator[FillProgress]:
    """Yield the piece as it is written; the last progress is complete.

    The soprano comes from Contour × Beat, as Goree planned it (“Taking the Product”, 2016), within its range
    and, if a key is given, within its scale; the other voices from the whole product.
    """
    mix = request.mix if request.key is None else request.mix.with_factor("key", 1.0)
    score = Score(
        time_signatures=(request.time_signature,),
        key_signatures=() if request.key is None else (request.key,),
    )
    spans = ((0, request.bars * request.time_signature.bar_ticks),)
    voices = len(_ORDER)
    total = 0
    for turn, voice in enumerate(_ORDER):
        fill = FillRequest(
            score,
            (voice,),
            spans=spans,
            mix=mix if turn else replace(mix, soloed=_ALONE),
            seed=request.seed + turn * SEEDS_PER_TURN,
            guidance=request.guidance,
            noise=request.noise,
        )
        for progress in model.fill(fill):
            total = progress.total * voices * (1 + request.sweeps)
            yield FillProgress(turn * progress.total + progress.done, total, progress.takes)
            (score,) = progress.takes
    if request.sweeps:
        rewriting = FillRequest(
            score,
            tuple(VoiceName),
            spans=spans,
            mix=mix,
            seed=request.seed + voices * SEEDS_PER_TURN,
            sweeps=request.sweeps,
            guidance=request.guidance,
            rewrite=True,
            recorded=request.recorded,
            noise=request.noise,
        )
        for progress in model.fill(rewriting):
            yield FillProgress(
                total - progress.total + progress.done, total, progress.takes, progress.records
            )
