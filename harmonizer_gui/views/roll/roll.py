"""The piano roll: shows the music and its heat, and asks for edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGridLayout, QWidget

from harmonizer_gui.score import Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef, Selection
from harmonizer_gui.views.roll.background import Background
from harmonizer_gui.views.roll.canvas import Canvas, Row
from harmonizer_gui.views.roll.company import Company
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.gestures import Brush, Intent, Outcome, Scene, Tool
from harmonizer_gui.views.roll.grid import GRIDS, Grid
from harmonizer_gui.views.roll.heat import HeatItem
from harmonizer_gui.views.roll.layer import Layer
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.loudness_lane import LoudnessLane
from harmonizer_gui.views.roll.mouse import Mouse
from harmonizer_gui.views.roll.navigator import Navigator
from harmonizer_gui.views.roll.notes import NotesItem
from harmonizer_gui.views.roll.outline import OutlineItem
from harmonizer_gui.views.roll.overlay import BandItem, HintItem
from harmonizer_gui.views.roll.playhead import Playhead
from harmonizer_gui.views.roll.scroll_bars import ScrollBars
from harmonizer_gui.views.roll.shown import NotesShown
from harmonizer_gui.views.roll.strip import Strip
from harmonizer_gui.views.theme import DARK, Theme

GRID_AT_FIRST = GRIDS[3]


@dataclass(frozen=True, slots=True)
class Hover:
    """The place under the mouse."""

    tick: float
    pitch: int


class PianoRoll(QWidget):
    """Setters only display; what the user wishes leaves as a signal.

    `navigator` scrolls and zooms; nothing in the document depends on it.
    """

    edit_asked = Signal(object)
    """`Edit`"""
    selection_asked = Signal(object)
    target_asked = Signal(object)
    """`VoiceName`"""
    seek_asked = Signal(float)
    stroke_asked = Signal(object)
    """`Stroke`"""
    sound_asked = Signal(object, int)
    """Voice and pitch to be heard for a moment."""
    notes_moved = Signal()
    """A strip over or under the notes has come or gone."""
    hovered = Signal(object)
    """`Hover`, None when the mouse has gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look(DARK, self.font())
        self.canvas = Canvas(self._look, self)
        self.navigator = Navigator(self)
        self._score = Score()
        self._company = Company(self.canvas, self._look)
        self._grid, self._last_length = GRID_AT_FIRST, GRID_AT_FIRST.ticks
        self._draws_grid_length = False
        self._brush = Brush()
        self._is_locked: Callable[[NoteRef], bool] = lambda _ref: False
        self._build_items()
        self.loudness = LoudnessLane(self._look)
        self.bars = ScrollBars(self.navigator, self)
        self._mouse = Mouse(self.canvas.field, self._scene, self)
        self._lay_out()
        self._connect()
        self._connect_navigator()
        self.add_strip(self.loudness, Row.LANE, shown=False)
        self.setFocusProxy(self.canvas)
        self.canvas.setAccessibleName(self.tr("Piano roll"))
        self.canvas.setAccessibleDescription(
            self.tr("Four voices: tab goes from note to note of one, the arrow keys move what is selected")
        )
        self.set_tool(Tool.DRAW)

    def _build_items(self) -> None:
        field = self.canvas.field
        self._background = Background(field, self._look)
        self.heat = HeatItem(DARK)
        field.addItem(self.heat, ignoreBounds=True)
        self.notes = NotesItem(field, self._look)
        self._band = BandItem(field, self._look)
        self.outline = OutlineItem(field, self._look)
        self.playhead = Playhead(field, self._look)
        self._hint = HintItem(field, self._look)
        self._hint.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 0, 0)
        layout.addWidget(self.bars.down, 0, 1)
        layout.addWidget(self.bars.across, 1, 0)

    def _connect(self) -> None:
        canvas, field = self.canvas, self.canvas.field
        canvas.ruler.tick_pressed.connect(self._ask_seek)
        canvas.keyboard.pressed.connect(self._ask_key)
        canvas.keyboard.pointed.connect(canvas.keyboard.set_pointed)
        field.hovered.connect(self._on_hovered)
        self._mouse.answered.connect(self._on_answered)
        self._mouse.ended.connect(self._on_gesture_ended)
        self.loudness.edit_asked.connect(self.edit_asked)
        self._mouse.intended.connect(self._on_intended)
        canvas.held_changed.connect(self._mouse.hold)
        field.moved.connect(self._on_paper_moved)

    def _connect_navigator(self) -> None:
        navigator = self.navigator
        self.canvas.turned.connect(navigator.turn)
        self.canvas.pinched.connect(navigator.zoom_time)
        for moves in (self.canvas.turned, self.canvas.pinched):
            moves.connect(self._on_paper_moved)
        self.canvas.field.panned.connect(self._on_panned)
        self.canvas.field.resized.connect(navigator.resize)
        self._mouse.drifted.connect(navigator.scroll)
        navigator.changed.connect(self._on_view_changed)

    def add_strip(self, strip: Strip, row: Row, *, shown: bool = True) -> None:
        """Put `strip` over or under the notes; it hears of look, coordinates and music from now on."""
        self._company.add_strip(strip, row, shown=shown)

    def show_strip(self, strip: Strip, *, on: bool) -> None:
        """Show a strip that was added, or hide it: it then takes no room."""
        self._company.show_strip(strip, on=on)
        self.notes_moved.emit()

    def add_layer(self, layer: Layer) -> None:
        """Let `layer`, an item on the field, hear of look and coordinates from now on."""
        self._company.add_layer(layer)

    @property
    def look(self) -> Look:
        return self._look

    @property
    def coordinates(self) -> Coordinates:
        return self.navigator.view

    @property
    def notes_top(self) -> int:
        """Pixels from the upper edge of the roll to its notes."""
        return round(self.canvas.ruler.maximumHeight() + self._company.height_above)

    @property
    def score(self) -> Score:
        return self._score

    @property
    def selection(self) -> Selection:
        return self.notes.shown.selection

    @property
    def target(self) -> VoiceName:
        return self.notes.shown.target

    @property
    def tool(self) -> Tool:
        return self._mouse.tool

    @property
    def grid(self) -> Grid:
        return self._grid

    def set_theme(self, theme: Theme) -> None:
        self._look = Look(theme, self.font())
        self.canvas.set_look(self._look)
        self._background.set_look(self._look)
        self.notes.set_look(self._look)
        self._band.set_look(self._look)
        self.outline.set_look(self._look)
        self.playhead.set_look(self._look)
        self._hint.set_look(self._look)
        self.heat.set_theme(theme)
        self._company.set_look(self._look)

    def set_piece(self, score: Score) -> None:
        """Show another piece, from its start."""
        self._show_score(score)
        self.navigator.set_piece(score)

    def set_score(self, score: Score) -> None:
        """Show the piece as it is now."""
        self._show_score(score)
        self.navigator.set_score(score)

    def _show_score(self, score: Score) -> None:
        self._score = score
        self._background.set_score(score)
        self.canvas.ruler.set_score(score)
        self._show(replace(self.notes.shown, score=score))

    def set_selection(self, selection: Selection) -> None:
        self._show(replace(self.notes.shown, selection=selection))

    def set_target(self, voice: VoiceName) -> None:
        self._show(replace(self.notes.shown, target=voice))

    def set_hidden(self, voices: frozenset[VoiceName]) -> None:
        """Let nothing be seen of these voices; the target is seen all the same."""
        self._show(replace(self.notes.shown, hidden=voices))

    def _show(self, shown: NotesShown) -> None:
        self.notes.show_notes(shown)
        self._company.set_notes(shown)
        self._mouse.look_again()

    def set_growing(self, *lines: tuple[VoiceName, Voice]) -> None:
        """Show these notes in place of those of their voices, while they are being written; none end that."""
        self._show(replace(self.notes.shown, growing=lines))

    def set_heat(self, heat: NDArray[np.float32] | None, *, stale: bool = False) -> None:
        """Lay `heat` [T, 88] under the notes, dimmed while `stale`; None for none."""
        self.heat.set_heat(heat, stale=stale)

    def set_tool(self, tool: Tool) -> None:
        self._mouse.set_tool(tool)

    def set_grid(self, grid: Grid) -> None:
        self._grid, self._last_length = grid, grid.ticks
        self._background.set_grid(grid)

    def set_scale(self, *, on: bool) -> None:
        """Tint the rows by the key that holds at each time, or show those of the keyboard."""
        self._background.set_scale(on=on)

    def set_drawn_length(self, *, as_grid: bool) -> None:
        """Draw notes as long as the grid step, or as long as the last one that was drawn or lengthened."""
        self._draws_grid_length = as_grid

    def set_brush(self, brush: Brush) -> None:
        """Paint with `brush` from now on; a stroke that is going on keeps its own."""
        self._brush = brush

    def set_locks(self, is_locked: Callable[[NoteRef], bool]) -> None:
        """Ask `is_locked` which notes no gesture may change."""
        self._is_locked = self.loudness.is_locked = is_locked
        self._mouse.look_again()

    def set_playhead(self, tick: float) -> None:
        self.playhead.set_tick(tick)
        self.canvas.ruler.set_playhead(tick)
        self.navigator.follow(tick)

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Mark the ticks that are played again and again; None for none."""
        self.canvas.ruler.set_loop(loop)

    def set_lit(self, pitches: frozenset[int]) -> None:
        """Light the keys that sound."""
        self.canvas.keyboard.set_lit(pitches)

    def set_hint(self, words: str) -> None:
        """Write a few words over the roll; empty for none."""
        self._hint.set_words(words)

    @property
    def hint(self) -> str:
        return self._hint.text()

    @property
    def pointed(self) -> NoteRef | None:
        """The note under the pointer, if any."""
        wish = self._mouse.intent
        return None if wish is None else wish.ref

    def abort(self) -> bool:
        """Undo the gesture that is going on; False where there is none."""
        return self._mouse.cancel() or self.loudness.abort() or self.canvas.ruler.abort()

    def _on_view_changed(self, view: Coordinates) -> None:
        self.canvas.field.set_view(view)
        self.heat.set_tick_width(view.tick_width)
        self._mouse.look_again()
        self._on_intended(self._mouse.intent)
        self._background.set_coordinates(view)
        self.notes.set_coordinates(view)
        self.playhead.set_coordinates(view)
        self._hint.set_coordinates(view)
        self.canvas.keyboard.set_coordinates(view)
        self.canvas.ruler.set_coordinates(view)
        self._company.set_coordinates(view)
        self.bars.place()

    def _on_panned(self, dx: float, dy: float) -> None:
        self.navigator.scroll(-dx, -dy)

    def _scene(self) -> Scene:
        shown = self.notes.shown
        length = self._grid.ticks if self._draws_grid_length else self._last_length
        scene = Scene(shown.score, shown.selection, shown.target, self.coordinates, self._grid, length)
        return replace(scene, is_locked=self._is_locked, brush=self._brush, unseen=shown.unseen)

    def _on_answered(self, outcome: Outcome) -> None:
        self._band.set_box(outcome.band)
        if outcome.target is not None:
            self.target_asked.emit(outcome.target)
        if outcome.edit is not None:
            self.edit_asked.emit(outcome.edit)
        elif outcome.selection is not None:
            self.selection_asked.emit(outcome.selection)
        if outcome.stroke is not None:
            self.stroke_asked.emit(outcome.stroke)
        if outcome.length is not None:
            self._last_length = outcome.length
        if outcome.sound is not None:
            self.canvas.keyboard.set_held(outcome.sound[1])
            self.sound_asked.emit(*outcome.sound)

    def _on_gesture_ended(self) -> None:
        self._band.set_box(None)
        self.canvas.keyboard.set_held(None)

    def _on_intended(self, intent: Intent | None) -> None:
        self.outline.show_intent(intent, self.target, self.coordinates)

    def _on_hovered(self, event: QGraphicsSceneHoverEvent | None) -> None:
        self._mouse.point(event)
        self._tell_place()

    def _on_paper_moved(self, *_how: object) -> None:
        """By hand, or the pointer has, which drags something: then another cell is pointed at."""
        if self._mouse.place is not None:
            self._tell_place()

    def _tell_place(self) -> None:
        place = self._mouse.place
        if place is None:
            self.canvas.keyboard.set_pointed(None)
            self.hovered.emit(None)
            return
        view = self.coordinates
        hover = Hover(max(0.0, view.tick(place.x())), view.pitch(place.y()))
        self.canvas.keyboard.set_pointed(hover.pitch, self._score.key_at(int(hover.tick)))
        self.hovered.emit(hover)

    def _ask_seek(self, tick: float) -> None:
        self.seek_asked.emit(float(self._grid.nearest(self._score, tick)))

    def _ask_key(self, pitch: int) -> None:
        self.sound_asked.emit(self.target, pitch)
