"""`bench`: the shape of its answer, on pieces and a model too small to say anything about speed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from harmonizer_gui.cli import bench
from harmonizer_gui.cli.speed import Figure, figure, piece
from tests.cli.conftest import Run

KEYS = ["name", "median_ms", "p99_ms", "goal_ms", "ratio", "goal_ratio"]
WINDOW = {
    "window_ms": 900.0,
    "model_ms": 3000.0,
    "memory_mb": 512.25,
    "late_ms": [0.0, 1.0, 2.0],
    "painted_ms": [9.0, 10.0, 11.0],
    "edit_ms": [2.0, 2.0, 3.0],
    "pan_ms": [7.0, 8.0, 9.0],
    "zoom_ms": [7.0, 8.0, 10.0],
}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process of the window answers at once."""

    def answer(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert command[1:3] == ["-m", "harmonizer_gui.window_bench"]
        return subprocess.CompletedProcess(command, 0, stdout=json.dumps(WINDOW))

    monkeypatch.setattr(subprocess, "run", answer)


def answered(run: Run, model: Path, *words: object) -> dict[str, Any]:
    outcome = run("bench", "--json", "--model", model, "--repeats", 1, "--bars", 1, *words)
    assert outcome.code == 0
    answer = json.loads(outcome.out)
    assert isinstance(answer, dict)
    return answer


def test_the_engine_s_figures_have_the_shape_of_the_contract(run: Run, toy_model: Path) -> None:
    answer = answered(run, toy_model, "--no-window")
    assert answer["device"] == "CPU"
    by_name = {row["name"]: row for row in answer["figures"]}
    assert all(list(row) == KEYS for row in by_name.values())
    assert list(by_name) == [
        "slider to mixed heat, 4 bars",
        "edit of a note to fresh heat, 1 bars",
        "matrix products of one take alone, 1 bars",
        "one take, 1 bars",
        "eight takes, 1 bars",
    ]
    one, eight = by_name["one take, 1 bars"], by_name["eight takes, 1 bars"]
    assert 0.0 < one["median_ms"] <= one["p99_ms"]
    assert one["ratio"] > 1.0
    assert eight["goal_ms"] is None
    assert eight["goal_ratio"] == 1.5


@pytest.mark.usefixtures("told")
def test_the_window_s_figures_come_from_a_process_of_its_own(run: Run, toy_model: Path) -> None:
    rows = answered(run, toy_model)["figures"][-8:]
    assert [row["median_ms"] for row in rows] == [10.0, 1.0, 900.0, 3000.0, 2.0, 8.0, 8.0, None]
    assert (rows[-1]["value"], rows[-1]["unit"]) == (512.2, "MB")


@pytest.mark.usefixtures("told")
def test_without_json_there_is_a_table(run: Run, toy_model: Path) -> None:
    outcome = run("bench", "--model", toy_model, "--repeats", 1, "--bars", 1)
    assert "memory with the demo open" in outcome.out
    assert "512 MB" in outcome.out
    assert "one take, 1 bars" in outcome.out
    with pytest.raises(json.JSONDecodeError):
        json.loads(outcome.out)


def test_a_window_that_cannot_be_opened_leaves_the_other_figures(
    run: Run, toy_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", fail)
    outcome = run("bench", "--json", "--model", toy_model, "--repeats", 1, "--bars", 1)
    assert outcome.code == 0
    assert outcome.err.startswith("the figures of the window are left out: ")
    assert len(json.loads(outcome.out)["figures"]) == 5


def test_figures_are_medians_and_nearly_the_slowest() -> None:
    found = figure("waiting", [float(ms) for ms in range(1, 102)], 5.0)
    assert (found.median_ms, found.p99_ms) == (51.0, 100.0)
    assert Figure("nothing").values() == {"name": "nothing", **dict.fromkeys(KEYS[1:])}


def test_every_seed_is_another_piece() -> None:
    assert piece(2, 1) == piece(2, 1) != piece(2, 2)
    assert piece(2).end == 2 * 4 * 480


def test_the_table_leaves_out_what_does_not_apply() -> None:
    line = bench.table({"device": "CPU", "figures": [Figure("shown", 12.25, goal_ms=100.0).values()]})
    assert line.splitlines()[-1].split() == ["shown", "12.2", "100.0"]
