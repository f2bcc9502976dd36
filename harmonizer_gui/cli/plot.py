"""`plot`: the heat of each expert and of the product, one panel each, with one colour scale."""

from __future__ import annotations

import argparse

from harmonizer_gui.cli.asking import asked_mix, check_output, guided_piece_in, loaded_model
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.session.panels import SUFFIXES, Panels, write_panels


def run(arguments: argparse.Namespace) -> None:
    check_output(arguments.output, SUFFIXES)
    with guided_piece_in(arguments.file) as (score, guidance):
        model = loaded_model(arguments)
        mix = asked_mix(arguments, model.experts)
        request = AnalysisRequest(score, arguments.voice, mix=mix, seed=arguments.seed, guidance=guidance)
        left_out = () if arguments.rules else model.rules
        panels = Panels(score, arguments.voice, model.analyse(request), mix, left_out)
        write_panels(panels, arguments.output)
