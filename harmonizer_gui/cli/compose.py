"""`compose`: write a piece from nothing."""

from __future__ import annotations

import argparse
import sys

from harmonizer_gui.cli.asking import asked_mix, check_output, loaded_model
from harmonizer_gui.engine.composing import ComposeRequest, compose
from harmonizer_gui.errors import UserError
from harmonizer_gui.files.formats import write


def run(arguments: argparse.Namespace) -> None:
    check_output(arguments.output)
    model = loaded_model(arguments)
    mix = asked_mix(arguments, model.experts)
    try:
        request = ComposeRequest(
            bars=arguments.bars,
            time_signature=arguments.meter,
            key=arguments.key,
            mix=mix,
            seed=arguments.seed,
            sweeps=arguments.sweeps,
            noise=arguments.noise,
        )
    except ValueError as error:
        raise UserError(str(error)) from error
    *_, last = compose(model, request)
    (score,) = last.takes
    write(score, arguments.output)
    notes = sum(len(voice) for voice in score.voices)
    sys.stderr.write(f"{arguments.output.name}: wrote {notes} notes in {arguments.bars} bars\n")
