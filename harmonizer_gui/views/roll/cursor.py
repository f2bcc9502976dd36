"""The grid cursor: a cell of the roll that the arrow keys move, for work without a mouse."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note, Score, VoiceName
from harmonizer_gui.score.edits import NoteRef, lay_notes, remove_notes, resize_notes
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.edit import Edit, notes_label
from harmonizer_gui.views.roll.grid import Grid
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look

FAINT = 0.16
"""How much of the row and column through the cursor is tinted."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place: a grid line, in ticks, and a pitch."""

    tick: int
    pitch: int

    def raised(self, semitones: int) -> Cursor:
        """Moved by semitones, within the keys."""
        return replace(self, pitch=max(LOWEST_PITCH, min(self.pitch + semitones, HIGHEST_PITCH)))

    def along(self, score: Score, grid: Grid, direction: int) -> Cursor:
        """Moved to the next grid line, or the one before."""
        tick = grid.after(score, self.tick) if direction > 0 else grid.previous(score, self.tick)
        return replace(self, tick=tick)


def note_under(score: Score, voice: VoiceName, cursor: Cursor) -> NoteRef | None:
    """The note of `voice` that sounds at the cursor's time, whatever its pitch."""
    note = score.voice(voice).at(cursor.tick)
    return None if note is None else NoteRef(voice, note)


def entered(score: Score, voice: VoiceName, cursor: Cursor, duration: int) -> Edit:
    """Write a note of `duration` ticks at the cursor; what it covers is trimmed."""
    ref = NoteRef(voice, Note(cursor.tick, duration, cursor.pitch))
    text = _tr("Draw {notes}").format(notes=notes_label(frozenset({ref})))
    return Edit(text, lay_notes(score, voice, [ref.note]))


def lengthened(score: Score, ref: NoteRef, grid: Grid, direction: int) -> Edit:
    """Move the end of a note to the next grid line, or the one before."""
    note = ref.note
    line = grid.after(score, note.end) if direction > 0 else grid.previous(score, note.end)
    one = frozenset({ref})
    longer, _ = resize_notes(score, one, ticks=line - note.end, edge="end", shortest=grid.ticks)
    return Edit(_tr("Change the length of {notes}").format(notes=notes_label(one)), longer)


def removed(score: Score, ref: NoteRef) -> Edit:
    """Take the note away."""
    one = frozenset({ref})
    return Edit(_tr("Delete {notes}").format(notes=notes_label(one)), remove_notes(score, one))


class CursorLayer(Layer):
    """Shows the cursor as a frame, with row and column faintly tinted; hidden while there is none."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent, look, height=5.0)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._box = QRectF()
        self._place: tuple[Cursor, int] | None = None
        self._has_keys = True
        self.hide()

    @property
    def box(self) -> QRectF:
        """Where it is, in pixels of the roll."""
        return self._box

    def set_keys(self, *, on: bool) -> None:
        """Whether the keys move it; while they go elsewhere it is faint."""
        self._has_keys = on
        self.update()

    def show_at(self, cursor: Cursor | None, ticks: int) -> None:
        """Show `cursor`, `ticks` wide; None for none."""
        self._place = None if cursor is None else (cursor, ticks)
        self.setVisible(cursor is not None)
        self._lay()

    def set_coordinates(self, coordinates: Coordinates) -> None:
        super().set_coordinates(coordinates)
        self._lay()

    def _lay(self) -> None:
        if self._place is None:
            return
        cursor, ticks = self._place
        view = self.coordinates
        left, right = view.x(cursor.tick), view.x(cursor.tick + ticks)
        self._box = QRectF(left, view.y(cursor.pitch), right - left, view.row_height)
        self.update()

    def paint_exposed(self, painter: QPainter, exposed: QRectF) -> None:
        faint = QColor(self.look.theme.color("accent"))
        faint.setAlphaF(FAINT)
        box = self._box
        painter.fillRect(QRectF(exposed.left(), box.top(), exposed.width(), box.height()), faint)
        painter.fillRect(QRectF(box.left(), exposed.top(), box.width(), exposed.height()), faint)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        color = self.look.theme.color("selection" if self._has_keys else "text_muted")
        painter.setPen(QPen(color, 2.0 if self._has_keys else 1.0))
        painter.drawRect(box.adjusted(1.0, 1.0, -1.0, -1.0))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Roll", text)
