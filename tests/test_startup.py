"""The window is there before anything slow is loaded, and the first heat soon after."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

WINDOW_S = 1.2
HEAT_S = 4.0


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program says of its own start, with settings and caches of a first day."""
    home = tmp_path_factory.mktemp("home")
    own = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    environment = {**os.environ, **own}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # What Python compiles when it first loads it is no part of the next start.
    subprocess.run(
        [sys.executable, "-c", "import harmonizer_gui.app"], env=environment, timeout=60, check=True
    )
    told = subprocess.run(
        [sys.executable, "-m", "tests.startup_story", str(time.time())],
        env=environment,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr
    found = json.loads(told.stdout)
    assert isinstance(found, dict)
    return found


def test_neither_torch_nor_music21_is_loaded_when_the_window_is_seen(start: dict[str, Any]) -> None:
    assert start["loaded"] == []


def test_the_first_start_shows_the_chorale(start: dict[str, Any]) -> None:
    assert "BWV 269" in start["title"]


def test_window_and_heat_are_there_in_time(start: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """Judged by the work that was done: other programs may hold up the machine that runs the tests."""
    worked, seconds = start["worked"], start["seconds"]
    with capsys.disabled():
        for what, goal in (("window", WINDOW_S), ("heat", HEAT_S)):
            sys.stdout.write(f"\n{what}: {worked[what]:.2f} s of work ({goal}), {seconds[what]:.2f} s in all")
    assert 0 < seconds["window"] < seconds["heat"]
    assert worked["window"] <= WINDOW_S
    assert worked["heat"] <= HEAT_S
