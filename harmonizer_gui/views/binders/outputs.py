"""Ties the choice of where the sound goes to the transport, the settings and the project file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.playback.outputs import BUILT_IN, OutputInfo, OutputKind, list_outputs
from harmonizer_gui.playback.player import Player
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.project import Kept
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker
from harmonizer_gui.views.main_window import MainWindow


class OutputBinder(QObject):
    """The output that is chosen is the usual one from then on, and goes into the file of the open piece.

    A piece that names an output is heard through it while it is open. Where that is not there – another
    machine – the usual one is used and the user told; the file keeps the name.
    """

    def __init__(
        self, window: MainWindow, player: Player, worker: Worker, settings: Settings, files: Files
    ) -> None:
        super().__init__(window)
        self._window = window
        self._player = player
        self._worker = worker
        self._settings = settings
        self._outputs = {info.name: info for info in BUILT_IN}
        self._of_piece: str | None = None
        window.transport.output_asked.connect(self._choose)
        window.transport.outputs_wanted.connect(self._look)
        files.keep(Kept("sounds", self._collect, self._restore))
        self._use(self._usual)

    @property
    def _usual(self) -> OutputInfo:
        """What the user has chosen last, whichever the piece, and whether it is there or not."""
        name = self._settings.output
        built_in = next((info for info in BUILT_IN if info.name == name), None)
        return built_in or (OutputInfo(OutputKind.MIDI, name) if name else BUILT_IN[0])

    def _look(self) -> None:
        self._worker.run(list_outputs).done.connect(self._show)

    @Slot(object)
    def _show(self, infos: tuple[OutputInfo, ...]) -> None:
        self._outputs = {info.name: info for info in infos}
        self._window.transport.set_outputs(self._outputs, self._player.output.name)

    @Slot(str)
    def _choose(self, name: str) -> None:
        info = self._outputs.get(name)
        if info is not None:
            self._settings.output = self._of_piece = name
            self._use(info)

    def _use(self, info: OutputInfo) -> None:
        self._window.transport.set_problem("")
        self._player.set_output(info)
        self._window.transport.set_outputs(self._outputs, info.name)

    def _collect(self) -> dict[str, Any] | None:
        return None if self._of_piece is None else {"output": self._of_piece}

    def _restore(self, values: dict[str, Any] | None) -> None:
        """A piece is open; its output may have to be looked for first."""
        self._of_piece = (values or {}).get("output")
        known = next((info for info in BUILT_IN if info.name == self._of_piece), None)
        if known is not None:
            self._use(known)
            return
        if self._player.output != self._usual:
            self._use(self._usual)
        if self._of_piece not in (None, self._usual.name):
            self._worker.run(list_outputs).done.connect(self._use_that_of_piece)

    @Slot(object)
    def _use_that_of_piece(self, infos: tuple[OutputInfo, ...]) -> None:
        self._show(infos)
        if self._of_piece is None:
            return  # another piece has been opened since
        info = self._outputs.get(self._of_piece)
        if info is not None:
            self._use(info)
        else:
            words = self.tr(
                "The piece was played through {output}, which is not there: it sounds through {usual}."
            )
            text = words.format(output=self._of_piece, usual=self._usual.name)
            self._window.say(Message(text, Severity.NOTICE))
