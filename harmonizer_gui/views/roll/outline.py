"""What a click would do, seen before it is done: the note to be drawn, or the place of the cut."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.gestures import Intent
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.note_painting import ROUNDEST, note_body

OPACITY = 0.28


class OutlineItem(QGraphicsObject):
    """As large as what it shows, so that little is painted anew when it moves."""

    def __init__(self, parent: QGraphicsItem, look: Look) -> None:
        super().__init__(parent)
        self.setZValue(3.0)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._look = look
        self._voice = VoiceName.ALTO
        self._note: Note | None = None
        self._body = QRectF()
        self._cut: float | None = None

    @property
    def note(self) -> Note | None:
        """The note that a click would draw, None where it would draw none."""
        return self._note

    @property
    def cuts(self) -> bool:
        """Whether the place of a cut is shown."""
        return self._cut is not None

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def show_intent(self, intent: Intent | None, voice: VoiceName, view: Coordinates) -> None:
        """Show what `intent` would do, drawing in `voice`; None for nothing."""
        self.prepareGeometryChange()
        self._voice = voice
        self._note = None if intent is None else intent.note
        self._cut = None
        self._body = QRectF()
        if self._note is not None:
            self._body = note_body(view, self._note)
        elif intent is not None and intent.ref is not None and intent.cut is not None:
            self._body = note_body(view, intent.ref.note)
            self._cut = view.x(intent.cut)
        self.setVisible(not self._body.isEmpty())

    def boundingRect(self) -> QRectF:
        return self._body.adjusted(-2.0, -4.0, 2.0, 4.0)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002  # Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002  # Qt's signature
    ) -> None:
        if self._cut is not None:
            painter.setPen(QPen(self._look.theme.color("selection"), 2.0))
            painter.drawLine(QLineF(self._cut, self._body.top() - 3.0, self._cut, self._body.bottom() + 3.0))
        elif self._note is not None:
            self._paint_note(painter)

    def _paint_note(self, painter: QPainter) -> None:
        """Filled faintly, outlined like what it will be."""
        color = self._look.notes[self._voice].fill
        faint = QColor(color)
        faint.setAlphaF(OPACITY)
        radius = min(ROUNDEST, self._body.width() / 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(faint)
        painter.setPen(QPen(color, 1.0, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self._body.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
