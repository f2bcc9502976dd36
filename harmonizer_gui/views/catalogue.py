"""All actions with the places they have in the menus: what keys dialog and palette show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from harmonizer_gui.views.actions import Actions
from harmonizer_gui.views.actions.spec import plain
from harmonizer_gui.views.finding import distance

_COLON: Final = re.compile(r"(?<=\w):(?=\s|$)")
"""What stands between submenu and words where both are listed; a key that is one is left alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An action: its name in the code, its words, where it stands in the menus, its keys for people."""

    name: str
    words: str
    area: str
    submenu: str
    keys: tuple[str, ...]

    @property
    def place(self) -> str:
        """Such as `Generate › Takes`."""
        return " › ".join(filter(None, (self.area, self.submenu)))

    def distance(self, searched: str) -> int | None:
        """How badly it fits what is searched for; None where it does not."""
        spoken = _COLON.sub(" ", searched)
        return distance(spoken, self.words, " ".join((self.area, self.submenu, *self.keys)))

    @property
    def whole(self) -> str:
        """The words with the submenu before them, such as `Picture: The whole piece`."""
        return f"{self.submenu}: {self.words}" if self.submenu else self.words


def catalogue(actions: Actions, menus: QMenuBar) -> list[Entry]:
    """Every action once, in the order of the menus; those in no menu come last."""
    names = {id(actions[name]): name for name in actions}
    found: dict[str, Entry] = {}
    for area in menus.actions():
        for action_id, submenu in _actions(area.menu(), ""):
            name = names.get(action_id)
            if name is not None and name not in found:
                found[name] = _entry(actions, name, plain(area.text()), submenu)
    for name in actions:
        if name not in found:
            found[name] = _entry(actions, name, _tr("Other"), "")
    return list(found.values())


def _entry(actions: Actions, name: str, area: str, submenu: str) -> Entry:
    return Entry(name, usual_words(actions, name), area, submenu, keys_of(actions[name].shortcuts()))


def usual_words(actions: Actions, name: str) -> str:
    """What an action is called; undo and redo without what they would do now."""
    return {"undo": _tr("Undo"), "redo": _tr("Redo")}.get(name) or actions.words(name)


def keys_of(sequences: list[QKeySequence]) -> tuple[str, ...]:
    """The keys as people call them, without those that only some keyboards have (“New”, “Save”)."""
    firsts = [keys[0].key() for keys in sequences]  # type: ignore[index]  # the stubs lack it
    common = [keys for keys, first in zip(sequences, firsts, strict=True) if first < Qt.Key.Key_Back]
    return tuple(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in common)


def _actions(menu: QObject | None, title: str) -> Iterator[tuple[int, str]]:
    """The identity of each action in a menu and in those within, with the title of the inner one."""
    for action in menu.actions() if isinstance(menu, QMenu) else ():
        inner: QObject | None = action.menu()
        if inner is None:
            yield id(action), title
        else:
            yield from _actions(inner, plain(action.text()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Catalogue", text)
