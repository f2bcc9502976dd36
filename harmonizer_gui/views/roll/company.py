"""What stands on and around the notes, and hears of look, coordinates and music."""

from __future__ import annotations

from harmonizer_gui.views.roll.canvas import Canvas, Row
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.shown import NotesShown
from harmonizer_gui.views.roll.strip import Strip


class Company:
    """Strips in line with the notes, and layers on them, that are not the roll's own."""

    def __init__(self, canvas: Canvas, look: Look) -> None:
        self._canvas = canvas
        self._look = look
        self._view = Coordinates()
        self._shown = NotesShown()
        self._strips: dict[Strip, Row] = {}
        self._layers: list[Layer] = []

    def add_strip(self, strip: Strip, row: Row, *, shown: bool) -> None:
        """Put `strip` over or under the notes; it hears of all three from now on."""
        self._strips[strip] = row
        strip.set_look(self._look)
        strip.set_coordinates(self._view)
        strip.set_notes(self._shown)
        strip.setVisible(shown)
        if shown:
            self._canvas.add_strip(strip, row)
        else:
            self._canvas.scene().addItem(strip)

    def show_strip(self, strip: Strip, *, on: bool) -> None:
        """Show a strip that was added, or hide it: it then takes no room."""
        if strip.isVisible() != on:
            if on:
                self._canvas.add_strip(strip, self._strips[strip])
            else:
                self._canvas.remove_strip(strip)
            strip.setVisible(on)

    def add_layer(self, layer: Layer) -> None:
        """Let `layer`, an item on the field, hear of look and coordinates from now on."""
        self._layers.append(layer)
        layer.set_look(self._look)
        layer.set_coordinates(self._view)

    @property
    def height_above(self) -> float:
        """Pixels that the strips over the notes take."""
        over = [strip for strip, row in self._strips.items() if row < Row.NOTES and strip.isVisible()]
        return sum(float(strip.maximumHeight()) for strip in over)

    def set_look(self, look: Look) -> None:
        self._look = look
        for item in self._all():
            item.set_look(look)

    def set_coordinates(self, view: Coordinates) -> None:
        self._view = view
        for item in self._all():
            item.set_coordinates(view)

    def _all(self) -> list[Strip | Layer]:
        return [*self._strips, *self._layers]

    def set_notes(self, shown: NotesShown) -> None:
        self._shown = shown
        for strip in self._strips:
            strip.set_notes(shown)
