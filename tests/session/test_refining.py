from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.analysis import heat_of
from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session import refining
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.heat import HeatModel
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel
from tests.qt import Collector, process_events, wait_until


@pytest.fixture
def heat(document: Document, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> HeatModel:
    """Up to date, and about to ask for finer heat whenever nothing happens."""
    monkeypatch.setattr(refining, "IDLE_MS", 1)
    return HeatModel(document, worker)


def write(document: Document, pitch: int) -> None:
    document.edit("Draw", lay_notes(document.score, document.target, [Note(0, 480, pitch)]))


def test_the_average_grows_finer_up_to_a_bound(heat: HeatModel, model: FakeModel) -> None:
    wait_until(lambda: heat.lines >= refining.MOST_LINES)
    asked = len(model.analyses)
    assert len({request.seed for request in model.analyses}) == asked
    process_events()
    assert not heat._refiner._idle.isActive() or heat.lines >= refining.MOST_LINES
    assert heat.product is not None
    np.testing.assert_allclose(heat.product.sum(axis=1) + heat.rests, 1.0, atol=1e-4)


def test_a_finer_picture_is_the_mean_of_all_its_lines(
    heat: HeatModel, model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refining, "MOST_LINES", 6)
    wait_until(lambda: heat.lines == 6)
    answers = [model.analyse(request) for request in tuple(model.analyses)]
    mean = np.mean([heat_of(answer, "Beat", heat._mix).cells for answer in answers], axis=0)
    shown = heat.expert("Beat")
    assert shown is not None
    np.testing.assert_allclose(shown, mean, atol=1e-6)


def test_an_edit_ends_it_and_a_late_answer_never_shows(
    document: Document, heat: HeatModel, model: FakeModel
) -> None:
    wait_until(lambda: heat.lines > 3)
    model.analysis_gate.close()
    wait_until(lambda: model.analysis_gate.is_reached)
    shown, lines = heat.product, heat.lines
    write(document, 65)
    finer = Collector(heat._refiner.refined)
    assert heat.stale
    assert heat.lines < lines
    assert heat.product is shown
    model.analysis_gate.open()
    wait_until(lambda: not heat.stale)
    assert not finer.items
    assert heat.analysis is not None
    assert heat.analysis.written[0]


def test_a_slider_ends_it_too_and_mixes_the_first_lines(document: Document, heat: HeatModel) -> None:
    wait_until(lambda: heat.lines > 3)
    document.set_mix("Move", document.mix.with_factor("Beat", 2.0))
    assert heat.lines == 3
    assert heat.analysis is not None
    np.testing.assert_array_equal(heat.product, heat_of(heat.analysis, None, document.mix).cells)


def test_a_written_voice_is_not_refined(document: Document, heat: HeatModel, model: FakeModel) -> None:
    document.set_target(VoiceName.BASS)
    wait_until(lambda: heat.voice is VoiceName.BASS and not heat.stale)
    asked = len(model.analyses)
    process_events()
    assert (heat.lines, heat._refiner._idle.isActive(), len(model.analyses)) == (0, False, asked)


def test_onsets_alone_are_a_part_of_what_sounds(heat: HeatModel) -> None:
    wait_until(lambda: not heat.stale)
    sounding = heat.product
    heat.set_onsets(on=True)
    struck = heat.product
    assert sounding is not None
    assert struck is not None
    assert (struck <= sounding + 1e-6).all()
    assert struck.sum() < sounding.sum()
