"""The colours, pens and letters of the roll, made once for a theme."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.theme import Theme, contrast, scaled_font

GHOST = {"dark": 0.2, "light": 0.34, "contrast": 0.4}
"""How far the voices that are not the target sink into the paper, by theme."""
USUAL_GHOSTS = 0.75
SOFT = 0.62
"""How far the inside of generated notes does."""


@dataclass(frozen=True, eq=False)
class NoteLook:
    """How the notes of one voice are painted. The colours are opaque, so that no heat shines through.

    Each is like itself alone, so that what was painted with it can be kept by it.
    """

    fill: QColor
    lit: QColor
    """Of a selected note: brighter."""
    soft: QColor
    """Of a generated note, inside an outline of `edge`."""
    hollow: QColor
    """Of a generated note that has no room for an outline."""
    edge: QPen
    letter: QColor
    """Of the two colours that text has, the one that is read more easily on `fill`; so with the others."""
    lit_letter: QColor
    soft_letter: QColor


class Look:
    """One for the whole roll; `font` is the window's."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        points = font.pointSizeF() if font.pointSizeF() > 0 else 9.0
        self.small_font = scaled_font(font, 0.9 * points)
        self.bar_font = scaled_font(font, points)
        self.letter_font = scaled_font(font, 0.85 * points, bold=True)
        self.line_height = QFontMetricsF(self.bar_font).height()
        self.row = theme.color("roll_row")
        self.black_row = theme.color("roll_row_black")
        self.tonic_row = _blended(self.row, theme.color("roll_tonic_line"), 0.16)
        self.beyond = _faded(theme.color("window"), 0.55)
        self.tonic_pen = hairline(theme.color("roll_tonic_line"))
        self.grid_pen = hairline(theme.color("roll_step_line"))
        self.beat_pen = hairline(theme.color("roll_beat_line"))
        self.bar_pen = hairline(theme.color("roll_bar_line"))
        self.text = theme.color("text")
        self.muted = theme.color("text_muted")
        self.outline_pen = QPen(theme.color("note_outline"), 1.0)
        self.selection_pen = QPen(theme.color("selection"), 2.0)
        self.band_fill = theme.color("rubber_band")
        self.band_pen = hairline(theme.color("accent"))
        self.playhead_pen = QPen(theme.color("playhead"), 2.0)
        self.notes = {voice: _note_look(theme, theme.voice(voice)) for voice in VoiceName}
        """How the target is painted."""
        self.ghosts = self.ghosts_at(USUAL_GHOSTS)
        """How the other voices are, unless the user wants them fainter or stronger."""

    def ghosts_at(self, strength: float) -> dict[VoiceName, NoteLook]:
        """The voices that are not the target, from 0, all but paper, to 1, as strong as the target."""
        sunk = min(0.92, max(0.0, 1.0 - (1.0 - GHOST[self.theme.name]) * strength / USUAL_GHOSTS))
        return {
            voice: _note_look(self.theme, _blended(self.theme.voice(voice), self.row, sunk))
            for voice in VoiceName
        }


def hairline(color: QColor) -> QPen:
    """A pen one device pixel wide at any scale."""
    pen = QPen(color)
    pen.setWidth(0)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _note_look(theme: Theme, color: QColor) -> NoteLook:
    lit = _blended(color, QColor("#ffffff"), 0.4)
    soft = _blended(color, theme.color("roll_row"), SOFT)
    return NoteLook(
        fill=color,
        lit=lit,
        soft=soft,
        hollow=_blended(color, soft, 0.5),
        edge=QPen(color if theme.is_dark else color.darker(120), 1.5),
        letter=_legible(theme, color),
        lit_letter=_legible(theme, lit),
        soft_letter=_legible(theme, soft),
    )


def _legible(theme: Theme, below: QColor) -> QColor:
    return max(theme.color("note_text"), theme.color("text"), key=lambda color: contrast(color, below))


def _faded(color: QColor, opacity: float) -> QColor:
    result = QColor(color)
    result.setAlphaF(opacity)
    return result


def _blended(color: QColor, other: QColor, part: float) -> QColor:
    mixed = [
        round(a + part * (b - a))
        for a, b in (
            (color.red(), other.red()),
            (color.green(), other.green()),
            (color.blue(), other.blue()),
        )
    ]
    return QColor(*mixed)
