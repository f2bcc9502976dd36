"""Ties the grid cursor to the keys of the roll: all that a mouse can draw, without one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from harmonizer_gui.score import Note, pitch_name
from harmonizer_gui.score.edits import NOTHING, NoteRef
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.views.announcing import announce
from harmonizer_gui.views.binders.notes import NotesBinder
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.places import length_words, place_words
from harmonizer_gui.views.roll.commands import OCTAVE, next_in_scale
from harmonizer_gui.views.roll.cursor import Cursor, CursorLayer, entered, lengthened, note_under, removed
from harmonizer_gui.views.roll.edit import voice_label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CursorBinder(NotesBinder):
    """With nothing selected the arrows move the cursor; it comes with the first of them.

    Enter goes from the cursor to the note that begins there, from a selected note back to the cursor, and
    writes a note where there is none. A press of the mouse or Esc puts the cursor away.
    """

    announced = Signal(str)
    """What a screen reader is told."""

    def __init__(self, window: MainWindow, document: Document, parent: QObject) -> None:
        super().__init__(window, document, parent)
        self._cursor: Cursor | None = None
        self._is_shown = False
        self._layer = CursorLayer(self._roll.canvas.field, self._roll.look)
        self._roll.add_layer(self._layer)
        self._connect(
            {
                "up": partial(self._raise, 1),
                "down": partial(self._raise, -1),
                "octave-up": partial(self._raise, OCTAVE),
                "octave-down": partial(self._raise, -OCTAVE),
                "scale-up": partial(self._raise_in_scale, 1),
                "scale-down": partial(self._raise_in_scale, -1),
                "later": partial(self._go_along, 1),
                "earlier": partial(self._go_along, -1),
                "longer": partial(self._lengthen, 1),
                "shorter": partial(self._lengthen, -1),
                "enter-note": self._enter,
                "escape": self._on_escape,
            }
        )
        self._roll.canvas.key_left.connect(self._on_key_left)
        self._roll.canvas.focused.connect(self._on_focused)
        self._roll.canvas.field.pressed.connect(self._put_away)
        self._roll.seek_asked.connect(self._go_to)
        document.changed.connect(self._on_changed)

    @property
    def cursor(self) -> Cursor | None:
        """Where the cursor is; None while it is not seen."""
        return self._cursor if self._is_shown else None

    def go_to(self, tick: int, pitch: int) -> None:
        """Show the cursor there, silently."""
        self._show(Cursor(tick, pitch))

    @Slot()
    def fit_to_grid(self) -> None:
        """Show the cursor as wide as a step of the grid, which has changed."""
        if self.cursor is not None and not self._document.selection:
            self._layer.show_at(self.cursor, self._roll.grid.ticks)

    def _fresh(self) -> Cursor:
        """Where the cursor begins: at the playhead where that is seen, else at the left, in the voice."""
        view, score = self._roll.coordinates, self._document.score
        tick = self._roll.playhead.tick
        if not view.left <= tick < view.right:
            tick = view.left
        start = self._roll.grid.nearest(score, tick)
        line = score.voice(self._document.target)
        note = line.at(start)
        middle = round((view.top + view.bottom) / 2)
        low, high = line.range or (middle, middle)
        return Cursor(start, note.pitch if note is not None else round((low + high) / 2)).raised(0)

    def _raise(self, semitones: int) -> None:
        cursor = self._to_move()
        if cursor is not None:
            self._show(cursor.raised(semitones), sounds=True)

    def _raise_in_scale(self, direction: int) -> None:
        cursor = self._to_move()
        if cursor is not None:
            key = self._document.score.key_at(cursor.tick)
            if key is None:
                self._show(cursor.raised(direction), sounds=True)
            else:
                self._show(
                    cursor.raised(next_in_scale(cursor.pitch, direction, key) - cursor.pitch), sounds=True
                )

    def _go_along(self, direction: int) -> None:
        cursor = self._to_move()
        if cursor is not None:
            self._show(cursor.along(self._document.score, self._roll.grid, direction))

    def _to_move(self) -> Cursor | None:
        """The cursor that a key shall move; the first key only shows it. None where notes are moved."""
        if self._document.selection:
            return None
        if self._cursor is None or not self._is_shown:
            self._show(self._cursor or self._fresh())
            return None
        return self._cursor

    def _lengthen(self, direction: int) -> None:
        ref = self._under()
        if ref is None:
            return
        edit = lengthened(self._document.score, ref, self._roll.grid, direction)
        if self._edit(edit):
            self._tell()

    def _enter(self) -> None:
        document = self._document
        if document.selection:
            first = min(document.selection, key=lambda ref: ref.note.start)
            document.select(NOTHING, initiator=self)
            self._show(Cursor(first.note.start, first.note.pitch))
        elif self.cursor is None:
            self._show(self._cursor or self._fresh())
        else:
            self._write(self.cursor)

    def _write(self, cursor: Cursor) -> None:
        document = self._document
        ref = self._under()
        if ref is not None and (ref.note.start, ref.note.pitch) == (cursor.tick, cursor.pitch):
            document.select(frozenset({ref}), initiator=self)
            self._announce(self.tr("Selected {note}").format(note=self._note_words(ref.note)))
        elif self._edit(entered(document.score, document.target, cursor, self._roll.grid.ticks)):
            self._roll.sound_asked.emit(document.target, cursor.pitch)
            self._tell()

    def _delete(self) -> None:
        ref = self._under()
        if ref is not None and self._edit(removed(self._document.score, ref)):
            self._tell()

    def _under(self) -> NoteRef | None:
        """The note of the target under the cursor, where the cursor is what the keys are for."""
        if self.cursor is None or self._document.selection:
            return None
        return note_under(self._document.score, self._document.target, self.cursor)

    @Slot(int)
    def _on_key_left(self, key: int) -> None:
        if key in _ENTER:
            self._enter()
        else:
            self._delete()

    @Slot(bool)
    def _on_focused(self, on: bool) -> None:  # noqa: FBT001  # a slot
        self._layer.set_keys(on=on)

    @Slot()
    def _put_away(self) -> None:
        if self._is_shown:
            self._window.set_hover("")
        self._is_shown = False
        self._layer.show_at(None, 0)

    def _on_escape(self) -> None:
        """From wherever the keys have gone, they come back."""
        if not self._document.selection:
            self._put_away()
        if not self._roll.canvas.hasFocus():
            self._roll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(float)
    def _go_to(self, tick: float) -> None:
        """A place chosen on the ruler takes the cursor along."""
        if self.cursor is not None:
            self._show(Cursor(round(tick), self.cursor.pitch))

    def _show(self, cursor: Cursor, *, sounds: bool = False) -> None:
        self._cursor, self._is_shown = cursor, True
        ticks = self._roll.grid.ticks
        self._layer.show_at(cursor, ticks)
        span = float(cursor.tick), float(cursor.tick + ticks)
        self._roll.navigator.reveal_place(span, (cursor.pitch, cursor.pitch))
        if sounds:
            self._roll.sound_asked.emit(self._document.target, cursor.pitch)
        self._tell()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.piece:
            self._cursor = None
            self._put_away()
            self._roll.setFocus()
        chosen = self._document.selection
        if change.selection and chosen:
            first = min(chosen, key=lambda ref: ref.note.start)
            self._cursor = Cursor(first.note.start, first.note.pitch)
            self._layer.show_at(None, 0)
            if self._is_shown:
                self._window.set_hover("")
        elif change.selection and self._is_shown and self._cursor is not None:
            self._layer.show_at(self._cursor, self._roll.grid.ticks)
            self._write_place()
        elif change.target and self._is_shown:
            self._tell()
        elif change.score:
            self._write_place()

    def _tell(self) -> None:
        """Say where the cursor is and what the voice does there."""
        words = self._words()
        if words:
            self._announce(words)

    def _write_place(self) -> None:
        """The same without a word to who listens: something else has changed, and is told."""
        words = self._words()
        if words:
            self._window.set_hover(words)

    def _words(self) -> str:
        """Where the cursor is and what stands there; empty while notes are selected or it is put away."""
        if self.cursor is None or self._document.selection:
            return ""
        bar, beat = place_words(self._document.score, self.cursor.tick)
        place = self.tr("{pitch} · bar {bar}, beat {beat}").format(
            pitch=self._named(self.cursor.pitch, self.cursor.tick), bar=bar, beat=beat
        )
        ref = self._under()
        stands = self.tr("nothing") if ref is None else self._note_words(ref.note)
        voice = voice_label(self._document.target)
        return self.tr("{place} · {voice}: {note}").format(place=place, voice=voice, note=stands)

    def _note_words(self, note: Note) -> str:
        return self.tr("{pitch} {length}").format(
            pitch=self._named(note.pitch, note.start), length=length_words(note.duration)
        )

    def _named(self, pitch: int, tick: int) -> str:
        return pitch_name(pitch, self._document.score.key_at(tick))

    def _announce(self, words: str) -> None:
        self._window.set_hover(words)
        announce(self._roll.canvas, words)
        self.announced.emit(words)
