"""A roll and an overview on a screen of another scale, in a process of its own: prints what is seen as JSON.

The scale is that of QT_SCALE_FACTOR, which Qt reads but once.
"""

from __future__ import annotations

import json
import sys

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from harmonizer_gui.score import Note, Score, Voice
from harmonizer_gui.views.overview import Overview
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.roll import PianoRoll
from harmonizer_gui.views.theme import DARK

SCORE = Score((Voice(), Voice((Note(1920, 1920, 62),)), Voice(), Voice()))
STEP, PITCH = 5, 67
"""Where there is heat; its left edge is on no line of the grid."""


def seen(widget: QWidget, width: int, height: int) -> QImage:
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget.grab().toImage()


def colors(image: QImage, y: float, start: float, stop: float) -> list[str]:
    """The colours of the device pixels of a row, each once for as long as it lasts."""
    ratio = image.devicePixelRatio()
    row = [image.pixelColor(x, int(ratio * y)).name() for x in range(int(ratio * start), int(ratio * stop))]
    return [color for color, before in zip(row, [None, *row], strict=False) if color != before]


def of_roll() -> dict[str, object]:
    """What lies around the left edge of a hot cell."""
    roll = PianoRoll()
    roll.set_theme(DARK)
    roll.set_piece(SCORE)
    heat = np.zeros((64, 88), np.float32)
    heat[STEP, PITCH - 21] = 1.0
    roll.set_heat(heat)
    image = seen(roll.canvas, 900, 560)
    view = roll.coordinates
    edge = roll.canvas.field.mapToScene(QPointF(view.x(120 * STEP), view.y(PITCH) + view.row_height / 2))
    around = colors(image, edge.y(), edge.x() - 6.0, edge.x() + 6.0)
    return {"ratio": image.devicePixelRatio(), "around_heat": around}


def of_overview() -> dict[str, object]:
    """The note in the middle of the overview, from some way before to some way behind it."""
    overview = Overview(0.0)
    overview.set_theme(DARK)
    overview.set_score(SCORE)
    overview.set_view(Coordinates(left=0.0, tick_width=400 / 9600, width=400.0))
    image = seen(overview, 402, 40)
    rows = [colors(image, y, 40.0, 200.0) for y in range(4, 36)]
    return {"around_note": next((row for row in rows if DARK.alto in row), [])}


def main() -> int:
    application = QApplication(sys.argv)
    sys.stdout.write(json.dumps(of_roll() | of_overview()) + "\n")
    application.closeAllWindows()
    return 0


if __name__ == "__main__":
    sys.exit(main())
