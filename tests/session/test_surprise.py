from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.analysis import Floats
from harmonizer_gui.engine.surprise import Measure, measured
from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.heat import HeatModel
from harmonizer_gui.session.surprise import SurpriseModel
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel
from tests.qt import Collector, process_events, wait_until


@pytest.fixture
def heat(document: Document, worker: Worker) -> HeatModel:
    document.set_target(VoiceName.SOPRANO)
    heat = HeatModel(document, worker)
    wait_until(lambda: not heat.stale)
    return heat


@pytest.fixture
def surprise(document: Document, heat: HeatModel, worker: Worker) -> SurpriseModel:
    return SurpriseModel(document, heat, worker)


def expected(document: Document, heat: HeatModel, measure: Measure = Measure.BITS) -> list[float]:
    assert heat.analysis is not None
    return without_nan(measured(measure, heat.analysis, document.mix))


def shown(surprise: SurpriseModel) -> list[float]:
    return [] if surprise.values is None else without_nan(surprise.values)


def without_nan(values: Floats) -> list[float]:
    """−1 for NaN, which equals nothing."""
    return [float(value) for value in np.nan_to_num(values, nan=-1.0)]


def test_nothing_is_worked_out_until_somebody_looks(document: Document, surprise: SurpriseModel) -> None:
    process_events()
    assert surprise.values is None
    surprise.set_active(on=True)
    wait_until(lambda: surprise.values is not None)


def test_it_follows_measure_mix_and_target(
    document: Document, heat: HeatModel, surprise: SurpriseModel
) -> None:
    surprise.set_active(on=True)
    wait_until(lambda: shown(surprise) == expected(document, heat))
    surprise.set_measure(Measure.ENTROPY)
    assert surprise.values is None
    wait_until(lambda: shown(surprise) == expected(document, heat, Measure.ENTROPY))
    for factor in (0.5, 2.0, 3.0):
        document.set_mix("Set", document.mix.with_factor("Beat", factor))
    wait_until(lambda: shown(surprise) == expected(document, heat, Measure.ENTROPY))
    document.set_target(VoiceName.BASS)
    assert surprise.values is None
    wait_until(lambda: not heat.stale and shown(surprise) == expected(document, heat, Measure.ENTROPY))


def test_a_curve_that_is_overtaken_is_never_shown(
    document: Document, heat: HeatModel, surprise: SurpriseModel
) -> None:
    surprise.set_active(on=True)
    wait_until(lambda: surprise.values is not None)
    seen: list[list[float]] = []
    surprise.changed.connect(lambda: seen.append(shown(surprise)))
    for factor in (0.5, 2.0, 3.0):
        document.set_mix("Set", document.mix.with_factor("Beat", factor))
    wait_until(lambda: shown(surprise) == expected(document, heat))
    assert seen == [expected(document, heat)]


def test_jumps_go_from_the_highest_down_and_start_over_after_an_edit(
    document: Document, heat: HeatModel, surprise: SurpriseModel
) -> None:
    notes, steps = Collector(surprise.note_found), Collector(surprise.step_found)
    for count in range(1, 4):
        surprise.jump_to_note()
        wait_until(lambda count=count: len(notes) == count)  # type: ignore[misc]
    costs = [expected(document, heat)[note.start // 120] for note in notes.items]
    assert costs == sorted(costs, reverse=True)
    assert len({note.start for note in notes.items}) == 3
    surprise.jump_to_step()
    wait_until(lambda: steps.items)
    entropy = expected(document, heat, Measure.ENTROPY)
    assert steps.last == 120 * entropy.index(max(entropy))
    document.set_target(VoiceName.BASS)
    surprise.jump_to_note()
    assert heat.stale
    wait_until(lambda: not heat.stale)
    process_events()
    assert len(notes) == 3
    surprise.jump_to_note()
    wait_until(lambda: len(notes) == 4)
    assert expected(document, heat)[notes.last.start // 120] == max(
        expected(document, heat)[note.start // 120] for note in document.score.voice(VoiceName.BASS)
    )


def test_a_failure_is_told_and_the_next_change_asks_again(
    document: Document, heat: HeatModel, surprise: SurpriseModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Collector(surprise.failed)

    def fail(*_: object) -> object:
        raise KeyError("broken")

    with monkeypatch.context() as broken:
        broken.setattr("harmonizer_gui.session.surprise.measured", fail)
        surprise.set_active(on=True)
        wait_until(lambda: failed.items)
    document.set_mix("Set", document.mix.with_factor("Beat", 2.0))
    wait_until(lambda: shown(surprise) == expected(document, heat))
    assert "KeyError" in failed.last.sentence


def test_while_the_heat_is_stale_so_is_the_strip(
    heat: HeatModel, surprise: SurpriseModel, document: Document, model: FakeModel
) -> None:
    surprise.set_active(on=True)
    wait_until(lambda: surprise.values is not None)
    model.analysis_gate.close()
    document.undo_stack.clear()
    document.edit("Cut", document.score.with_voice(VoiceName.BASS, type(document.score.voices[0])()))
    assert surprise.stale
    assert surprise.values is not None
    model.analysis_gate.open()
    wait_until(lambda: not heat.stale)
