"""`convert`: read one format, write another."""

from __future__ import annotations

import argparse
import sys

from harmonizer_gui.cli.asking import check_output, read_score
from harmonizer_gui.files.formats import losses, write


def run(arguments: argparse.Namespace) -> None:
    check_output(arguments.output)
    score = read_score(arguments.file)
    write(score, arguments.output)
    for loss in losses(score, arguments.output.suffix):
        sys.stderr.write(f"{arguments.output.name}: {loss}\n")
