"""The names of the commands: the command line runs them, the window only has to tell them from files."""

from __future__ import annotations

from typing import Final

COMMANDS: Final = (
    "fill",
    "compose",
    "explain",
    "plot",
    "train",
    "evaluate",
    "bench",
    "report",
    "convert",
    "play",
    "ports",
)
