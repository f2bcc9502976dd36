"""Ties the locks to their keys and to the marks on chips, notes and bars."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.locks import NO_LOCKS, Place, place_of_bars, place_of_notes
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.views.actions.generate import lock_voice_action
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.lock_marks import LockMarks


class LocksBinder(QObject):
    """Where all of it is locked, the same key unlocks."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        actions = window.actions_
        actions["lock"].triggered.connect(lambda: self._lock_notes())
        actions["lock-bars"].triggered.connect(lambda: self._lock_bars())
        actions["unlock-all"].triggered.connect(lambda: self._unlock_all())
        for voice in VoiceName:
            toggle = partial(self._lock_voice, voice)
            actions[lock_voice_action(voice)].triggered.connect(lambda _on, toggle=toggle: toggle())
        self.marks = LockMarks(window.roll.canvas.field, window.roll.look)
        window.roll.add_layer(self.marks)
        document.changed.connect(self._on_changed)
        self._show()

    def _lock_notes(self) -> None:
        """The selected notes; with none selected, the voice being edited."""
        selection = self._document.selection
        if not selection:
            self._lock_voice(self._document.target)
            return
        count = len(selection)
        what = self.tr("1 note") if count == 1 else self.tr("{count} notes").format(count=count)
        self._toggle(place_of_notes(selection), what)

    def _lock_bars(self) -> None:
        """The bars of the selected notes, or that of the playhead."""
        score, notes = self._document.score, [ref.note for ref in self._document.selection]
        here = int(self._window.roll.playhead.tick)
        start = min((note.start for note in notes), default=here)
        end = max((note.end for note in notes), default=here + 1)
        first, last = score.bar_at(start).number, score.bar_at(end - 1).number
        bars = self.tr("bar {first}") if first == last else self.tr("bars {first}–{last}")
        self._toggle(place_of_bars(score, start, end), bars.format(first=first, last=last))

    def _lock_voice(self, voice: VoiceName) -> None:
        is_on = voice not in self._document.locks.voices
        words = self.tr("Lock the {voice}") if is_on else self.tr("Unlock the {voice}")
        locks = self._document.locks.with_voice(voice, on=is_on)
        self._document.set_locks(words.format(voice=voice_label(voice)), locks, initiator=self)

    def _unlock_all(self) -> None:
        self._document.set_locks(self.tr("Unlock everything"), NO_LOCKS, initiator=self)

    def _toggle(self, place: Place, what: str) -> None:
        is_on = not self._document.locks.holds_place(place)
        words = self.tr("Lock {what}") if is_on else self.tr("Unlock {what}")
        locks = self._document.locks.with_place(place, on=is_on)
        self._document.set_locks(words.format(what=what), locks, initiator=self)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.locks or change.score:
            self.marks.show_locks(self._document.locks, self._document.score)
        if change.locks or change.selection or change.target:
            self._show()

    def _show(self) -> None:
        locks, actions = self._document.locks, self._window.actions_
        for voice in VoiceName:
            actions[lock_voice_action(voice)].setChecked(voice in locks.voices)
        actions["unlock-all"].setEnabled(bool(locks))
        actions["lock"].setText(self._words())
        self._window.toolbar.chips.set_locked(locks.voices)

    def _words(self) -> str:
        document = self._document
        if not document.selection:
            is_locked = document.target in document.locks.voices
            words = self.tr("Un&lock the {voice}") if is_locked else self.tr("&Lock the {voice}")
            return words.format(voice=voice_label(document.target))
        if document.locks.holds_place(place_of_notes(document.selection)):
            return self.tr("Un&lock the selected notes")
        return self.tr("&Lock the selected notes")
