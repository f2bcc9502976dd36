"""Ties the MIDI keyboard to the sound, the keys at the left, and whoever makes notes of what is played."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.playback.inputs import InputsFound, Pedal, Played, Released, Struck, look_for_inputs
from harmonizer_gui.playback.listener import InputListener
from harmonizer_gui.playback.player import Player
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker
from harmonizer_gui.views.binders.playback import PlaybackBinder
from harmonizer_gui.views.main_window import MainWindow


class InputBinder(QObject):
    """What is played sounds at once, by the listener's thread; all else hears of it by queued signals."""

    struck = Signal(object, float, float)
    """A `Struck`, the tick of the playhead and the second at which it was heard."""
    released = Signal(int, float)
    """The pitch of a key that came up, and the tick of the playhead."""
    pedal_pressed = Signal()
    chosen = Signal(str)
    """The name of the keyboard that is listened to from now on; empty for none."""
    lost = Signal()
    """The keyboard cannot be heard: it is gone, or was not there."""

    _played = Signal(object, float, float)
    _problem = Signal(str)
    _found = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        player: Player,
        playing: PlaybackBinder,
        worker: Worker,
        settings: Settings,
        listener: InputListener,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._player = player
        self._playing = playing
        self._worker = worker
        self._settings = settings
        self._listener = listener
        self._voice = document.target
        self._down: frozenset[int] = frozenset()
        self._names: tuple[str, ...] = ()
        self._problem_words = ""
        listener.on_played = self._hear
        listener.on_problem = self._problem.emit
        listener.on_found = self._found.emit
        self._played.connect(self._on_played)
        self._problem.connect(self._on_problem)
        self._found.connect(self._on_found)
        chooser = window.transport.input
        chooser.list_wanted.connect(self._look)
        chooser.input_asked.connect(self._choose)
        document.changed.connect(self._on_changed)
        self._show()

    @property
    def name(self) -> str:
        """The keyboard that is listened to, whether it is there or not; empty for none."""
        return self._settings.midi_input

    @property
    def down(self) -> frozenset[int]:
        """The keys that are held."""
        return self._down

    def start(self) -> None:
        """Listen to the keyboard of last time."""
        self._listen()

    def _listen(self) -> None:
        self._listener.want(self.name)
        self._player.set_ready(on=bool(self.name))
        self.chosen.emit(self.name)

    def _hear(self, played: Played) -> None:
        """Sound it. On the listener's thread: to wait for the window would be heard."""
        match played:
            case Struck(pitch, velocity):
                self._player.strike(self._voice, pitch, velocity)
            case Released(pitch):
                self._player.release(pitch)
            case Pedal():
                pass  # a voice is one line: its notes end when the key comes up
        self._played.emit(played, self._player.position_tick, self._listener.now())

    @Slot(object, float, float)
    def _on_played(self, played: Played, tick: float, moment: float) -> None:
        match played:
            case Struck(pitch):
                self._set_down(self._down | {pitch})
                self.struck.emit(played, tick, moment)
            case Released(pitch):
                self._set_down(self._down - {pitch})
                self.released.emit(pitch, tick)
            case Pedal(down=True):
                self.pedal_pressed.emit()
            case Pedal():
                pass

    def _set_down(self, pitches: frozenset[int]) -> None:
        self._down = pitches
        self._playing.set_keys_down(pitches)

    @Slot(str)
    def _on_problem(self, sentence: str) -> None:
        self._window.say(Message(sentence, Severity.NOTICE))
        self.lost.emit()

    @Slot(str)
    def _on_found(self, name: str) -> None:
        self._window.set_status(self.tr("Listening to the MIDI keyboard “{}”").format(name))

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.target:
            self._voice = self._document.target

    def _look(self) -> None:
        self._worker.run(look_for_inputs).done.connect(self._show_found)

    @Slot(object)
    def _show_found(self, found: InputsFound) -> None:
        self._names, self._problem_words = found.names, found.problem
        self._show()

    def _show(self) -> None:
        self._window.transport.input.set_inputs(self._names, self.name, self._problem_words)

    @Slot(str)
    def _choose(self, name: str) -> None:
        self._settings.midi_input = name
        self._listen()
        self._show()
