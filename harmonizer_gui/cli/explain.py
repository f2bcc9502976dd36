"""`explain`: bits per step of a written voice, its least likely notes, and why."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from harmonizer_gui.cli.asking import asked_mix, guided_piece_in, loaded_model
from harmonizer_gui.engine.alphabet import HOLD, PITCHES, STEP_TICKS, token_name
from harmonizer_gui.engine.analysis import Analysis
from harmonizer_gui.engine.explaining import PRODUCT, Account, accounts
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.engine.wording import sentence
from harmonizer_gui.errors import UserError
from harmonizer_gui.score import LOWEST_PITCH, KeySignature, Score, VoiceName, pitch_name


def run(arguments: argparse.Namespace) -> None:
    with guided_piece_in(arguments.file) as (score, guidance):
        voice: VoiceName = arguments.voice
        if not len(score.voice(voice)):
            raise UserError(f"{arguments.file.name}: the {voice.label} is empty, there is nothing to explain")
        model = loaded_model(arguments)
        mix = asked_mix(arguments, model.experts)
        request = AnalysisRequest(score, voice, mix=mix, guidance=guidance, as_written=True)
        analysis = model.analyse(request)
    steps = accounts(analysis, mix)
    if arguments.json:
        named = [step.to_values(STEP_TICKS, score.key_at(step.step * STEP_TICKS)) for step in steps]
        values = {"voice": voice.label, "steps": named}
        sys.stdout.write(json.dumps(values) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _told(score, voice, analysis, steps, arguments.notes))


def _told(
    score: Score, voice: VoiceName, analysis: Analysis, steps: Sequence[Account], most: int
) -> Iterator[str]:
    notes = [step for step in steps if step.written < PITCHES]
    yield f"{score.title or 'Untitled'} – {voice.label}: {len(steps)} steps, {len(notes)} notes"
    yield "Bits per step of what is written:"
    width = max(map(len, steps[0].bits))
    for name in steps[0].bits:
        mean = np.mean([step.bits[name] for step in steps])
        yield f"  {name.capitalize():{width}}  {mean:6.3f}"
    yield "The least likely notes:"
    for step in sorted(notes, key=lambda step: -step.bits[PRODUCT])[:most]:
        yield from _note(score, analysis, step)


def _note(score: Score, analysis: Analysis, step: Account) -> Iterator[str]:
    """Where the note stands, what it costs, and what speaks for and against it."""
    sounding = int(analysis.sounding[0, step.step])
    tick = step.step * STEP_TICKS
    key, place = score.key_at(tick), _place(score, tick)
    note, other = token_name(step.written, key), _thing(step.runner_up, sounding, key)
    yield f"  {place}: {note}, {step.bits[PRODUCT]:.1f} bits; the likeliest else is {other}"
    yield f"    {sentence(step.contributions, note, other, str.capitalize)}"


def _thing(token: int, sounding: int, key: KeySignature | None) -> str:
    """A token inside a sentence."""
    if token == HOLD:
        return f"holding {pitch_name(sounding + LOWEST_PITCH, key)}"
    return token_name(token, key) if token < PITCHES else "a rest"


def _place(score: Score, tick: int) -> str:
    """Bar and beat as musicians count them; a pickup is bar 0 and ends on the last beat of the metre."""
    bar = score.bar_at(tick)
    missing = bar.time_signature.bar_ticks - (bar.end - bar.start) if bar.number == 0 else 0
    beat = 1 + (missing + tick - bar.start) / bar.time_signature.beat_ticks
    return f"bar {bar.number}, beat {round(beat, 2):g}"
