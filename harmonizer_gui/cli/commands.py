"""Running a command: which one it is, and what the user is told when it cannot be carried out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from harmonizer_gui.cli.arguments import parse
from harmonizer_gui.errors import UserError

FAILED = 2
INTERRUPTED = 130


def run_command(arguments: Sequence[str]) -> int:
    """Carry out the command line; one sentence on standard error and exit code 2 for what cannot be done."""
    try:
        parsed = parse(arguments)
        _command(parsed.command)(parsed)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return FAILED
    except (UserError, OSError) as error:
        sys.stderr.write(f"{sentence_of(error)}\n")
        return FAILED
    return 0


def sentence_of(error: UserError | OSError) -> str:
    """A UserError is a sentence already; what the system refused is named with the file it was about."""
    if isinstance(error, UserError):
        return str(error)
    from harmonizer_gui.files.errors import reason

    return f"{error.filename}: {reason(error)}" if error.filename else reason(error)


def _command(name: str) -> Callable[[argparse.Namespace], None]:
    """The `run` of the command's own module; the others, with all they need, are not loaded."""
    run: Callable[[argparse.Namespace], None] = import_module(f"harmonizer_gui.cli.{name}").run
    return run
