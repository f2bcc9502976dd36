"""What the threads answer: frozen values that land in the GUI thread."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.engine.analysis import Analysis
from harmonizer_gui.engine.composing import Writing
from harmonizer_gui.engine.requests import AnalysisRequest, FillProgress
from harmonizer_gui.errors import UserError


class Task(Enum):
    """What a thread was doing when it failed."""

    LOAD = "load"
    ANALYSE = "analyse"
    FILL = "fill"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that went wrong in a thread: a sentence for the user; `details` if nobody foresaw it."""

    task: Task
    sentence: str
    details: str


@dataclass(frozen=True, slots=True)
class Analysed:
    """The answer to an `AnalysisRequest`; `milliseconds` is what the network took."""

    generation: int
    request: AnalysisRequest
    analysis: Analysis
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Filled:
    """A step of the answer to a fill; `milliseconds` since the model began."""

    generation: int
    request: Writing
    progress: FillProgress
    milliseconds: float


def failure_of(error: Exception, task: Task) -> Failure:
    """Put an exception into words. A UserError is a sentence already; others are named as unexpected."""
    text = str(error)
    if isinstance(error, UserError):
        return Failure(task, text, "")
    reason = f"{type(error).__name__}: {text}" if text else type(error).__name__
    sentence = f"{_beginning(task)} ({reason})."
    return Failure(task, sentence, "".join(traceback.format_exception(error)))


def _beginning(task: Task) -> str:
    translate = QCoreApplication.translate
    return {
        Task.LOAD: translate("Worker", "The model could not be loaded"),
        Task.ANALYSE: translate("Worker", "The model could not read this piece"),
        Task.FILL: translate("Worker", "The voice could not be written"),
        Task.JOB: translate("Worker", "Something unexpected went wrong"),
    }[task]
