"""How a note looks: pure painting, without state."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.sketch import Rects

ROUNDEST = 3.0
FERMATA_WIDTH = 11.0


def paint_notes(
    painter: QPainter,
    view: Coordinates,
    look: Look,
    voice: VoiceName,
    notes: Iterable[Note],
    selected: frozenset[Note],
) -> None:
    """Paint `notes` of one voice: bodies, letters where there is room, fermatas."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.letter_font)
    metrics = QFontMetricsF(look.letter_font)
    room = metrics.horizontalAdvance(voice.letter) + 8.0
    is_legible = view.row_height >= 0.72 * metrics.height()
    for note in notes:
        body = note_body(view, note)
        _paint_body(painter, look, voice, note, body, is_selected=note in selected)
        if is_legible and body.width() >= room:
            _paint_letter(painter, look, voice, note, body)
        if note.fermata:
            _paint_fermata(painter, look, body)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def note_body(view: Coordinates, note: Note) -> QRectF:
    """The rectangle that is painted, with a gap to the next note of the same pitch."""
    box = view.box(note)
    return QRectF(box.x + 0.5, box.y + 1.0, max(2.0, box.width - 1.0), max(2.0, box.height - 2.0))


def _paint_body(
    painter: QPainter, look: Look, voice: VoiceName, note: Note, body: QRectF, *, is_selected: bool
) -> None:
    """Written by hand: a full body. Generated: a frame in the voice's colour. Selected: bright outline."""
    colors = look.notes[voice]
    radius = min(ROUNDEST, body.width() / 3, body.height() / 3)
    painter.setBrush(colors.lit if is_selected else colors.soft if note.generated else colors.fill)
    inset = 0.5
    if is_selected:
        painter.setPen(look.selection_pen)
        inset = 0.0
    elif note.generated:
        painter.setPen(colors.edge)
        inset = 0.75
    else:
        painter.setPen(look.outline_pen)
    if body.width() < 4.0 and not is_selected:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(body.adjusted(inset, inset, -inset, -inset), radius, radius)


def _paint_letter(painter: QPainter, look: Look, voice: VoiceName, note: Note, body: QRectF) -> None:
    on_dark = note.generated and look.theme.is_dark
    painter.setPen(look.text if on_dark else look.letter)
    painter.drawText(
        body.adjusted(5.0, 0.0, 0.0, 0.0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip,
        voice.letter,
    )


def _paint_fermata(painter: QPainter, look: Look, body: QRectF) -> None:
    """An arc over a dot, above the middle of the note."""
    width = FERMATA_WIDTH
    centre = QPointF(body.center().x(), body.top() - 2.5)
    arc = QPainterPath()
    arc.arcMoveTo(QRectF(centre.x() - width / 2, centre.y() - width / 2, width, width), 0.0)
    arc.arcTo(QRectF(centre.x() - width / 2, centre.y() - width / 2, width, width), 0.0, 180.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.text, 1.3))
    painter.drawPath(arc)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.text)
    painter.drawEllipse(centre, 1.3, 1.3)


def paint_sketch(painter: QPainter, look: Look, voice: VoiceName, rects: Rects) -> None:
    """Paint one voice seen from afar, as plain bars."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.notes[voice].fill)
    painter.drawRects(*rects.arguments())
