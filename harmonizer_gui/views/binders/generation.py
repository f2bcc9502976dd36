"""Ties *Generate* to its button, its keys, and the roll where the voice is seen to grow."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.engine.requests import FillProgress
from harmonizer_gui.score.edits import NOTHING
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.generation import Generated, Generation, Preview
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.views.main_window import MainWindow


class GenerationBinder(QObject):
    """Esc goes to whatever can be called off first: a gesture, the generation, the selection."""

    def __init__(self, window: MainWindow, document: Document, generation: Generation) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._generation = generation
        generation.state_changed.connect(self._show_task)
        generation.progress.connect(self._on_progress)
        generation.preview_changed.connect(self._on_preview_changed)
        generation.finished.connect(self._on_finished)
        generation.cancelled.connect(self._on_cancelled)
        generation.messages.connect(window.say)
        window.toolbar.generate_asked.connect(self._start)
        window.toolbar.cancel_asked.connect(generation.cancel)
        window.actions_["generate"].triggered.connect(self._start)
        window.actions_["escape"].triggered.connect(self._escape)
        self._show_task()

    def _start(self) -> None:
        self._generation.start()

    def _escape(self) -> None:
        if self._window.roll.abort():
            return
        if self._generation.is_running:
            self._generation.cancel()
        else:
            self._document.select(NOTHING, initiator=self)

    @Slot()
    def _show_task(self) -> None:
        task, reason = self._generation.describe(), self._generation.blocked()
        self._window.toolbar.set_task(task, reason=reason)
        self._window.actions_["generate"].setText(task)
        self._window.actions_["generate"].setEnabled(not reason)
        self._window.actions_["generate"].setStatusTip(reason)
        if not self._generation.is_running:
            self._window.toolbar.set_progress(None)
        elif not self._window.toolbar.generate.is_running:
            self._window.toolbar.set_progress(0.0)

    @Slot(object)
    def _on_progress(self, progress: FillProgress) -> None:
        if not progress.complete:
            self._window.toolbar.set_progress(progress.done / max(1, progress.total))

    @Slot(object)
    def _on_preview_changed(self, preview: Preview | None) -> None:
        if preview is None:
            self._window.roll.set_growing(self._document.target, None)
        else:
            self._window.roll.set_growing(preview.name, preview.voice)

    @Slot(object)
    def _on_finished(self, result: Generated) -> None:
        words = self.tr("Generated {count} notes of the {voice} in {time:.0f} ms · undo with {keys}")
        undo = self._window.actions_["undo"].shortcut()
        self._window.set_status(
            words.format(
                count=result.notes,
                voice=voice_label(result.voice),
                time=result.milliseconds,
                keys=undo.toString(undo.SequenceFormat.NativeText),
            )
        )

    @Slot()
    def _on_cancelled(self) -> None:
        self._window.set_status(self.tr("Cancelled; nothing has changed"))
