"""`convert`: read one format, write another."""

from __future__ import annotations

import argparse
import sys

from harmonizer_gui.cli.asking import check_output, piece_in
from harmonizer_gui.files.formats import losses, write


def run(arguments: argparse.Namespace) -> None:
    check_output(arguments.output)
    with piece_in(arguments.file) as score:
        write(score, arguments.output)
    for loss in losses(score, arguments.output.suffix):
        sys.stderr.write(f"{arguments.output.name}: {loss}\n")
