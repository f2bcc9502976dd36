"""Ties the dock “Key and chords”, and what it shows on the roll, to the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.engine.chord_names import HarmonyError
from harmonizer_gui.engine.guidance import Guidance, Lock
from harmonizer_gui.engine.keys import FittingKey, fitting_keys, key_lock
from harmonizer_gui.score import KeySignature
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.harmonies import Stretch, locks_of, stretch_of
from harmonizer_gui.views.key.panel import KeyPanel, LockRow
from harmonizer_gui.views.key_names import key_name
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.key_marks import KeyMarks

_SURE: Final = 0.12
_FAIRLY_SURE: Final = 0.04
"""How much better than the next one a key fits."""
_C_MAJOR: Final = KeySignature(0, 0)
_SHARP: Final = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
_WITH_FLATS: Final = ("Cm", "Dm", "Fm", "Gm", "C7", "F7", "F ")
_FLAT: Final = ("C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B")


class KeysBinder(QObject):
    """A lock is one undo step; the first one wakes the Key expert, and that is said."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self.panel = KeyPanel(window)
        window.add_dock("key-and-chords", self.tr("Key and chords"), self.panel)
        self.marks = KeyMarks(window.roll.canvas.field, window.roll.look)
        window.roll.add_layer(self.marks)
        self._locks: tuple[Lock, ...] = ()
        self._connect()
        self._show_piece()
        self._show()

    def _connect(self) -> None:
        panel = self.panel
        panel.detect_asked.connect(self._detect)
        panel.key_asked.connect(self._lock_key)
        panel.chords_asked.connect(self._lock_chords)
        panel.remove_asked.connect(self._unlock)
        panel.clear_asked.connect(self._unlock_all)
        self._document.changed.connect(self._on_changed)

    def _stretch(self) -> Stretch:
        document, tick = self._document, int(self._window.roll.playhead.tick)
        return stretch_of(self.panel.scope, document.score, document.selection, tick)

    @Slot()
    def _detect(self) -> None:
        """Choose the key that fits what is written there, and say how sure that is."""
        stretch = self._stretch()
        found = fitting_keys(self._document.score, stretch.start, stretch.end)
        if not found:
            self.panel.tell(self.tr("Too little is written there to tell the key"))
            return
        self.panel.show_key(found[0].key)
        self.panel.tell(self._words(found[0], found[1]))

    def _words(self, best: FittingKey, other: FittingKey) -> str:
        margin = best.fit - other.fit
        words = self.tr("Hardly sure: {key} fits {fit:.0%}, {other} {next:.0%}")
        if margin >= _SURE:
            words = self.tr("Sure: {key} fits {fit:.0%}, {other} only {next:.0%}")
        elif margin >= _FAIRLY_SURE:
            words = self.tr("Fairly sure: {key} fits {fit:.0%}, {other} {next:.0%}")
        return words.format(
            key=key_name(best.key), fit=best.fit, other=key_name(other.key), next=max(0.0, other.fit)
        )

    @Slot()
    def _lock_key(self) -> None:
        key, stretch = self.panel.key, self._stretch()
        self._lock([key_lock(key, stretch.start, stretch.end, key_name(key))])

    @Slot(str)
    def _lock_chords(self, text: str) -> None:
        try:
            locks = locks_of(text, self.panel.key, self._document.score, self._stretch())
        except HarmonyError as error:
            sentence = str(error)
            self.panel.tell(sentence[:1].upper() + sentence[1:], wrong=True)
            return
        if locks:
            self.panel.chords.clear()
            self._lock(locks)

    def _lock(self, locks: Sequence[Lock]) -> None:
        guidance, mix = self._document.guidance, self._document.mix
        for lock in locks:
            guidance = guidance.lock(lock)
        text = self.tr("Lock {} chords").format(len(locks))
        if len(locks) == 1:
            words = self.tr("Lock {name}, {where}")
            text = words.format(name=locks[0].label, where=self._where(locks[0]))
        self._document.set_guidance(text, guidance, mix=mix.woken("key"), initiator=self)
        if self._document.mix != mix:
            told = self.tr("{status} · the Key expert counts now, at 1")
            self._window.set_status(told.format(status=self._window.status))

    @Slot(object)
    def _unlock(self, places: list[int]) -> None:
        gone = [self._locks[place] for place in places]
        kept = tuple(lock for lock in self._document.guidance.locks if lock not in gone)
        text = self.tr("Unlock {}").format(gone[0].label)
        if len(gone) > 1:
            text = self.tr("Unlock {} spans of key or chord").format(len(gone))
        self._set(text, replace(self._document.guidance, locks=kept))

    @Slot()
    def _unlock_all(self) -> None:
        self._set(self.tr("Unlock all keys and chords"), self._document.guidance.unlock())

    def _set(self, text: str, guidance: Guidance) -> None:
        self._document.set_guidance(text, guidance, initiator=self)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.piece:
            self._show_piece()
        if change.piece or (change.guidance and set(self._document.guidance.locks) != set(self._locks)):
            self._show()

    def _show_piece(self) -> None:
        """Begin with the key of the signature."""
        self.panel.show_key(self._document.score.key_at(0) or _C_MAJOR)
        self.panel.tell("")

    def _show(self) -> None:
        guidance = self._document.guidance
        self._locks = tuple(sorted(guidance.locks, key=lambda lock: (lock.start, -lock.ticks)))
        self.marks.show_locks(guidance)
        rows = [LockRow(self._where(lock), lock.label, self._notes(lock)) for lock in self._locks]
        self.panel.show_rows(rows)

    def _notes(self, lock: Lock) -> str:
        """The notes of a lock from its root on, with flats where its name or the signature has some."""
        key = self._document.score.key_at(lock.start)
        has_flats = "♭" in lock.label or lock.label[:2] in _WITH_FLATS or (key is not None and key.fifths < 0)
        names = _FLAT if has_flats and "♯" not in lock.label else _SHARP
        root = next((names.index(name) for name in (lock.label[:2], lock.label[:1]) if name in names), 0)
        order = sorted(lock.pitch_classes, key=lambda each: (each - root) % 12)
        return " ".join(names[each] for each in order)

    def _where(self, lock: Lock) -> str:
        score = self._document.score
        if lock.end is None:
            if lock.start == 0:
                return self.tr("whole piece")
            return self.tr("from bar {} on").format(score.bar_at(lock.start).number)
        first, last = score.bar_at(lock.start).number, score.bar_at(lock.end - 1).number
        words = self.tr("bar {first}") if first == last else self.tr("bars {first}–{last}")
        return words.format(first=first, last=last)
