"""Painting in whole pixels of the screen, whatever scale the window has."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QTransform

_HALF = 0.5 + 1e-4
"""An edge in the middle of a pixel goes to the right, even if arithmetic has left it a little short of it."""


@contextmanager
def device_pixels(painter: QPainter) -> Iterator[QTransform]:
    """Let `painter` count pixels of the screen; what comes tells where pixels of the roll lie among them."""
    place, before = painter.deviceTransform(), painter.worldTransform()
    painter.setWorldTransform(place.inverted()[0] * before)
    try:
        yield place
    finally:
        painter.setWorldTransform(before)


def whole(place: float) -> int:
    """The edge of a pixel that is nearest to `place`."""
    return math.floor(place + _HALF)


def all_whole(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same for each of `places`."""
    result: NDArray[np.float64] = np.floor(places + _HALF)
    return result
