"""Asks what shall be done where another program, or another window, is at the same file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Slot

from harmonizer_gui.session.file_jobs import Clash, Conflict
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.message_bar import Action


def offer_another_export(
    window: MainWindow, reason: str, again: Callable[[], object], elsewhere: Callable[[], object]
) -> None:
    """Say why a file could not be exported; another try, or another place, is a click away."""
    translate = QCoreApplication.translate
    window.messages.say(
        Message(reason, Severity.PROBLEM),
        Action(translate("Conflicts", "Try again"), again),
        Action(translate("Conflicts", "Export as…"), elsewhere),
    )


class ConflictsBinder(QObject):
    """Until a button is chosen, the open piece and the file both stay as they are."""

    def __init__(self, window: MainWindow, files: Files, save_as: Callable[[], object]) -> None:
        """`save_as` asks for a name and saves there."""
        super().__init__(window)
        self._window = window
        self._files = files
        self._save_as = save_as
        files.conflict.connect(self._on_conflict)

    @Slot(object)
    def _on_conflict(self, conflict: Conflict) -> None:
        if conflict.exporting:
            again = partial(self._files.export, conflict.path)
            offer_another_export(
                self._window, conflict.reason, again, self._window.actions_["export"].trigger
            )
            return
        is_refused = conflict.clash is Clash.REFUSED
        severity = Severity.PROBLEM if is_refused else Severity.NOTICE
        text = conflict.reason or self._sentence(conflict).format(name=conflict.path.name)
        self._window.messages.say(Message(text, severity), *self._choices(conflict))

    def _sentence(self, conflict: Conflict) -> str:
        if conflict.while_saving:
            return {
                Clash.TAKEN: self.tr("“{name}” is open in another window, so nothing was saved there."),
                Clash.CHANGED: self.tr("“{name}” was changed by another program, so nothing was saved."),
            }[conflict.clash]
        return {
            Clash.IN_USE: self.tr("“{name}” is open in another window."),
            Clash.CHANGED: self.tr("“{name}” was changed by another program."),
            Clash.GONE: self.tr("“{name}” was removed or renamed by another program."),
        }[conflict.clash]

    def _choices(self, conflict: Conflict) -> list[Action]:
        path, files = conflict.path, self._files
        save_as = Action(self.tr("Save as…"), self._save_as)
        reload = Action(self.tr("Reload, discard mine"), partial(files.open, path, shared=True))
        if conflict.clash is Clash.IN_USE:
            return [
                Action(self.tr("Open a copy"), partial(self._files.open_copy, path)),
                Action(self.tr("Open anyway"), partial(files.open, path, shared=True)),
            ]
        if conflict.clash is Clash.GONE:
            return [Action(self.tr("Save again"), self._writing(path)), save_as]
        if conflict.clash is Clash.REFUSED:
            return [Action(self.tr("Try again"), self._writing(path)), save_as]
        if conflict.clash is Clash.TAKEN:
            return [Action(self.tr("Save anyway"), self._writing(path)), save_as]
        if conflict.while_saving:
            return [Action(self.tr("Overwrite"), self._writing(path)), save_as, reload]
        return [Action(self.tr("Keep mine"), files.keep_mine), save_as, reload]

    def _writing(self, path: Path) -> Callable[[], object]:
        return partial(self._files.save_as, path, over=True)
