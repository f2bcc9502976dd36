"""`harmonizer-gui`: a command by name, or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

FAILED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command of the command line, or open the window; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    from harmonizer_gui.cli.arguments import names_a_command

    if arguments and names_a_command(arguments[0]):
        from harmonizer_gui.cli.commands import run_command

        return run_command(arguments)
    return _open_window(arguments)


def _open_window(arguments: Sequence[str]) -> int:
    from harmonizer_gui.display import window_problem

    problem = window_problem(arguments)
    if problem is None:
        try:
            from harmonizer_gui.app import run
        except ImportError as error:
            # Qt is there, but not what it stands on: libGL, libEGL, libxkbcommon …
            problem = f"harmonizer-gui: the window needs something that is not installed ({error})."
        else:
            return run(arguments)
    sys.stderr.write(problem + "\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
