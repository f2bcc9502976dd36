"""Cursors that say what a click will do; drawn here where the platform has none."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QPainter, QPixmap

from harmonizer_gui.views.icons import pixmap
from harmonizer_gui.views.roll.gestures import Tool, Will

SIZE: Final = 22
HALO: Final = 1
"""Device-independent pixels; the halo keeps a dark cursor visible on dark paper."""

_SHAPES: Final = {
    Will.MOVE: Qt.CursorShape.SizeAllCursor,
    Will.COPY: Qt.CursorShape.DragCopyCursor,
    Will.START: Qt.CursorShape.SizeHorCursor,
    Will.END: Qt.CursorShape.SizeHorCursor,
    Will.BOX: Qt.CursorShape.CrossCursor,
    Will.PAINT: Qt.CursorShape.CrossCursor,
    Will.REFUSE: Qt.CursorShape.ForbiddenCursor,
}
_DRAWN: Final = {
    Will.DRAW: ("draw", QPoint(4, 18)),
    Will.CUT: ("knife", QPoint(4, 18)),
    Will.ERASE: ("erase", QPoint(6, 18)),
}
"""Icon and hot spot: where the tip of the tool is."""


def cursor_of(will: Will, tool: Tool) -> QCursor:
    """The cursor for what the left button would do. With nothing under it, a knife is still a knife."""
    if will is Will.BOX and tool is Tool.KNIFE:
        return _drawn(Will.CUT)
    if will is Will.BOX and tool is Tool.SELECT:
        return QCursor(Qt.CursorShape.ArrowCursor)
    return _drawn(will) if will in _DRAWN else QCursor(_SHAPES[will])


@lru_cache(maxsize=8)
def _drawn(will: Will) -> QCursor:
    name, tip = _DRAWN[will]
    return QCursor(_haloed(name), tip.x(), tip.y())


def _haloed(name: str) -> QPixmap:
    """The icon in black on a white halo."""
    result = QPixmap(SIZE, SIZE)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    halo = pixmap(name, "#ffffff", SIZE - 2 * HALO, 1.0)
    for dx in (0, HALO, 2 * HALO):
        for dy in (0, HALO, 2 * HALO):
            painter.drawPixmap(dx, dy, halo)
    painter.drawPixmap(HALO, HALO, pixmap(name, "#000000", SIZE - 2 * HALO, 1.0))
    painter.end()
    return result
