"""What is said of a file that was read or written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.session.messages import Message, Severity

SHOWN_NOTICES = 3


def notices_message(path: Path, notices: Sequence[str]) -> Message | None:
    """One message for all notices: the first few to read, all of them to copy; None where there are none."""
    if not notices:
        return None
    text = f"{path.name}: {'; '.join(notices[:SHOWN_NOTICES])}"
    if len(notices) <= SHOWN_NOTICES:
        return Message(text, Severity.NOTICE)
    text += _tr("; and {count} more").format(count=len(notices) - SHOWN_NOTICES)
    return Message(text, Severity.NOTICE, "\n".join(notices))


def edits_message(path: Path | None) -> Message:
    """A file was not opened, since that would have undone what the user did meanwhile."""
    name = _tr("The piece") if path is None else path.name
    text = _tr("{name} was not opened, because you edited the open piece meanwhile.")
    return Message(text.format(name=name), Severity.NOTICE)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Files", text)
