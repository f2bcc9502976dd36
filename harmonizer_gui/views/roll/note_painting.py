"""How a note looks: pure painting, without state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QStaticText

from harmonizer_gui.score import Note, Score, pitch_name
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look, NoteLook
from harmonizer_gui.views.theme import scaled_font

ROUNDEST = 3.0
NARROWEST_OUTLINED = 4.0
INDENT = 5.0
"""Pixels from the edge of a note to its letter."""
FERMATA_WIDTH = 11.0
LARGEST_GAP = 1.0
GAP_PART = 0.1
OUTLINE_PART = 0.12
CHOSEN_OUTLINE_PART = 0.2
"""Of the height of a low row: the gap above and below a note, its outline, that of a selected one. On higher
rows they are as wide as is usual; some of the colour is always left within."""
BETWEEN_OUTLINES = 5.5
"""Pixels of a row above and below what may be written on a note, even if it is selected."""
SMALLEST_LETTER = 5.0
"""Pixels of a capital letter."""

_Lettered = tuple[str, QRectF, QColor]
"""What is written, on which body, in which colour."""


class _Body(NamedTuple):
    """A note where it is painted."""

    note: Note
    area: QRectF
    width: float
    is_selected: bool


class Labels(Enum):
    """What is written on notes that are wide enough."""

    OFF = "off"
    LETTER = "letter"
    """The letter of the voice."""
    NAME = "name"
    """The letter and the name of the pitch; where that is too wide, the letter alone."""


@dataclass(frozen=True)
class Ink:
    """What the notes of one voice are painted with."""

    look: Look
    colors: NoteLook
    letter: str
    labels: Labels = Labels.LETTER
    score: Score = Score()  # noqa: RUF009  # a frozen value
    """Its keys name the notes."""


def paint_notes(
    painter: QPainter, view: Coordinates, ink: Ink, notes: Iterable[Note], selected: frozenset[Note]
) -> None:
    """Paint `notes` of one voice: bodies, letters where there is room, fermatas."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bodies = [
        _Body(note, area, area.width(), bool(selected) and note in selected)
        for note, area in _placed(view, notes)
    ]
    _paint_bodies(painter, ink, bodies, view.row_height)
    font = letter_font(ink.look.letter_font, view.row_height)
    if ink.labels is not Labels.OFF and font is not None:
        painter.setFont(font)
        _paint_letters(painter, _lettered(ink, bodies, QFontMetricsF(font)), font)
    for body in bodies:
        if body.note.fermata:
            _paint_fermata(painter, ink.look, body.area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def letter_font(font: QFont, row_height: float) -> QFont | None:
    """`font`, or a smaller one whose letters keep clear of outlines; None where none could be read."""
    size = QFontMetricsF(font).capHeight()
    room = row_height - BETWEEN_OUTLINES
    if room < SMALLEST_LETTER:
        return None
    return font if size <= room else scaled_font(font, font.pointSizeF() * room / size, bold=font.bold())


def note_body(view: Coordinates, note: Note) -> QRectF:
    """The rectangle that is painted, with a gap to the next note of the same pitch."""
    ((_, area),) = _placed(view, [note])
    return area


def _placed(view: Coordinates, notes: Iterable[Note]) -> Iterator[tuple[Note, QRectF]]:
    """Notes with their bodies; hundreds are painted in every frame, so what all share is worked out once."""
    gap = min(LARGEST_GAP, GAP_PART * view.row_height)
    height = max(2.0, view.row_height - 2 * gap)
    tick_width, left = view.tick_width, view.x(0) + 0.5
    tops: dict[int, float] = {}
    for note in notes:
        top = tops.get(note.pitch)
        if top is None:
            top = tops[note.pitch] = view.y(note.pitch) + gap
        width = max(2.0, note.duration * tick_width - 1.0)
        yield note, QRectF(left + note.start * tick_width, top, width, height)


def _paint_bodies(painter: QPainter, ink: Ink, bodies: list[_Body], row_height: float) -> None:
    """Written by hand: a full body. Generated: a frame in the voice's colour. Selected: bright outline."""
    colors, look = ink.colors, ink.look
    for is_generated, fill, usual_pen in (
        (False, colors.fill, look.outline_pen),
        (True, colors.soft, colors.edge),
    ):
        some = [b for b in bodies if b.note.generated is is_generated and not b.is_selected]
        painter.setBrush(fill)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRects([body.area for body in some if body.width < NARROWEST_OUTLINED])
        pen = _thinned(usual_pen, OUTLINE_PART * row_height)
        painter.setPen(pen)
        _paint_rounded(painter, [b for b in some if b.width >= NARROWEST_OUTLINED], pen.widthF() / 2)
    painter.setBrush(colors.lit)
    painter.setPen(_thinned(look.selection_pen, CHOSEN_OUTLINE_PART * row_height))
    _paint_rounded(painter, [body for body in bodies if body.is_selected], 0.5)


def _thinned(pen: QPen, widest: float) -> QPen:
    """`pen`, or a thinner one."""
    if pen.widthF() <= widest:
        return pen
    result = QPen(pen)
    result.setWidthF(widest)
    return result


def _paint_rounded(painter: QPainter, bodies: list[_Body], inset: float) -> None:
    roundest = min(ROUNDEST, bodies[0].area.height() / 3) if bodies else 0.0
    for _, area, width, _ in bodies:
        radius = roundest if width >= 3 * roundest else width / 3
        painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius, radius)


