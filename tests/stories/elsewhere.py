"""What random hands do beside drawing: brush, locks, takes, ruler, chips, docks and the MIDI keyboard."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QMenu, QSpinBox

from harmonizer_gui.playback.inputs import Pedal, Released, Struck
from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.harmonies import Scope
from harmonizer_gui.views.note_table.cells import Column
from harmonizer_gui.views.roll.ruler import Pointed
from tests.qt import process_events, wait_until
from tests.stories.conftest import LEFT, NO_KEY, Story
from tests.stories.test_play import pass_time
from tests.stories.test_playing_in import Pianist

Deed = Callable[[], None]
KEYS = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
CELLS = (
    "1",
    "3",
    "2.5",
    "1/4",
    "1/8.",
    "1/2",
    "B",
    "soprano",
    "G4",
    "C5",
    "F#3",
    "90",
    "127",
    "yes",
    "no",
    "",
)
"""Written into the note table, most of it into a column where it makes no sense."""
CHORDS = ("I V I", "ii65 V7 | I", "Am Dm E7", "C", "viio7", "nonsense", "| | V")
ONE_BY_ONE = ("lock", "lock-bars", "unlock-all", "mute-voice", "solo-voice", "hide-voice", "hear-all")
SEEN = (
    "zoom-fit",
    "zoom-selection",
    "zoom-voice",
    "zoom-in",
    "zoom-out",
    "next-heat",
    "overview",
    "surprise",
)
MIXED = ("other-mix", "copy-mix", "more-alike", "less-alike", "quantise-how", "to-start", "next-bar")
PAINTED = (
    "favour-selected",
    "avoid-selected",
    "unpaint-selected",
    "clear-painted",
    "wider-brush",
    "narrower-brush",
)
WHILE_TRYING = (KEYS.Key_BracketLeft, KEYS.Key_BracketRight, KEYS.Key_X, KEYS.Key_Return, KEYS.Key_Escape)
LATEST_TICK = 8000
MOST_CELLS = 400
"""From here on paint is wiped away: every take keeps a copy of it, and all of them are saved."""
COUNT_IN_SECONDS = 3.5


class Elsewhere:
    """Deeds with how often each is done."""

    def __init__(self, story: Story, rng: Random, place: Callable[[], QPoint]) -> None:
        self._story = story
        self._rng = rng
        self._place = place
        self._pianist = Pianist(story)
        self.deeds: list[tuple[int, Deed]] = [
            (6, self._paint),
            (2, self._paint_by_keys),
            (4, self._choose_one),
            (2, self._look),
            (2, self._mix),
            (2, self._generate),
            (3, self._try_takes),
            (2, self._write_into_the_table),
            (2, self._change_a_sign),
            (2, self._drag_on_the_ruler),
            (2, self._use_a_chip),
            (2, self._carry_over),
            (2, self._lock_chords),
            (2, self._enter_steps),
            (1, self._record),
            (1, self._play_on),
        ]

    def _trigger(self, name: str) -> None:
        """What is grey is left alone, as a hand must."""
        if self._story.program.window.actions_[name].isEnabled():
            self._story.trigger(name)

    def _paint(self) -> None:
        story, rng = self._story, self._rng
        self._trigger(
            "clear-painted" if len(story.program.document.guidance.painted) > MOST_CELLS else "paint"
        )
        held = rng.choice((NO_KEY, NO_KEY, SHIFT, ALT, SHIFT | ALT))
        story.drag(self._place(), self._place(), rng.choice((LEFT, Qt.MouseButton.RightButton)), held)
        self._trigger(rng.choice(("draw", "select", "knife", "erase", "paint")))

    def _paint_by_keys(self) -> None:
        self._trigger(self._rng.choice(PAINTED))

    def _choose_one(self) -> None:
        self._trigger(self._rng.choice(ONE_BY_ONE))

    def _look(self) -> None:
        self._trigger(self._rng.choice(SEEN))

    def _mix(self) -> None:
        self._trigger(self._rng.choice(MIXED))
        self._close_boxes()

    def _generate(self) -> None:
        story, rng = self._story, self._rng
        names = ("generate", "generate-several", "generate-gaps", "generate-time", "rewrite")
        self._trigger(rng.choice(names))
        if rng.random() < 0.3:
            story.key(KEYS.Key_Escape)
        if story.program.generation.is_searching:
            story.key(KEYS.Key_Escape)
        wait_until(lambda: not story.program.generation.is_running, timeout=30.0)
        self._close_boxes()
        story.program.window.roll.setFocus()

    def _try_takes(self) -> None:
        """Whatever comes next then happens while a take is tried, or after one was kept."""
        for _ in range(self._rng.randrange(1, 4)):
            self._story.key(self._rng.choice(WHILE_TRYING))

    def _write_into_the_table(self) -> None:
        story, rng = self._story, self._rng
        panel = story.program.tabling.panel
        if not panel.isVisible() or rng.random() < 0.1:
            story.trigger("note-table")
            process_events()
        if panel.isVisible() and panel.model.rowCount():
            row = rng.randrange(panel.model.rowCount())
            panel.table.selectRow(row)
            cell = panel.model.index(row, rng.choice(list(Column)))
            if panel.model.flags(cell) & Qt.ItemFlag.ItemIsEditable:
                panel.model.setData(cell, rng.choice(CELLS))
        story.program.window.roll.setFocus()

    def _change_a_sign(self) -> None:
        """From the menu of the ruler, at a sign or anywhere."""
        story, rng = self._story, self._rng
        marks = story.program.window.roll.canvas.ruler.marks
        sign = rng.choice([None, *(mark.sign for mark in marks)])
        menu = story.program.signing.menu(Pointed(rng.randrange(LATEST_TICK), sign, QPoint()))
        self._choose_from(menu)
        for box in self._boxes():
            self._turn_fields(box)
            QTest.keyClick(box, rng.choice((KEYS.Key_Return, KEYS.Key_Return, KEYS.Key_Escape)))
            process_events()
        self._close_boxes()

    def _turn_fields(self, box: QDialog) -> None:
        rng = self._rng
        for whole in box.findChildren(QSpinBox):
            whole.setValue(rng.randint(whole.minimum(), min(whole.maximum(), 12)))
        for real in box.findChildren(QDoubleSpinBox):
            real.setValue(rng.choice((0.0, 0.5, 1.0, 2.0, 60.0, 132.0)))
        for choice in box.findChildren(QComboBox):
            choice.setCurrentIndex(rng.randrange(choice.count()))

    def _boxes(self) -> list[QDialog]:
        return [box for box in self._story.program.window.findChildren(QDialog) if box.isVisible()]

    def _close_boxes(self) -> None:
        """Close them and give the window the keys back, as a window manager does."""
        for box in self._boxes():
            box.reject()
        process_events()
        self._story.program.window.activateWindow()
        self._story.program.window.roll.setFocus()

    def _choose_from(self, menu: QMenu) -> None:
        entries = [action for action in menu.actions() if action.isEnabled() and action.text()]
        entries = [action for action in entries if action.menu() is None]
        self._rng.choice(entries).trigger()
        menu.deleteLater()
        process_events()

    def _drag_on_the_ruler(self) -> None:
        """A loop over the bars, or a sign to another place."""
        story, rng = self._story, self._rng
        y = rng.choice((8, round(story.program.window.roll.canvas.ruler.rect().height()) - 6))
        start, end = self._place(), self._place()
        story.drag(QPoint(start.x(), y), QPoint(end.x(), y))

    def _use_a_chip(self) -> None:
        story, rng = self._story, self._rng
        voice = rng.choice(list(VoiceName))
        if rng.random() < 0.5:
            held = rng.choice((NO_KEY, SHIFT))
            QTest.mouseClick(story.program.window.toolbar.chips.chips[voice], LEFT, held)
        else:
            self._choose_from(story.program.voicing.menu(voice))
        self._close_boxes()

    def _carry_over(self) -> None:
        """Notes of one voice are cut or copied and pasted into another."""
        story, rng = self._story, self._rng
        self._trigger("select-voice")
        story.key(rng.choice((KEYS.Key_X, KEYS.Key_C)), CTRL)
        story.key(Qt.Key(ord(rng.choice("SATB"))))
        story.program.window.roll.seek_asked.emit(float(rng.randrange(LATEST_TICK // 2)))
        story.key(KEYS.Key_V, CTRL)

    def _lock_chords(self) -> None:
        story, rng = self._story, self._rng
        panel = story.program.keying.panel
        if not panel.isVisible() or rng.random() < 0.1:
            story.trigger("key-and-chords")
            process_events()
        if panel.isVisible():
            panel.scopes.setCurrentIndex(panel.scopes.findData(rng.choice(list(Scope))))
            if rng.random() < 0.5:
                QTest.mouseClick(panel.lock_key, LEFT)
            else:
                panel.chords.clear()
                QTest.keyClicks(panel.chords, rng.choice(CHORDS))
                QTest.keyClick(panel.chords, KEYS.Key_Return)
        story.program.window.roll.setFocus()

    def _enter_steps(self) -> None:
        """On the MIDI keyboard, which is only heard where step entry is off."""
        rng, pianist = self._rng, self._pianist
        if rng.random() < 0.5:
            self._trigger("step-entry")
        pianist.tap(*(rng.randrange(36, 85) for _ in range(rng.randrange(1, 4))))
        pianist.play(Struck(pitch := rng.randrange(36, 85), 90))
        if rng.random() < 0.3:
            pianist.play(Pedal(down=True), Pedal(down=False))
        pianist.play(Released(pitch))
        self._trigger(rng.choice(("step-rest", "step-back", "step-entry")))

    def _record(self) -> None:
        """In time; what is done while it goes on ends it, or is done in the midst of it."""
        rng, pianist = self._rng, self._pianist
        self._trigger("record")
        pianist.wait(rng.choice((0.5, COUNT_IN_SECONDS)))
        for _ in range(rng.randrange(1, 4)):
            pianist.tap(rng.randrange(36, 85))
        if rng.random() < 0.7:
            self._trigger("record")

    def _play_on(self) -> None:
        self._trigger(self._rng.choice(("play", "stop", "loop", "metronome", "count-in")))
        pass_time(self._story, self._rng.choice((0.1, 0.5)))
