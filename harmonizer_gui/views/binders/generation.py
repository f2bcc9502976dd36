"""Ties *Generate* to its button, its keys, and the roll where the voices are seen to grow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.engine.requests import FillProgress
from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import NOTHING
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.generation import Generated, Generation, Preview
from harmonizer_gui.session.plan import Scope, voices_label
from harmonizer_gui.session.take import Sheet
from harmonizer_gui.views.actions.generate import SEVERAL, count_action, together_action
from harmonizer_gui.views.from_nothing import FromNothing
from harmonizer_gui.views.main_window import MainWindow


class GenerationBinder(QObject):
    """Esc goes to whatever can be called off first: a gesture, the generation, the selection, a take."""

    def __init__(self, window: MainWindow, document: Document, generation: Generation) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._generation = generation
        self._connect_generation()
        self._connect_window()
        self._show_task()

    def _connect_generation(self) -> None:
        generation = self._generation
        generation.state_changed.connect(self._show_task)
        generation.progress.connect(self._on_progress)
        generation.preview_changed.connect(self._on_preview_changed)
        generation.finished.connect(self._on_finished)
        generation.cancelled.connect(self._on_cancelled)
        generation.messages.connect(self._window.say)

    def _connect_window(self) -> None:
        generation, window = self._generation, self._window
        window.toolbar.generate_asked.connect(self._start)
        window.toolbar.cancel_asked.connect(generation.stop)
        window.toolbar.generate.set_menu(window.menus.generate)
        does: dict[str, Callable[[], object]] = {
            "generate": self._start,
            "generate-several": self._start_several,
            "generate-gaps": partial(self._start, Scope.GAPS),
            "generate-time": partial(self._start, Scope.TIME),
            "rewrite": lambda: generation.start_rewriting(),
            "more-alike": partial(generation.start_alike, more=True),
            "less-alike": partial(generation.start_alike, more=False),
            "compose": self._ask_sheet,
            "escape": self._escape,
        }
        for name, work in does.items():
            window.actions_[name].triggered.connect(_without_state(work))
        for count in SEVERAL:
            chosen = _without_state(partial(generation.set_count, count))
            window.actions_[count_action(count)].triggered.connect(chosen)
        for voice in VoiceName:
            joined = _without_state(partial(self._join, voice))
            window.actions_[together_action(voice)].triggered.connect(joined)
        window.toolbar.chips.together_asked.connect(self._join)

    def _start(self, scope: Scope = Scope.USUAL) -> None:
        self._generation.start(scope=scope)

    def _start_several(self) -> None:
        self._generation.start(count=self._generation.count)

    def _ask_sheet(self) -> None:
        form = FromNothing(self._document.score, self._window)
        form.asked.connect(self._on_sheet_asked)
        form.show()

    @Slot(object)
    def _on_sheet_asked(self, sheet: Sheet) -> None:
        self._generation.start_composing(sheet)

    @Slot(object)
    def _join(self, voice: VoiceName) -> None:
        """Write this voice together with the target from now on, or no longer."""
        self._generation.set_together(self._generation.together ^ {voice})

    def _escape(self) -> None:
        if self._window.roll.abort():
            return
        if self._generation.is_running:
            self._generation.stop()
        elif self._document.selection and not self._generation.takes.has_selected:
            self._document.select(NOTHING, initiator=self)
        else:
            self._leave_take()

    def _leave_take(self) -> None:
        if self._generation.takes.leave():
            self._window.set_status(self.tr("As it was before · ] brings the take back"))
        else:
            self._document.select(NOTHING, initiator=self)

    @Slot()
    def _show_task(self) -> None:
        generation, window = self._generation, self._window
        task, reason = generation.describe(), generation.blocked()
        window.toolbar.set_task(task, reason=reason)
        if generation.count in SEVERAL:
            window.actions_[count_action(generation.count)].setChecked(True)
        window.actions_["generate"].setText(task)
        several = self.tr("{task}: {count} takes").format(task=task, count=generation.count)
        window.actions_["generate-several"].setText(several)
        for name in ("generate", "generate-several", "rewrite"):
            self._enable(name, reason)
        self._enable("generate-gaps", generation.blocked(Scope.GAPS))
        self._enable("generate-time", generation.blocked(Scope.TIME))
        self._enable("more-alike", generation.blocked_alike())
        self._enable("less-alike", generation.blocked_alike())
        self._enable("compose", generation.words.blocked_composing())
        self._show_together()
        self._show_running()

    def _enable(self, name: str, reason: str) -> None:
        """A disabled action says why."""
        action = self._window.actions_[name]
        action.setEnabled(not reason)
        action.setStatusTip(reason)
        action.setToolTip(reason or action.text().replace("&", ""))

    def _show_together(self) -> None:
        written = self._generation.together | {self._document.target}
        for voice in VoiceName:
            action = self._window.actions_[together_action(voice)]
            action.setChecked(voice in written)
            action.setEnabled(voice is not self._document.target)
        self._window.toolbar.chips.set_together(self._generation.together)

    def _show_running(self) -> None:
        toolbar = self._window.toolbar
        if not self._generation.is_running:
            toolbar.set_progress(None)
        elif self._generation.is_searching and not toolbar.generate.is_running:
            toolbar.generate.set_search(None)
        elif not toolbar.generate.is_running:
            toolbar.set_progress(0.0)

    @Slot(object)
    def _on_progress(self, progress: FillProgress) -> None:
        toolbar = self._window.toolbar
        if self._generation.is_searching:
            bits = progress.records[0].bits if progress.records else None
            toolbar.generate.set_search(bits)
        elif not progress.complete:
            toolbar.set_progress(progress.done / max(1, progress.total))

    @Slot(object)
    def _on_preview_changed(self, preview: Preview | None) -> None:
        self._window.roll.set_growing(*(() if preview is None else preview.lines))

    @Slot(object)
    def _on_finished(self, result: Generated) -> None:
        if result.takes > 1:
            words = self.tr(
                "{takes} takes of the {voice} in {time:.0f} ms · [ ] to hear them, Enter keeps one"
            )
        else:
            words = self.tr("Generated {count} notes of the {voice} in {time:.0f} ms · undo with {keys}")
        undo = self._window.actions_["undo"].shortcut()
        self._window.set_status(
            words.format(
                takes=result.takes,
                count=result.notes,
                voice=voices_label(result.voices),
                time=result.milliseconds,
                keys=undo.toString(undo.SequenceFormat.NativeText),
            )
        )

    @Slot()
    def _on_cancelled(self) -> None:
        self._window.set_status(self.tr("Cancelled; nothing has changed"))


def _without_state(work: Callable[[], object]) -> Callable[[], object]:
    """For actions that cannot be checked: Qt would tell whether they are."""
    return lambda: work()
