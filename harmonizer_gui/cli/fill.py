"""`fill`: write voices of a piece."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from harmonizer_gui.cli.asking import asked_mix, check_output, loaded_model, whole_piece_in
from harmonizer_gui.engine.guidance import Guidance
from harmonizer_gui.engine.keys import key_lock
from harmonizer_gui.engine.model import Model
from harmonizer_gui.engine.requests import FillRequest, Spans
from harmonizer_gui.errors import UserError
from harmonizer_gui.files.formats import write
from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.session.locks import Locks
from harmonizer_gui.session.spans import has_cells, silent_spans

SWEEPS = 2
"""How often several voices are rewritten if nobody says otherwise."""


def run(arguments: argparse.Namespace) -> None:
    voices = tuple(dict.fromkeys(arguments.voices))
    paths = take_paths(arguments.output, arguments.takes)
    check_output(arguments.output)
    with whole_piece_in(arguments.file) as (score, guidance, locks):
        spans = tuple(free_spans(score, voice, locks, keep=arguments.keep) for voice in voices)
        takes = takes_of(score, voices, spans, guidance, arguments, len(paths))
        for path, take in zip(paths, takes, strict=True):
            write(take, path)
    for path, take in zip(paths, takes, strict=True):
        sys.stderr.write(f"{path.name}: {described(score, take, voices)}\n")


def takes_of(
    score: Score,
    voices: tuple[VoiceName, ...],
    spans: tuple[Spans, ...],
    guidance: Guidance,
    arguments: argparse.Namespace,
    count: int,
) -> Sequence[Score]:
    """The piece with the voices written, `count` times, each with a seed of its own."""
    model = loaded_model(arguments)
    mix = asked_mix(arguments, model.experts)
    if arguments.key_lock is not None:
        guidance, mix = guidance.lock(key_lock(arguments.key_lock)), mix.woken("key")
    sweeps = arguments.sweeps
    if sweeps is None:
        sweeps = SWEEPS if len(voices) > 1 else 0
    request = FillRequest(
        score,
        voices,
        mix=mix,
        seed=arguments.seed,
        takes=count,
        sweeps=sweeps,
        guidance=guidance,
        spans_by_voice=spans,
        noise=arguments.noise,
    )
    if not arguments.noise:
        return finished(model, request)
    # One by one, so that each hears noise of its own and take 2 of seed 7 is take 1 of seed 8 here, too.
    apart = [replace(request, seed=request.seed + take, takes=1) for take in range(count)]
    return [take for each in apart for take in finished(model, each)]


def finished(model: Model, request: FillRequest) -> tuple[Score, ...]:
    """The takes of a request when all steps are drawn."""
    takes: Sequence[Score] = ()
    for progress in model.fill(request):
        takes = progress.takes
    return tuple(takes)


def free_spans(score: Score, voice: VoiceName, locks: Locks, *, keep: bool) -> Spans:
    """What is to be written of a voice: its gaps, or all of it, but for what is locked.

    Raises UserError where nothing is left.
    """
    wanted = gaps(score, voice) if keep else ((0, score.end or score.length),)
    spans = locks.unlocked(voice, wanted)
    if not has_cells(score, spans):
        raise UserError(f"the {voice.label} is locked in the project, so that there is nothing to write")
    return spans


def gaps(score: Score, voice: VoiceName) -> Spans:
    """Where a voice is silent long enough to be written. Raises UserError where it is so nowhere."""
    spans = silent_spans(score, voice)
    if not spans:
        raise UserError(f"the {voice.label} is silent nowhere, so that there is nothing to fill")
    if not has_cells(score, spans):
        raise UserError(
            f"the {voice.label} is silent for less than a sixteenth only, the model’s smallest step, "
            "so that there is nothing to fill"
        )
    return spans


def take_paths(output: Path, takes: int | None) -> list[Path]:
    """OUT itself, or OUT-1 … OUT-N with `--takes`."""
    if takes is None:
        return [output]
    return [output.with_stem(f"{output.stem}-{take}") for take in range(1, takes + 1)]


def described(before: Score, after: Score, voices: Sequence[VoiceName]) -> str:
    """How many notes were written, of each voice; those that were there already do not count."""
    counts = []
    for voice in voices:
        fresh = frozenset(after.voice(voice)) - frozenset(before.voice(voice))
        count = sum(note.generated for note in fresh)
        rests = " (the model chose rests)" if not count else ""
        counts.append(f"{count} {'note' if count == 1 else 'notes'} of the {voice.label}{rests}")
    return f"wrote {', '.join(counts)}"
