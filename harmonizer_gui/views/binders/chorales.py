"""Ties the list of chorales to the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.session.chorales import Chorales
from harmonizer_gui.session.files import Files
from harmonizer_gui.views.chorale_browser import ChoraleBrowser
from harmonizer_gui.views.main_window import MainWindow

if TYPE_CHECKING:
    from harmonizer_gui.files.chorales import Chorale
    from harmonizer_gui.files.imported import Imported


class ChoralesBinder(QObject):
    """Opens the browser; what is chosen there is opened as a new piece."""

    def __init__(
        self,
        window: MainWindow,
        files: Files,
        chorales: Chorales,
        leave: Callable[[Callable[[], object]], None],
    ) -> None:
        """`leave` does something that puts the open piece away, unless the user wants to keep it."""
        super().__init__(window)
        self._window = window
        self._files = files
        self._chorales = chorales
        self._leave = leave
        self.browser: ChoraleBrowser | None = None
        """The one that is open now."""
        chorales.messages.connect(window.say)
        window.actions_["chorales"].triggered.connect(self._browse)

    @Slot()
    def _browse(self) -> None:
        if self.browser is not None:
            return
        browser = ChoraleBrowser(self._window)
        self.browser = browser
        self._chorales.listed.connect(browser.show_listed)
        browser.chosen.connect(self._open)
        browser.finished.connect(self._forget)
        browser.open()
        self._chorales.want()

    @Slot(object)
    def _open(self, chorale: Chorale) -> None:
        self._leave(partial(self._files.open_piece, partial(_read, chorale)))

    @Slot()
    def _forget(self) -> None:
        self.browser = None
        self._chorales.leave()


def _read(chorale: Chorale) -> Imported:
    from harmonizer_gui.files.chorales import read_chorale

    return read_chorale(chorale)
