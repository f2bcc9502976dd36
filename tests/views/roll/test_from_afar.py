"""Where marks are too many to be painted one by one, they are seen all the same."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsRectItem

from harmonizer_gui.engine.guidance import PaintedCell
from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.marks import FindingsLayer
from harmonizer_gui.views.roll.paint_marks import PaintMarks
from harmonizer_gui.views.theme import DARK

SOPRANO, ALTO = VoiceName.SOPRANO, VoiceName.ALTO
VIEW = Coordinates(left=0.0, top=72.5, tick_width=0.002, row_height=10.0, width=400.0, height=200.0)
NOTES = tuple(Note(480 * index, 480, 60 + index % 2) for index in range(400))


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(DARK, qapp.font())


def colors(layer: Layer) -> set[str]:
    """What is painted on black, between the pitches of the notes."""
    layer.set_coordinates(VIEW)
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    layer.paint_exposed(painter, QRectF(0.0, 0.0, 400.0, 200.0))
    painter.end()
    return {image.pixelColor(x, y).name() for x in range(60) for y in range(110, 130)}


@pytest.mark.parametrize("count", [20, 400])
def test_findings(look: Look, count: int) -> None:
    parent = QGraphicsRectItem()
    layer = FindingsLayer(parent, look)
    layer.set_findings(NOTES[:count:2], [((SOPRANO, note), (ALTO, note)) for note in NOTES[1:count:2]])
    assert DARK.problem in colors(layer)
    assert layer.count == count
    layer.set_findings([], [])
    assert colors(layer) == {"#000000"}


@pytest.mark.parametrize("count", [20, 400])
def test_painted_cells(look: Look, count: int) -> None:
    parent = QGraphicsRectItem()
    layer = PaintMarks(parent, look)
    layer.set_legend(on=False)
    layer.show_cells(PaintedCell(ALTO, note.start // 120, note.pitch, 2.0) for note in NOTES[:count])
    assert len(layer.patches) == count
    assert len(colors(layer)) > 1
