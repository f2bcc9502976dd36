"""The few questions that stop the user: which file, and whether to keep what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QMenuBar,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.views.theme import UNIT


class Leaving(Enum):
    """What shall happen to changes that are on no disk."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Questions(Protocol):
    """What the window may have to ask."""

    def ask_leaving(self, name: str) -> Leaving:
        """Save the changes of the piece called `name`, throw them away, or stay?"""
        ...

    def open_path(self, folder: Path) -> Path | None:
        """Which file to open; None for none."""
        ...

    def save_path(self, suggested: Path) -> Path | None:
        """Where to save the project; None for nowhere."""
        ...

    def export_path(self, suggested: Path) -> Path | None:
        """Where to write MIDI or MusicXML; None for nowhere."""
        ...

    def sound_path(self, suggested: Path) -> Path | None:
        """Where to write sound; None for nowhere."""
        ...

    def picture_path(self, suggested: Path, suffixes: Sequence[str]) -> Path | None:
        """Where to write a picture, as one of several kinds; None for nowhere."""
        ...


class Dialogs:
    """Asks in dialogs."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask_leaving(self, name: str) -> Leaving:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(_tr("Harmonizer"))
        box.setText(_tr("Save the changes to “{name}”?").format(name=name))
        box.setInformativeText(_tr("Without saving they are lost."))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        _without_icons(box)
        answer = box.exec()
        answers = {buttons.Save: Leaving.SAVE, buttons.Discard: Leaving.DISCARD}
        return answers.get(buttons(answer), Leaving.CANCEL)

    def open_path(self, folder: Path) -> Path | None:
        music = _tr("Music")
        kinds = f"{music} (*.harmonizer *.mid *.midi *.musicxml *.mxl *.xml *.abc *.krn)"
        path, _ = QFileDialog.getOpenFileName(
            self._parent, _tr("Open"), str(folder), f"{kinds};;{_tr('All files')} (*)"
        )
        return Path(path) if path else None

    def save_path(self, suggested: Path) -> Path | None:
        """A name without a suffix gets `.harmonizer`."""
        kinds = f"{_tr('Harmonizer project')} (*.harmonizer)"
        path, _ = QFileDialog.getSaveFileName(self._parent, _tr("Save as"), str(suggested), kinds)
        return _with_suffix(path, ".harmonizer")

    def export_path(self, suggested: Path) -> Path | None:
        """A name without a suffix gets that of the kind chosen."""
        midi, xml = _tr("MIDI"), _tr("MusicXML")
        kinds = f"{midi} (*.mid);;{xml} (*.musicxml);;{_tr('Compressed MusicXML')} (*.mxl)"
        path, chosen = QFileDialog.getSaveFileName(self._parent, _tr("Export"), str(suggested), kinds)
        suffix = chosen[chosen.find("*") + 1 : -1] if "*" in chosen else ".mid"
        return _with_suffix(path, suffix)

    def sound_path(self, suggested: Path) -> Path | None:
        """A name without a suffix gets `.wav`."""
        kinds = f"{_tr('Sound')} (*.wav)"
        path, _ = QFileDialog.getSaveFileName(self._parent, _tr("Export sound"), str(suggested), kinds)
        return _with_suffix(path, ".wav")

    def picture_path(self, suggested: Path, suffixes: Sequence[str]) -> Path | None:
        """A name without a suffix gets that of the kind chosen."""
        kinds = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in suffixes)
        path, chosen = QFileDialog.getSaveFileName(
            self._parent, _tr("Export a picture"), str(suggested), kinds
        )
        suffix = next((each for each in suffixes if f"*{each})" in chosen), suffixes[0])
        return _with_suffix(path, suffix)


def _with_suffix(path: str, suffix: str) -> Path | None:
    if not path:
        return None
    return Path(path) if Path(path).suffix else Path(path + suffix)


class KeysDialog(QDialog):
    """All keys in two columns, in the order of the menus; it does not stop anything."""

    def __init__(self, menus: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        layout.setSpacing(2 * UNIT)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        layout.addLayout(self._columns(_chapters(menus)))
        layout.addWidget(self._mouse())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        _without_icons(buttons)
        layout.addWidget(buttons)

    def _columns(self, chapters: list[Chapter]) -> QHBoxLayout:
        """Two columns, the first at least as long as the second."""
        tables = [self._table(), self._table()]
        half = sum(len(chapter.keys) + 1 for chapter in chapters) / 2
        for chapter in chapters:
            self._add(tables[0 if tables[0].rowCount() <= half else 1], chapter)
        columns = QHBoxLayout()
        columns.setSpacing(6 * UNIT)
        for table in tables:
            table.setRowStretch(table.rowCount(), 1)
            columns.addLayout(table)
        return columns

    def _table(self) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(2 * UNIT)
        table.setVerticalSpacing(UNIT // 2)
        return table

    def _add(self, table: QGridLayout, chapter: Chapter) -> None:
        heading = QLabel(chapter.title.upper(), self)
        heading.setProperty("kind", "heading")
        if not table.isEmpty():
            table.setRowMinimumHeight(table.rowCount(), UNIT)
        table.addWidget(heading, table.rowCount(), 0, 1, 2)
        for keys, words in chapter.keys:
            label = QLabel(keys, self)
            label.setProperty("kind", "name")
            row = table.rowCount()
            table.addWidget(label, row, 0)
            table.addWidget(QLabel(words, self), row, 1)

    def _mouse(self) -> QLabel:
        label = QLabel(
            self.tr(
                "Wheel scrolls, with Shift sideways; Ctrl and wheel zoom, with Shift the pitches. "
                "The middle button drags the paper, the right one erases. Alt ignores the grid."
            ),
            self,
        )
        label.setProperty("kind", "muted")
        label.setWordWrap(True)
        return label


@dataclass(frozen=True, slots=True)
class Chapter:
    """A menu, and in the order of its entries their keys and words."""

    title: str
    keys: tuple[tuple[str, str], ...]


def _chapters(menus: QMenuBar) -> list[Chapter]:
    """The menus that have keys."""
    chapters = [
        Chapter(_plain(action.text()), tuple(_keys(action.menu())))
        for action in menus.actions()
        if action.menu()
    ]
    return [chapter for chapter in chapters if chapter.keys]


def _keys(menu: QObject) -> Iterator[tuple[str, str]]:
    """All keys of an entry and its words; what stands in a menu within the menu too."""
    for action in menu.actions() if isinstance(menu, QMenu) else ():
        yield from _keys(action.menu())
        if not action.shortcut().isEmpty():
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            yield keys, _plain(action.text()).removesuffix("…")


def _plain(text: str) -> str:
    """Without the mark of the letter that opens it."""
    return text.replace("&", "")


def _without_icons(box: QDialogButtonBox | QMessageBox) -> None:
    """The style's own icons belong to another family."""
    for button in box.buttons():
        button.setIcon(QIcon())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)
