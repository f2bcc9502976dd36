"""`play`: play a file."""

from __future__ import annotations

import argparse
import sys
import threading

from harmonizer_gui.cli.asking import piece_in
from harmonizer_gui.errors import UserError
from harmonizer_gui.playback.outputs import (
    BUILT_IN_ORGAN,
    OutputInfo,
    OutputKind,
    list_outputs,
    output_named,
)
from harmonizer_gui.playback.player import Player


def run(arguments: argparse.Namespace) -> None:
    output = BUILT_IN_ORGAN if arguments.port is None else _chosen(arguments.port)
    with piece_in(arguments.file) as score:
        pass  # all that it has to say comes before the music
    ended = threading.Event()
    problems: list[str] = []

    def stop_for(problem: str) -> None:
        problems.append(problem)
        ended.set()

    player = Player(output=output, on_finished=ended.set, on_problem=stop_for)
    try:
        player.play(score)
        while not ended.wait(0.2):
            pass  # in short waits, so that Ctrl-C is heard on every system
    finally:
        player.close()
    if problems:
        raise UserError(f"{arguments.file.name} was not played to its end: {problems[0]}")
    sys.stderr.write(f"{arguments.file.name}: played on {output.name}\n")


def _chosen(name: str) -> OutputInfo:
    """The output of that name, in any case; a port may be named by a part of its name if only one fits."""
    wanted = output_named(name)
    if wanted.kind is not OutputKind.MIDI:
        return wanted
    ports = [info for info in list_outputs() if info.kind is OutputKind.MIDI]
    exact = [info for info in ports if info.name.casefold() == name.casefold()]
    fitting = exact or [info for info in ports if name.casefold() in info.name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UserError(f"“{name}” fits several ports: {', '.join(info.name for info in fitting)}")
    raise UserError(f"there is no output “{name}”: harmonizer-gui ports lists those that are there")
