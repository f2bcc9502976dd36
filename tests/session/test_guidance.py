"""Guidance in the document: undone, heard by the model, brought back; and what the model remarks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from harmonizer_gui.engine.guidance import AVOID, CROSSINGS, FAVOUR, NO_GUIDANCE, Guidance, Likeness, Lock
from harmonizer_gui.engine.mix import AS_LEARNED
from harmonizer_gui.engine.requests import AnalysisRequest, FillRequest, Remark
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.generation import Generation
from harmonizer_gui.session.heat import HeatModel
from harmonizer_gui.session.messages import Severity
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel
from tests.qt import Collector, wait_until

ALTO = VoiceName.ALTO
PAINTED = NO_GUIDANCE.paint(ALTO, [(0, 60), (1, 60)], FAVOUR)


def test_guidance_is_told_and_undone(qapp: QApplication) -> None:
    document = Document()
    changes = Collector(document.changed)
    document.set_guidance("Favour", PAINTED, initiator=changes)
    document.set_guidance("Favour", PAINTED)
    assert changes.items == [Change(guidance=True, file=True, initiator=changes)]
    assert (document.guidance, document.is_dirty) == (PAINTED, True)
    document.undo()
    assert (document.guidance, document.is_dirty) == (NO_GUIDANCE, False)
    document.redo()
    assert document.guidance == PAINTED
    assert document.undo_stack.undoText() == "Favour"


def test_one_stroke_of_the_brush_is_one_undo_step(qapp: QApplication) -> None:
    document, stroke = Document(), object()
    for step in range(5):
        painted = document.guidance.paint(ALTO, [(step, 60)], AVOID)
        document.set_guidance("Avoid", painted, gesture=stroke)
    document.set_guidance("Switch", document.guidance.switch(CROSSINGS, on=False))
    assert document.undo_stack.count() == 2
    document.undo()
    assert len(document.guidance.painted) == 5
    document.undo()
    assert document.guidance == NO_GUIDANCE


def test_an_expert_is_woken_in_the_same_step(qapp: QApplication) -> None:
    document = Document()
    locked = NO_GUIDANCE.lock(Lock(0, None, frozenset({0, 4, 7}), "C"))
    document.set_guidance("Lock C", locked, mix=document.mix.woken("key"))
    assert document.mix.effective("key") == 1.0
    document.undo()
    assert (document.guidance, document.mix) == (NO_GUIDANCE, AS_LEARNED)


def test_another_piece_brings_its_own_guidance(document: Document, score: Score) -> None:
    document.set_guidance("Favour", PAINTED)
    other = Guidance(off=frozenset({CROSSINGS}))
    document.open(score, path=None, guidance=other)
    assert document.guidance == other
    document.open(score, path=None)
    assert document.guidance == NO_GUIDANCE


EVERYTHING = (
    PAINTED.paint(VoiceName.BASS, [(3, 40)], -1.5)
    .lock(Lock(0, None, frozenset({0, 2, 4, 5, 7, 9, 11}), "C major"))
    .lock(Lock(480, 960, frozenset({0, 4, 7}), "C"))
    .switch(CROSSINGS, on=False)
    .liken(Likeness(ALTO, Voice((Note(0, 480, 60), Note(480, 240, 62)))))
    .liken(Likeness(VoiceName.TENOR, Voice((Note(0, 480, 50),)), more=False))
    .with_range(VoiceName.BASS, 40, 60)
)


NOTE = {"start": 0, "duration": 480, "pitch": 60}


@pytest.fixture
def files(document: Document, worker: Worker, tmp_path: Path) -> Files:
    return Files(document, worker, Settings(tmp_path / "settings.ini"))


def saved(files: Files, path: Path) -> dict[str, Any]:
    done = Collector(files.saved)
    files.save_as(path)
    wait_until(lambda: done.items)
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


@pytest.mark.parametrize("guidance", [EVERYTHING, NO_GUIDANCE], ids=["everything", "nothing"])
def test_a_project_keeps_the_guidance(
    guidance: Guidance, document: Document, files: Files, tmp_path: Path
) -> None:
    path = tmp_path / "piece.harmonizer"
    document.set_guidance("Guide", guidance)
    content = saved(files, path)
    assert ("guidance" in content) == (guidance != NO_GUIDANCE)
    document.open(Score(), path=None, guidance=PAINTED)
    opened = Collector(files.opened)
    files.open(path)
    wait_until(lambda: opened.items)
    assert (document.guidance, document.is_dirty) == (guidance, False)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (
            "painted",
            [{"voice": "alto", "step": 0, "pitch": 12, "strength": 1.0}],
            "guidance.painted[0].pitch",
        ),
        (
            "painted",
            [{"voice": "alto", "step": 0, "pitch": 60, "strength": 99.0}],
            "guidance.painted[0].strength",
        ),
        ("locks", [{"start": 0, "end": 480, "pitch_classes": [12]}], "guidance.locks[0].pitch_classes[0]"),
        ("locks", [{"start": 480, "end": 480, "pitch_classes": [0]}], "guidance.locks[0]: it ends"),
        ("off", [3], "guidance.off[0]"),
        (
            "ranges",
            [{"voice": "bass", "low": 60, "high": 59}],
            "guidance.ranges[0]: it goes from 60 down to 59",
        ),
        ("ranges", [{"voice": "bass", "low": 40, "high": 59}] * 2, "guidance: a voice has two ranges"),
        ("alike", [{"voice": "descant", "notes": []}], "guidance.alike[0].voice"),
        ("alike", [{"voice": "alto", "notes": []}] * 2, "guidance: a voice is likened to two lines"),
        ("alike", [{"voice": "alto", "notes": [NOTE, NOTE]}], "guidance.alike[0]: two notes"),
    ],
)
def test_a_project_whose_guidance_is_wrong_is_not_opened(
    key: str, value: object, said: str, document: Document, files: Files, tmp_path: Path
) -> None:
    path = tmp_path / "piece.harmonizer"
    content = saved(files, path)
    path.write_text(json.dumps({**content, "guidance": {key: value}}), "utf-8")
    document.set_guidance("Guide", PAINTED)
    messages = Collector(files.messages)
    files.open(path)
    wait_until(lambda: messages.items)
    assert said in messages.last.text
    assert messages.last.severity is Severity.PROBLEM
    assert messages.last.details == ""
    assert document.guidance == PAINTED


def test_the_heat_follows_the_guidance(document: Document, worker: Worker, model: FakeModel) -> None:
    heat = HeatModel(document, worker)
    wait_until(lambda: not heat.stale)
    document.set_guidance("Favour", PAINTED)
    assert heat.stale
    wait_until(lambda: not heat.stale)
    assert model.analyses[-1].guidance == PAINTED
    asked = len(model.analyses)
    document.undo()
    wait_until(lambda: not heat.stale)
    assert [request.guidance for request in model.analyses[asked:]] == [NO_GUIDANCE]


def test_generating_goes_by_the_guidance(document: Document, worker: Worker, model: FakeModel) -> None:
    generation = Generation(document, worker)
    wait_until(lambda: worker.model is not None)
    document.set_guidance("Favour", PAINTED)
    finished = Collector(generation.finished)
    assert generation.start()
    wait_until(lambda: finished.items)
    assert model.fills[-1].guidance == PAINTED


@pytest.mark.parametrize("task", ["loading", "analysis", "fill"])
def test_what_the_model_remarks_is_told_once(
    task: str, document: Document, worker: Worker, model: FakeModel, score: Score
) -> None:
    wait_until(lambda: worker.model is not None)
    messages = Collector(worker.messages)
    model.remarks.append(Remark("the expert “x” is switched off: it is no good", "details"))
    if task == "loading":
        worker.load(lambda: model)
    elif task == "analysis":
        worker.analyse(AnalysisRequest(score, ALTO))
    else:
        worker.fill(FillRequest(score, (ALTO,)))
    wait_until(lambda: messages.items)
    again = Collector(worker.analysed)
    worker.analyse(AnalysisRequest(score, ALTO))
    wait_until(lambda: again.items)
    (message,) = messages.items
    assert message.text == "The expert “x” is switched off: it is no good."
    assert (message.severity, message.details) == (Severity.NOTICE, "details")


def test_a_remark_is_heard_while_a_voice_is_being_written(
    worker: Worker, model: FakeModel, score: Score
) -> None:
    messages, filled = Collector(worker.messages), Collector(worker.filled)
    wait_until(lambda: worker.model is not None)
    model.fill_gate_step = 6
    model.fill_gate.close()
    model.remarks.append(Remark("something went wrong"))
    worker.fill(FillRequest(score, (ALTO,)))
    wait_until(lambda: model.fill_gate.is_reached and messages.items)
    assert not any(answer.progress.complete for answer in filled.items)
    model.fill_gate.open()
    wait_until(lambda: any(answer.progress.complete for answer in filled.items))
    assert len(messages) == 1
