"""*Generate*: from the user's wish to a request, and from its answer to one undo step."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import randbelow

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.engine.requests import FillRequest
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note, Score, Voice, VoiceName, pitch_name
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.session.answers import Failure, Filled, Task
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.plan import Plan, Wish, plan_of, voice_label
from harmonizer_gui.session.spans import (
    Spans,
    changed_spans,
    covers,
    has_cells,
    marked,
    merged,
)
from harmonizer_gui.session.worker import Worker

SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class Preview:
    """The voice as far as it is written, `done` of `total` steps; in no score yet."""

    name: VoiceName
    voice: Voice
    spans: Spans
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Generated:
    """What was laid into the score, and the seed that gives it again."""

    voice: VoiceName
    notes: int
    milliseconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class _Run:
    plan: Plan
    request: FillRequest

    @property
    def before(self) -> Voice:
        return self.request.score.voice(self.plan.voice)


class Generation(QObject):
    """Writes the target voice. Until the end it is seen as a preview only; then it is one undo step.

    Editing goes on meanwhile. What changes in the voice while it is written stays as the user made it; the
    rest of the result is laid around it, with a notice. Where another piece is opened, the run is cancelled.
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
        self._document = document
        self._worker = worker
        self._run: _Run | None = None
        self._preview: Preview | None = None
        self._seed: int | None = None
        document.changed.connect(self._on_document_changed)
        worker.loaded.connect(self._on_model_loaded)
        worker.failed.connect(self._on_failed)
        worker.filled.connect(self._on_filled)

    @property
    def is_running(self) -> bool:
        return self._run is not None

    @property
    def preview(self) -> Preview | None:
        return self._preview

    @property
    def seed(self) -> int | None:
        """The seed of the last start, None before the first."""
        return self._seed

    @property
    def plan(self) -> Plan:
        """What `start` would write now."""
        return plan_of(self._document.score, self._document.target, self._document.selection)

    def describe(self) -> str:
        """What `start` would do now, as it stands on the button."""
        plan = self.plan
        if plan.wish is Wish.SELECTED:
            return self._rewrite_selected(plan)
        text = {
            Wish.WRITE: self.tr("Generate {voice}"),
            Wish.FILL: self.tr("Fill gaps in {voice}"),
            Wish.AGAIN: self.tr("Generate {voice} again"),
            Wish.REWRITE: self.tr("Rewrite {voice}"),
        }[plan.wish]
        return text.format(voice=voice_label(plan.voice))

    def blocked(self) -> str:
        """Why `start` can do nothing now, as a sentence; empty if it can."""
        if self._worker.load_failure is not None:
            return self._worker.load_failure.sentence
        model = self._worker.model
        if model is None:
            return self.tr("The model is still loading.")
        if not any(map(self._document.mix.effective, model.experts)):
            return self.tr("Every expert is muted or at 0: nothing is left to choose notes by.")
        plan = self.plan
        if not has_cells(self._document.score, plan.spans):
            return self.tr("The selected notes are shorter than a sixteenth, the model’s smallest step.")
        return self._unreadable(plan)

    def start(self, seed: int | None = None) -> bool:
        """Write what `describe()` says, in the place of what runs; False, with a message, where blocked.

        Without `seed` a new one is drawn.
        """
        reason = self.blocked()
        if reason:
            self.messages.emit(Message(reason, Severity.PROBLEM))
            return False
        plan = self.plan
        self._seed = randbelow(SEEDS) if seed is None else seed
        request = FillRequest(
            self._document.score,
            (plan.voice,),
            plan.spans,
            mix=self._document.mix,
            seed=self._seed,
            guidance=self._document.guidance,
        )
        self._run = _Run(plan, request)
        self._show(None)
        self._worker.fill(request)
        self.state_changed.emit()
        return True

    def cancel(self) -> None:
        """Let go of what runs; score and undo stay as they are."""
        if self._run is not None:
            self._worker.cancel_fill()
            self._end()
            self.cancelled.emit()

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
        run = self._run
        if run is None or answer.request is not run.request:
            return
        written = marked(answer.progress.takes[0].voice(run.plan.voice), run.plan.spans)
        voice = merged(run.before, written, self._document.score.voice(run.plan.voice))
        self.progress.emit(answer.progress)
        if answer.progress.complete:
            self._end()
            self._lay(run, voice, answer.milliseconds)
        else:
            progress = answer.progress
            self._show(Preview(run.plan.voice, voice, run.plan.spans, progress.done, progress.total))

    def _lay(self, run: _Run, voice: Voice, milliseconds: float) -> None:
        plan, now = run.plan, self._document.score
        changed = changed_spans(run.before, now.voice(plan.voice))
        fresh = tuple(note for note in voice if note.generated and covers(plan.spans, note.start))
        self._document.edit(
            self._undo_text(plan),
            now.with_voice(plan.voice, voice),
            selection=frozenset(NoteRef(plan.voice, note) for note in fresh) if plan.selected else None,
            initiator=self,
        )
        if any(start < stop and begin < end for start, end in changed for begin, stop in plan.spans):
            self._tell_of_edits(plan)
        self.finished.emit(Generated(plan.voice, len(fresh), milliseconds, run.request.seed))

    def _tell_of_edits(self, plan: Plan) -> None:
        text = self.tr("You edited the {voice} meanwhile: your edits stay, the rest was written around them.")
        self.messages.emit(Message(text.format(voice=voice_label(plan.voice)), Severity.NOTICE))

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if change.piece:
            self.cancel()
        if change.score or change.mix or change.selection or change.target:
            self.state_changed.emit()

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

    def _unreadable(self, plan: Plan) -> str:
        """A sentence about the first note that the model has no token for, empty if there is none."""
        score = self._document.score
        for name in VoiceName:
            for note in score.voice(name):
                is_kept = name != plan.voice or not covers(plan.spans, note.start)
                if is_kept and not LOWEST_PITCH <= note.pitch <= HIGHEST_PITCH:
                    return self._name_unreadable(score, name, note)
        return ""

    def _name_unreadable(self, score: Score, name: VoiceName, note: Note) -> str:
        text = self.tr("The {voice}’s {pitch} in bar {bar} lies outside {low}–{high}, the model’s range.")
        return text.format(
            voice=voice_label(name),
            pitch=pitch_name(note.pitch),
            bar=score.bar_at(note.start).number,
            low=pitch_name(LOWEST_PITCH),
            high=pitch_name(HIGHEST_PITCH),
        )

    def _rewrite_selected(self, plan: Plan) -> str:
        if plan.selected == 1:
            return self.tr("Rewrite 1 note")
        return self.tr("Rewrite {count} notes").format(count=plan.selected)

    def _undo_text(self, plan: Plan) -> str:
        if plan.wish is Wish.SELECTED:
            return self._rewrite_selected(plan)
        text = {
            Wish.WRITE: self.tr("Generate the {voice}"),
            Wish.FILL: self.tr("Fill gaps in the {voice}"),
            Wish.AGAIN: self.tr("Generate the {voice} again"),
            Wish.REWRITE: self.tr("Rewrite the {voice}"),
        }[plan.wish]
        return text.format(voice=voice_label(plan.voice))
