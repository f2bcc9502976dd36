"""Places in several voices, the search for a better line, and what is recorded of a take."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, pairwise

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.analysis import product_heat
from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.composing import ComposeRequest, compose
from harmonizer_gui.engine.counting import parallels, sounding_pitches
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.model import RULES, Model, load_model
from harmonizer_gui.engine.records import CELL_BUDGET, Record, SampledHeat
from harmonizer_gui.engine.requests import AnalysisRequest, FillProgress, FillRequest
from harmonizer_gui.score import Score, Voice, VoiceName
from tests.engine.toys import CPU, SMALL, chorale, small_product

SOPRANO, ALTO, TENOR, BASS = VoiceName
LOWER = (ALTO, TENOR)
BOX = ((1920, 3840),)


@pytest.fixture(scope="module")
def toy() -> Model:
    return Model(Card("toy", SMALL), small_product(), CPU, rules=RULES)


def last(model: Model, request: FillRequest) -> FillProgress:
    *_, progress = model.fill(request)
    return progress


def recorded(model: Model, request: FillRequest) -> tuple[Score, Record]:
    progress = last(model, request)
    return progress.takes[0], progress.records[0]


def outside(voice: Voice, spans: tuple[tuple[int, int], ...]) -> Voice:
    for start, end in spans:
        voice = voice.cut(start, end)
    return voice


def test_each_voice_is_written_in_spans_of_its_own(toy: Model) -> None:
    score = chorale()
    spans = (((0, 960),), ((3840, 5760),))
    take = last(toy, FillRequest(score, LOWER, spans_by_voice=spans, seed=3)).takes[0]
    for voice, own in zip(LOWER, spans, strict=True):
        assert outside(take.voice(voice), own) == outside(score.voice(voice), own)
        assert take.voice(voice) != score.voice(voice)
    assert take.voice(BASS) is score.voice(BASS)


def test_rewriting_starts_from_what_stands_there(toy: Model) -> None:
    score = chorale()
    request = FillRequest(score, LOWER, spans=BOX, rewrite=True, sweeps=1, seed=1)
    reports = list(toy.fill(request))
    first_turn = [report for report in reports if report.done <= report.total // 2]
    assert all(report.takes[0].voice(TENOR) is score.voice(TENOR) for report in first_turn)
    assert reports[-1].takes[0].voice(TENOR) != score.voice(TENOR)
    assert reports[-1].complete


def test_a_search_answers_ever_better_lines_without_end(toy: Model) -> None:
    request = FillRequest(chorale(), LOWER, spans=BOX, rewrite=True, search=True, takes=3, seed=2)
    reports = list(islice(toy.fill(request), 60))
    assert not any(report.complete for report in reports)
    bits = [report.records[0].bits for report in reports if report.records]
    assert all(later <= earlier for earlier, later in pairwise(bits))
    assert bits[-1] < bits[0]
    assert all(len(report.takes) == 1 for report in reports if report.records)


def test_a_search_with_sweeps_ends(toy: Model) -> None:
    request = FillRequest(chorale(), LOWER, spans=BOX, rewrite=True, search=True, sweeps=2, takes=2)
    assert last(toy, request).complete


def test_bits_are_those_of_the_learned_experts_on_the_finished_take(toy: Model) -> None:
    take, record = recorded(toy, FillRequest(chorale(), (ALTO,), seed=4, recorded=True))
    analysis = toy.analyse(AnalysisRequest(take, ALTO, as_written=True))
    learned = [analysis.experts.index(name) for name in toy.product.names]
    scores = analysis.terms[learned].sum(axis=0)[0].astype(np.float64)
    scores -= np.log(np.exp(scores - scores.max(-1, keepdims=True)).sum(-1, keepdims=True)) + scores.max(
        -1, keepdims=True
    )
    steps = np.arange(analysis.steps)
    by_hand = -scores[steps, analysis.tokens[0]].mean() / np.log(2.0)
    assert record.bits == pytest.approx(by_hand, abs=1e-3)


def test_the_heat_that_is_kept_is_what_the_take_was_drawn_from(toy: Model) -> None:
    mix = Mix(temperature=0.8).with_factor("contour", 2.0)
    score = chorale().with_voice(ALTO, Voice())
    take, record = recorded(toy, FillRequest(score, (ALTO,), mix=mix, seed=5, recorded=True))
    (sampled,) = record.heats
    analysis = toy.analyse(AnalysisRequest(take, ALTO, mix, as_written=True))
    kept = sampled.of(None, analysis.steps)
    assert kept is not None
    assert np.abs(kept - product_heat(analysis, mix)).max() < 2e-3
    assert sampled.heat.dtype == np.float16
    assert not sampled.heat.flags.writeable
    assert sampled.of("contour", analysis.steps) is not None
    assert sampled.of("nobody", analysis.steps) is None


def test_only_the_steps_that_were_written_are_kept(toy: Model) -> None:
    _, record = recorded(toy, FillRequest(chorale(), LOWER, spans=BOX, seed=6, recorded=True))
    assert [heat.voice for heat in record.heats] == [ALTO, TENOR]
    for heat in record.heats:
        assert (heat.first, heat.heat.shape[1]) == (1920 // STEP_TICKS, 1920 // STEP_TICKS)


def test_of_long_music_no_heat_is_kept(toy: Model) -> None:
    bars = CELL_BUDGET // 16 // 2 + 1
    _, record = recorded(toy, FillRequest(chorale(bars=bars), (ALTO,), takes=2, recorded=True))
    assert record.heats == ()
    assert record.bits > 0


def test_faults_are_counted_where_it_was_written(toy: Model) -> None:
    score = chorale(seed=9)
    take, record = recorded(toy, FillRequest(score, (ALTO,), seed=1, recorded=True))
    pitches = sounding_pitches(grid_of(take, score.end).tokens)
    assert dict(record.faults).get("parallels", 0) == parallels(pitches, (ALTO,)).found
    assert all(count > 0 for _, count in record.faults)


def test_nothing_is_recorded_unless_asked_for(toy: Model) -> None:
    assert all(not report.records for report in toy.fill(FillRequest(chorale(), (ALTO,))))


def test_a_piece_from_nothing_is_recorded_too(toy: Model) -> None:
    *_, progress = compose(toy, ComposeRequest(bars=2, sweeps=1, recorded=True))
    assert [heat.voice for heat in progress.records[0].heats] == list(VoiceName)


def test_a_take_of_the_shipped_model_can_be_had_again() -> None:
    score = chorale(seed=3, bars=2)
    model = load_model(device="cpu")
    three = last(model, FillRequest(score, LOWER, seed=71, takes=3, sweeps=1, recorded=True))
    once = last(load_model(device="cpu"), FillRequest(score, LOWER, seed=73, sweeps=1, recorded=True))
    assert once.takes[0] == three.takes[2]
    assert once.records[0].bits == pytest.approx(three.records[2].bits, rel=1e-4)
    assert once.records[0].faults == three.records[2].faults


def test_noise_changes_what_is_written_by_its_seed_and_leaves_the_model_as_it_was(toy: Model) -> None:
    plain = FillRequest(chorale(), (ALTO,), seed=4)
    blurred = replace(plain, noise=0.5)
    before = torch.get_rng_state()
    clean, one, again = (last(toy, request).takes[0] for request in (plain, blurred, blurred))
    assert one == again
    assert one != clean
    assert last(toy, plain).takes[0] == clean
    assert torch.equal(torch.get_rng_state(), before)
    assert all(expert.network.noise == 0.0 for expert in toy.product.members)


def test_a_piece_from_nothing_is_blurred_too(toy: Model) -> None:
    pieces = [[*compose(toy, ComposeRequest(bars=2, sweeps=1, noise=noise))][-1] for noise in (0.0, 0.5)]
    assert pieces[0].takes[0] != pieces[1].takes[0]


def test_what_contradicts_itself_is_refused() -> None:
    for words, match in (
        ({"spans_by_voice": (BOX,)}, "each voice"),
        ({"search": True}, "search"),
        ({"rewrite": True}, "without a sweep"),
    ):
        with pytest.raises(ValueError, match=match):
            FillRequest(chorale(), LOWER, **words)
    with pytest.raises(ValueError, match="shape"):
        SampledHeat(ALTO, 0, (), np.zeros((2, 4, 88), np.float16))
