"""The program with its window: makes every part, ties them together, and takes them apart in order."""

from __future__ import annotations

import faulthandler
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from harmonizer_gui.engine.requests import HarmonyModel
from harmonizer_gui.playback.listener import InputListener
from harmonizer_gui.playback.player import Player
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.chorales import Chorales
from harmonizer_gui.session.chords import ChordNames
from harmonizer_gui.session.claims import Claims
from harmonizer_gui.session.crash import install_crash_guard
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.explaining import Explaining
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.garbage import Garbage
from harmonizer_gui.session.generation import Generation
from harmonizer_gui.session.heap import keep_little
from harmonizer_gui.session.heat import HeatModel
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.mixes import Mixes
from harmonizer_gui.session.proofreading import Proofreader
from harmonizer_gui.session.recovery import Recovery
from harmonizer_gui.session.recovery import recovery_folder as usual_folder
from harmonizer_gui.session.servers import LoadModel
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.sound_export import SoundExport
from harmonizer_gui.session.surprise import SurpriseModel
from harmonizer_gui.session.worker import Worker
from harmonizer_gui.views.binders.chorales import ChoralesBinder
from harmonizer_gui.views.binders.chords import ChordsBinder
from harmonizer_gui.views.binders.conflicts import ConflictsBinder
from harmonizer_gui.views.binders.cursor import CursorBinder
from harmonizer_gui.views.binders.editing import EditingBinder
from harmonizer_gui.views.binders.files import FilesBinder
from harmonizer_gui.views.binders.generation import GenerationBinder
from harmonizer_gui.views.binders.grid import GridBinder
from harmonizer_gui.views.binders.heat import HeatBinder
from harmonizer_gui.views.binders.heat_look import HeatLookBinder
from harmonizer_gui.views.binders.importing import ImportBinder
from harmonizer_gui.views.binders.keyboard import KeyboardBinder
from harmonizer_gui.views.binders.keys import KeysBinder
from harmonizer_gui.views.binders.locks import LocksBinder
from harmonizer_gui.views.binders.looks import LooksBinder
from harmonizer_gui.views.binders.mixes import MixesBinder
from harmonizer_gui.views.binders.navigation import NavigationBinder
from harmonizer_gui.views.binders.note_table import NoteTableBinder
from harmonizer_gui.views.binders.opening import OpeningBinder
from harmonizer_gui.views.binders.outputs import OutputBinder
from harmonizer_gui.views.binders.painting import PaintingBinder
from harmonizer_gui.views.binders.pictures import PicturesBinder
from harmonizer_gui.views.binders.playback import PlaybackBinder
from harmonizer_gui.views.binders.playing_in import InputBinder
from harmonizer_gui.views.binders.proofreading import ProofreadingBinder
from harmonizer_gui.views.binders.recording import RecordingBinder
from harmonizer_gui.views.binders.ruler import RulerBinder
from harmonizer_gui.views.binders.rules import RulesBinder
from harmonizer_gui.views.binders.sound_export import SoundExportBinder
from harmonizer_gui.views.binders.status import StatusBinder
from harmonizer_gui.views.binders.steps import StepBinder
from harmonizer_gui.views.binders.surprise import SurpriseBinder
from harmonizer_gui.views.binders.takes import TakesBinder
from harmonizer_gui.views.binders.voices import VoicesBinder
from harmonizer_gui.views.binders.why import WhyBinder
from harmonizer_gui.views.dialogs import Dialogs, Questions
from harmonizer_gui.views.experts import ExpertsBinder
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.theme import ThemeChoice, ThemeManager

AFTER_FIRST_PAINT_MS = 30


