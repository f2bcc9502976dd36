"""On screens of any scale, heat and notes have sharp edges in the pixels of the screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from harmonizer_gui.views.theme import DARK

HOTTEST = "#fde725"


@pytest.mark.parametrize("scale", [1.25, 1.5, 2.0])
def test_no_edge_is_blurred_at_another_scale(scale: float) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.views.roll.scale_story"],
        env={**os.environ, "QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = json.loads(told.stdout)
    assert found["ratio"] == scale
    assert HOTTEST in found["around_heat"]
    lines = {DARK.roll_step_line, DARK.roll_beat_line}
    assert set(found["around_heat"]) <= {DARK.roll_row, HOTTEST, *lines}
    assert found["around_note"][:3] == [DARK.roll_row, DARK.alto, DARK.roll_row]
