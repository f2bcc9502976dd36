"""The window, watched in a process of its own for `bench`: how soon it is there, how late, how large.

`python -m harmonizer_gui.window_bench START FOLDER REPEATS`: START is when the process was asked for, in
seconds since the epoch; what the program would keep for its user goes into FOLDER. Prints one JSON object.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from harmonizer_gui import app
from harmonizer_gui.engine.requests import HarmonyModel
from harmonizer_gui.score import Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef, move_notes
from harmonizer_gui.session.garbage import Garbage
from harmonizer_gui.session.heap import keep_little
from harmonizer_gui.session.servers import LoadModel
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.theme import ThemeManager

TICK_MS = 16
_MOVES = 10
"""Slider moves, and edits, for every other measurement."""
_SLIDER_BARS = 64
_LONG_BARS = 1000
_BAR_TICKS = 1920.0
_SCREEN = (1920, 1080)
_SCALES = (4, 8, 16, 32, 64, 128, 256, 512)
"""Bars in view, one after the other, while the paper moves."""
_FRAMES_A_SCALE = 16
_PAN_PIXELS = 30.0
_ZOOM = 1.1
"""What a frame makes wider or narrower, from the first scale to the last and back."""


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        self.count += event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


class Ticks(QObject):
    """A timer of 16 ms that notes how much later than that it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000.0 - TICK_MS))
        self._last = now


def until(condition: Callable[[], bool]) -> None:
    """Go on with the program until something is so."""
    while not condition():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def watched_start(program: app.Program, since: Callable[[], float]) -> dict[str, float]:
    """Milliseconds until the window is painted, and until the model answers; megabytes with the demo open."""
    paints = Paints(program.window)
    program.start()
    until(lambda: paints.count > 0)
    window_ms = since()
    until(lambda: program.worker.model is not None)
    model_ms = since()
    until(lambda: program.document.score.end > 0 and not program.heat.stale)
    return {"window_ms": window_ms, "model_ms": model_ms, "memory_mb": megabytes()}


def late_ticks(program: app.Program, repeats: int) -> list[float]:
    """How late the timer ticks while a voice of the demo is written, again and again."""
    from harmonizer_gui.cli.speed import patiently

    ticks = Ticks()
    for seed in patiently(repeats):
        program.generation.start(seed)
        ticks.start()
        until(lambda: not program.generation.is_running)
        ticks.stop()
    return ticks.late_ms


def painted_moves(program: app.Program, repeats: int) -> list[float]:
    """Milliseconds from a move of a slider until all that it changes is painted: the roll, and the pictures
    of the product and the expert, of a voice averaged over sampled lines.
    """
    from harmonizer_gui.cli.speed import patiently, piece

    document, window = program.document, program.window
    score = piece(_SLIDER_BARS).with_voice(VoiceName.ALTO, Voice())
    document.open(score, path=None)
    until(lambda: document.score is score and not program.heat.stale)
    paints = Paints(window.roll.canvas.viewport())
    pictures = (
        Paints(window.experts.product.picture),
        Paints(window.experts.experts[program.heat.experts[0]].picture),
    )
    expert, usual = program.heat.experts[0], document.mix
    times = []
    for move in patiently(repeats * _MOVES):
        began, seen = time.perf_counter(), [each.count for each in (paints, *pictures)]
        document.set_mix("Move a slider", usual.with_factor(expert, 0.1 + move % 30 / 10), gesture=paints)
        until(lambda seen=seen: all(p.count > n for p, n in zip((paints, *pictures), seen, strict=True)))  # type: ignore[misc]
        times.append((time.perf_counter() - began) * 1000.0)
    return times


def with_long_piece(program: app.Program, repeats: int) -> dict[str, list[float]]:
    """What a piece of 16,000 notes costs, in a window as large as a screen; no model runs."""
    from harmonizer_gui.cli.speed import piece

    program.window.resize(*_SCREEN)
    program.window.show()
    program.document.open(piece(_LONG_BARS), path=None)
    program.window.roll.set_heat(np.random.default_rng(0).random((16 * _LONG_BARS, 88), np.float32))
    QCoreApplication.processEvents()
    found = {"edit_ms": edits(program, repeats), "pan_ms": pans(program, repeats)}
    found["zoom_ms"] = zooms(program, repeats)
    program.stop()
    return found


