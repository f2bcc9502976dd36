"""What `bench` asks the window: how late a timer ticks, how often something is painted, how much it holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from harmonizer_gui.cli import bench
from harmonizer_gui.window_bench import Paints, Ticks, megabytes, until


@pytest.mark.usefixtures("qapp")
def test_ticks_are_noted_with_how_late_they_are() -> None:
    ticks = Ticks()
    ticks.start()
    until(lambda: len(ticks.late_ms) == 3)
    ticks.stop()
    assert all(0.0 <= late < 10_000.0 for late in ticks.late_ms)


def test_paints_are_counted(show: Callable[..., None]) -> None:
    label = QLabel("before")
    paints = Paints(label)
    show(label)
    shown = paints.count
    assert shown > 0
    label.setText("after")
    until(lambda: paints.count > shown)


def test_a_process_holds_some_megabytes() -> None:
    assert 10.0 < megabytes() < 100_000.0


def test_a_real_window_answers_all_that_is_asked() -> None:
    rows = bench.window_figures(1)
    assert [row["name"] for row in rows] == [
        "slider to painted frame, 64 bars",
        "tick late while generating",
        "window shown",
        "model ready",
        "edit, undo or redo of a note, 1,000 bars",
        "frame while panning, 16,000 notes",
        "frame while zooming, 16,000 notes",
        "memory with the demo open",
    ]
    assert all(row["median_ms"] is not None for row in rows[:-1])
    assert 100.0 < rows[-1]["value"] < 2000.0
