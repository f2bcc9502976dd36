"""`ports`: list the outputs one can play to."""

from __future__ import annotations

import argparse
import sys

from harmonizer_gui.playback.outputs import list_outputs, midi_problem


def run(_arguments: argparse.Namespace) -> None:
    for output in list_outputs():
        sys.stdout.write(f"{output.name}\n")
    problem = midi_problem()
    if problem:
        sys.stderr.write(f"{problem}\n")
