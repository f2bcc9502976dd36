"""Ties the dock “Why this note” to the roll, the keys and the session."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.score import KeySignature, VoiceName
from harmonizer_gui.session.cells import written_at
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.explaining import Cell, Explaining
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.edit import Edit
from harmonizer_gui.views.roll.grid import place_of
from harmonizer_gui.views.roll.hit import hit_test
from harmonizer_gui.views.roll.marks import PinLayer, Question
from harmonizer_gui.views.roll.roll import Hover
from harmonizer_gui.views.why.panel import Answer, WhyPanel
from harmonizer_gui.views.why.words import cell_name


class WhyBinder(QObject):
    """W asks about a cell: the one under the mouse, else the selected note, else what is at the playhead."""

    def __init__(self, window: MainWindow, document: Document, explaining: Explaining) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._explaining = explaining
        self._hover: Hover | None = None
        self._panel = WhyPanel(window)
        self._dock = window.add_dock("why-dock", self.tr("Why this note"), self._panel)
        self._pin = PinLayer(window.roll.canvas.field, window.roll.look)
        window.roll.add_layer(self._pin)
        self._connect()

    def _connect(self) -> None:
        actions, panel, explaining = self._window.actions_, self._panel, self._explaining
        for signal, work in (
            (self._window.roll.hovered, self._on_hovered),
            (actions["why"].triggered, self._ask),
            (actions["why-against"].triggered, self._compare),
            (actions["escape"].triggered, explaining.unpin),
            (actions["why-dock"].toggled, self._on_dock_toggled),
            (self._pin.compare_asked, explaining.compare_with),
            (panel.compare_asked, explaining.compare_with),
            (panel.hear_asked, self._hear),
            (panel.put_in_asked, self._put_in),
            (explaining.changed, self._show),
        ):
            signal.connect(work)

    @property
    def panel(self) -> WhyPanel:
        return self._panel

    @property
    def pin(self) -> PinLayer:
        return self._pin

    @Slot(object)
    def _on_hovered(self, hover: Hover | None) -> None:
        self._hover = hover

    @Slot()
    def _ask(self) -> None:
        """Pin a cell and open the dock; asked again about the same cell, let go of it."""
        cell = self._cell_meant()
        if cell == self._explaining.pinned:
            self._explaining.unpin()
        else:
            self._dock.show_on_top()
            self._explaining.pin(cell)

    @Slot()
    def _compare(self) -> None:
        if self._hover is not None and self._explaining.pinned is not None:
            self._explaining.compare_with(self._hover.pitch)

    def _cell_meant(self) -> Cell:
        if self._hover is not None:
            return self._cell_under_mouse(self._hover)
        chosen = sorted(self._document.selection, key=lambda ref: (ref.note.start, ref.voice))
        if chosen:
            step = max(0, (chosen[0].note.start + STEP_TICKS // 2) // STEP_TICKS)
            return Cell(chosen[0].voice, step, chosen[0].note.pitch)
        return self._cell_at_playhead()

    def _cell_under_mouse(self, hover: Hover) -> Cell:
        """Of the target, but where a note of another voice lies under the mouse, of that voice."""
        step, target = int(hover.tick // STEP_TICKS), self._document.target
        view = self._window.roll.coordinates
        x, y = view.x(hover.tick), view.y(hover.pitch) + view.row_height / 2
        hit = hit_test(self._document.score, target, view, x, y)
        return Cell(target if hit is None else hit.ref.voice, step, hover.pitch)

    def _cell_at_playhead(self) -> Cell:
        step, target = int(self._window.roll.playhead.tick // STEP_TICKS), self._document.target
        note = written_at(self._document.score, target, step)
        return Cell(target, step, None if note is None else note.pitch)

    @Slot(bool)
    def _on_dock_toggled(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        if not on:
            self._explaining.unpin()

    @Slot(object)
    def _hear(self, pitch: int) -> None:
        self._window.roll.sound_asked.emit(self._document.target, pitch)

    @Slot(object)
    def _put_in(self, pitch: int | None) -> None:
        written = self._explaining.with_put_in(pitch)
        if written is not None:
            score, selection = written
            text = self.tr("Put in {}").format(cell_name(pitch, self._key_of_question()))
            self._window.roll.edit_asked.emit(Edit(text, score, selection))

    @Slot()
    def _show(self) -> None:
        told, pinned = self._explaining.explanation, self._explaining.pinned
        if pinned is None or told is None:
            self._pin.set_question(None)
            self._panel.show_answer(None, is_coming=pinned is not None)
            return
        written = self._explaining.written(pinned.step)
        self._pin.set_question(Question(pinned.step, pinned.pitch, told.other.pitch), written=written)
        silent = (name for name in told.contributions if not self._document.mix.effective(name))
        answer = Answer(
            self._place(pinned),
            told,
            self._explaining.candidates,
            written,
            frozenset(silent),
            self._key_at(told.step),
        )
        self._panel.show_answer(answer)
        self._panel.set_stale(on=self._explaining.stale)

    def _key_at(self, step: int) -> KeySignature | None:
        return self._document.score.key_at(step * STEP_TICKS)

    def _key_of_question(self) -> KeySignature | None:
        pinned = self._explaining.pinned
        return None if pinned is None else self._key_at(pinned.step)

    def _place(self, cell: Cell) -> str:
        place = place_of(self._document.score, cell.step * STEP_TICKS)
        words = self.tr("bar {bar}, beat {beat} of the {voice}")
        return words.format(bar=place.bar, beat=place.beat, voice=voice_label(VoiceName(cell.voice)))
