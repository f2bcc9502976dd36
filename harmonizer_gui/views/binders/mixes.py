"""Ties the user's own presets and the two mixes to the experts panel and the menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.mixes import Mixes, NamedMix
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.message_bar import Action


class MixesBinder(QObject):
    """The panel shows what there is, and asks; what was done is said."""

    def __init__(self, window: MainWindow, mixes: Mixes, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._mixes = mixes
        self._settings = settings
        head, actions = window.experts.head, window.actions_
        head.switch_asked.connect(mixes.switch)
        head.copy_asked.connect(self._copy)
        head.save_asked.connect(self._save)
        head.rename_asked.connect(self._rename)
        head.delete_asked.connect(self._delete)
        actions["other-mix"].triggered.connect(mixes.switch)
        actions["copy-mix"].triggered.connect(self._copy)
        mixes.changed.connect(self._show)
        fold = window.experts.fold
        fold.setChecked("rules" in settings.folded)
        fold.toggled.connect(self._on_folded)
        self._show()

    @Slot(bool)
    def _on_folded(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._settings.folded = ("rules",) if on else ()

    @Slot()
    def _show(self) -> None:
        panel = self._window.experts
        panel.head.set_slot(self._mixes.slot)
        panel.set_own({named.name: named.mix for named in self._mixes.own})

    @Slot(str)
    def _save(self, name: str) -> None:
        before = self._mixes.own
        self._mixes.save(name)
        self._tell(self.tr("Kept the mix as “{}”").format(name.strip()), before)

    @Slot(str, str)
    def _rename(self, name: str, other: str) -> None:
        before = self._mixes.own
        self._mixes.rename(name, other)
        self._tell(self.tr("Renamed the preset “{}” to “{}”").format(name, other.strip()), before)

    @Slot(str)
    def _delete(self, name: str) -> None:
        before = self._mixes.own
        self._mixes.delete(name)
        self._tell(self.tr("Deleted the preset “{}”; the mix is as it was").format(name), before)

    def _tell(self, words: str, before: tuple[NamedMix, ...]) -> None:
        """Say what was done; presets are no part of the piece, so what went is put back from here."""
        if {named.mix for named in before} <= {named.mix for named in self._mixes.own}:
            self._window.set_status(words)
        else:
            back = Action(self.tr("Put back"), partial(self._put_back, before))
            self._window.messages.say(Message(self.tr("{}.").format(words), Severity.NOTICE), back)

    def _put_back(self, before: tuple[NamedMix, ...]) -> None:
        self._mixes.put_back(before)
        self._window.set_status(self.tr("The presets are as they were"))

    @Slot()
    def _copy(self) -> None:
        here = self._mixes.slot
        self._mixes.copy()
        other = "B" if here == "A" else "A"
        self._window.set_status(self.tr("Mix {} is like {} now").format(other, here))
