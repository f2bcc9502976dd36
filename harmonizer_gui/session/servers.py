"""What runs on the threads: one server for the model, one for slow jobs such as files."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from time import perf_counter
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot

from harmonizer_gui.engine.composing import Writing, written_by
from harmonizer_gui.engine.requests import AnalysisRequest, HarmonyModel
from harmonizer_gui.session.answers import Analysed, Failure, Filled, Task, failure_of

FRAME_S = 0.033
"""Progress is told at most once in this time: more is not seen."""

LoadModel = Callable[[], HarmonyModel]
Request = TypeVar("Request")


@dataclass(frozen=True, slots=True)
class Asked(Generic[Request]):
    generation: int
    request: Request


@dataclass(frozen=True, slots=True)
class Question:
    """Work that needs the model, but can wait."""

    number: int
    work: Callable[[HarmonyModel], object]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failure, and the generation of what it befell."""

    failure: Failure
    generation: int = 0


class Inbox:
    """What the model thread is to do next: filled by the GUI thread, emptied by the model thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._load: LoadModel | None = None
        self._fill: Asked[Writing] | None = None
        self._analysis: Asked[AnalysisRequest] | None = None
        self._running_fill: Asked[Writing] | None = None
        self._questions: deque[Question] = deque()
        self._is_closed = False

    def put_load(self, load: LoadModel) -> None:
        with self._lock:
            self._load = load

    def put_analysis(self, asked: Asked[AnalysisRequest]) -> None:
        with self._lock:
            self._analysis = asked

    def put_fill(self, asked: Asked[Writing] | None) -> None:
        """Ask for a fill in the place of any other; None for no fill."""
        with self._lock:
            self._fill = asked
            self._running_fill = None

    def close(self) -> None:
        """Nothing more is to be done."""
        with self._lock:
            self._is_closed = True
            self._running_fill = None

    def take_load(self) -> LoadModel | None:
        with self._lock:
            load, self._load = self._load, None
            return None if self._is_closed else load

    def take_fill(self) -> Asked[Writing] | None:
        with self._lock:
            self._running_fill, self._fill = self._fill, None
            return None if self._is_closed else self._running_fill

    def take_analysis(self) -> Asked[AnalysisRequest] | None:
        with self._lock:
            analysis, self._analysis = self._analysis, None
            return None if self._is_closed else analysis

    def put_question(self, question: Question) -> None:
        with self._lock:
            self._questions.append(question)

    def take_question(self) -> Question | None:
        with self._lock:
            return None if self._is_closed or not self._questions else self._questions.popleft()

    def wants(self, fill: Asked[Writing]) -> bool:
        """Whether `fill` is still the one to be worked on."""
        with self._lock:
            return self._running_fill is fill


class ModelServer(QObject):
    """Lives on the model thread and works off the inbox: loading, fills, analyses, other questions last."""

    loaded = Signal(object)
    analysed = Signal(object)
    filled = Signal(object)
    failed = Signal(object)
    remarked = Signal(object)
    """`Remark`"""
    answered = Signal(object)
    """`JobAnswer`"""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        self._model: HarmonyModel | None = None

    @Slot()
    def serve(self) -> None:
        while self._serve_one():
            pass

    def _serve_one(self) -> bool:
        """Do what is most urgent; False where nothing is left."""
        if (load := self._inbox.take_load()) is not None:
            self._guarded(Task.LOAD, 0, lambda: self._load(load))
        elif (fill := self._inbox.take_fill()) is not None:
            self._guarded(Task.FILL, fill.generation, lambda: self._fill(fill))
        elif (analysis := self._inbox.take_analysis()) is not None:
            self._guarded(Task.ANALYSE, analysis.generation, lambda: self._analyse(analysis))
        elif self._model is not None and (question := self._inbox.take_question()) is not None:
            self.answered.emit(answer_to(question.number, partial(question.work, self._model)))
            self._tell_remarks()
        else:
            return False
        return True

    def _guarded(self, task: Task, generation: int, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # whatever a model may raise: the thread lives on
            self.failed.emit(Trouble(failure_of(error, task), generation))
        self._tell_remarks()

    def _tell_remarks(self) -> None:
        """Pass on what the model had to do without."""
        for remark in self._model.take_remarks() if self._model is not None else ():
            self.remarked.emit(remark)

    def _load(self, load: LoadModel) -> None:
        self._model = load()
        self.loaded.emit(self._model)

    def _analyse(self, asked: Asked[AnalysisRequest]) -> None:
        if self._model is None:  # its failure was told when it could not be loaded
            return
        began = perf_counter()
        analysis = self._model.analyse(asked.request)
        self.analysed.emit(Analysed(asked.generation, asked.request, analysis, _since(began)))

    def _fill(self, asked: Asked[Writing]) -> None:
        if self._model is None:
            return
        began, told = perf_counter(), float("-inf")
        is_complete = False
        for progress in written_by(self._model, asked.request):
            if not self._inbox.wants(asked):
                return
            self._tell_remarks()
            is_complete = progress.complete
            if is_complete or perf_counter() - told >= FRAME_S:
                told = perf_counter()
                self.filled.emit(Filled(asked.generation, asked.request, progress, _since(began)))
        if not is_complete:
            raise RuntimeError("the model stopped before the end of the piece")


@dataclass(frozen=True, slots=True)
class Work:
    number: int
    work: Callable[[], object]


@dataclass(frozen=True, slots=True)
class JobAnswer:
    number: int
    value: object = None
    failure: Failure | None = None


class JobServer(QObject):
    """Lives on the file thread and does one job after the other; None ends the thread."""

    answered = Signal(object)

    @Slot(object)
    def serve(self, job: Work | None) -> None:
        if job is None:
            QThread.currentThread().quit()
            return
        self.answered.emit(answer_to(job.number, job.work))


def answer_to(number: int, work: Callable[[], object]) -> JobAnswer:
    """Do the work. Whatever it raises is told to whoever asked; the thread lives on."""
    try:
        return JobAnswer(number, value=work())
    except Exception as error:  # as said above
        return JobAnswer(number, failure=failure_of(error, Task.JOB))


def _since(began: float) -> float:
    return (perf_counter() - began) * 1000.0
