"""Saving so that the file on disk is always whole: the old one until the new one is."""

from __future__ import annotations

import errno
import os
import secrets
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from harmonizer_gui.files.errors import FileError, reason

LEFT_AFTER_S: Final = 3600
"""A temporary file older than this belongs to nobody any more."""
WAITS_S: Final = (0.05, 0.1, 0.2, 0.4)
IS_WINDOWS: Final = os.name == "nt"
_MARK: Final = ".harmonizer-"
_SUFFIX: Final = ".tmp"


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
    _clear(target.parent)
    temporary = target.with_name(f"{_MARK}{secrets.token_hex(8)}{_SUFFIX}")
    try:
        _write_through(temporary, data)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory")
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        _put(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _clear(folder: Path) -> None:
    """Take away what programs that were killed while saving have left in this folder."""
    for left in folder.glob(f"{_MARK}*{_SUFFIX}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_AFTER_S:
                left.unlink()


def _put(temporary: Path, target: Path) -> None:
    """Windows refuses for a moment while a virus scanner or an indexer looks at the file."""
    for wait_s in WAITS_S if IS_WINDOWS else ():
        with suppress(PermissionError):
            temporary.replace(target)
            return
        time.sleep(wait_s)
    temporary.replace(target)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        _sync(file.fileno())


def _sync(handle: int) -> None:
    """To the disk itself: macOS needs to be asked for more than what it calls sync."""
    os.fsync(handle)
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # network disks know no such thing
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)


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
