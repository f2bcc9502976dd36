"""Ties the palette, the list of keys and changed keys to the window and the settings."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.actions.spec import Where
from harmonizer_gui.views.catalogue import Entry, catalogue, usual_words
from harmonizer_gui.views.key_asker import KeyAsker
from harmonizer_gui.views.keys_dialog import KeysDialog
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.palette import Palette


class KeyboardBinder(QObject):
    """Keys that the user has changed are kept, and hold from the start."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_
        self._settings = settings
        self._changing: KeysDialog | None = None
        for name, keys in settings.keys.items():
            if name in set(self._actions):
                self._give(name, _sequences(keys))
        self._actions["palette"].triggered.connect(self.show_palette)
        self._actions["keys"].triggered.connect(self.show_keys)
        self._actions["change-keys"].triggered.connect(self.show_change)

    @property
    def _entries(self) -> list[Entry]:
        return catalogue(self._actions, self._window.menus)

    @Slot()
    def show_palette(self) -> None:
        palette = Palette(self._entries, self._actions, self._window)
        palette.chosen.connect(self._do)
        palette.show()
        palette.search.setFocus()

    @Slot()
    def show_keys(self) -> None:
        KeysDialog(self._entries, self._window).show()

    @Slot()
    def show_change(self) -> None:
        dialog = KeysDialog(self._entries, self._window, changing=True)
        dialog.change_asked.connect(self._ask)
        dialog.reset_asked.connect(self._reset_all)
        dialog.destroyed.connect(self._forget_dialog)
        self._changing = dialog
        dialog.show()

    @Slot()
    def _forget_dialog(self) -> None:
        self._changing = None

    @Slot(str)
    def _do(self, name: str) -> None:
        if self._actions.where(name) is Where.ROLL:
            self._window.roll.setFocus()
        self._actions[name].trigger()

    @Slot(str)
    def _ask(self, name: str) -> None:
        asker = KeyAsker(
            usual_words(self._actions, name), partial(self._conflict, name), self._changing or self._window
        )
        asker.answered.connect(partial(self.set_key, name))
        asker.show()
        asker.field.setFocus()

    def owner(self, keys: QKeySequence, *, but: str) -> str | None:
        """The name of the action, other than `but`, that `keys` do."""
        return next(
            (name for name in self._actions if name != but and keys in self._actions[name].shortcuts()), None
        )

    def _conflict(self, name: str, keys: QKeySequence) -> str:
        owner = self.owner(keys, but=name)
        return "" if owner is None else usual_words(self._actions, owner)

    def set_key(self, name: str, keys: QKeySequence | None) -> None:
        """Let `keys` do the action, and nothing else; None for those it comes with."""
        wanted = self._actions.usual_keys(name) if keys is None else [keys]
        for key in wanted:
            owner = self.owner(key, but=name)
            if owner is not None:
                self._give(owner, [each for each in self._actions[owner].shortcuts() if each != key])
        self._give(name, wanted)
        self._keep()

    def _give(self, name: str, keys: list[QKeySequence]) -> None:
        before = _first_key(self._actions[name].shortcuts())
        self._actions.set_keys(name, keys)
        if before:
            self._retell(before, _first_key(keys))

    def _retell(self, before: str, after: str) -> None:
        """Buttons name the keys in their tooltips, in brackets."""
        told, tells = f" ({before})", f" ({after})" if after else ""
        for bar in (self._window.toolbar, self._window.transport):
            for widget in bar.findChildren(QWidget):
                if told in widget.toolTip():
                    widget.setToolTip(widget.toolTip().replace(told, tells))
                    widget.setAccessibleName(widget.accessibleName().replace(told, tells))

    @Slot()
    def _reset_all(self) -> None:
        for name in self._actions:
            self._give(name, self._actions.usual_keys(name))
        self._keep()

    def _keep(self) -> None:
        actions = self._actions
        changed = [name for name in actions if actions[name].shortcuts() != actions.usual_keys(name)]
        self._settings.keys = {
            name: tuple(
                key.toString(QKeySequence.SequenceFormat.PortableText) for key in actions[name].shortcuts()
            )
            for name in changed
        }
        if self._changing is not None:
            self._changing.set_entries(self._entries)


def _first_key(keys: list[QKeySequence]) -> str:
    return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def _sequences(keys: tuple[str, ...]) -> list[QKeySequence]:
    return [QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText) for key in keys]
