"""`fill`: write voices of a piece."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from harmonizer_gui.cli.asking import asked_mix, check_output, guided_piece_in, loaded_model
from harmonizer_gui.engine.guidance import Guidance
from harmonizer_gui.engine.keys import key_lock
from harmonizer_gui.engine.model import Model
from harmonizer_gui.engine.requests import FillRequest
from harmonizer_gui.errors import UserError
from harmonizer_gui.files.formats import write
from harmonizer_gui.score import Score, VoiceName

SWEEPS = 2
"""How often several voices are rewritten if nobody says otherwise."""


def run(arguments: argparse.Namespace) -> None:
    voices = tuple(dict.fromkeys(arguments.voices))
    paths = take_paths(arguments.output, arguments.takes)
    check_output(arguments.output)
    with guided_piece_in(arguments.file) as (score, guidance):
        takes = takes_of(score, voices, guidance, arguments, len(paths))
        for path, take in zip(paths, takes, strict=True):
            write(take, path)
    for path, take in zip(paths, takes, strict=True):
        sys.stderr.write(f"{path.name}: {described(take, voices)}\n")


def takes_of(
    score: Score,
    voices: tuple[VoiceName, ...],
    guidance: Guidance,
    arguments: argparse.Namespace,
    count: int,
) -> Sequence[Score]:
    """The piece with the voices written, `count` times, each with a seed of its own."""
    model = loaded_model(arguments)
    mix = asked_mix(arguments, model.experts)
    if arguments.key_lock is not None:
        guidance, mix = guidance.lock(key_lock(arguments.key_lock)), mix.woken("key")
    request = FillRequest(score, voices, mix=mix, seed=arguments.seed, guidance=guidance)
    if arguments.keep:
        return [kept(model, replace(request, seed=request.seed + index)) for index in range(count)]
    sweeps = arguments.sweeps
    if sweeps is None:
        sweeps = SWEEPS if len(voices) > 1 else 0
    return finished(model, replace(request, takes=count, sweeps=sweeps))


def finished(model: Model, request: FillRequest) -> tuple[Score, ...]:
    """The takes of a request when all steps are drawn."""
    takes: Sequence[Score] = ()
    for progress in model.fill(request):
        takes = progress.takes
    return tuple(takes)


def kept(model: Model, request: FillRequest) -> Score:
    """One take in which the voices keep their notes; only where they are silent is written."""
    score = request.score
    for voice in request.voices:
        spans = silent_spans(score, voice)
        if not spans:
            raise UserError(f"the {voice.label} is silent nowhere, so that there is nothing to fill")
        (score,) = finished(model, replace(request, score=score, voices=(voice,), spans=spans))
    return score


def silent_spans(score: Score, voice: VoiceName) -> tuple[tuple[int, int], ...]:
    """The ticks [start, end) where a voice is silent, up to the end of the piece."""
    edges = [0, *(tick for note in score.voice(voice) for tick in (note.start, note.end))]
    edges.append(max(score.end, edges[-1]) or score.length)
    return tuple((start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end)


def take_paths(output: Path, takes: int | None) -> list[Path]:
    """OUT itself, or OUT-1 … OUT-N with `--takes`."""
    if takes is None:
        return [output]
    return [output.with_stem(f"{output.stem}-{take}") for take in range(1, takes + 1)]


def described(score: Score, voices: Sequence[VoiceName]) -> str:
    counts = [
        f"{sum(note.generated for note in score.voice(voice))} notes of the {voice.label}" for voice in voices
    ]
    return f"wrote {', '.join(counts)}"
