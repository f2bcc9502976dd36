"""Recording in time: a bar is counted, the metronome beats, and what is played becomes notes of the voice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QThread, Slot

from harmonizer_gui.playback.inputs import Struck
from harmonizer_gui.playback.outputs import OutputKind
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.score.edits import Quantising
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.recording import (
    MIDI_DELAY_SECONDS,
    SYNTH_DELAY_SECONDS,
    Recorder,
    is_locked_ahead,
    recorded,
    shown_while_recording,
)
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.binders.notes import NotesBinder
from harmonizer_gui.views.binders.playback import PlaybackBinder
from harmonizer_gui.views.binders.playing_in import InputBinder
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.edit import Edit, notes_label, voice_label


class RecordingBinder(NotesBinder):
    """Whatever ends playing ends the recording, and what was played until then is kept as one undo step.

    `last_quantising` says how notes went to the grid the last time; of it the strength is used.
    """

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        player: Player,
        playing: PlaybackBinder,
        keyboard: InputBinder,
        settings: Settings,
        last_quantising: Callable[[], Quantising],
    ) -> None:
        super().__init__(window, document, keyboard)
        self._player = player
        self._playing = playing
        self._settings = settings
        self._last_quantising = last_quantising
        self._recorder: Recorder | None = None
        self._piece = document.piece
        self._line: tuple[Note, ...] = ()
        self._record = window.actions_["record"]
        self._metronome = window.actions_["metronome"]
        transport = window.transport
        transport.adopt(transport.record, self._record)
        transport.adopt(transport.metronome, self._metronome)
        self._connect({"record": self._toggle})
        self._metronome.setChecked(settings.metronome)
        window.actions_["count-in"].setChecked(settings.counts_in)
        window.actions_["count-in"].toggled.connect(self._on_count_in)
        self._metronome.toggled.connect(self._on_metronome)
        player.set_clicks(on=settings.metronome)
        keyboard.struck.connect(self._on_struck)
        keyboard.released.connect(self._on_released)
        keyboard.chosen.connect(self._on_chosen)
        keyboard.lost.connect(self.finish)
        playing.halting.connect(self._stop_listening)
        playing.halted.connect(self._finish)
        playing.moved.connect(self._show)
        self._on_chosen(keyboard.name)

    @property
    def is_recording(self) -> bool:
        return self._recorder is not None

    @Slot()
    def finish(self) -> None:
        """End the recording, if there is one, and keep what was played. Any thread may ask; one can do it."""
        if self.is_recording and QThread.currentThread() is self.thread():
            self._playing.pause()

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        if not name:
            self.finish()
        reason = "" if name else self.tr("Choose a MIDI keyboard first, at the bottom of the window")
        self._window.actions_.disable("record", reason)

    @Slot(bool)
    def _on_metronome(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._settings.metronome = on
        self._player.set_clicks(on=on or self.is_recording)

    @Slot(bool)
    def _on_count_in(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._settings.counts_in = on

    def _toggle(self) -> None:
        if self.is_recording:
            self.finish()
            return
        refusal = self._refusal()
        if refusal:
            self._window.set_status(refusal)
            self._record.setChecked(False)
        else:
            self._start()

    def _refusal(self) -> str:
        """Why nothing can be recorded here; empty where it can."""
        document = self._document
        if self._playing.is_looping:
            return self.tr("A recording goes straight on: end the loop first (L)")
        if is_locked_ahead(document.locks, document.target, self._start_tick()):
            words = self.tr("What is locked in the {voice} lies ahead: unlock it first")
            return words.format(voice=voice_label(document.target))
        return ""

    def _start_tick(self) -> int:
        return self._roll.grid.before(self._document.score, self._playing.tick)

    def _start(self) -> None:
        if self._playing.is_playing:
            self._playing.pause()
        document, start = self._document, self._start_tick()
        self._piece = document.piece
        is_port = self._player.output.kind is OutputKind.MIDI
        self._recorder = Recorder(
            document.score,
            document.target,
            start,
            delay_seconds=MIDI_DELAY_SECONDS if is_port else SYNTH_DELAY_SECONDS,
            early=self._roll.grid.ticks // 2,
        )
        self._player.set_replaced(frozenset({document.target}))
        self._player.set_clicks(on=True)
        self._playing.play_to_record(start)
        self._window.transport.set_recording(on=True)
        words = self.tr("Recording the {voice}: begin after one bar; Space or Ctrl+R ends it")
        self._window.set_status(words.format(voice=voice_label(document.target)))

    @Slot(object, float, float)
    def _on_struck(self, struck: Struck, tick: float, _moment: float) -> None:
        if self._recorder is not None:
            self._recorder.strike(tick, struck.pitch, struck.velocity)

    @Slot(int, float)
    def _on_released(self, pitch: int, tick: float) -> None:
        if self._recorder is not None:
            self._recorder.release(tick, pitch)

    @Slot(float)
    def _show(self, tick: float) -> None:
        """Show the notes while they are being played."""
        if self._recorder is None:
            return
        line = self._recorder.line(tick)
        if line:
            voice = self._recorder.voice
            shown = shown_while_recording(self._document.score.voice(voice), line)
            self._roll.set_growing((voice, shown))

    def _end(self) -> None:
        self._recorder = None
        self._player.set_replaced(frozenset())
        self._player.set_clicks(on=self._metronome.isChecked())
        self._roll.set_growing()
        self._record.setChecked(False)
        self._window.transport.set_recording(on=False)

    @Slot()
    def _stop_listening(self) -> None:
        """The player still knows where it is; what is laid into the score now would be heard for a moment."""
        if self._recorder is not None:
            self._line = self._recorder.line(self._player.position_tick)

    @Slot()
    def _finish(self) -> None:
        """Lay what was played into the voice, if it is still that of the piece that was open then."""
        recorder, line = self._recorder, self._line
        if recorder is None:
            return
        self._end()
        if self._document.piece != self._piece:
            return
        if not line:
            words = self.tr("Nothing was played: the {voice} is as it was")
            self._window.set_status(words.format(voice=voice_label(recorder.voice)))
        else:
            self._lay(recorder.voice, line, had_chord=recorder.had_chord)

    def _lay(self, voice: VoiceName, line: tuple[Note, ...], *, had_chord: bool) -> None:
        grid, score = self._roll.grid, self._document.score
        after, chosen = recorded(
            score,
            voice,
            line,
            strength=self._last_quantising().strength,
            nearest=partial(grid.nearest, score),
            shortest=grid.ticks,
        )
        name = voice_label(voice)
        if not self._edit(Edit(self.tr("Record in the {voice}").format(voice=name), after, chosen)):
            return
        words = self.tr("Recorded {notes}").format(notes=notes_label(chosen))
        if had_chord:
            words += self.tr("; of each chord the top one, since a voice sings one note at a time")
        self._window.set_status(words)
