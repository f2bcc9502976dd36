"""*Generate*: from the user's wish to a request, and from its answer to takes."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import randbelow
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.score import Voice, VoiceName
from harmonizer_gui.session import orders
from harmonizer_gui.session.answers import Failure, Filled, Task
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.orders import Lines, Order
from harmonizer_gui.session.plan import Plan, Scope, plan_of
from harmonizer_gui.session.spans import covers
from harmonizer_gui.session.take import Music, Sheet, Way
from harmonizer_gui.session.takes import Takes
from harmonizer_gui.session.wording import Wording
from harmonizer_gui.session.worker import Worker

SEEDS: Final = 100_000
"""Few enough to be read and told, more than anybody will hear."""
USUAL_TAKES: Final = 3
MOST_TAKES: Final = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """The voices as far as they are written, `done` of `total` steps (0: no end); in no score yet."""

    lines: Lines
    done: int
    total: int

    def voice(self, name: VoiceName) -> Voice:
        return dict(self.lines)[name]


@dataclass(frozen=True, slots=True)
class Generated:
    """What was laid into the score, and the seed that gives it again."""

    voices: tuple[VoiceName, ...]
    notes: int
    milliseconds: float
    seed: int
    takes: int = 1


class Generation(QObject):
    """Writes the target voice, or whatever else is asked for. Until the end it is seen as a preview only.

    What was written becomes takes; the first of them is heard in the piece, as one undo step that is still
    to be accepted. Editing goes on meanwhile. What changes in the voices while they are written stays as the
    user made it; the rest of the result is laid around it, with a notice. Where another piece is opened, the
    run is cancelled.
    """

    state_changed = Signal()
    """`describe()`, `blocked()` or `is_running` may say something else."""
    progress = Signal(object)
    """`FillProgress`"""
    preview_changed = Signal(object)
    """`Preview`, or None when it is over."""
    finished = Signal(object)
    """`Generated`"""
    cancelled = Signal()
    messages = Signal(object)
    """`Message`"""

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.takes = Takes(document, self)
        self._document = document
        self._worker = worker
        self.words = Wording(document, worker, self)
        self._run: Order | None = None
        self._preview: Preview | None = None
        self._found: Filled | None = None
        self._seed: int | None = None
        self._together: frozenset[VoiceName] = frozenset()
        self._loop: tuple[int, int] | None = None
        self._count = USUAL_TAKES
        self._told = ""
        self.state_changed.connect(self._note_told)
        document.changed.connect(self._on_document_changed)
        worker.loaded.connect(self._on_model_loaded)
        worker.failed.connect(self._on_failed)
        worker.filled.connect(self._on_filled)

    @property
    def is_running(self) -> bool:
        return self._run is not None

    @property
    def is_searching(self) -> bool:
        """Whether what runs goes on until it is stopped."""
        return self._run is not None and self._run.way is Way.REWRITE

    @property
    def preview(self) -> Preview | None:
        return self._preview

    @property
    def seed(self) -> int | None:
        """The seed of the last start, None before the first."""
        return self._seed

    @property
    def together(self) -> frozenset[VoiceName]:
        """The voices that are written together with the target."""
        return self._together

    def set_together(self, voices: frozenset[VoiceName]) -> None:
        if voices != self._together:
            self._together = voices
            self.state_changed.emit()

    @property
    def count(self) -> int:
        """How many takes *Several takes* writes."""
        return self._count

    def set_count(self, count: int) -> None:
        """Raises ValueError for a number that is not 1–8."""
        if not 1 <= count <= MOST_TAKES:
            raise ValueError(f"{count} takes asked for, 1–{MOST_TAKES} are possible")
        if count != self._count:
            self._count = count
            self.state_changed.emit()

    @property
    def plan(self) -> Plan:
        """What `start` would write now."""
        return self.plan_for(Scope.USUAL)

    def plan_for(self, scope: Scope) -> Plan:
        """What would be written now."""
        document = self._document
        return plan_of(
            document.score,
            document.target,
            document.selection,
            scope=scope,
            together=self._together,
            locks=document.locks,
            loop=self._loop,
        )

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Tell which stretch of ticks is looped: what `Scope.TIME` means with nothing selected."""
        if loop != self._loop:
            self._loop = loop
            self.state_changed.emit()

    def describe(self, scope: Scope = Scope.USUAL) -> str:
        """What `start` would do now, as it stands on the button."""
        return self.words.describe(self.plan_for(scope))

    def blocked(self, scope: Scope = Scope.USUAL) -> str:
        """Why `start` can do nothing now, as a sentence; empty if it can."""
        return self.words.blocked() or self.words.blocked_plan(self.plan_for(scope), scope)

    def blocked_alike(self) -> str:
        """Why nothing more, or less, like this can be written now; empty if it can."""
        return self.blocked() or self.words.blocked_alike(self.plan)

    def start(self, seed: int | None = None, *, scope: Scope = Scope.USUAL, count: int = 1) -> bool:
        """Write what `describe(scope)` says, `count` times, in the place of what runs.

        Without `seed` a new one is drawn. False, with a message, where blocked.
        """
        if self._refuses(self.blocked(scope)):
            return False
        plan = self.plan_for(scope)
        words = self.words.undo(plan)
        return self._begin(
            orders.filling(self._document.state, plan.place, words, seed=_drawn(seed), count=count)
        )

    def start_alike(self, seed: int | None = None, *, more: bool) -> bool:
        """Write the same place anew, more like what stands there now, or less."""
        if self._refuses(self.blocked_alike()):
            return False
        plan = self.plan
        words = self.words.alike(plan, more=more)
        return self._begin(
            orders.alike(self._document.state, plan.place, words, seed=_drawn(seed), more=more)
        )

    def start_rewriting(self, seed: int | None = None) -> bool:
        """Rewrite the same place voice by voice until `stop`; the best line so far is seen."""
        if self._refuses(self.blocked()):
            return False
        plan = self.plan
        words = self.words.rewriting(plan)
        return self._begin(orders.rewriting(self._document.state, plan.place, words, seed=_drawn(seed)))

    def start_composing(self, sheet: Sheet, seed: int | None = None) -> bool:
        """Write all voices from nothing, in the place of all that is there."""
        if self._refuses(self.words.blocked_composing()):
            return False
        words = self.words.composing(sheet.bars)
        return self._begin(orders.composing(self._document.state, sheet, words, seed=_drawn(seed)))

    def start_again(self, number: int) -> bool:
        """Write a take of the current set once more, from its settings."""
        current = self.takes.current
        take = None if current is None else current.take(number)
        if current is None or take is None or self._refuses(self.words.blocked_again(take)):
            return False
        words = self.tr("Reproduce take {number}").format(number=number)
        return self._begin(orders.again(self._document.state, current.place, take, words))

    def use_settings(self, number: int) -> None:
        """Mix the experts, and guide them, as it was when a take of the current set was written."""
        take = None if self.takes.current is None else self.takes.current.take(number)
        if take is not None:
            text = self.tr("Use the settings of take {number}").format(number=number)
            self._document.set_guidance(text, take.settings.guidance, mix=take.settings.mix)

    def stop(self) -> None:
        """End what goes on until it is stopped, and keep the best it has found; cancel anything else."""
        run, found = self._run, self._found
        if run is None or found is None or not found.progress.records:
            self.cancel()
            return
        self._worker.cancel_fill()
        self._end()
        self._keep(run, found)

    def cancel(self) -> None:
        """Let go of what runs; score and undo stay as they are."""
        if self._run is not None:
            self._worker.cancel_fill()
            self._end()
            self.cancelled.emit()

    def _refuses(self, reason: str) -> bool:
        if reason:
            self.messages.emit(Message(reason, Severity.PROBLEM))
        return bool(reason)

    def _begin(self, order: Order) -> bool:
        self._run, self._found = order, None
        self._seed = order.request.seed
        self._show(None)
        self._worker.fill(order.request)
        self.state_changed.emit()
        return True

    def _end(self) -> None:
        self._run = None
        self._show(None)
        self.state_changed.emit()

    def _show(self, preview: Preview | None) -> None:
        if preview is not self._preview:
            self._preview = preview
            self.preview_changed.emit(preview)

    @Slot(object)
    def _on_filled(self, answer: Filled) -> None:
        run, progress = self._run, answer.progress
        if run is None or answer.request is not run.request:
            return
        self._found = answer
        self.progress.emit(progress)
        if progress.complete:
            self._end()
            self._keep(run, answer)
        else:
            lines = orders.lines_of(run, progress.takes[0], self._document.score)
            self._show(Preview(lines, progress.done, progress.total))

    def _keep(self, run: Order, answer: Filled) -> None:
        """Make takes of what was written; the first is heard."""
        now, progress = self._document.score, answer.progress
        takes = orders.takes_of(run, progress, now)
        self.takes.add(run.place, now, takes, run.words, with_paper=run.way is Way.COMPOSE)
        voices = tuple(voice for voice, _ in run.place)
        if orders.is_touched(run, now):
            self.messages.emit(Message(self.words.edited_meanwhile(voices), Severity.NOTICE))
        notes = _fresh_notes(run, takes[0].music)
        self.finished.emit(Generated(voices, notes, answer.milliseconds, run.request.seed, len(takes)))
        if run.again is not None:
            self.messages.emit(Message(self.words.compared(run.again, takes[0])))

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if change.piece:
            self.cancel()
        seen = change.score or change.selection or change.target or change.locks
        if seen or (change.mix and self.words.blocked() != self._told):
            self.state_changed.emit()

    @Slot()
    def _note_told(self) -> None:
        """Keep what was told last: while a slider moves, seldom is anything else to be said."""
        self._told = self.words.blocked()

    @Slot(object)
    def _on_model_loaded(self, _model: object) -> None:
        self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        """Whoever shows messages hears of the failure from the worker itself."""
        if failure.task is Task.FILL:
            self._end()
        elif failure.task is Task.LOAD:
            self.state_changed.emit()


def _drawn(seed: int | None) -> int:
    return randbelow(SEEDS) if seed is None else seed


def _fresh_notes(run: Order, music: Music) -> int:
    """How many notes were written."""
    spans = dict(run.place)
    return sum(
        note.generated and covers(spans[voice], note.start) for voice, line in music.lines for note in line
    )
