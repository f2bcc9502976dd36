from __future__ import annotations

import pytest

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.explaining import Cell, Explaining
from harmonizer_gui.session.heat import HeatModel
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel
from tests.qt import Collector, process_events, wait_until

ALTO, TENOR = VoiceName.ALTO, VoiceName.TENOR


@pytest.fixture
def heat(document: Document, worker: Worker) -> HeatModel:
    heat = HeatModel(document, worker)
    wait_until(lambda: not heat.stale)
    return heat


@pytest.fixture
def explaining(document: Document, heat: HeatModel) -> Explaining:
    return Explaining(document, heat)


def pinned(explaining: Explaining) -> Cell | None:
    return explaining.pinned


def test_a_pinned_cell_is_explained_against_the_runner_up(explaining: Explaining) -> None:
    changes = Collector(explaining.changed)
    explaining.pin(Cell(ALTO, 4, 64))
    told = explaining.explanation
    assert told is not None
    assert (told.cell.pitch, told.averaged) == (64, True)
    assert told.other.rank in (1, 2)
    assert len(changes) == 1
    assert explaining.candidates[0].rank == 1
    explaining.compare_with(70)
    assert explaining.explanation is not None
    assert explaining.explanation.other.pitch == 70
    assert explaining.other == Cell(ALTO, 4, 70)
    explaining.compare_with(64)
    assert explaining.explanation.other.pitch != 70
    explaining.unpin()
    assert pinned(explaining) is None
    assert explaining.candidates == ()


def test_nobody_can_be_asked_about_what_lies_outside(explaining: Explaining) -> None:
    for cell in (Cell(ALTO, -1, 60), Cell(ALTO, 0, 20), Cell(ALTO, 0, 109)):
        explaining.pin(cell)
        assert pinned(explaining) is None
    explaining.compare_with(60)
    explaining.pin(Cell(ALTO, 5000, 60))
    assert explaining.explanation is None
    assert explaining.with_put_in(60) is None


def test_it_follows_the_mix_and_the_music(
    document: Document, heat: HeatModel, explaining: Explaining, model: FakeModel
) -> None:
    explaining.pin(Cell(ALTO, 4, 64))
    first = explaining.explanation
    document.set_mix("Set", document.mix.with_factor("Beat", 3.0))
    second = explaining.explanation
    assert first is not None
    assert second is not None
    assert first.contributions != second.contributions
    model.analysis_gate.close()
    document.edit("Draw", lay_notes(document.score, ALTO, [Note(480, 480, 69)]))
    last = explaining.explanation
    assert last is not None
    assert (explaining.stale, last.averaged) == (True, True)
    model.analysis_gate.open()
    wait_until(lambda: not heat.stale)
    told = explaining.explanation
    assert told is not None
    assert not told.averaged
    assert explaining.written(4) == 69


def test_an_answer_that_comes_late_never_shows(
    document: Document, heat: HeatModel, explaining: Explaining, model: FakeModel
) -> None:
    """The tenor is asked about, then left again before the model has answered."""
    model.analysis_gate.close()
    explaining.pin(Cell(TENOR, 4, 57))
    assert document.target is TENOR
    assert explaining.explanation is None
    model.analysis_gate.wait_reached()
    document.set_target(ALTO)
    assert pinned(explaining) is None
    changes = Collector(explaining.changed)
    model.analysis_gate.open()
    wait_until(lambda: not heat.stale)
    process_events()
    assert (explaining.explanation, changes.items) == (None, [])


def test_another_piece_lets_go(document: Document, explaining: Explaining) -> None:
    explaining.pin(Cell(ALTO, 4, 64))
    document.open(document.score, path=None)
    assert pinned(explaining) is None


def test_what_is_put_in(document: Document, explaining: Explaining) -> None:
    explaining.pin(Cell(ALTO, 4, 64))
    written = explaining.with_put_in(66)
    assert written is not None
    score, selection = written
    assert [ref.note for ref in selection] == [Note(480, 480, 66)]
    assert score.voice(ALTO).at(480) == Note(480, 480, 66)
    assert document.score.voice(ALTO).at(480) is None
