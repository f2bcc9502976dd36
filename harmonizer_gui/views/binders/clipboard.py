"""Cut, copy, paste and duplicate, over the clipboard of the system: other windows of the program read it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from harmonizer_gui.score.edits import Clip, copied
from harmonizer_gui.session.document import Document
from harmonizer_gui.views.binders.notes import NotesBinder
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll import commands, shaping
from harmonizer_gui.views.roll.edit import Edit, notes_label

MIME_TYPE: Final = "application/x-harmonizer-notes+json"


class ClipboardBinder(NotesBinder):
    """Notes are pasted where the playhead stands."""

    def __init__(self, window: MainWindow, document: Document, parent: QObject) -> None:
        super().__init__(window, document, parent)
        self._connect(
            {"cut": self._cut, "copy": self._copy, "paste": self._paste, "duplicate": self._duplicate}
        )

    def _copy(self) -> None:
        chosen = self._document.selection
        if chosen:
            put_clip(copied(chosen))
            self._window.set_status(self.tr("Copied {notes}").format(notes=notes_label(chosen)))

    def _cut(self) -> None:
        chosen = self._document.selection
        if chosen:
            put_clip(copied(chosen))
            text = self.tr("Cut {notes}").format(notes=notes_label(chosen))
            self._edit(Edit(text, commands.delete(self._document.score, chosen).score))

    def _paste(self) -> None:
        clip = read_clip()
        if clip is None:
            self._window.set_status(self.tr("Nothing to paste: no notes have been copied"))
            return
        score, playhead = self._document.score, self._roll.playhead.tick
        tick = self._roll.grid.nearest(score, max(0.0, playhead))
        self._edit(shaping.paste(score, clip, tick, self._document.target))
        self._roll.navigator.reveal(self._document.selection)

    def _duplicate(self) -> None:
        self._on_selected(lambda score, chosen: shaping.duplicate(score, copied(chosen), chosen))


def put_clip(clip: Clip) -> None:
    """Give `clip` to the clipboard."""
    data = QMimeData()
    data.setData(MIME_TYPE, clip.to_json().encode())
    QGuiApplication.clipboard().setMimeData(data)


def read_clip() -> Clip | None:
    """The notes on the clipboard, None where it holds none, or something that only claims to be notes."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(MIME_TYPE):
        return None
    try:
        clip = Clip.from_json(bytes(data.data(MIME_TYPE).data()).decode())
    except ValueError:
        return None
    return clip if clip.notes else None
