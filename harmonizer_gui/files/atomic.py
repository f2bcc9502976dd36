"""Saving so that the file on disk is always whole: the old one until the new one is."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from harmonizer_gui.files.errors import FileError, reason


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step, through a temporary file in the same folder.

    Raises FileError; a file that was there before is then as it was.
    """
    try:
        _replace(path.resolve(), data)
    except OSError as error:
        raise FileError(path, f"it cannot be saved: {reason(error)}") from error


def _replace(target: Path, data: bytes) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "permission denied")
    temporary = target.with_name(f".harmonizer-{secrets.token_hex(8)}.tmp")
    try:
        _write_through(temporary, data)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory")
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can open folders at all."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # the file itself is safe; some network disks cannot sync a folder
            os.fsync(handle)
    finally:
        os.close(handle)
