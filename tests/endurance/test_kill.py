from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the programs to be killed are forked")
def test_a_killed_program_leaves_whole_files_and_little_undone() -> None:
    """In a process of its own: one that has threads must not fork."""
    command = [sys.executable, "-m", "tests.endurance.kill", "8", "--seed", "7", "--longest-s", "0.7"]
    root = Path(__file__).parents[2]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.startswith("8 kills: ")
    assert "0 failed" in told.stdout
