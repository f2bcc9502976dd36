"""What an action is, before it is a QAction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

Keys = QKeySequence.StandardKey


class Where(Enum):
    """Where a key works."""

    WINDOW = "window"
    ROLL = "roll"
    """Only while the roll has the focus, so that letters can be typed elsewhere."""


@dataclass(frozen=True)
class Spec:
    """One action: its name in the code, its words, its keys."""

    name: str
    text: str
    keys: tuple[str | Keys, ...] = ()
    where: Where = Where.WINDOW
    checkable: bool = False


def tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def plain(text: str) -> str:
    """The words of an action, without the mark of the letter that opens it and without dots behind."""
    return text.replace("&", "").removesuffix("…")
