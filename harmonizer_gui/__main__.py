"""`harmonizer-gui`: a command by name, or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command of the command line, or open the window; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    from harmonizer_gui.cli.arguments import names_a_command

    if arguments and names_a_command(arguments[0]):
        from harmonizer_gui.cli.commands import run_command

        return run_command(arguments)
    from harmonizer_gui.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
