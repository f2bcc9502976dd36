"""The heat answers the brush at once: no network is asked, and nothing is stale."""

from __future__ import annotations

import pytest

from harmonizer_gui.engine.guidance import AVOID, FAVOUR, NO_GUIDANCE, Lock
from harmonizer_gui.score import LOWEST_PITCH, Note, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.heat import HeatChange, HeatModel
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel
from tests.qt import Collector, wait_until

ALTO, SOPRANO = VoiceName.ALTO, VoiceName.SOPRANO
CELL = 3, 71


@pytest.fixture
def model() -> FakeModel:
    model = FakeModel()
    model.experts = (*FakeModel.experts, "painted")
    model.rules = ("painted",)
    return model


@pytest.fixture
def heat(document: Document, worker: Worker) -> HeatModel:
    """Of the soprano, which is written."""
    document.set_target(SOPRANO)
    heat = HeatModel(document, worker)
    wait_until(lambda: not heat.stale)
    return heat


def paint(document: Document, strength: float = FAVOUR) -> None:
    voice = document.target
    document.set_guidance("Paint", document.guidance.paint(voice, [CELL], strength))


def warmth(heat: HeatModel) -> float:
    """The heat of the cell that is painted."""
    assert heat.product is not None
    return float(heat.product[CELL[0], CELL[1] - LOWEST_PITCH])


def test_a_written_voice_is_repainted_on_the_spot(
    document: Document, heat: HeatModel, model: FakeModel
) -> None:
    before, changes = warmth(heat), Collector(heat.changed)
    paint(document)
    assert warmth(heat) > before
    assert changes.items == [HeatChange(product=True, experts=frozenset({"painted"}))]
    assert (heat.stale, heat.will_resample) == (False, False)
    assert heat.expert("painted") is not None
    paint(document, AVOID)
    assert warmth(heat) < before
    document.undo()
    document.undo()
    assert warmth(heat) == pytest.approx(before)
    assert heat.expert("painted") is None
    assert len(model.analyses) == 1


def test_lines_that_were_sampled_are_drawn_anew_when_the_brush_rests(
    document: Document, heat: HeatModel, model: FakeModel
) -> None:
    document.set_target(ALTO)
    wait_until(lambda: not heat.stale)
    before = warmth(heat)
    paint(document)
    assert (heat.stale, heat.will_resample) == (False, True)
    assert warmth(heat) > before
    wait_until(lambda: len(model.analyses) == 3)
    assert model.analyses[-1].guidance == document.guidance


def test_an_answer_that_was_awaited_gets_the_paint(
    document: Document, heat: HeatModel, model: FakeModel
) -> None:
    before = warmth(heat)
    model.analysis_gate.close()
    document.edit("Draw", lay_notes(document.score, ALTO, [Note(0, 480, 60)]))
    model.analysis_gate.wait_reached()
    paint(document)
    assert heat.stale
    model.analysis_gate.open()
    wait_until(lambda: not heat.stale)
    assert warmth(heat) > before
    assert len(model.analyses) == 2


def test_a_lock_is_asked_about(document: Document, heat: HeatModel, model: FakeModel) -> None:
    paint(document)
    document.set_guidance("Lock", document.guidance.lock(Lock(0, None, frozenset({0}))))
    assert heat.stale
    wait_until(lambda: not heat.stale)
    assert model.analyses[-1].guidance == document.guidance


def test_a_model_that_knows_no_paint_is_asked(document: Document, heat: HeatModel, model: FakeModel) -> None:
    model.experts = FakeModel.experts
    paint(document)
    assert heat.stale
    wait_until(lambda: not heat.stale)
    assert len(model.analyses) == 2


def test_only_experts_with_something_to_say_speak(document: Document, heat: HeatModel) -> None:
    assert heat.speaking == FakeModel.experts
    paint(document)
    assert heat.speaking == (*FakeModel.experts, "painted")
    document.set_guidance("Clear", NO_GUIDANCE)
    assert heat.speaking == FakeModel.experts
