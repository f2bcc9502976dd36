from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest

from harmonizer_gui.engine.alphabet import HOLD
from harmonizer_gui.engine.analysis import (
    Analysis,
    Floats,
    expert_heat,
    expert_log_probs,
    product_heat,
    product_log_probs,
    sounding_heat,
)
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.heat import OFF, PRODUCT, HeatModel
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel
from tests.qt import Collector, process_events, wait_until
from tests.session.conftest import line

ALTO = VoiceName.ALTO
BENT = Mix((("Expert 1", 2.5), ("Expert 3", 0.0)), temperature=0.7, muted=frozenset({"Expert 0"}))


@pytest.fixture
def heat(document: Document, worker: Worker) -> HeatModel:
    """Up to date with the document."""
    heat = HeatModel(document, worker)
    wait_until(lambda: not heat.stale)
    return heat


def write(document: Document, pitch: int = 65) -> None:
    document.edit("Draw", lay_notes(document.score, document.target, [Note(0, 480, pitch)]))


def test_the_first_heat_comes_once_the_model_is_loaded(document: Document, worker: Worker) -> None:
    heat = HeatModel(document, worker)
    assert (heat.stale, heat.product, heat.shown) == (True, None, None)
    wait_until(lambda: not heat.stale)
    product = heat.product
    assert product is not None
    assert (product.shape, product.dtype.name) == ((32, 88), "float32")
    assert heat.latency_ms > 0
    assert heat.experts == FakeModel.experts


def test_an_edit_keeps_the_last_heat_as_stale_until_the_new_one_lands(
    document: Document, heat: HeatModel, model: FakeModel
) -> None:
    before = heat.product
    changes = Collector(heat.changed)
    model.analysis_gate.close()
    write(document)
    assert heat.stale
    assert heat.product is before
    assert [change.stale for change in changes.items] == [True]
    model.analysis_gate.open()
    wait_until(lambda: not heat.stale)
    assert changes.last.product
    assert changes.last.stale
    assert changes.last.experts == set(FakeModel.experts)
    assert heat.product is not before
    assert model.analyses[-1].score is document.score


def test_many_edits_ask_only_for_the_last(document: Document, heat: HeatModel, model: FakeModel) -> None:
    asked = len(model.analyses)
    model.analysis_gate.close()
    write(document, 60)
    wait_until(lambda: model.analysis_gate.is_reached)
    for pitch in range(61, 70):
        write(document, pitch)
    landed = Collector(heat.changed)
    model.analysis_gate.open()
    wait_until(lambda: not heat.stale)
    process_events()
    assert len(model.analyses) == asked + 2
    assert model.analyses[-1].score is document.score
    assert len([change for change in landed.items if change.product]) == 1


def test_a_late_answer_never_shows(document: Document, heat: HeatModel, model: FakeModel) -> None:
    model.analysis_gate.close()
    document.set_target(VoiceName.BASS)
    wait_until(lambda: model.analysis_gate.is_reached)
    document.set_target(VoiceName.TENOR)
    voices: list[VoiceName] = []
    heat.changed.connect(lambda _change: voices.append(heat.voice))
    model.analysis_gate.open()
    wait_until(lambda: not heat.stale)
    assert VoiceName.BASS not in voices
    assert heat.voice is VoiceName.TENOR


def test_title_and_tempo_need_no_analysis(document: Document, heat: HeatModel, model: FakeModel) -> None:
    asked = len(model.analyses)
    document.edit("Rename", replace(document.score, title="Other"))
    assert not heat.stale
    assert len(model.analyses) == asked


def test_a_mix_change_mixes_at_once_what_it_touches(document: Document, heat: HeatModel) -> None:
    changes = Collector(heat.changed)
    spacing, beat, product = heat.expert("Spacing"), heat.expert("Beat"), heat.product
    mix = document.mix.with_factor("Spacing", 2.0)
    document.set_mix("Move Spacing", mix)
    assert [(c.product, c.experts, c.stale) for c in changes.items] == [(True, {"Spacing"}, False)]
    assert heat.expert("Beat") is beat
    assert heat.expert("Spacing") is not spacing
    assert heat.product is not product
    assert heat.analysis is not None
    np.testing.assert_array_equal(heat.product, product_heat(heat.analysis, mix))


def test_mute_leaves_the_expert_s_own_heat(document: Document, heat: HeatModel) -> None:
    changes = Collector(heat.changed)
    own = heat.expert("Beat")
    document.set_mix("Mute Beat", document.mix.with_muted("Beat", on=True))
    assert changes.last.product
    assert not changes.last.experts
    assert heat.expert("Beat") is own


def test_a_silent_product_has_no_heat(document: Document, heat: HeatModel) -> None:
    document.set_mix("Mute all", Mix(muted=frozenset(FakeModel.experts)))
    assert heat.product is None
    assert heat.expert("Simple") is not None


def test_sampled_lines_are_drawn_anew_once_the_mix_rests(
    document: Document, heat: HeatModel, model: FakeModel
) -> None:
    assert heat.averaged
    asked = len(model.analyses)
    for factor in (1.1, 1.2, 1.3):
        document.set_mix("Move", document.mix.with_factor("Simple", factor))
    assert not heat.stale
    assert heat.will_resample
    wait_until(lambda: len(model.analyses) > asked)
    process_events()
    assert len(model.analyses) == asked + 1
    assert model.analyses[-1].mix == document.mix


