"""Mixing the experts from cached distributions, without a network."""

from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.analysis import (
    CELLS,
    Analysis,
    expert_heat,
    expert_log_probs,
    product_heat,
    product_log_probs,
    sounding_heat,
)
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.model import Model
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.score import Voice, VoiceName
from tests.engine.toys import CPU, SMALL, chorale, small_product


@pytest.fixture(scope="module", params=["written", "empty", "half"])
def analysis(request: pytest.FixtureRequest) -> Analysis:
    from harmonizer_gui.engine.checkpoint import Card

    score = chorale()
    if request.param == "empty":
        score = score.with_voice(VoiceName.ALTO, Voice())
    if request.param == "half":
        score = score.with_voice(VoiceName.ALTO, score.voice(VoiceName.ALTO).cut(1920, 5760))
    model = Model(Card("toy", SMALL), small_product(), CPU)
    return model.analyse(AnalysisRequest(score, VoiceName.ALTO, lines=3))


def test_everything_sums_to_one(analysis: Analysis) -> None:
    for mix in (AS_LEARNED, Mix((("contour", 0.0), ("simple", 2.5)), temperature=0.7)):
        assert np.abs(np.exp(product_log_probs(analysis, mix)).sum(-1) - 1.0).max() < 1e-5
        for name in analysis.experts:
            assert np.abs(np.exp(expert_log_probs(analysis, name, mix)).sum(-1) - 1.0).max() < 1e-5


def test_heat_is_what_sounds(analysis: Analysis) -> None:
    log_probs = product_log_probs(analysis, AS_LEARNED)
    probs = np.exp(log_probs.astype(np.float64))
    expected = probs[..., :88].copy()
    for line, step in np.ndindex(analysis.sounding.shape):
        pitch = analysis.sounding[line, step]
        if pitch >= 0:
            expected[line, step, pitch] += probs[line, step, 88]
    assert np.abs(product_heat(analysis, AS_LEARNED) - expected.mean(axis=0)).max() < 1e-5


def test_the_factor_of_an_expert_sharpens_its_own_heat(analysis: Analysis) -> None:
    flat = expert_log_probs(analysis, "simple", Mix((("simple", 0.3),)))
    sharp = expert_log_probs(analysis, "simple", Mix((("simple", 3.0),)))
    assert (sharp.max(axis=-1) > flat.max(axis=-1)).all()
    assert expert_heat(analysis, "simple", AS_LEARNED).shape == (analysis.steps, 88)


def test_temperature_is_a_common_factor(analysis: Analysis) -> None:
    names = analysis.experts
    hot = product_log_probs(analysis, Mix(temperature=2.0))
    halved = product_log_probs(analysis, Mix(tuple((name, 0.5) for name in names)))
    assert np.abs(np.exp(hot) - np.exp(halved)).max() < 1e-6


def test_arrays_that_leave_the_engine_are_read_only(analysis: Analysis) -> None:
    with pytest.raises(ValueError, match="read-only"):
        analysis.terms[0, 0, 0, 0] = 1.0


def test_mixes_are_values() -> None:
    mix = Mix().with_factor("beat", 2.0).with_factor("beat", 1.0)
    assert mix == AS_LEARNED
    assert Mix().with_muted("beat", on=True).with_muted("beat", on=False) == AS_LEARNED
    assert Mix(temperature=2.0).effective("beat") == 0.5
    for wrong in ((("beat", -1.0),), (("beat", 99.0),)):
        with pytest.raises(ValueError, match="beat"):
            Mix(wrong)
    with pytest.raises(ValueError, match="temperature"):
        Mix(temperature=0.0)


def test_heat_of_a_long_piece_is_seamless_and_finite_where_experts_veto() -> None:
    random = np.random.default_rng(0)
    lines, steps = 5, 2 * CELLS // 5 + 3
    terms = (-30.0 * random.random((2, lines, steps, 90)) ** 0.1).astype(np.float32)
    terms[0, :, :, ::2] = terms[1, :, :, 1::2] = -500.0
    sounding = random.integers(-1, 88, (lines, steps)).astype(np.int16)
    tokens = np.zeros((lines, steps), np.int16)
    long = Analysis(("one", "two"), terms, terms, sounding, tokens, np.zeros(steps, np.bool_))
    for mix in (AS_LEARNED, Mix(temperature=0.05)):
        expected = sounding_heat(product_log_probs(long, mix), sounding)
        assert np.abs(product_heat(long, mix) - expected).max() < 1e-6
        expected = sounding_heat(expert_log_probs(long, "two", mix), sounding)
        assert np.abs(expert_heat(long, "two", mix) - expected).max() < 1e-6
