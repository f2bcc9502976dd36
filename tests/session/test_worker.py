from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QThread, Slot
from PySide6.QtWidgets import QApplication

from harmonizer_gui.engine.requests import AnalysisRequest, FillRequest, HarmonyModel
from harmonizer_gui.errors import UserError
from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.session.answers import Failure, Filled, Task
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel, Gate
from tests.qt import Collector, process_events, wait_until

ALTO, TENOR = VoiceName.ALTO, VoiceName.TENOR


class ThreadNote(QObject):
    """Notes in which thread it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: list[QThread] = []

    @Slot(object)
    def hear(self, _payload: object) -> None:
        self.threads.append(QThread.currentThread())


def test_loads_the_model_first_and_off_the_gui_thread(qapp: QApplication, model: FakeModel) -> None:
    threads: list[int] = []

    def load() -> HarmonyModel:
        threads.append(threading.get_ident())
        return model

    worker = Worker(load)
    loaded = Collector(worker.loaded)
    worker.start()
    wait_until(lambda: loaded.items)
    assert loaded.items == [model]
    assert worker.model is model
    assert threads
    assert threads[0] != threading.get_ident()
    assert worker.stop()


def test_what_is_asked_before_the_model_is_loaded_waits_for_it(
    qapp: QApplication, model: FakeModel, score: Score
) -> None:
    gate = Gate()
    gate.close()

    def load() -> HarmonyModel:
        gate.pass_through()
        return model

    worker = Worker(load)
    answers = Collector(worker.analysed)
    worker.start()
    worker.analyse(AnalysisRequest(score, ALTO))
    gate.open()
    wait_until(lambda: answers.items)
    assert worker.stop()


def test_answers_land_in_the_gui_thread(worker: Worker, score: Score) -> None:
    note = ThreadNote()
    for signal in (worker.loaded, worker.analysed, worker.filled):
        signal.connect(note.hear)
    worker.analyse(AnalysisRequest(score, ALTO))
    worker.fill(FillRequest(score, (ALTO,)))
    job = worker.run(lambda: 1)
    job.done.connect(note.hear)
    wait_until(lambda: len(note.threads) >= 4)
    assert set(note.threads) == {QThread.currentThread()}


def test_the_newest_analysis_replaces_those_that_wait_and_the_running_one_never_lands(
    worker: Worker, model: FakeModel, score: Score
) -> None:
    answers = Collector(worker.analysed)
    model.analysis_gate.close()
    worker.analyse(AnalysisRequest(score, VoiceName.SOPRANO))
    wait_until(lambda: model.analysis_gate.is_reached)
    worker.analyse(AnalysisRequest(score, VoiceName.BASS))
    newest = worker.analyse(AnalysisRequest(score, TENOR))
    model.analysis_gate.open()
    wait_until(lambda: answers.items)
    process_events()
    assert [(a.generation, a.request.voice) for a in answers.items] == [(newest, TENOR)]
    assert [request.voice for request in model.analyses] == [VoiceName.SOPRANO, TENOR]


def test_a_fill_ends_with_the_whole_voice(worker: Worker, score: Score) -> None:
    steps = Collector(worker.filled)
    generation = worker.fill(FillRequest(score, (ALTO,), seed=3))
    wait_until(lambda: steps.items and steps.last.progress.complete)
    last: Filled = steps.last
    assert last.generation == generation
    assert last.progress.takes[0].voice(ALTO).end == score.end
    assert last.milliseconds > 0


def test_a_cancelled_fill_stops_drawing_and_is_not_heard_of_again(
    worker: Worker, model: FakeModel, score: Score
) -> None:
    steps = Collector(worker.filled)
    model.fill_gate.close()
    worker.fill(FillRequest(score, (ALTO,)))
    wait_until(lambda: model.fill_gate.is_reached)
    worker.cancel_fill()
    model.fill_gate.open()
    done = Collector(worker.analysed)
    worker.analyse(AnalysisRequest(score, ALTO))  # served once the fill is let go
    wait_until(lambda: done.items)
    assert not any(step.progress.complete for step in steps.items)
    assert model.steps_drawn <= model.fill_gate_step + 1


def test_a_step_that_is_on_its_way_when_the_fill_is_cancelled_does_not_land(
    worker: Worker, model: FakeModel, score: Score
) -> None:
    wait_until(lambda: worker.model)
    steps = Collector(worker.filled)
    model.fill_gate.close()
    worker.fill(FillRequest(score, (ALTO,)))
    model.fill_gate.wait_reached()  # its first step is told, and not yet heard
    worker.cancel_fill()
    process_events()
    assert not steps.items


def test_a_newer_fill_replaces_the_running_one(worker: Worker, model: FakeModel, score: Score) -> None:
    steps = Collector(worker.filled)
    model.fill_gate.close()
    worker.fill(FillRequest(score, (ALTO,), seed=1))
    wait_until(lambda: model.fill_gate.is_reached)
    process_events()
    steps.items.clear()
    second = worker.fill(FillRequest(score, (ALTO,), seed=2))
    model.fill_gate.open()
    wait_until(lambda: steps.items and steps.last.progress.complete)
    assert {step.generation for step in steps.items} == {second}


def test_analyses_wait_for_the_fill(worker: Worker, model: FakeModel, score: Score) -> None:
    order: list[str] = []
    wait_until(lambda: worker.model)
    filled, analysed = Collector(worker.filled), Collector(worker.analysed)
    worker.filled.connect(lambda step: order.append("fill") if step.progress.complete else None)
    worker.analysed.connect(lambda _answer: order.append("analysis"))
    model.fill_gate.close()
    worker.fill(FillRequest(score, (ALTO,)))
    wait_until(lambda: model.fill_gate.is_reached)
    worker.analyse(AnalysisRequest(score, ALTO))
    model.fill_gate.open()
    wait_until(lambda: analysed.items and filled.items)
    assert order == ["fill", "analysis"]


def test_a_failing_request_is_told_and_the_thread_lives_on(
    worker: Worker, model: FakeModel, score: Score
) -> None:
    failures, answers = Collector(worker.failed), Collector(worker.analysed)
    model.error = ZeroDivisionError("division by zero")
    worker.analyse(AnalysisRequest(score, ALTO))
    wait_until(lambda: failures.items)
    failure: Failure = failures.last
    assert failure.task is Task.ANALYSE
    assert failure.sentence == ("The model could not read this piece (ZeroDivisionError: division by zero).")
    assert "Traceback" in failure.details
    worker.analyse(AnalysisRequest(score, ALTO))
    wait_until(lambda: answers.items)


def test_an_error_meant_for_the_user_is_told_in_its_own_words(
    worker: Worker, model: FakeModel, score: Score
) -> None:
    failures = Collector(worker.failed)
    model.error = UserError("the bass’s C9 in bar 2 cannot be read")
    worker.fill(FillRequest(score, (ALTO,)))
    wait_until(lambda: failures.items)
    assert failures.last.sentence == "the bass’s C9 in bar 2 cannot be read"
    assert failures.last.details == ""


def test_the_failure_of_an_overtaken_request_is_not_told(
    worker: Worker, model: FakeModel, score: Score
) -> None:
    failures, answers = Collector(worker.failed), Collector(worker.analysed)
    model.analysis_gate.close()
    model.error = ValueError("too late")
    worker.analyse(AnalysisRequest(score, ALTO))
    wait_until(lambda: model.analysis_gate.is_reached)
    worker.analyse(AnalysisRequest(score, ALTO))
    model.analysis_gate.open()
    wait_until(lambda: answers.items)
    assert not failures.items


def test_a_model_that_stops_early_is_a_failure(worker: Worker, model: FakeModel, score: Score) -> None:
    failures = Collector(worker.failed)
    model.fill = lambda _request: iter(())  # type: ignore[method-assign,assignment]  # a broken model
    worker.fill(FillRequest(score, (ALTO,)))
    wait_until(lambda: failures.items)
    assert failures.last.task is Task.FILL


def test_a_model_that_cannot_be_loaded_is_told_and_can_be_tried_again(
    qapp: QApplication, model: FakeModel, score: Score
) -> None:
    def fail() -> HarmonyModel:
        raise OSError("no such file")

    worker = Worker(fail)
    failures, loaded = Collector(worker.failed), Collector(worker.loaded)
    worker.start()
    worker.analyse(AnalysisRequest(score, ALTO))
    wait_until(lambda: failures.items)
    assert worker.load_failure is failures.last
    assert worker.load_failure.sentence == "The model could not be loaded (OSError: no such file)."
    worker.load(lambda: model)
    assert worker.load_failure is None
    wait_until(lambda: loaded.items)
    assert worker.stop()


def test_jobs_do_not_wait_for_the_model(worker: Worker, model: FakeModel, score: Score) -> None:
    model.analysis_gate.close()
    worker.analyse(AnalysisRequest(score, ALTO))
    wait_until(lambda: model.analysis_gate.is_reached)
    done = Collector(worker.run(lambda: "read").done)
    wait_until(lambda: done.items)
    assert done.items == ["read"]


def test_a_question_to_the_model_waits_for_its_analysis(
    worker: Worker, model: FakeModel, score: Score
) -> None:
    order: list[str] = []
    model.analysis_gate.close()
    worker.analyse(AnalysisRequest(score, ALTO))
    wait_until(lambda: model.analysis_gate.is_reached)
    worker.analysed.connect(lambda _answer: order.append("analysis"))
    job = worker.ask(lambda asked: (asked.name, threading.get_ident()))
    done = Collector(job.done)
    job.done.connect(lambda _value: order.append("question"))
    model.analysis_gate.open()
    wait_until(lambda: done.items)
    assert order == ["analysis", "question"]
    name, thread = done.last
    assert name == "fake"
    assert thread != threading.get_ident()


def test_a_question_that_fails_is_told_to_its_caller(worker: Worker) -> None:
    def work(asked: HarmonyModel) -> object:
        raise UserError(f"{asked.name} cannot")

    failed = Collector(worker.ask(work).failed)
    wait_until(lambda: failed.items)
    assert failed.last.sentence == "fake cannot"


def test_a_job_may_return_anything_and_jobs_run_in_order(worker: Worker) -> None:
    ran: list[int] = []
    jobs = [worker.run(lambda number=number: ran.append(number)) for number in range(5)]  # type: ignore[misc]
    done = Collector(jobs[-1].done)
    wait_until(lambda: done.items)
    assert ran == [0, 1, 2, 3, 4]
    assert done.items == [None]


def test_a_failing_job_tells_its_caller_only(worker: Worker) -> None:
    def work() -> object:
        raise KeyError("x")

    job = worker.run(work)
    failed, failures, done = Collector(job.failed), Collector(worker.failed), Collector(job.done)
    wait_until(lambda: failed.items)
    assert failed.last.task is Task.JOB
    assert not failures.items
    assert not done.items


def test_stop_finishes_what_was_to_be_saved_and_answers_nothing_more(
    qapp: QApplication, model: FakeModel, score: Score
) -> None:
    worker = Worker(lambda: model)
    answers = Collector(worker.filled)
    worker.start()
    wait_until(lambda: worker.model)
    saved: list[int] = []
    model.fill_gate.close()
    worker.fill(FillRequest(score, (ALTO,)))
    wait_until(lambda: model.fill_gate.is_reached)
    process_events()
    heard = len(answers)
    for number in range(3):
        worker.run(lambda number=number: saved.append(number))  # type: ignore[misc]
    threading.Timer(0.01, model.fill_gate.open).start()
    assert worker.stop()
    process_events()
    assert saved == [0, 1, 2]
    assert len(answers) == heard


def test_a_worker_that_never_started_can_be_stopped(qapp: QApplication, model: FakeModel) -> None:
    assert Worker(lambda: model).stop()