def edits(program: app.Program, repeats: int) -> list[float]:
    """Milliseconds of moving a note, undoing and redoing it, in the piece that is open."""
    from harmonizer_gui.cli.speed import patiently

    document, random = program.document, np.random.default_rng(0)
    times = []
    for _ in patiently(repeats * _MOVES // 3):
        voice = VoiceName(int(random.integers(len(VoiceName))))
        notes = document.score.voice(voice).notes
        note = NoteRef(voice, notes[int(random.integers(len(notes)))])
        for work in (partial(_move, program, note), document.undo, document.redo):
            began = time.perf_counter()
            work()
            times.append((time.perf_counter() - began) * 1000.0)
    return times


def pans(program: app.Program, repeats: int) -> list[float]:
    """Milliseconds of a frame, all of it painted, while the paper moves sideways, at many scales."""
    from harmonizer_gui.cli.speed import patiently

    navigator = program.window.roll.navigator
    times = []
    for turn in patiently(repeats * _FRAMES_A_SCALE):
        if turn % _FRAMES_A_SCALE == 0:
            bars = _SCALES[turn // _FRAMES_A_SCALE % len(_SCALES)]
            _framed(partial(_show_bars, program, bars))
        times.append(_framed(partial(navigator.scroll, _PAN_PIXELS, 0.0)))
    return times


def zooms(program: app.Program, repeats: int) -> list[float]:
    """Milliseconds of a frame while all scales are gone through, outwards and inwards."""
    from harmonizer_gui.cli.speed import patiently

    navigator = program.window.roll.navigator
    way = math.ceil(math.log(_SCALES[-1] / _SCALES[0], _ZOOM))
    _framed(partial(_show_bars, program, _SCALES[0]))
    times = []
    for turn in patiently(repeats * _FRAMES_A_SCALE):
        factor = _ZOOM if turn // way % 2 else 1 / _ZOOM
        times.append(_framed(partial(navigator.zoom_time, factor, _SCREEN[0] / 2)))
    return times


def _show_bars(program: app.Program, bars: int) -> None:
    first = (_LONG_BARS - bars) // 3
    program.window.roll.navigator.show_ticks(first * _BAR_TICKS, (first + bars) * _BAR_TICKS)


def _framed(work: Callable[[], None]) -> float:
    """Milliseconds of `work` and of painting all that it changed."""
    began = time.perf_counter()
    work()
    QCoreApplication.processEvents()
    return (time.perf_counter() - began) * 1000.0


def _move(program: app.Program, ref: NoteRef) -> None:
    document = program.document
    score, chosen = move_notes(document.score, frozenset({ref}), ticks=0, semitones=1)
    document.edit("Move a note", score, selection=chosen)


def megabytes() -> float:
    """What the process holds of the memory now; where the system does not tell, the most it ever held."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0)
    return float(status.partition("VmRSS:")[2].split()[0]) / 1024.0


def main(argv: list[str]) -> int:
    start, folder, repeats = float(argv[0]), Path(argv[1]), int(argv[2])
    keep_little()
    application = QApplication(["harmonizer-gui"])
    settings = Settings(folder / "settings.ini")
    themes = ThemeManager(application)

    def program(load: LoadModel) -> app.Program:
        return app.Program(themes, settings, load, recovery_folder=folder / "recovery")

    first = program(app.load_model)
    Garbage(first.heat, first)
    found = with_model(first, start, repeats) | with_long_piece(program(_no_model), repeats)
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    return 0


def with_model(program: app.Program, start: float, repeats: int) -> dict[str, Any]:
    """All that needs the model, from the start of the process on."""
    try:
        found: dict[str, Any] = watched_start(program, lambda: (time.time() - start) * 1000.0)
        found["late_ms"] = late_ticks(program, repeats)
        found["painted_ms"] = painted_moves(program, repeats)
    finally:
        program.stop()
    return found


def _no_model() -> HarmonyModel:
    raise NotImplementedError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
