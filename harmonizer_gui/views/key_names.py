"""The names of keys, for people."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import KeySignature

_MAJOR: Final = ("C♭", "G♭", "D♭", "A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯")
_MINOR: Final = ("A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯", "G♯", "D♯", "A♯")


def key_name(key: KeySignature) -> str:
    """Such as `F♯ minor`."""
    if key.mode == "minor":
        return _tr("{tonic} minor").format(tonic=_MINOR[key.fifths + 7])
    return _tr("{tonic} major").format(tonic=_MAJOR[key.fifths + 7])


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyNames", text)
