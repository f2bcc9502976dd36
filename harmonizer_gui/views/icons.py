"""The icons, one family, drawn in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from harmonizer_gui.resources import resource
from harmonizer_gui.views.theme import Theme

_SIZES: Final = (16, 20, 24, 32, 48, 64)
"""Pixels of the pictures made ahead; Qt takes the next larger one for screens of any density."""


def icon(name: str, theme: Theme) -> QIcon:
    """The icon `resources/icons/NAME.svg`; its strokes are text, grey where it is disabled.

    Raises FileNotFoundError for a name without a file.
    """
    return _icon(name, theme.text, theme.text_disabled)


def tinted(name: str, color: str) -> QIcon:
    """The icon in one colour, whatever the state of its widget."""
    return _icon(name, color, color)


def pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    """The icon as a picture `size` device-independent pixels wide, on a screen of density `ratio`."""
    picture = _drawn(name, color, round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=128)
def _icon(name: str, color: str, disabled: str) -> QIcon:
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(_drawn(name, color, size), QIcon.Mode.Normal)
        result.addPixmap(_drawn(name, disabled, size), QIcon.Mode.Disabled)
    return result


def _drawn(name: str, color: str, pixels: int) -> QPixmap:
    drawing = _renderer(name, QColor(color).name())
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


@lru_cache(maxsize=128)
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = resource(f"icons/{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
