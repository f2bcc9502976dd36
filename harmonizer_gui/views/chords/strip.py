"""The line over the notes that names the chords."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.session.chords import NamedChord
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.strip import Strip

INDENT: Final = 4.0
GAP: Final = 5.0
"""Pixels that stay free between two names; a name that does not fit is left out."""
STALE_OPACITY: Final = 0.45
LABEL_GAP: Final = 6.0


class ChordStrip(Strip):
    """Shows the names where they fit, dimmed while some are still to be found."""

    def __init__(self, look: Look) -> None:
        self._label = QGraphicsSimpleTextItem()
        super().__init__(look)
        self._label.setParentItem(self)
        self._chords: list[NamedChord] = []
        self._lengths = np.empty(0)
        self._is_stale = False
        self._fit()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._fit()

    def set_label(self, short: str, words: str) -> None:
        """Say what is shown: `short` beside the strip, over the keyboard, `words` for whoever asks."""
        self._label.setText(short)
        self.setToolTip(words)
        self._fit()

    def _fit(self) -> None:
        height = round(QFontMetricsF(self.look.bar_font).height() + 4.0)
        self.set_thickness(height=height)
        self._label.setFont(self.look.small_font)
        self._label.setBrush(self.look.muted)
        size = self._label.boundingRect()
        self._label.setPos(-size.width() - LABEL_GAP, (height - size.height()) / 2)

    def set_chords(self, chords: Sequence[NamedChord], *, stale: bool) -> None:
        """Show `chords`, in order of time."""
        self._chords, self._is_stale = list(chords), stale
        self._lengths = np.array([chord.end - chord.start for chord in chords], np.float64)
        self.update()

    @property
    def chords(self) -> list[NamedChord]:
        return self._chords

    def seen(self) -> list[tuple[NamedChord, QRectF]]:
        """The names that fit, each with the room it has: up to the next name."""
        metrics = QFontMetricsF(self.look.bar_font)
        view, height = self.coordinates, self.rect().height()
        first = max(0, bisect_left(self._chords, view.left, key=lambda chord: chord.start) - 1)
        stop = bisect_left(self._chords, view.right, key=lambda chord: chord.start)
        has_room = self._lengths[first:stop] * view.tick_width >= metrics.horizontalAdvance("i")
        found: list[tuple[NamedChord, QRectF]] = []
        free = float("-inf")
        for index in np.flatnonzero(has_room).tolist():
            chord = self._chords[first + index]
            left = view.x(chord.start) + INDENT
            width = metrics.horizontalAdvance(chord.text)
            room = view.x(chord.end) - left
            if left + width > 0 and left >= free and width <= room + INDENT:
                found.append((chord, QRectF(left, 0.0, width + 2.0, height)))
                free = left + width + GAP
        return found

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002  # Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        theme = self.look.theme
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.setFont(self.look.bar_font)
        painter.setPen(self.look.text)
        painter.setOpacity(STALE_OPACITY if self._is_stale else 1.0)
        for chord, place in self.seen():
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, chord.text)
        painter.setOpacity(1.0)
        foot = self.rect().height() - 0.5
        painter.setPen(theme.color("border"))
        painter.drawLine(QLineF(0.0, foot, self.rect().width(), foot))
