"""The program as it starts, in a process of its own: how soon the window is seen, and the first heat.

Prints one JSON object: seconds since the moment in argv[1] (seconds since the epoch), seconds of work, and
what was loaded.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from harmonizer_gui import app
from harmonizer_gui.session.heat import HeatChange

HEAVY = ("torch", "music21")


class WatchedProgram(app.Program):
    """Notes when its window is first painted and when its first heat is there; then ends."""

    def start(self, path: Path | None = None) -> None:
        self._seconds: dict[str, float] = {}
        self._worked: dict[str, float] = {}
        self._loaded: list[str] = []
        self.window.installEventFilter(self)
        self.heat.changed.connect(self._on_heat)
        super().start(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() is QEvent.Type.Paint and "window" not in self._seconds:
            self._seconds["window"] = 0.0
            self._loaded = [name for name in HEAVY if name in sys.modules]
            QTimer.singleShot(0, self, self._on_painted)
        return super().eventFilter(watched, event)

    @Slot()
    def _on_painted(self) -> None:
        self._note("window")

    def _note(self, what: str) -> None:
        self._seconds[what] = since_start()
        self._worked[what] = time.process_time()

    @Slot(object)
    def _on_heat(self, change: HeatChange) -> None:
        if not change.product or not self.document.score.end:
            return
        self._note("heat")
        found = {
            "seconds": self._seconds,
            "worked": self._worked,
            "loaded": self._loaded,
            "title": self.document.score.title,
        }
        sys.stdout.write(json.dumps(found) + "\n")
        QApplication.quit()


def since_start() -> float:
    return time.time() - float(sys.argv[1])


if __name__ == "__main__":
    app.Program = WatchedProgram  # type: ignore[misc]  # the program itself, but watched
    sys.exit(app.run([]))
