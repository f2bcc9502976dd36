"""What Painted says, laid into an analysis, is what the model would answer."""

from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.analysis import product_heat
from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.guidance import AVOID, FAVOUR, NO_GUIDANCE, Guidance
from harmonizer_gui.engine.mix import AS_LEARNED
from harmonizer_gui.engine.model import RULES, Model
from harmonizer_gui.engine.repainting import repainted
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from tests.engine.toys import CPU, SMALL, small_product

ALTO = VoiceName.ALTO
SCORE = Score(
    (
        Voice((Note(0, 480, 72), Note(480, 480, 74))),
        Voice((Note(0, 480, 64), Note(480, 480, 65))),
        Voice((Note(0, 960, 55),)),
        Voice(),
    )
)
FIRST = NO_GUIDANCE.paint(ALTO, [(0, 60), (1, 60)], FAVOUR)
SECOND = FIRST.paint(ALTO, [(1, 60), (5, 65), (900, 60)], AVOID).paint(VoiceName.BASS, [(2, 40)], FAVOUR)
EMPTY_SCORE = SCORE.with_voice(ALTO, Voice())


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(Card("toy", SMALL), small_product(), CPU, rules=RULES)


def request(guidance: Guidance, score: Score = SCORE) -> AnalysisRequest:
    return AnalysisRequest(score, ALTO, guidance=guidance)


@pytest.mark.parametrize(
    ("before", "after"), [(NO_GUIDANCE, FIRST), (FIRST, SECOND), (SECOND, NO_GUIDANCE), (FIRST, FIRST)]
)
def test_a_written_voice_needs_no_network(model: Model, before: Guidance, after: Guidance) -> None:
    laid = repainted(model.analyse(request(before)), ALTO, after)
    asked = model.analyse(request(after))
    assert sorted(laid.experts) == sorted(asked.experts)
    for name in asked.experts:
        mine, theirs = laid.experts.index(name), asked.experts.index(name)
        np.testing.assert_allclose(laid.terms[mine], asked.terms[theirs], atol=1e-5)
        np.testing.assert_allclose(laid.log_probs[mine], asked.log_probs[theirs], atol=1e-5)
    np.testing.assert_allclose(product_heat(laid, AS_LEARNED), product_heat(asked, AS_LEARNED), atol=1e-5)


def test_sampled_lines_stay_and_hear_of_the_paint(model: Model) -> None:
    analysis = model.analyse(request(NO_GUIDANCE, EMPTY_SCORE))
    laid = repainted(analysis, ALTO, FIRST)
    assert (laid.tokens == analysis.tokens).all()
    before, after = product_heat(analysis, AS_LEARNED), product_heat(laid, AS_LEARNED)
    assert after[0, 60 - 21] > before[0, 60 - 21]
    np.testing.assert_allclose(after[4], before[4], atol=1e-6)
