"""`harmonizer-gui` with a tiny plan, for tests that start it as a process of its own."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from tqdm import tqdm

from harmonizer_gui.__main__ import main
from harmonizer_gui.cli import train
from harmonizer_gui.files.formats import write
from harmonizer_gui.training.plan import Plan
from tests.engine.toys import SMALL, chorale

PLAN = Plan(
    architecture=SMALL,
    minibatches=30,
    crops=4,
    excerpt_steps=32,
    warm_up=2,
    validate_every=10,
    bfloat16=False,
)


def tiny_main(arguments: Sequence[str]) -> int:
    """The command line, except that `train` has PLAN and the progress bars start no thread."""

    def tiny_plan(_: argparse.Namespace) -> Plan:
        return PLAN

    with patch.object(train, "plan_of", tiny_plan), patch.object(tqdm, "monitor_interval", 0):
        return main(arguments)


def music(folder: Path) -> Path:
    """A folder with four scores to learn from."""
    folder.mkdir()
    for seed in range(4):
        write(chorale(seed), folder / f"{seed}.harmonizer")
    return folder


if __name__ == "__main__":
    sys.exit(tiny_main(sys.argv[1:]))
