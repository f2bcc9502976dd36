"""Step entry: each key of the MIDI keyboard writes a note where one is, and goes on from there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent

from harmonizer_gui.playback.inputs import Struck
from harmonizer_gui.score import Note, Score, VoiceName, pitch_name
from harmonizer_gui.score.edits import NOTHING, NoteRef
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.recording import CHORD_SECONDS, entered, rested
from harmonizer_gui.views.binders.cursor import CursorBinder
from harmonizer_gui.views.binders.notes import NotesBinder
from harmonizer_gui.views.binders.playback import PlaybackBinder
from harmonizer_gui.views.binders.playing_in import InputBinder
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.cursor import Cursor
from harmonizer_gui.views.roll.edit import Edit, voice_label


@dataclass(frozen=True)
class _Step:
    """One step that was entered: what came before and after, and its one note, if it was no rest."""

    text: str
    before: Score
    after: Score
    start: int
    voice: VoiceName
    note: Note | None = None
    moment: float = float("-inf")
    gesture: object = None


class StepBinder(NotesBinder):
    """On while its action is checked. While the piece plays, keys are only heard.

    The place is that of the grid cursor while it is seen, else that of the playhead; both go on together.
    A chord gives its top note, since a voice is one line; the pedal lengthens the note whose key is held,
    and is a rest without one.
    """

    def __init__(
        self, window: MainWindow, document: Document, playing: PlaybackBinder, keyboard: InputBinder
    ) -> None:
        super().__init__(window, document, keyboard)
        self._playing = playing
        self._keyboard = keyboard
        self._cursor: CursorBinder | None = None
        self._steps: list[_Step] = []
        self._has_told_of_chords = False
        self._action = window.actions_["step-entry"]
        self._action.toggled.connect(self._on_toggled)
        window.transport.adopt(window.transport.steps, self._action)
        self._connect({"step-rest": self._rest, "step-back": self._go_back})
        keyboard.struck.connect(self._on_struck)
        keyboard.pedal_pressed.connect(self._on_pedal)
        keyboard.chosen.connect(self._on_chosen)
        window.roll.canvas.installEventFilter(self)
        self._on_chosen(keyboard.name)
        self._enable()

    def use_cursor(self, cursor: CursorBinder) -> None:
        """The grid cursor, which says where to write while it is seen."""
        self._cursor = cursor

    @property
    def _seen(self) -> Cursor | None:
        return None if self._cursor is None else self._cursor.cursor

    @property
    def _tick(self) -> float:
        return self._playing.tick if self._seen is None else self._seen.tick

    def _place(self, tick: int, pitch: int | None = None) -> None:
        """Go on at `tick`; the cursor goes to the `pitch` that was played last."""
        self._playing.place(tick)
        if self._cursor is not None and self._seen is not None:
            self._cursor.go_to(tick, self._seen.pitch if pitch is None else pitch)

    @property
    def _is_entering(self) -> bool:
        return self._action.isChecked() and not self._playing.is_playing

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        reason = "" if name else self.tr("Choose a MIDI keyboard first, at the bottom of the window")
        self._window.actions_.disable("step-entry", reason)
        if not name:
            self._action.setChecked(False)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._steps.clear()
        self._enable()
        if on:
            words = self.tr(
                "Step entry: keys write {length} notes into the {voice} from the {place} on; "
                "the pedal or 0 rests, Backspace goes back"
            )
            voice, length = voice_label(self._document.target), self._roll.grid.name
            place = self.tr("playhead") if self._seen is None else self.tr("grid cursor")
            self._window.set_status(words.format(length=length, voice=voice, place=place))
        else:
            self._window.set_status(self.tr("Step entry has ended"))

    def _enable(self) -> None:
        reason = "" if self._action.isChecked() else self.tr("Only in step entry (I)")
        for name in ("step-rest", "step-back"):
            self._window.actions_.disable(name, reason)

    @Slot(object, float, float)
    def _on_struck(self, struck: Struck, _tick: float, moment: float) -> None:
        if not self._is_entering:
            return
        last = self._last()
        if last is not None and last.note is not None and moment - last.moment < CHORD_SECONDS:
            self._complete_chord(last, last.note, struck)
            return
        start, end = self._cell()
        note = Note(start, end - start, struck.pitch, struck.velocity)
        self._enter(self._document.score, note, self._document.target, moment, object())

    def _complete_chord(self, last: _Step, note: Note, struck: Struck) -> None:
        """Several keys at once: the highest is meant for the voice."""
        if struck.pitch > note.pitch:
            higher = Note(note.start, note.duration, struck.pitch, struck.velocity)
            self._steps.pop()
            self._enter(last.before, higher, last.voice, last.moment, last.gesture)
        if not self._has_told_of_chords:
            self._has_told_of_chords = True
            self._window.set_status(
                self.tr("A voice sings one note at a time: of a chord the top one is entered")
            )

    def _enter(self, score: Score, note: Note, voice: VoiceName, moment: float, gesture: object) -> None:
        text = self.tr("Enter {pitch} in the {voice}")
        text = text.format(pitch=pitch_name(note.pitch, score.key_at(note.start)), voice=voice_label(voice))
        after = entered(score, voice, note)
        step = _Step(text, score, after, note.start, voice, note, moment, gesture)
        self._take(step, note.end, note)

    def _take(self, step: _Step, end: int, note: Note | None) -> None:
        hides_cursor = self._seen is not None  # as every selection would
        chosen = NOTHING if note is None or hides_cursor else frozenset({NoteRef(step.voice, note)})
        if self._edit(Edit(step.text, step.after, chosen, gesture=step.gesture)):
            self._steps.append(step)
            self._place(end, None if note is None else note.pitch)
            self._window.set_status(step.text)

    @Slot()
    def _on_pedal(self) -> None:
        if not self._is_entering:
            return
        last = self._last()
        if last is not None and last.note is not None and last.note.pitch in self._keyboard.down:
            self._lengthen(last, last.note)
        else:
            self._rest()

    def _lengthen(self, last: _Step, note: Note) -> None:
        longer = note.at(note.start, self._roll.grid.after(self._document.score, note.end))
        text = self.tr("Lengthen {pitch} in the {voice}")
        score = self._document.score
        name = pitch_name(note.pitch, score.key_at(note.start))
        text = text.format(pitch=name, voice=voice_label(last.voice))
        after = entered(score, last.voice, longer)
        step = _Step(text, score, after, note.end, last.voice, longer, gesture=object())
        self._take(step, longer.end, longer)

    def _rest(self) -> None:
        if not self._is_entering:
            return
        start, end = self._cell()
        score, voice = self._document.score, self._document.target
        text = self.tr("Enter a rest in the {voice}").format(voice=voice_label(voice))
        self._take(_Step(text, score, rested(score, voice, start, end), start, voice), end, None)

    def _go_back(self) -> None:
        """Take the last step back, if nothing else has been done since; else only go back."""
        if not self._is_entering:
            return
        last = self._last()
        if last is None:
            self._steps.clear()
            self._place(self._roll.grid.previous(self._document.score, self._tick))
            return
        self._steps.pop()
        if last.after != last.before:  # a rest where there was silence is no undo step
            self._document.undo()
        self._place(last.start)

    def _last(self) -> _Step | None:
        """The last step, while it is also the last thing that was done."""
        if not self._steps or self._steps[-1].after != self._document.score:
            return None
        last = self._steps[-1]
        is_named = last.after == last.before or self._document.undo_stack.undoText() == last.text
        return last if is_named else None

    def _cell(self) -> tuple[int, int]:
        """The stretch of the grid at the place."""
        score, grid = self._document.score, self._roll.grid
        start = grid.before(score, self._tick)
        return start, grid.after(score, start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace goes back while steps are entered; otherwise it deletes, as everywhere."""
        if not (isinstance(event, QKeyEvent) and self._is_entering and _is_backspace(event)):
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.KeyPress:
            self._go_back()
        event.accept()
        return True


def _is_backspace(event: QKeyEvent) -> bool:
    """Whether it is a press of that key alone, or the question whether somebody wants it."""
    kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
    return event.type() in kinds and event.key() == Qt.Key.Key_Backspace and not event.modifiers()
