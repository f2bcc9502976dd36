"""A layer that is painted once and moved along with the paper."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look

_WHOLE = 1e-6
"""How far from a whole pixel a shift may be and still count as one."""


class SlidingLayer(Layer):
    """Keeps its picture until `update`: what lies above or below may then change at little cost.

    Where the paper slides sideways by whole pixels the picture slides with it, and only what comes into view
    is painted. (Qt keeps pictures of items too, but those that keep sharp at every scale it does not slide.)
    """

    def __init__(self, parent: QGraphicsItem, look: Look, *, height: float) -> None:
        super().__init__(parent, look, height=height)
        self._picture: QPixmap | None = None
        self._origin = QPointF()
        self._stale = QRegion()

    def update(self, rect: QRectF | None = None) -> None:  # type: ignore[override]  # of Qt's three ways two
        """Paint all anew, or what lies in `rect`."""
        area = self.boundingRect() if rect is None else rect
        self._stale += area.toAlignedRect()
        super().update(area)

    def set_coordinates(self, coordinates: Coordinates) -> None:
        pixels = _slide(self.coordinates, coordinates)
        can_slide = self.can_slide()
        if pixels is None or not can_slide:
            super().set_coordinates(coordinates)
            return
        self.coordinates = coordinates
        if not self.can_slide() or not self._slide(pixels):
            self.update()

    def can_slide(self) -> bool:
        """Whether each part of the picture, as it is now, depends on nothing but the music there."""
        return True

    def ground(self) -> QColor:
        """What it is painted on: a colour where nothing shines through from below, which is quicker."""
        return QColor(Qt.GlobalColor.transparent)

    def _slide(self, pixels: int) -> bool:
        """Move the picture to the right; False where it cannot be moved by whole pixels of the screen."""
        picture = self._picture
        if picture is None:
            return False
        ratio = picture.devicePixelRatio()
        shift = pixels * ratio
        if abs(shift - round(shift)) > _WHOLE:
            return False
        picture.scroll(round(shift), 0, picture.rect())
        self._stale.translate(pixels, 0)
        area = self.boundingRect().toAlignedRect()
        left = area.left() if pixels > 0 else area.right() + pixels
        self._stale += QRect(left, area.top(), abs(pixels) + 1, area.height())
        super().update(QRectF(area))
        return True

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if widget is None:
            self._paint_for_a_file(painter, option.exposedRect)
            return
        place = painter.deviceTransform()
        ratio = painter.device().devicePixelRatio()
        # Where the picture begins within a pixel of the screen, in pixels of the roll.
        origin = QPointF(place.dx() % 1.0, place.dy() % 1.0) / ratio
        picture = self._fitting(ratio, origin)
        if not self._stale.isEmpty():
            self._bring_up_to_date(picture)
        painter.setClipRect(option.exposedRect, Qt.ClipOperation.IntersectClip)
        painter.drawPixmap(-origin, picture)

    def _paint_for_a_file(self, painter: QPainter, exposed: QRectF) -> None:
        """At another scale than the screen's, and maybe in lines: a kept picture would be blurred there."""
        ground = self.ground()
        if ground.alpha():
            painter.fillRect(exposed, ground)
        self.paint_exposed(painter, exposed)

    def _fitting(self, ratio: float, origin: QPointF) -> QPixmap:
        """The picture, a new one if it would not be sharp or as large as the roll."""
        view = self.coordinates
        size = QSize(math.ceil(view.width * ratio) + 1, math.ceil(view.height * ratio) + 1)
        picture = self._picture
        if picture is not None and (picture.size(), picture.devicePixelRatio()) == (size, ratio):
            if origin == self._origin:
                return picture
        else:
            picture = self._picture = QPixmap(size)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self.ground())
        self._origin = origin
        self._stale = QRegion(self.boundingRect().toAlignedRect())
        return picture

    def _bring_up_to_date(self, picture: QPixmap) -> None:
        stale, self._stale = self._stale & self.boundingRect().toAlignedRect(), QRegion()
        painter = QPainter(picture)
        painter.translate(self._origin)
        painter.setClipRegion(stale)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(stale.boundingRect(), self.ground())
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if not stale.isEmpty():
            self.paint_exposed(painter, QRectF(stale.boundingRect()))
        painter.end()


def _slide(before: Coordinates, after: Coordinates) -> int | None:
    """By how many whole pixels to the right the paper has moved, if it has done nothing else."""
    if (before.top, before.tick_width, before.row_height) != (after.top, after.tick_width, after.row_height):
        return None
    if (before.width, before.height) != (after.width, after.height):
        return None
    shift = (before.left - after.left) * after.tick_width
    is_whole = abs(shift - round(shift)) <= _WHOLE and 0 < abs(shift) < after.width
    return round(shift) if is_whole else None
