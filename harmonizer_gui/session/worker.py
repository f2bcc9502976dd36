"""The threads of the program: one for the model, one for files. Nothing else starts any.

Requests and answers are frozen values. Answers land on QObject methods in the GUI thread; each carries the
generation number of its request, and an answer that a newer request has overtaken is dropped.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal, Slot

from harmonizer_gui.engine.composing import Writing
from harmonizer_gui.engine.requests import AnalysisRequest, HarmonyModel, Remark
from harmonizer_gui.session.answers import Analysed, Failure, Filled, Task
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.pyside_hook import spare_pydantic
from harmonizer_gui.session.servers import (
    Asked,
    Inbox,
    JobAnswer,
    JobServer,
    LoadModel,
    ModelServer,
    Question,
    Trouble,
    Work,
)

STOP_MS = 20_000


class Job(QObject):
    """A piece of slow work on a thread. Both signals are emitted in the GUI thread."""

    done = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """A `Failure`."""


class Worker(QObject):
    """Runs the model and slow jobs off the GUI thread. To be used from the GUI thread only.

    The model is loaded first thing; what is asked before that waits. A newer request replaces an older one
    of its kind, also one that is being worked on; analyses wait while a fill runs.
    """

    loaded = Signal(object)
    """The `HarmonyModel`, ready."""
    analysed = Signal(object)
    """`Analysed`"""
    filled = Signal(object)
    """`Filled`, several for each request; the last one is complete."""
    failed = Signal(object)
    """`Failure` of loading, an analysis or a fill. The threads live on."""
    messages = Signal(object)
    """`Message`: what the model had to do without, once each."""

    _woken = Signal()
    _submitted = Signal(object)

    def __init__(self, load: LoadModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model: HarmonyModel | None = None
        self._load_failure: Failure | None = None
        self._analysis_generation = 0
        self._fill_generation = 0
        self._inbox = Inbox()
        self._inbox.put_load(load)
        self._jobs: dict[int, Job] = {}
        self._next_job = 0
        self._model_server = ModelServer(self._inbox)
        self._model_thread = self._thread("model", self._model_server)
        self._job_server = JobServer()
        self._job_thread = self._thread("files", self._job_server)
        self._connect()

    def _thread(self, name: str, server: QObject) -> QThread:
        thread = QThread(self)
        thread.setObjectName(name)
        server.moveToThread(thread)
        return thread

    def _connect(self) -> None:
        server = self._model_server
        self._woken.connect(server.serve)
        server.loaded.connect(self._on_loaded)
        server.analysed.connect(self._on_analysed)
        server.filled.connect(self._on_filled)
        server.failed.connect(self._on_failed)
        server.remarked.connect(self._on_remarked)
        server.answered.connect(self._on_job_answered)
        self._submitted.connect(self._job_server.serve)
        self._job_server.answered.connect(self._on_job_answered)

    @property
    def model(self) -> HarmonyModel | None:
        """The model, None until it is loaded. The GUI thread may read its names, not run it."""
        return self._model

    @property
    def load_failure(self) -> Failure | None:
        """Why the model could not be loaded, if it could not."""
        return self._load_failure

    def start(self) -> None:
        spare_pydantic()
        self._model_thread.start()
        self._job_thread.start()
        self._woken.emit()

    def load(self, load: LoadModel) -> None:
        """Load another model in the place of this one, or try again."""
        self._load_failure = None
        self._inbox.put_load(load)
        self._woken.emit()

    def analyse(self, request: AnalysisRequest) -> int:
        """Ask for an analysis; returns its generation number."""
        self._analysis_generation += 1
        self._inbox.put_analysis(Asked(self._analysis_generation, request))
        self._woken.emit()
        return self._analysis_generation

    def fill(self, request: Writing) -> int:
        """Ask for a fill; returns its generation number."""
        self._fill_generation += 1
        self._inbox.put_fill(Asked(self._fill_generation, request))
        self._woken.emit()
        return self._fill_generation

    def cancel_fill(self) -> None:
        """Let go of the fill that runs or waits; nothing more is heard of it."""
        self._fill_generation += 1
        self._inbox.put_fill(None)

    def run(self, work: Callable[[], object]) -> Job:
        """Run `work` on the file thread, after the jobs before it."""
        number, job = self._new_job()
        self._submitted.emit(Work(number, work))
        return job

    def ask(self, work: Callable[[HarmonyModel], object]) -> Job:
        """Run `work` with the model on its thread, when it has nothing more urgent to do."""
        number, job = self._new_job()
        self._inbox.put_question(Question(number, work))
        self._woken.emit()
        return job

    def _new_job(self) -> tuple[int, Job]:
        job = Job(self)
        self._next_job += 1
        self._jobs[self._next_job] = job
        return self._next_job, job

    def stop(self) -> bool:
        """Cancel the fill, finish the jobs that were submitted, end both threads and wait for them.

        No answer is given after this. Returns False where a thread did not end within 20 s.
        """
        self._analysis_generation += 1
        self._fill_generation += 1
        self._jobs.clear()
        self._inbox.close()
        self._model_thread.quit()
        self._submitted.emit(None)
        ended = [thread.wait(STOP_MS) for thread in (self._model_thread, self._job_thread)]
        return all(ended)

    @Slot(object)
    def _on_loaded(self, model: HarmonyModel) -> None:
        self._model = model
        self.loaded.emit(model)

    @Slot(object)
    def _on_analysed(self, answer: Analysed) -> None:
        if answer.generation == self._analysis_generation:
            self.analysed.emit(answer)

    @Slot(object)
    def _on_filled(self, answer: Filled) -> None:
        if answer.generation == self._fill_generation:
            self.filled.emit(answer)

    @Slot(object)
    def _on_failed(self, trouble: Trouble) -> None:
        task = trouble.failure.task
        if task is Task.LOAD:
            self._load_failure = trouble.failure
        expected = {Task.ANALYSE: self._analysis_generation, Task.FILL: self._fill_generation}
        if trouble.generation == expected.get(task, trouble.generation):
            self.failed.emit(trouble.failure)

    @Slot(object)
    def _on_remarked(self, remark: Remark) -> None:
        sentence = f"{remark.text[:1].upper()}{remark.text[1:]}."
        self.messages.emit(Message(sentence, Severity.NOTICE, remark.details))

    @Slot(object)
    def _on_job_answered(self, answer: JobAnswer) -> None:
        job = self._jobs.pop(answer.number, None)
        if job is None:
            return
        if answer.failure is None:
            job.done.emit(answer.value)
        else:
            job.failed.emit(answer.failure)
        job.deleteLater()
