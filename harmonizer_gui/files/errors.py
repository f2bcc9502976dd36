"""The one error a user meets when a file cannot be read or written."""

from __future__ import annotations

from pathlib import Path


class FileError(Exception):
    """A file that cannot be read or written. Its text is one sentence naming the file and the place."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.name}: {problem}")
        self.path = path
        self.problem = problem