class Program(QObject):
    """One open window and all that is behind it. `start` sets it going, `stop` ends its threads.

    `player` plays the open piece, `hearing` what may be opened, `listener` hears the MIDI keyboard.
    """

    def __init__(
        self,
        themes: ThemeManager,
        settings: Settings,
        load: LoadModel,
        *,
        player: Player | None = None,
        hearing: Player | None = None,
        listener: InputListener | None = None,
        dialogs: Questions | None = None,
        recovery_folder: Path | None = None,
    ) -> None:
        super().__init__()
        self.document = Document(self)
        self.worker = Worker(load, self)
        self.heat = HeatModel(self.document, self.worker, self)
        self.explaining = Explaining(self.document, self.heat, self)
        self.surprise = SurpriseModel(self.document, self.heat, self.worker, self)
        self.chord_names = ChordNames(self.document, self.worker, self)
        self.proofreader = Proofreader(self.document, self.worker, self)
        self.generation = Generation(self.document, self.worker, self)
        kept = usual_folder() if recovery_folder is None else recovery_folder
        self.files = Files(self.document, self.worker, settings, self, claims=Claims(kept))
        self.recovery = Recovery(self.document, self.worker, self.files, kept, parent=self)
        self.player = Player() if player is None else player
        self.hearing = Player() if hearing is None else hearing
        self.listener = InputListener() if listener is None else listener
        self.chorales = Chorales(self.worker, self)
        self.sound = SoundExport(self.worker, self)
        self.window = MainWindow(self.document.undo_stack)
        self._bind(themes, settings, Dialogs(self.window) if dialogs is None else dialogs)
        self._guard = install_crash_guard(
            self.recovery.save_now,
            [self.recording.finish, self.player.panic, self.importing.silence],
            self,
        )
        self._guard.messages.connect(self.window.say)
        self.worker.failed.connect(self._on_failed)
        self.worker.messages.connect(self.window.say)
        self._is_running = False
        self._path: Path | None = None

    def _bind(self, themes: ThemeManager, settings: Settings, dialogs: Questions) -> None:
        window, document = self.window, self.document
        self.telling = StatusBinder(window, document, self.files)
        self.editing = EditingBinder(window, document)
        self.snapping = GridBinder(window, settings)
        self.experts = ExpertsBinder(window.experts, document, self.heat)
        self.mixing = MixesBinder(window, Mixes(document, settings, self.files, self), settings)
        self.heating = HeatBinder(window, document, self.heat, self.worker)
        self.heat_look = HeatLookBinder(window, self.heat, settings, self.files)
        self.asking = WhyBinder(window, document, self.explaining)
        self.surprising = SurpriseBinder(window, document, self.surprise, settings)
        self.proofreading = ProofreadingBinder(window, document, self.proofreader)
        self.generating = GenerationBinder(window, document, self.generation)
        self.locking = LocksBinder(window, document)
        self.painting = PaintingBinder(window, document)
        self.keying = KeysBinder(window, document)
        self.ruling = RulesBinder(window, document)
        self.signing = RulerBinder(window, document)
        self.taking = TakesBinder(window, document, self.generation, self.heat, self.files)
        self.playing = PlaybackBinder(window, document, self.player)
        self.playing.looped.connect(self.generation.set_loop)
        self.outputs = OutputBinder(window, self.player, self.worker, settings, self.files)
        self.playing_in = InputBinder(
            window, document, self.player, self.playing, self.worker, settings, self.listener
        )
        self.stepping = StepBinder(window, document, self.playing, self.playing_in)
        how = self.editing.shaping
        self.recording = RecordingBinder(
            window, document, self.player, self.playing, self.playing_in, settings, lambda: how.how
        )
        self.chording = ChordsBinder(window, self.chord_names, settings)
        self.voicing = VoicesBinder(window, document, self.player, settings)
        self.filing = FilesBinder(window, document, self.files, self.recovery, settings, dialogs)
        self.filing.leaving.connect(self.recording.finish)
        self.conflicts = ConflictsBinder(window, self.files, self.filing.save_as)
        self.reading = OpeningBinder(window, self.files)
        self.importing = ImportBinder(window, self.files, self.hearing, themes)
        self.browsing = ChoralesBinder(window, self.files, self.chorales, self.filing.leave)
        self.sounding = SoundExportBinder(window, document, self.files, self.sound, settings, dialogs)
        self.picturing = PicturesBinder(window, document, self.heat, self.files, self.worker, dialogs)
        self.navigating = NavigationBinder(window, document, settings)
        self.cursor = CursorBinder(window, document, self)
        self.painting.use_cursor(lambda: self.cursor.cursor)
        self.stepping.use_cursor(self.cursor)
        self.snapping.changed.connect(self.cursor.fit_to_grid)
        self.tabling = NoteTableBinder(window, document, self.heat, self)
        self.keyboard = KeyboardBinder(window, settings)
        self.looks = LooksBinder(window, themes, settings)

    def start(self, path: Path | None = None) -> None:
        """Show the window; then load the model, open `path` or the chorale of the first start."""
        self._path = path
        self.window.installEventFilter(self)
        self.window.show()
        self.filing.show_hint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Torch and music21 would hold up the first picture: they wait for it."""
        if event.type() is QEvent.Type.Paint and watched is self.window:
            self.window.removeEventFilter(self)
            QTimer.singleShot(AFTER_FIRST_PAINT_MS, self, self._start_working)
        return super().eventFilter(watched, event)

    def _start_working(self) -> None:
        self._is_running = True
        self.worker.start()
        self.playing_in.start()
        if self._path is None:
            self.files.open_demo()
        else:
            self.files.open(self._path)
        self.filing.show_hint()
        self.recovery.look()

    def stop(self) -> None:
        """Silence every note and end every thread."""
        self.listener.close()
        self.player.close()
        self.hearing.close()
        self._guard.remove()
        self.files.close()
        if self._is_running:
            self._is_running = False
            self.worker.stop()

    def _on_failed(self, failure: Failure) -> None:
        self.window.say(Message(failure.sentence, Severity.PROBLEM, failure.details))


def run(argv: Sequence[str]) -> int:
    """Open the window, with the file in `argv` if there is one; returns the exit code."""
    faulthandler.enable()
    keep_little()
    application = QApplication(["harmonizer-gui"])
    application.setApplicationName("harmonizer")
    application.setApplicationDisplayName("Harmonizer")
    application.setDesktopFileName("harmonizer")
    settings = Settings()
    themes = ThemeManager(application, ThemeChoice(settings.theme))
    program = Program(themes, settings, load_model)
    Garbage(program.heat, program)
    program.start(Path(argv[0]) if argv else None)
    code = application.exec()
    program.stop()
    return code


def load_model() -> HarmonyModel:
    """The model that comes with the program. Slow: imports torch; for the model thread."""
    from harmonizer_gui.engine import model

    return model.load_model(guests=True)
