"""Whether a window can be opened at all, asked before Qt is: Qt would end the process."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping, Sequence

from harmonizer_gui.commands import COMMANDS

TOO_MANY = "harmonizer-gui: give one file to open, or a command (see --help)."
NO_DISPLAY = (
    "harmonizer-gui: there is no display to open a window on; without one, "
    f"{', '.join(COMMANDS[:-1])} and {COMMANDS[-1]} work."
)
_WAIT_SECONDS = 2.0


def window_problem(arguments: Sequence[str]) -> str | None:
    """Why `harmonizer-gui [FILE]` can open no window, in a sentence; None where it can."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        return TOO_MANY
    return None if has_display(os.environ) else NO_DISPLAY


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether there is a screen. On Linux the X server is knocked at, since its name may be left over."""
    if not sys.platform.startswith("linux"):
        return True
    if environment.get("QT_QPA_PLATFORM") or environment.get("WAYLAND_DISPLAY"):
        return True
    return _answers(environment.get("DISPLAY", ""))


def _answers(display: str) -> bool:
    """Whether an X server of this computer answers at `:N`; a server elsewhere is taken on trust."""
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local is None:
        return bool(display)
    path = f"/tmp/.X11-unix/X{local[1]}"  # noqa: S108  # where X servers listen
    return any(_connects(name) for name in (path, "\0" + path))


def _connects(name: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
        knock.settimeout(_WAIT_SECONDS)
        try:
            knock.connect(name)
        except OSError:
            return False
        return True
