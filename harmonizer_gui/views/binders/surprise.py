"""Ties the strip of surprise and the jumps to the session."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.surprise import Measure
from harmonizer_gui.score import Note
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.cells import written_at
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.surprise import SurpriseModel
from harmonizer_gui.views.actions.why import measure_action
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.canvas import Row
from harmonizer_gui.views.roll.grid import place_of
from harmonizer_gui.views.roll.surprise import SurpriseStrip


class SurpriseBinder(QObject):
    """Shows the strip and one of its measures; F3 goes from one surprise to the next."""

    def __init__(
        self, window: MainWindow, document: Document, surprise: SurpriseModel, settings: Settings
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        self._document = document
        self._surprise = surprise
        self._strip = SurpriseStrip(window.roll.look)
        window.roll.add_strip(self._strip, Row.SURPRISE, shown=False)
        self._connect()
        self._begin(settings.surprise)
        self._show()

    def _begin(self, name: str) -> None:
        """As it was the last time."""
        known = next((measure for measure in Measure if measure.value == name), None)
        if known is not None:
            self._surprise.set_measure(known)
        self._window.actions_[measure_action(self._surprise.measure)].setChecked(True)
        self._window.actions_["surprise"].setChecked(known is not None)

    def _connect(self) -> None:
        actions, surprise, strip = self._window.actions_, self._surprise, self._strip
        actions["surprise"].toggled.connect(self._on_toggled)
        for measure in Measure:
            actions[measure_action(measure)].triggered.connect(partial(self._choose, measure))
        actions["next-surprise"].triggered.connect(surprise.jump_to_note)
        actions["next-uncertain"].triggered.connect(surprise.jump_to_step)
        surprise.changed.connect(self._show)
        surprise.note_found.connect(self._go_to_note)
        surprise.step_found.connect(self._go_to_tick)
        surprise.failed.connect(self._on_failed)
        strip.pointed.connect(self._on_pointed)
        strip.step_pressed.connect(self._on_pressed)
        strip.menu_asked.connect(self._show_menu)

    @property
    def strip(self) -> SurpriseStrip:
        return self._strip

    def label(self, measure: Measure) -> str:
        """What the strip shows, in a few words."""
        return {
            Measure.BITS: self.tr("Surprise of what is written"),
            Measure.ENTROPY: self.tr("How undecided the product is"),
            Measure.DISAGREEMENT: self.tr("How far the experts disagree"),
        }[measure]

    def short_label(self, measure: Measure) -> str:
        """What it shows, in a word that fits over the keyboard."""
        return {
            Measure.BITS: self.tr("bits"),
            Measure.ENTROPY: self.tr("choice"),
            Measure.DISAGREEMENT: self.tr("dissent"),
        }[measure]

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._window.roll.show_strip(self._strip, on=on)
        self._surprise.set_active(on=on)
        self._remember()

    def _choose(self, measure: Measure) -> None:
        """Show a measure, and the strip with it."""
        self._surprise.set_measure(measure)
        self._window.actions_["surprise"].setChecked(True)
        self._remember()

    def _remember(self) -> None:
        is_shown = self._window.actions_["surprise"].isChecked()
        self._settings.surprise = self._surprise.measure.value if is_shown else ""

    @Slot()
    def _show(self) -> None:
        measure = self._surprise.measure
        self._strip.set_values(
            self._surprise.values,
            stale=self._surprise.stale,
            warns=measure is Measure.BITS,
        )
        self._strip.set_label(self.short_label(measure), self.label(measure))

    @Slot(int)
    def _on_pointed(self, step: int) -> None:
        value = self._strip.value_at(step)
        if value is None:
            self._window.set_hover("")
            return
        place = place_of(self._document.score, step * STEP_TICKS)
        words = self.tr("{label}: {bits} bits · bar {bar}, beat {beat}")
        label = self.label(self._surprise.measure)
        self._window.set_hover(words.format(label=label, bits=f"{value:.2f}", bar=place.bar, beat=place.beat))

    @Slot(int)
    def _on_pressed(self, step: int) -> None:
        """The playhead goes there, and the note there is selected."""
        self._window.roll.seek_asked.emit(float(step * STEP_TICKS))
        note = written_at(self._document.score, self._document.target, step)
        if note is not None:
            self._document.select(frozenset({NoteRef(self._document.target, note)}), initiator=self)

    @Slot(object)
    def _go_to_note(self, note: Note) -> None:
        selection = frozenset({NoteRef(self._document.target, note)})
        self._document.select(selection, initiator=self)
        self._window.roll.navigator.reveal(selection)
        place = place_of(self._document.score, note.start)
        words = self.tr("The next most surprising note is in bar {bar}, beat {beat}")
        self._window.set_status(words.format(bar=place.bar, beat=place.beat))

    @Slot(int)
    def _go_to_tick(self, tick: int) -> None:
        self._window.roll.seek_asked.emit(float(tick))
        self._window.roll.navigator.show_tick(tick)
        place = place_of(self._document.score, tick)
        words = self.tr("The next most uncertain step is in bar {bar}, beat {beat}")
        self._window.set_status(words.format(bar=place.bar, beat=place.beat))

    @Slot(object)
    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = self._window.actions_
        menu.addActions([actions[measure_action(measure)] for measure in Measure])
        menu.addSeparator()
        menu.addActions([actions["next-surprise"], actions["next-uncertain"], actions["surprise"]])
        menu.popup(place)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._window.say(Message(failure.sentence, Severity.PROBLEM, failure.details))
