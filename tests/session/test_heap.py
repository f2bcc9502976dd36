"""What is freed goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

GROWN = """
import ctypes, os, sys
from harmonizer_gui.session.heap import keep_little

def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

if "told" in sys.argv and not keep_little():
    raise SystemExit("told nothing")
warm_up = bytearray(30 * 2**20)  # freed, it raises what glibc holds for large
del warm_up
before = resident()
blocks = [(bytearray(2**20), bytearray(2000)) for _ in range(100)]
kept = [small for _, small in blocks]
del blocks
print(resident() - before)
"""


def grown(word: str) -> int:
    """Bytes that are left after a hundred blocks of 1 MB were freed, with small ones kept in between."""
    command = [sys.executable, "-c", GROWN, word]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no mallopt")
def test_large_blocks_are_given_back_between_small_ones_that_stay() -> None:
    assert grown("untold") > 20 * 2**20
    assert grown("told") < 5 * 2**20
