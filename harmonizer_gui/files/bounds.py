"""How much a file may hold, so that no file can keep the program busy or fill its memory."""

from __future__ import annotations

from pathlib import Path

from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.score import TICKS_PER_QUARTER

MAX_BYTES = 64 * 1024 * 1024
MAX_NOTES = 200_000
MAX_QUARTERS = 40_000
MAX_TICK = MAX_QUARTERS * TICKS_PER_QUARTER


def read_bounded(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of the file. Raises ContentError above `limit` bytes or for an empty file, and OSError."""
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ContentError(f"it is larger than {limit // (1024 * 1024)} MB")
    if not data:
        raise ContentError("it is empty")
    return data


def check_note_count(count: int, limit: int = MAX_NOTES) -> None:
    if count > limit:
        raise ContentError(f"it has more than {limit:,} notes")


def check_end(tick: int) -> None:
    if tick > MAX_TICK:
        raise ContentError(f"it lasts longer than {MAX_QUARTERS:,} quarters")