def test_a_written_voice_is_not_drawn_anew(document: Document, heat: HeatModel, model: FakeModel) -> None:
    document.edit("Write", document.score.with_voice(ALTO, line(64)))
    wait_until(lambda: not heat.stale)
    assert not heat.averaged
    asked = len(model.analyses)
    document.set_mix("Move", document.mix.with_factor("Simple", 2.0))
    assert not heat.will_resample
    assert len(model.analyses) == asked


def test_lines_drawn_from_a_mix_that_has_moved_on_are_drawn_anew(
    document: Document, heat: HeatModel, model: FakeModel
) -> None:
    model.analysis_gate.close()
    write(document)
    wait_until(lambda: model.analysis_gate.is_reached)
    document.set_mix("Move", document.mix.with_factor("Simple", 2.0))
    model.analysis_gate.open()
    wait_until(lambda: model.analyses[-1].mix == document.mix and not heat.stale)
    assert heat.averaged


def test_the_source_decides_what_is_shown(heat: HeatModel) -> None:
    changes = Collector(heat.changed)
    assert heat.source == PRODUCT
    assert heat.shown is heat.product
    heat.set_source("Contour")
    assert heat.shown is heat.expert("Contour")
    heat.set_source(OFF)
    heat.set_source(OFF)
    assert heat.shown is None
    assert [change.source for change in changes.items] == [True, True]


def test_probabilities_at_a_cell_are_those_of_the_heats(heat: HeatModel) -> None:
    cell = heat.probabilities_at(3, 64)
    assert list(cell) == [PRODUCT, *FakeModel.experts]
    for name, value in cell.items():
        shown = heat.product if name == PRODUCT else heat.expert(name)
        assert shown is not None
        assert value == pytest.approx(float(shown[3, 64 - 21]))


@pytest.mark.parametrize(("step", "pitch"), [(-1, 60), (32, 60), (0, 20), (0, 109)])
def test_outside_the_heat_there_are_no_probabilities(heat: HeatModel, step: int, pitch: int) -> None:
    assert heat.probabilities_at(step, pitch) == {}


def test_heats_are_read_only(heat: HeatModel) -> None:
    assert heat.product is not None
    with pytest.raises(ValueError, match="read-only"):
        heat.product[0, 0] = 1.0


def test_another_piece_is_analysed(document: Document, heat: HeatModel, model: FakeModel) -> None:
    other = Score((line(70), line(64), line(60), line(48)))
    document.open(other, path=None, target=VoiceName.SOPRANO)
    wait_until(lambda: not heat.stale)
    assert model.analyses[-1].score is other
    assert heat.voice is VoiceName.SOPRANO


def random_analysis(steps: int, lines: int, experts: int = 4) -> Analysis:
    random = np.random.default_rng(steps + lines)
    scores = 3 * random.standard_normal((experts, lines, steps, 90)).astype(np.float32)
    sounding = random.integers(-1, 88, (lines, steps)).astype(np.int16)
    scores[:, sounding < 0, HOLD] = -1e4
    scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    names = tuple(f"Expert {number}" for number in range(experts))
    written = np.full(steps, lines == 1)
    return Analysis(names, scores, 0.7 * scores, sounding, np.zeros_like(sounding), written)


def heat_by_hand(log_probs: Floats, sounding: np.ndarray) -> Floats:
    """Straight from the definition, cell by cell."""
    lines, steps, _ = log_probs.shape
    heat = np.zeros((steps, 88))
    for at_line in range(lines):
        for step in range(steps):
            heat[step] += np.exp(log_probs[at_line, step, :88]) / lines
            if sounding[at_line, step] >= 0:
                heat[step, sounding[at_line, step]] += np.exp(log_probs[at_line, step, HOLD]) / lines
    return heat.astype(np.float32)


@pytest.mark.parametrize("lines", [1, 5])
@pytest.mark.parametrize(
    "mix",
    [Mix(), Mix((("Expert 1", 2.5), ("Expert 3", 0.0)), temperature=0.7, muted=frozenset({"Expert 0"}))],
)
def test_heat_is_what_the_distributions_say(lines: int, mix: Mix) -> None:
    analysis = random_analysis(20, lines)
    product = product_log_probs(analysis, mix)
    np.testing.assert_allclose(np.exp(product).sum(-1), 1.0, rtol=1e-5)
    expected = heat_by_hand(product, analysis.sounding)
    np.testing.assert_allclose(product_heat(analysis, mix), expected, atol=1e-6)
    np.testing.assert_allclose(sounding_heat(product, analysis.sounding), expected, atol=1e-6)
    own = expert_log_probs(analysis, "Expert 1", mix)
    expected = heat_by_hand(own, analysis.sounding)
    np.testing.assert_allclose(expert_heat(analysis, "Expert 1", mix), expected, atol=1e-6)


@pytest.mark.parametrize("lines", [1, 8])
def test_mixing_64_bars_is_quick(lines: int) -> None:
    analysis = random_analysis(1024, lines)
    times = []
    for factor in np.linspace(0.5, 2.0, 15):
        began = perf_counter()
        product_heat(analysis, Mix((("Expert 0", float(factor)),)))
        times.append(perf_counter() - began)
    assert np.median(times) < 0.02  # 0.3 and 3 ms where measured; the limit only catches a mistake
