"""The one error a user meets when a file cannot be read or written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmonizer_gui.errors import UserError

_REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "its folder is a file",
    errno.ENAMETOOLONG: "its name is too long",
}


class FileError(UserError):
    """A file that cannot be read or written. Its text is one sentence naming the file and the place."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.name}: {problem}")
        self.path = path
        self.problem = problem


class ContentError(Exception):
    """What is wrong with the contents, said where the file's name is not known; `naming` adds it."""


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn a ContentError or an OSError inside into a FileError about `path`."""
    try:
        yield
    except ContentError as error:
        raise FileError(path, str(error)) from error
    except OSError as error:
        raise FileError(path, reason(error)) from error


def reason(error: OSError) -> str:
    """Why the system refused, in plain words."""
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or str(error)).lower()
