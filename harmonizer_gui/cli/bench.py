"""`bench`: how fast the program is on this machine, beside its goals."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

from harmonizer_gui.cli.speed import Figure, cuda_figure, engine_figures, figure
from harmonizer_gui.engine.model import Model, load_model

_PATIENCE_S = 90.0
_FOLDERS = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
_MEMORY_GOAL_MB = 700.0


def run(arguments: argparse.Namespace) -> None:
    model = load_model(arguments.model, "cpu")
    figures = [each.values() for each in engine_figures(model, arguments.repeats, bars=arguments.bars)]
    if arguments.window:
        figures += window_figures(arguments.repeats)
    gpu = _on_gpu(arguments)
    if gpu is not None:
        figures.append(cuda_figure(gpu, arguments.repeats).values())
    answer = {"device": (gpu or model).device, "figures": figures}
    sys.stdout.write(json.dumps(answer) + "\n" if arguments.json else table(answer))


def _on_gpu(arguments: argparse.Namespace) -> Model | None:
    import torch

    return load_model(arguments.model, "cuda") if torch.cuda.is_available() else None


def window_figures(repeats: int) -> list[dict[str, Any]]:
    """What only the window can tell, from a process of its own; nothing where no window can be opened."""
    with TemporaryDirectory(prefix="harmonizer-bench-") as folder:
        environment = {**os.environ, **dict.fromkeys(_FOLDERS, folder), "QT_QPA_PLATFORM": "offscreen"}
        command = [
            sys.executable,
            "-m",
            "harmonizer_gui.window_bench",
            str(time.time()),
            folder,
            str(repeats),
        ]
        try:
            told = subprocess.run(  # noqa: S603  # this very program
                command, env=environment, capture_output=True, text=True, timeout=_PATIENCE_S, check=True
            )
        except (subprocess.SubprocessError, OSError) as error:
            sys.stderr.write(f"the figures of the window are left out: {error}\n")
            return []
    return list(_of_window(json.loads(told.stdout)))


def _of_window(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield figure("slider to painted frame, 64 bars", found["painted_ms"], 16.0).values()
    yield figure("tick late while generating", found["late_ms"], 16.0).values()
    yield Figure("window shown", found["window_ms"], goal_ms=1200.0).values()
    yield Figure("model ready", found["model_ms"], goal_ms=4000.0).values()
    yield figure("edit, undo or redo of a note, 1,000 bars", found["edit_ms"], 5.0).values()
    yield figure("frame while panning, 16,000 notes", found["pan_ms"], 16.0).values()
    yield figure("frame while zooming, 16,000 notes", found["zoom_ms"], 16.0).values()
    memory = Figure("memory with the demo open").values()
    yield {**memory, "value": round(found["memory_mb"], 1), "goal_value": _MEMORY_GOAL_MB, "unit": "MB"}


def table(answer: dict[str, Any]) -> str:
    head = f"{'':44}{'median':>10}{'p99':>10}{'goal':>10}{'ratio':>8}{'goal':>8}"
    return (
        "\n".join([f"On {answer['device']}, in milliseconds:", head, *map(_line, answer["figures"])]) + "\n"
    )


def _line(row: dict[str, Any]) -> str:
    if "value" in row:
        cells = [f"{row['value']:.0f} {row['unit']}", "", f"{row['goal_value']:.0f} {row['unit']}"]
    else:
        cells = [_number(row[key], 1) for key in ("median_ms", "p99_ms", "goal_ms")]
    cells = [f"{cell:>10}" for cell in cells]
    ratios = [f"{_number(row[key], 2):>8}" for key in ("ratio", "goal_ratio")]
    return "".join([f"{row['name']:44}", *cells, *ratios]).rstrip()


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
