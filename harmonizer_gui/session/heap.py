"""What the C library keeps of the memory that was freed."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

LARGE_BYTES: Final = 256 * 1024
"""Blocks from this size on are asked of the system one by one, and given back to it one by one."""
ARENAS: Final = 2
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8


def keep_little() -> bool:
    """Have large blocks given back as soon as they are freed; whether this C library could be told so.

    glibc raises the size from which it does so with every larger block that is freed, up to 32 MB, and has
    up to eight heaps for each core. Heat, takes and files then leave holes in all of them: after a long day
    a tenth of the memory was holes. To be called before there are threads.
    """
    if sys.platform != "linux":
        return False
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is None:  # not glibc
        return False
    return bool(tell(_M_MMAP_THRESHOLD, LARGE_BYTES)) and bool(tell(_M_ARENA_MAX, ARENAS))
