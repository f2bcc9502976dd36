"""Ties the brush, its bar and its keys to what is painted in the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QWheelEvent

from harmonizer_gui.engine.grid import note_steps
from harmonizer_gui.engine.guidance import AVOID, FAVOUR
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.repainting import PAINTED
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef, Selection
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.views.brush_bar import BrushBar
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.cursor import Cursor
from harmonizer_gui.views.roll.gestures import Brush, Stroke, Tool
from harmonizer_gui.views.roll.gestures.brush import MOST_SEMITONES
from harmonizer_gui.views.roll.gestures.paint import cells_at, stroke_text
from harmonizer_gui.views.roll.paint_marks import PaintMarks
from harmonizer_gui.views.roll.roll import Hover

Alt = Qt.KeyboardModifier.AltModifier


class PaintingBinder(QObject):
    """A stroke over the roll is one undo step; it wakes Painted where that stood at 0."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._brush = Brush()
        self._stroke: tuple[object, Mix] = (None, document.mix)
        self._cursor: Callable[[], Cursor | None] = lambda: None
        self.marks = PaintMarks(window.roll.canvas.field, window.roll.look)
        window.roll.add_layer(self.marks)
        self.bar = BrushBar(window.roll.canvas)
        window.add_themed(self.bar)
        self._connect()
        window.roll.canvas.viewport().installEventFilter(self)
        document.changed.connect(self._on_changed)
        self._show()

    def _connect(self) -> None:
        roll, actions = self._window.roll, self._window.actions_
        roll.stroke_asked.connect(self._on_stroke)
        roll.hovered.connect(self._on_hovered)
        actions["paint"].toggled.connect(self._on_tool_chosen)
        self.bar.strength_asked.connect(self._set_strength)
        self.bar.semitones_asked.connect(self._set_semitones)
        self.bar.clear_asked.connect(self._clear)
        does = {
            "favour-selected": lambda: self._paint_selected(FAVOUR),
            "avoid-selected": lambda: self._paint_selected(AVOID),
            "unpaint-selected": lambda: self._paint_selected(0.0),
            "clear-painted": self._clear,
            "wider-brush": lambda: self._set_semitones(self._brush.semitones + 1),
            "narrower-brush": lambda: self._set_semitones(self._brush.semitones - 1),
        }
        for name, work in does.items():
            actions[name].triggered.connect(lambda _on, work=work: work())

    def use_cursor(self, cursor: Callable[[], Cursor | None]) -> None:
        """With nothing selected the keys paint the cell of this cursor, where there is one."""
        self._cursor = cursor

    @Slot(object)
    def _on_stroke(self, stroke: Stroke) -> None:
        gesture, mix = self._stroke
        if stroke.gesture is not gesture:
            mix = self._document.mix
            self._stroke = stroke.gesture, mix
        # Without words the stroke is taken back, and all is as it was.
        self._set_guidance(stroke, mix.woken(PAINTED) if stroke.text else mix)

    def _set_guidance(self, stroke: Stroke, mix: Mix) -> None:
        self._document.set_guidance(
            stroke.text, stroke.guidance, mix=mix, gesture=stroke.gesture, initiator=self
        )

    def _paint_selected(self, strength: float) -> None:
        """The cells of the selected notes, each for the voice of its note; else that of the cursor."""
        guidance, count, voices = self._document.guidance, 0, set[VoiceName]()
        refs = self._document.selection or self._under_cursor()
        if not refs:
            self._window.set_status(self.tr("Select notes first, or go to a place with the arrow keys"))
        for voice in VoiceName:
            cells = _cells_of(ref for ref in refs if ref.voice == voice)
            after = guidance.paint(voice, cells, strength)
            if after != guidance:
                count += len(cells)
                voices.add(voice)
            guidance = after
        if voices:
            text = stroke_text(strength, count, min(voices)) if len(voices) == 1 else _text(strength, count)
            mix = self._document.mix
            self._set_guidance(Stroke(text, guidance), mix.woken(PAINTED) if strength else mix)

    def _under_cursor(self) -> Selection:
        """The cell of the cursor, as wide as the grid, as if there were a note of the target."""
        cursor = self._cursor()
        if cursor is None:
            return NOTHING
        note = Note(cursor.tick, self._window.roll.grid.ticks, cursor.pitch)
        return frozenset({NoteRef(self._document.target, note)})

    def _clear(self) -> None:
        target, guidance = self._document.target, self._document.guidance
        cells = [(cell.step, cell.pitch) for cell in guidance.painted_in(target)]
        if cells:
            text = self.tr("Clear all that is painted for the {voice}").format(voice=voice_label(target))
            self._set_guidance(Stroke(text, guidance.paint(target, cells, 0.0)), self._document.mix)

    def _set_strength(self, strength: float) -> None:
        self._brush = replace(self._brush, strength=strength)
        self._show_brush()

    def _set_semitones(self, semitones: int) -> None:
        self._brush = replace(self._brush, semitones=min(MOST_SEMITONES, max(1, semitones)))
        self._show_brush()

    def _show_brush(self) -> None:
        self.bar.show_brush(self._brush.semitones, self._brush.strength)
        self._window.roll.set_brush(self._brush)
        self.marks.show_brush(frozenset())

    @Slot(bool)
    def _on_tool_chosen(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self.bar.setVisible(on)
        self.marks.set_legend(on=not on)
        self.marks.show_brush(frozenset())
        if on:
            self.bar.raise_()
            self._window.set_status(
                self.tr("Left favours, right avoids, Shift erases · Alt and wheel: width of the brush")
            )

    @Slot(object)
    def _on_hovered(self, hover: Hover | None) -> None:
        if hover is None or self._window.roll.tool is not Tool.PAINT:
            self.marks.show_brush(frozenset())
        else:
            self.marks.show_brush(cells_at(hover.tick, hover.pitch, self._brush.semitones))

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.guidance or change.target or change.piece:
            self._show()

    def _show(self) -> None:
        document, actions = self._document, self._window.actions_
        painted = document.guidance.painted_in(document.target)
        if self._brush.guidance is not document.guidance:
            self._brush = replace(self._brush, guidance=document.guidance)
            self._window.roll.set_brush(self._brush)
        self.marks.show_cells(painted)
        self.bar.set_count(len(painted))
        actions["clear-painted"].setEnabled(bool(painted))
        actions["clear-painted"].setStatusTip("" if painted else self.tr("Nothing is painted for this voice"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and the wheel make the brush wider or narrower; many systems turn that wheel sideways."""
        is_brushing = self._window.roll.tool is Tool.PAINT
        if is_brushing and isinstance(event, QWheelEvent) and event.modifiers() & Alt:
            turn = event.angleDelta()
            self._set_semitones(self._brush.semitones + (1 if turn.x() + turn.y() > 0 else -1))
            return True
        return super().eventFilter(watched, event)


def _cells_of(refs: Iterable[NoteRef]) -> list[tuple[int, int]]:
    """Step and pitch of all that these notes sound."""
    notes = [ref.note for ref in refs if LOWEST_PITCH <= ref.note.pitch <= HIGHEST_PITCH]
    return [(step, note.pitch) for note in notes for step in range(*note_steps(note))]


def _text(strength: float, count: int) -> str:
    """For the cells of several voices."""
    translate = QCoreApplication.translate
    words = translate("Roll", "Erase {} painted cells")
    if strength > 0:
        words = translate("Roll", "Favour {} cells")
    elif strength < 0:
        words = translate("Roll", "Avoid {} cells")
    return words.format(count)
