"""What lies beside the roll and moves with it: keyboard, ruler, and any line above the notes."""

from __future__ import annotations

from PySide6.QtWidgets import QGraphicsItem, QGraphicsWidget

from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.shown import NotesShown


class Strip(QGraphicsWidget):
    """A band of fixed thickness that paints itself in the coordinates of the roll."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsToShape)
        self.look = look
        self.coordinates = Coordinates()

    def set_thickness(self, *, width: float | None = None, height: float | None = None) -> None:
        if width is not None:
            self.setMinimumWidth(width)
            self.setMaximumWidth(width)
        if height is not None:
            self.setMinimumHeight(height)
            self.setMaximumHeight(height)

    def set_look(self, look: Look) -> None:
        self.look = look
        self.update()

    def set_coordinates(self, coordinates: Coordinates) -> None:
        self.coordinates = coordinates
        self.update()

    def set_notes(self, shown: NotesShown) -> None:
        """Hear of music, selection or target that are no longer as before; most strips need not."""
