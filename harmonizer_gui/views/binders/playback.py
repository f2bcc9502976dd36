"""Ties the player to the transport, the playhead and the keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.grid import bar_around

FRAME_MS = 16


class PlaybackBinder(QObject):
    """Plays the document as it stands. The player's own thread is heard through queued signals."""

    halting = Signal()
    """Playing straight on is about to end: a pause, a stop, another place. The position is still known."""
    halted = Signal()
    """It has ended; what comes after `halting`."""
    moved = Signal(float)
    """The playhead has gone on while playing, to this tick; below the start while a bar is counted."""

    looped = Signal(object)
    """The stretch (start, end) in ticks that is looped from now on; None for none."""

    _problem = Signal(str)
    _finished = Signal()

    def __init__(self, window: MainWindow, document: Document, player: Player) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._player = player
        self._tick = 0.0
        self._loop: tuple[int, int] | None = None
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.timeout.connect(self._show_position)
        self._keys_down: frozenset[int] = frozenset()
        self._connect_player()
        self._connect_window()
        document.changed.connect(self._on_changed)
        self._on_changed(Change(piece=True))

    def _connect_player(self) -> None:
        # The player calls these on its own thread; signals bring the words over.
        self._player.on_problem = self._problem.emit
        self._player.on_finished = self._finished.emit
        self._problem.connect(self._on_problem)
        self._finished.connect(self._on_finished)

    def _connect_window(self) -> None:
        transport, actions, roll = self._window.transport, self._window.actions_, self._window.roll
        for signal, work in (
            (transport.play_asked, self._play),
            (transport.pause_asked, self._pause),
            (transport.stop_asked, self._stop),
            (transport.loop_asked, self._toggle_loop),
            (transport.to_start_asked, self._go_to_start),
            (actions["play"].triggered, self._toggle),
            (actions["loop"].triggered, self._toggle_loop),
            (actions["loop-selection"].triggered, self._loop_selection),
            (actions["stop"].triggered, self._panic),
            (actions["to-start"].triggered, self._go_to_start),
            (actions["previous-bar"].triggered, self._go_back_a_bar),
            (actions["next-bar"].triggered, self._go_on_a_bar),
            (roll.canvas.ruler.loop_dragged, self._drag_loop),
            (roll.canvas.ruler.loop_kept, self._set_loop),
            (roll.seek_asked, self._seek),
            (roll.sound_asked, self._hear),
        ):
            signal.connect(work)

    @property
    def tick(self) -> float:
        """Where the playhead stands."""
        return self._tick

    @property
    def is_playing(self) -> bool:
        return self._player.is_playing

    @property
    def is_looping(self) -> bool:
        return self._loop is not None

    def pause(self) -> None:
        """Silence all and stay where we are."""
        self._pause()

    def place(self, tick: float) -> None:
        """Put the playhead to `tick` and into view; what sounds meanwhile goes on."""
        self._tick = max(0.0, tick)
        self._player.place(self._tick)
        self._show_tick()
        self._window.roll.navigator.show_tick(self._tick)

    def play_to_record(self, tick: float) -> None:
        """Play from `tick`, a bar counted before, past the end of the piece too."""
        self._begin(tick, counted_in=True, endless=True)

    def set_keys_down(self, pitches: frozenset[int]) -> None:
        """Light these keys, too: the user holds them down."""
        self._keys_down = pitches
        self._show_lit()

    def _toggle(self) -> None:
        self._pause() if self._player.is_playing else self._play()

    def _play(self) -> None:
        self._begin(self._start(), counted_in=self._window.actions_["count-in"].isChecked(), endless=False)

    def _begin(self, tick: float, *, counted_in: bool, endless: bool) -> None:
        self._window.transport.set_problem("")
        self._player.play(self._document.score, tick, counted_in=counted_in, endless=endless)
        self._window.roll.navigator.set_following(on=True)
        self._show_playing(on=True)

    def _start(self) -> float:
        """Where playing begins: at the playhead, but for one outside the loop or at the end of the piece."""
        if self._loop is not None and not self._loop[0] <= self._tick < self._loop[1]:
            return float(self._loop[0])
        return 0.0 if self._tick >= self._document.score.end else self._tick

    def _pause(self) -> None:
        self.halting.emit()
        self._player.pause()
        self._show_playing(on=False)
        self.halted.emit()

    def _stop(self) -> None:
        self.halting.emit()
        self._player.stop()
        self._show_playing(on=False)
        self.halted.emit()

    def _panic(self) -> None:
        self.halting.emit()
        self._player.panic()
        self._show_playing(on=False)
        self.halted.emit()

    def _show_playing(self, *, on: bool) -> None:
        self._window.transport.set_playing(on=on)
        if on:
            self._frames.start()
        else:
            self._frames.stop()
            self._show_lit()
        self._show_position()

    @Slot()
    def _show_position(self) -> None:
        position = self._player.position_tick
        self._tick = max(0.0, position)
        self._show_tick()
        if self._frames.isActive():
            self._show_lit()
            if counted := self._player.counting:
                self._window.transport.show_counting(counted)
            self.moved.emit(position)

    def _show_lit(self) -> None:
        """Light the keys that the piece sounds, and those that are held down."""
        sounds = self._frames.isActive() and not self._player.counting
        self._window.roll.set_lit((self._sounding() if sounds else frozenset()) | self._keys_down)

    def _show_tick(self) -> None:
        self._window.roll.set_playhead(self._tick)
        self._window.transport.show_place(self._document.score, self._tick)

    def _sounding(self) -> frozenset[int]:
        heard = [voice for voice in VoiceName if voice not in self._document.sounds.silent]
        notes = (self._document.score.voice(voice).at(int(self._tick)) for voice in heard)
        return frozenset(note.pitch for note in notes if note is not None)

    def _seek(self, tick: float) -> None:
        self.halting.emit()
        self._tick = max(0.0, tick)
        self._player.seek(self._tick)
        self._show_tick()
        self.halted.emit()

    def _go_to_start(self) -> None:
        self._seek(0.0)
        view = self._window.roll.navigator.view
        self._window.roll.navigator.go_to(left=0.0, top=view.top)

    def _go_back_a_bar(self) -> None:
        self._go_to_tick(bar_around(self._document.score, max(0.0, self._tick - 1)).start)

    def _go_on_a_bar(self) -> None:
        self._go_to_tick(bar_around(self._document.score, self._tick).end)

    def _go_to_tick(self, tick: float) -> None:
        self._seek(tick)
        self._window.roll.navigator.show_tick(tick)

    @Slot()
    def _toggle_loop(self) -> None:
        """Loop the selected notes, or the whole piece; where it loops already, loop no more."""
        notes = [ref.note for ref in self._document.selection]
        start = min((note.start for note in notes), default=0)
        end = max((note.end for note in notes), default=self._document.score.end)
        self._set_loop(None if self._loop or start == end else (start, end))

    @Slot()
    def _loop_selection(self) -> None:
        """Loop the selected notes in the place of what is looped now."""
        notes = [ref.note for ref in self._document.selection]
        if notes:
            self._set_loop((min(note.start for note in notes), max(note.end for note in notes)))
        else:
            self._window.set_status(self.tr("Select the notes to be looped first, or drag over the ruler"))

    @Slot(float, float, bool)
    def _drag_loop(self, start: float, end: float, ended: bool) -> None:  # noqa: FBT001  # Qt's signature
        """Loop what a drag over the ruler passes, from one line of the grid to another."""
        grid, score = self._window.roll.grid, self._document.score
        first, last = grid.nearest(score, start), grid.nearest(score, end)
        if first < last:
            self._set_loop((first, last))
        elif ended:
            self._set_loop(None)
            self._window.set_status(self.tr("A loop without length is none"))

    def _set_loop(self, loop: tuple[int, int] | None) -> None:
        if loop is not None:
            self.halting.emit()
            self.halted.emit()
        self._loop = loop
        self._player.set_loop(*(loop or (0, None)))
        self._window.roll.set_loop(loop)
        self._window.actions_["loop"].setChecked(loop is not None)
        self._window.transport.set_loop("" if loop is None else self._bars(*loop))
        self.looped.emit(loop)

    def _bars(self, start: int, end: int) -> str:
        first, last = (bar_around(self._document.score, tick).number for tick in (start, end - 1))
        if first == last:
            return self.tr("bar {}").format(first)
        return self.tr("bars {}–{}").format(first, last)

    @Slot(object, int)
    def _hear(self, voice: VoiceName, pitch: int) -> None:
        self._player.preview(pitch, voice)

    @Slot(str)
    def _on_problem(self, sentence: str) -> None:
        self._window.transport.set_problem(sentence)

    @Slot()
    def _on_finished(self) -> None:
        self._show_playing(on=self._player.is_playing)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.piece:
            self._player.stop()
            self._set_loop(None)
            self._player.set_score(self._document.score)
            self._seek(0.0)
            self._show_playing(on=False)
        elif change.score:
            self._player.set_score(self._document.score)
            self._show_tick()
