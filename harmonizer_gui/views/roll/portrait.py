"""The roll as a picture on paper: notes and heat without the window around them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.views.color_bar import ColorBar
from harmonizer_gui.views.roll.coordinates import MAX_TICK_WIDTH, Coordinates
from harmonizer_gui.views.roll.roll import PianoRoll
from harmonizer_gui.views.theme import LIGHT, UNIT, Theme

SHARPNESS: Final = 2.0
"""Device pixels to a pixel of the window."""
WIDEST: Final = 15_000
"""Pixels of the window; Qt paints up to 32,767 device pixels."""


@dataclass(frozen=True)
class Portrait:
    """What is to be seen: `view` says from which tick and pitch on, at which scale, in how many pixels.

    The theme is the light one, whatever the window wears: pictures are for paper.
    """

    score: Score
    target: VoiceName
    heat: NDArray[np.float32] | None
    view: Coordinates
    theme: Theme = LIGHT


def whole(view: Coordinates, score: Score, pitches: tuple[int, int]) -> Coordinates:
    """The whole piece at the scale of `view`, or as much smaller as it takes to be painted."""
    lowest, highest = pitches
    tick_width = min(MAX_TICK_WIDTH, view.tick_width, WIDEST / max(1, score.length))
    return replace(
        view,
        left=0.0,
        top=highest + 0.5,
        tick_width=tick_width,
        width=score.length * tick_width,
        height=(highest - lowest + 1) * view.row_height,
    )


def painted_image(portrait: Portrait) -> QImage:
    """As pixels, SHARPNESS to one of the window."""
    with _posed(portrait) as (roll, bar, size):
        image = QImage(size * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.fill(portrait.theme.color("panel"))
        painter = QPainter(image)
        _paint(painter, roll, bar, size)
        painter.end()
    return image


def painted_svg(portrait: Portrait) -> bytes:
    """As lines, areas and letters; the heat is a small picture within."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    with _posed(portrait) as (roll, bar, size):
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(portrait.score.title)
        painter = QPainter(generator)
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), portrait.theme.color("panel"))
        _paint(painter, roll, bar, size)
        painter.end()
    return bytes(buffer.data().data())


@contextmanager
def _posed(portrait: Portrait) -> Iterator[tuple[PianoRoll, ColorBar | None, QSize]]:
    """A roll that is on no screen, its scale if there is heat, and the size of both together."""
    roll = PianoRoll()
    bar = None if portrait.heat is None else ColorBar()
    parts: list[PianoRoll | ColorBar] = [roll] if bar is None else [roll, bar]
    for part in parts:
        part.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        part.set_theme(portrait.theme)
    roll.set_score(portrait.score)
    roll.set_target(portrait.target)
    roll.set_heat(portrait.heat)
    view = portrait.view
    width = round(view.width + roll.canvas.keyboard.maximumWidth())
    height = round(view.height) + roll.notes_top
    roll.canvas.setFixedSize(width, height)
    roll.show()
    roll.navigator.restore(
        {"left": view.left, "top": view.top, "tick_width": view.tick_width, "row_height": view.row_height}
    )
    roll.playhead.hide()
    beside = 0
    if bar is not None:
        beside = bar.sizeHint().width() + UNIT
        bar.resize(beside - UNIT, min(360, round(view.height)))
    try:
        yield roll, bar, QSize(width + beside, height)
    finally:
        for part in parts:
            part.close()
            part.deleteLater()


def _paint(painter: QPainter, roll: PianoRoll, bar: ColorBar | None, size: QSize) -> None:
    canvas = roll.canvas
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    canvas.render(painter, QRectF(canvas.rect()), canvas.rect())
    if bar is not None:
        place = QPoint(size.width() - bar.width(), roll.notes_top)
        # The window's own background would be that of its theme.
        bar.render(painter, place, QRegion(), QWidget.RenderFlag.DrawChildren)
