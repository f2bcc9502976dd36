"""`fill`: write voices of a piece."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from harmonizer_gui.cli.asking import asked_mix, check_output, loaded_model, piece_in
from harmonizer_gui.engine.mix import Mix
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
    with piece_in(arguments.file) as score:
        takes = takes_of(score, voices, arguments, len(paths))
        for path, take in zip(paths, takes, strict=True):
            write(take, path)
    for path, take in zip(paths, takes, strict=True):
        sys.stderr.write(f"{path.name}: {described(take, voices)}\n")


def takes_of(
    score: Score, voices: tuple[VoiceName, ...], arguments: argparse.Namespace, count: int
) -> Sequence[Score]:
    """The piece with the voices written, `count` times, each with a seed of its own."""
    model = loaded_model(arguments)
    mix = asked_mix(arguments, model.experts)
    if arguments.keep:
        return [kept(model, score, voices, mix, arguments.seed + index) for index in range(count)]
    sweeps = arguments.sweeps
    if sweeps is None:
        sweeps = SWEEPS if len(voices) > 1 else 0
    request = FillRequest(score, voices, mix=mix, seed=arguments.seed, takes=count, sweeps=sweeps)
    return finished(model, request)


def finished(model: Model, request: FillRequest) -> tuple[Score, ...]:
    """The takes of a request when all steps are drawn."""
    takes: tuple[Score, ...] = ()
    for progress in model.fill(request):
        takes = progress.takes
    return takes


def kept(model: Model, score: Score, voices: Sequence[VoiceName], mix: Mix, seed: int) -> Score:
    """One take in which the voices keep their notes; only where they are silent is written."""
    for voice in voices:
        spans = silent_spans(score, voice)
        if not spans:
            raise UserError(f"the {voice.label} is silent nowhere, so that there is nothing to fill")
        (score,) = finished(model, FillRequest(score, (voice,), spans=spans, mix=mix, seed=seed))
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
