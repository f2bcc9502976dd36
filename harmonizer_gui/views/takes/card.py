"""What a card says, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from harmonizer_gui.score import Voice, VoiceName
from harmonizer_gui.views.theme import DARK, UNIT, Theme, scaled_font

CARD_ROLE: Final = Qt.ItemDataRole.UserRole
_RADIUS: Final = 5.0
_WIDTH: Final = 11.5
_HEIGHT: Final = 5.2
"""Of a card, in lines of text."""
_LEAST_PITCHES: Final = 12
"""So many pitches a picture spans at least, so that a line that stays on one is seen as that."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Card:
    """One take, in words and as lines within the ticks [start, end)."""

    number: int
    title: str
    aside: str
    foot: str
    details: str
    lines: tuple[tuple[VoiceName, Voice], ...] = ()
    start: int = 0
    end: int = 1

    @property
    def words(self) -> str:
        """All of it, for screen readers."""
        return ", ".join(filter(None, (self.title, self.aside, self.foot)))


class CardPainter(QStyledItemDelegate):
    """Paints the cards; that of the take which is heard stands out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._shown: int | None = None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_shown(self, number: int | None) -> None:
        self._shown = number

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  # Qt's
        line = option.fontMetrics.height()
        return QSize(round(_WIDTH * line) + UNIT, round(_HEIGHT * line))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CARD_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(option.rect).adjusted(0.5, 0.5, -UNIT + 0.5, -0.5)
        self._paint_frame(painter, frame, option, is_shown=card.number == self._shown)
        inside = frame.adjusted(UNIT, UNIT * 0.6, -UNIT, -UNIT * 0.6)
        small = scaled_font(option.font, 0.88 * option.font.pointSizeF())
        line = QFontMetricsF(option.font).height()
        self._write(painter, QRectF(inside.left(), inside.top(), inside.width(), line), card, option)
        painter.setFont(small)
        painter.setPen(QColor(self._theme.text_muted))
        foot = QRectF(inside.left(), inside.bottom() - line, inside.width(), line)
        words = QFontMetricsF(small).elidedText(card.foot, Qt.TextElideMode.ElideRight, foot.width())
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        picture = inside.adjusted(0, line + 2, 0, -line - 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        paint_lines(painter, picture, card, self._theme)
        painter.restore()

    def _paint_frame(
        self, painter: QPainter, frame: QRectF, option: QStyleOptionViewItem, *, is_shown: bool
    ) -> None:
        theme = self._theme
        is_lit = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(QColor(theme.accent_soft if is_shown else theme.hover if is_lit else theme.panel))
        painter.setPen(QPen(QColor(theme.accent if is_shown else theme.border), 1.5 if is_shown else 1.0))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.text), 1.0, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(3, 3, -3, -3), _RADIUS - 2, _RADIUS - 2)

    def _write(self, painter: QPainter, row: QRectF, card: Card, option: QStyleOptionViewItem) -> None:
        """The title at the left, what is aside at the right."""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._theme.text))
        painter.setFont(scaled_font(option.font, option.font.pointSizeF(), bold=True))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, card.title)
        painter.setPen(QColor(self._theme.text_muted))
        painter.setFont(scaled_font(option.font, 0.88 * option.font.pointSizeF()))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, card.aside)


def paint_lines(painter: QPainter, place: QRectF, card: Card, theme: Theme) -> None:
    """The notes of a card as short bars, each voice in its colour."""
    notes = [(voice, note) for voice, line in card.lines for note in line.between(card.start, card.end)]
    if not notes or place.height() < 4:
        return
    lowest = min(note.pitch for _, note in notes)
    highest = max(note.pitch for _, note in notes)
    spare = max(0, _LEAST_PITCHES - (highest - lowest)) / 2
    row = place.height() / (highest - lowest + 1 + 2 * spare)
    tick = place.width() / max(1, card.end - card.start)
    painter.setPen(Qt.PenStyle.NoPen)
    for voice, note in notes:
        painter.setBrush(theme.voice(voice))
        left = place.left() + tick * (max(note.start, card.start) - card.start)
        right = place.left() + tick * (min(note.end, card.end) - card.start)
        top = place.top() + row * (highest + spare - note.pitch)
        painter.drawRect(QRectF(left, top, max(1.0, right - left - 1.0), max(2.0, min(row, 4.0))))
