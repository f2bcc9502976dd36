"""The few questions that stop the user: which file, and whether to keep what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QMessageBox, QWidget


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


def _without_icons(box: QDialogButtonBox | QMessageBox) -> None:
    """The style's own icons belong to another family."""
    for button in box.buttons():
        button.setIcon(QIcon())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)
