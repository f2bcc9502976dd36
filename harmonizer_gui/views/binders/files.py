"""Ties opening, saving, recovery and closing to the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.file_jobs import Conflict
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.opening import Opened
from harmonizer_gui.session.recovery import Recovered, Recovery
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.dialogs import Leaving, Questions
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.message_bar import MOST_SHOWN, Action


class FilesBinder(QObject):
    """Nothing is thrown away unasked: what leaves the piece first asks whether to save it."""

    leaving = Signal()
    """The open piece may be put away: what is still being made becomes part of it before anybody is asked."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        files: Files,
        recovery: Recovery,
        settings: Settings,
        dialogs: Questions,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._files = files
        self._recovery = recovery
        self._settings = settings
        self._dialogs = dialogs
        self._after_saving: Callable[[], object] | None = None
        self._may_close = False
        self._connect_session()
        self._connect_window()
        self._show_title()

    def _connect_session(self) -> None:
        self._files.messages.connect(self._on_message)
        self._files.saved.connect(self._on_saved)
        self._files.opened.connect(self._on_opened)
        self._files.conflict.connect(self._on_conflict)
        self._files.view_state = self._view_state
        self._recovery.messages.connect(self._window.say)
        self._recovery.found.connect(self._offer_recovery)
        self._document.changed.connect(self._on_changed)

    def _connect_window(self) -> None:
        window = self._window
        does: dict[str, Callable[[], object]] = {
            "new": lambda: self.leave(self._files.new),
            "open": self._ask_open,
            "open-choosing": partial(self._ask_open, choosing=True),
            "demo": lambda: self.leave(self._files.open_demo),
            "save": self._save,
            "save-as": self.save_as,
            "export": self._export,
        }
        for name, work in does.items():
            window.actions_[name].triggered.connect(work)
        window.file_dropped.connect(self.open)
        window.menus.recent_asked.connect(self.open)
        window.menus.recent_wanted.connect(self._show_recent)
        window.may_close = self._ask_closing
        self._show_recent()

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a file, after asking what becomes of the open piece."""
        self.leave(partial(self._files.open, path))

    def _ask_open(self, *, choosing: bool = False) -> None:
        path = self._dialogs.open_path(self._settings.folder)
        if path is not None:
            self.leave(partial(self._files.open, path, ask=choosing))

    def _save(self) -> bool:
        """False where the user is asked for a name and gives none."""
        return self._files.save() or self.save_as()

    def save_as(self) -> bool:
        """Ask for a name and save there; False where none is given."""
        path = self._dialogs.save_path(self._files.suggested_path)
        if path is not None:
            self._files.save_as(path)
        return path is not None

    def _export(self) -> None:
        path = self._dialogs.export_path(self._files.suggested_path.with_suffix(".mid"))
        if path is not None:
            self._files.export(path)

    def leave(self, then: Callable[[], object]) -> None:
        """Do `then`, which puts the open piece away, unless the user wants to keep it."""
        self.leaving.emit()
        if not self._document.is_dirty:
            then()
            return
        answer = self._dialogs.ask_leaving(self._name)
        if answer is Leaving.DISCARD:
            then()
        elif answer is Leaving.SAVE:
            self._after_saving = then if self._save() else None

    def _ask_closing(self) -> bool:
        if self._may_close:
            return True
        self.leaving.emit()
        if not self._document.is_dirty:
            return True
        self.leave(self._close)
        return self._may_close

    def _close(self) -> None:
        self._may_close = True
        self._recovery.discard()
        self._window.close()

    def _view_state(self) -> dict[str, Any]:
        return {"roll": self._window.roll.navigator.state}

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        """A project comes up where it was left."""
        roll = opened.view.get("roll")
        if isinstance(roll, dict):
            self._window.roll.navigator.restore(roll)
        self.show_hint()

    @Slot(object)
    def _on_saved(self, _path: Path) -> None:
        then, self._after_saving = self._after_saving, None
        if then is not None and not self._document.is_dirty:
            then()

    @Slot(object)
    def _on_message(self, message: Message) -> None:
        if message.severity is Severity.PROBLEM:
            self._after_saving = None
        self._window.say(message)
        self.show_hint()

    @Slot(object)
    def _on_conflict(self, _conflict: Conflict) -> None:
        """What was to come after saving waits for nothing: the user is asked something else now."""
        self._after_saving = None
        self.show_hint()

    @Slot(object)
    def _offer_recovery(self, found: tuple[Recovered, ...]) -> None:
        for recovered in found[:MOST_SHOWN]:
            text = self.tr("“{title}” was not saved when the program ended on {when}: {difference}.").format(
                title=recovered.name or self.tr("Untitled"),
                when=f"{recovered.saved_at:%d.%m. %H:%M}",
                difference=recovered.difference,
            )
            self._window.messages.say(
                Message(text, Severity.NOTICE),
                Action(self.tr("Restore"), partial(self._restore, recovered)),
                Action(self.tr("Delete"), partial(self._recovery.forget, recovered)),
            )

    def _restore(self, recovered: Recovered) -> None:
        self.leave(partial(self._recovery.restore, recovered))

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.piece:
            self._after_saving = None  # the piece that was to be saved first is gone
            self._window.messages.clear_notices()
        if change.file or change.piece:
            self._show_title()
        if change.score:
            self.show_hint()

    def show_hint(self) -> None:
        """On a roll without notes: what is going on, or what to do."""
        hint = ""
        if self._files.is_opening:
            hint = self.tr("Opening …")
        elif not self._document.score.end:
            hint = self.tr("Draw notes here, open a file with Ctrl+O, or press G to let the model begin")
        self._window.roll.set_hint(hint if not self._document.score.end else "")

    @property
    def _name(self) -> str:
        path = self._document.path
        return path.stem if path is not None else self._document.score.title or self.tr("Untitled")

    def _show_title(self) -> None:
        self._window.set_title(self._name, changed=self._document.is_dirty)

    @Slot()
    def _show_recent(self) -> None:
        self._window.menus.set_recent(self._settings.recent_files)