def _lettered(ink: Ink, bodies: Iterable[_Body], metrics: QFontMetricsF) -> list[_Lettered]:
    """What is written on which body: the fullest words that fit."""
    widths: dict[str, float] = {}
    colors, letter, is_named = ink.colors, ink.letter, ink.labels is Labels.NAME

    def needed(text: str) -> float:
        if text not in widths:
            widths[text] = metrics.horizontalAdvance(text) + 8.0
        return widths[text]

    found = []
    least = needed(letter)
    for note, area, width, is_selected in bodies:
        if width < least:
            continue
        text = letter
        if is_named:
            named = f"{letter} {pitch_name(note.pitch, ink.score.key_at(note.start))}"
            text = named if needed(named) <= width else letter
        color = colors.lit_letter if is_selected else colors.soft_letter if note.generated else colors.letter
        found.append((text, area, color))
    return found


def _paint_letters(painter: QPainter, places: list[_Lettered], font: QFont) -> None:
    """Put the letters into the bodies, after all bodies: each text is then laid out but once."""
    texts: dict[str, QStaticText] = {}
    metrics = QFontMetricsF(font)
    above = metrics.ascent() - metrics.capHeight() / 2
    pen: QColor | None = None
    for words, area, color in places:
        if words not in texts:
            texts[words] = QStaticText(words)
            texts[words].prepare(painter.transform(), font)
        if color is not pen:
            painter.setPen(color)
            pen = color
        painter.drawStaticText(QPointF(area.left() + INDENT, area.center().y() - above), texts[words])


def _paint_fermata(painter: QPainter, look: Look, body: QRectF) -> None:
    """An arc over a dot, above the middle of the note."""
    centre = QPointF(body.center().x(), body.top() - 2.5)
    half = FERMATA_WIDTH / 2
    circle = QRectF(centre.x() - half, centre.y() - half, FERMATA_WIDTH, FERMATA_WIDTH)
    arc = QPainterPath()
    arc.arcMoveTo(circle, 0.0)
    arc.arcTo(circle, 0.0, 180.0)
    painter.strokePath(arc, QPen(look.text, 1.3))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.text)
    painter.drawEllipse(centre, 1.3, 1.3)


def paint_sketch(painter: QPainter, view: Coordinates, sketch: QImage) -> None:
    """Stretch a picture of all visible pitches, a row each, over the rows of the roll."""
    highest = view.visible_pitches.stop - 1
    area = QRectF(0.0, view.y(highest), float(sketch.width()), sketch.height() * view.row_height)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.drawImage(area, sketch)
