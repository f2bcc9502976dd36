"""Ties the export of pictures to the window: painted here, packed and written off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.errors import UserError
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.heat import HeatModel
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.panels import SUFFIXES, Panels, write_panels
from harmonizer_gui.session.pictures import ROLL_SUFFIXES, write_bytes, write_image
from harmonizer_gui.session.worker import Worker
from harmonizer_gui.views.binders.conflicts import offer_another_export
from harmonizer_gui.views.dialogs import Questions
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.portrait import Portrait, painted_image, painted_svg, whole


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A picture that is painted, and how it is written; `action` asks for it anew."""

    path: Path
    write: Callable[[], None]
    action: str


class PicturesBinder(QObject):
    """The roll with its heat, whole or as it is seen, and the panels of the experts."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        heat: HeatModel,
        files: Files,
        worker: Worker,
        dialogs: Questions,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._heat = heat
        self._files = files
        self._worker = worker
        self._dialogs = dialogs
        actions = window.actions_
        actions["picture-whole"].triggered.connect(self._export_whole)
        actions["picture-seen"].triggered.connect(self._export_seen)
        actions["picture-experts"].triggered.connect(self._export_experts)

    @Slot()
    def _export_whole(self) -> None:
        roll = self._window.roll
        view = whole(roll.coordinates, self._document.score, roll.navigator.pitches)
        self._export_roll(view, "picture-whole")

    @Slot()
    def _export_seen(self) -> None:
        self._export_roll(self._window.roll.coordinates, "picture-seen")

    def _export_roll(self, view: Coordinates, action: str) -> None:
        path = self._asked_path(ROLL_SUFFIXES)
        if path is None:
            return
        heat = self._heat.shown if self._heat.voice == self._document.target else None
        portrait = Portrait(self._document.score, self._document.target, heat, view)
        if path.suffix.lower() == ".svg":
            write = partial(write_bytes, painted_svg(portrait), path)
        else:
            write = partial(write_image, painted_image(portrait), path)
        self._write(_Picture(path, write, action))

    @Slot()
    def _export_experts(self) -> None:
        analysis = self._heat.analysis
        if analysis is None:
            text = self.tr("The experts have said nothing yet: the model is loading.")
            self._window.say(Message(text, Severity.NOTICE))
            return
        path = self._asked_path(SUFFIXES)
        if path is not None:
            panels = Panels(
                self._document.score, self._heat.voice, analysis, self._document.mix, self._heat.rules
            )
            self._write(_Picture(path, partial(write_panels, panels, path), "picture-experts"))

    def _asked_path(self, suffixes: tuple[str, ...]) -> Path | None:
        suggested = self._files.suggested_path.with_suffix(suffixes[0])
        path = self._dialogs.picture_path(suggested, suffixes)
        if path is not None and path.suffix.lower() not in suffixes:
            text = self.tr("{name}: pictures are written as {kinds}.")
            kinds = ", ".join(suffixes)
            self._window.say(Message(text.format(name=path.name, kinds=kinds), Severity.PROBLEM))
            return None
        return path

    def _write(self, picture: _Picture) -> None:
        job = self._worker.run(lambda: (picture, _problem_of(picture)))
        job.done.connect(self._on_written)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_written(self, answer: tuple[_Picture, str]) -> None:
        picture, problem = answer
        if problem:
            elsewhere = self._window.actions_[picture.action].trigger
            offer_another_export(self._window, problem, partial(self._write, picture), elsewhere)
        else:
            self._window.set_status(self.tr("Wrote {name}").format(name=picture.path.name))

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._window.say(Message(failure.sentence, Severity.PROBLEM, failure.details))


def _problem_of(picture: _Picture) -> str:
    """Write the file; why that cannot be, in a sentence, or nothing. Runs on the file thread."""
    try:
        picture.write()
    except UserError as error:
        return str(error)
    return ""
