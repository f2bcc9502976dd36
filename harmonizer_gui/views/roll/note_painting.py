"""How a note looks: pure painting, without state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import chain

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QStaticText

from harmonizer_gui.score import Note, Score, pitch_name
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look, NoteLook
from harmonizer_gui.views.theme import scaled_font

ROUNDEST = 3.0
GAP_ACROSS = 1.0
"""Pixels from the end of a note to the start of the next."""
NARROWEST_BODY = 2.0
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
AROUND_LETTER = 8.0
"""Pixels that a body is at least wider than what is written on it."""


class Kind(IntEnum):
    """What is told about a note by the way it is painted."""

    WRITTEN = 0
    """A full body."""
    GENERATED = 1
    """A frame in the voice's colour."""
    SELECTED = 2
    """A bright body with a bright outline."""


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

    def body(self, kind: Kind) -> tuple[QColor, QPen, float]:
        """The colour, the pen around it and the most of a row's height that the pen may take."""
        colors, look = self.colors, self.look
        return (
            (colors.fill, look.outline_pen, OUTLINE_PART),
            (colors.soft, colors.edge, OUTLINE_PART),
            (colors.lit, look.selection_pen, CHOSEN_OUTLINE_PART),
        )[kind]

    def words(self, kind: Kind) -> QColor:
        """The colour of what is written on a note."""
        return (self.colors.letter, self.colors.soft_letter, self.colors.lit_letter)[kind]

    def name(self, note: Note) -> str:
        return f"{self.letter} {pitch_name(note.pitch, self.score.key_at(note.start))}"


def paint_notes(
    painter: QPainter, view: Coordinates, ink: Ink, notes: Iterable[Note], selected: frozenset[Note]
) -> None:
    """Paint `notes` of one voice: bodies, letters where there is room, fermatas."""
    some: dict[Kind, list[tuple[Note, QRectF]]] = {kind: [] for kind in Kind}
    for note, area in _placed(view, notes):
        some[_kind(note, selected)].append((note, area))
    for kind, bodies in some.items():
        paint_bodies(painter, ink, kind, [area for _, area in bodies], view.row_height)
    for kind, bodies in some.items() if ink.labels is not Labels.OFF else ():
        paint_words(painter, view, ink, kind, bodies)
    for note, area in chain(*some.values()):
        if note.fermata and area.width() >= NARROWEST_OUTLINED:
            paint_fermata(painter, ink.look, area)


def _kind(note: Note, selected: frozenset[Note]) -> Kind:
    if selected and note in selected:
        return Kind.SELECTED
    return Kind.GENERATED if note.generated else Kind.WRITTEN


def letter_font(font: QFont, row_height: float) -> QFont | None:
    """`font`, or a smaller one whose letters keep clear of outlines; None where none could be read."""
    size = QFontMetricsF(font).capHeight()
    room = row_height - BETWEEN_OUTLINES
    if room < SMALLEST_LETTER:
        return None
    return font if size <= room else scaled_font(font, font.pointSizeF() * room / size, bold=font.bold())


def row_gap(row_height: float) -> float:
    """Pixels of a row above a note, and below it."""
    return min(LARGEST_GAP, GAP_PART * row_height)


def body_height(row_height: float) -> float:
    """Pixels of a row that a note takes."""
    return max(2.0, row_height - 2 * row_gap(row_height))


def note_body(view: Coordinates, note: Note) -> QRectF:
    """The rectangle that is painted, with a gap to the next note of the same pitch."""
    ((_, area),) = _placed(view, [note])
    return area


def _placed(view: Coordinates, notes: Iterable[Note]) -> Iterator[tuple[Note, QRectF]]:
    """Notes with their bodies."""
    gap, height = row_gap(view.row_height), body_height(view.row_height)
    for note in notes:
        width = max(NARROWEST_BODY, note.duration * view.tick_width - GAP_ACROSS)
        yield note, QRectF(view.x(note.start) + GAP_ACROSS / 2, view.y(note.pitch) + gap, width, height)


def paint_bodies(painter: QPainter, ink: Ink, kind: Kind, areas: list[QRectF], row_height: float) -> None:
    """Paint rounded bodies of one kind, all equally high; the narrowest have no room for outlines."""
    fill, pen, part = ink.body(kind)
    pen = _thinned(pen, part * row_height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_narrow(painter, ink, kind, [area for area in areas if area.width() < NARROWEST_OUTLINED], pen)
    painter.setPen(pen)
    painter.setBrush(fill)
    inset = 0.5 if kind is Kind.SELECTED else pen.widthF() / 2
    for area in areas:
        if area.width() >= NARROWEST_OUTLINED:
            radius = min(ROUNDEST, area.height() / 3, area.width() / 3)
            painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _paint_narrow(painter: QPainter, ink: Ink, kind: Kind, areas: list[QRectF], pen: QPen) -> None:
    """In one colour; of selected ones the outline is seen above and below."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush((ink.colors.fill, ink.colors.hollow, ink.colors.lit)[kind])
    painter.drawRects(areas)
    if kind is Kind.SELECTED:
        painter.setBrush(pen.color())
        width = pen.widthF()
        painter.drawRects([QRectF(a.left(), a.top() - 0.5, a.width(), width) for a in areas])
        painter.drawRects([QRectF(a.left(), a.bottom() + 0.5 - width, a.width(), width) for a in areas])


def _thinned(pen: QPen, widest: float) -> QPen:
    """`pen`, or a thinner one."""
    if pen.widthF() <= widest:
        return pen
    result = QPen(pen)
    result.setWidthF(widest)
    return result


def paint_words(
    painter: QPainter, view: Coordinates, ink: Ink, kind: Kind, bodies: Iterable[tuple[Note, QRectF]]
) -> None:
    """Write on notes of one kind, after all their bodies: each text is then laid out but once."""
    font = letter_font(ink.look.letter_font, view.row_height)
    if font is None:
        return
    letter, names = Word(ink.letter, font), dict[str, Word]()
    painter.setFont(font)
    painter.setPen(ink.words(kind))
    for note, area in bodies:
        if area.width() < letter.narrowest:
            continue
        word = letter
        if ink.labels is Labels.NAME:
            text = ink.name(note)
            if text not in names:
                names[text] = Word(text, font)
            word = names[text] if area.width() >= names[text].narrowest else letter
        word.paint(painter, area)


class Word:
    """What is written on a body; `narrowest` pixels it must be wide."""

    def __init__(self, text: str, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        self.narrowest = metrics.horizontalAdvance(text) + AROUND_LETTER
        self._above = metrics.ascent() - metrics.capHeight() / 2
        self._text = QStaticText(text)
        self._text.prepare(font=font)

    def paint(self, painter: QPainter, body: QRectF) -> None:
        """Write it near the start of `body`, in the font and colour of `painter`."""
        painter.drawStaticText(QPointF(body.left() + INDENT, body.center().y() - self._above), self._text)


def paint_fermata(painter: QPainter, look: Look, body: QRectF) -> None:
    """An arc over a dot, above the middle of the note."""
    centre = QPointF(body.center().x(), body.top() - 2.5)
    half = FERMATA_WIDTH / 2
    circle = QRectF(centre.x() - half, centre.y() - half, FERMATA_WIDTH, FERMATA_WIDTH)
    arc = QPainterPath()
    arc.arcMoveTo(circle, 0.0)
    arc.arcTo(circle, 0.0, 180.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Paper around it, so that it is read on any heat.
    for color, thickness, radius in ((look.row, 3.3, 2.3), (look.text, 1.3, 1.3)):
        painter.strokePath(arc, QPen(color, thickness))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(centre, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
