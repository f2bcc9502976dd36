"""Why this note: the numbers by hand, and against the product itself."""

from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST, TOKENS
from harmonizer_gui.engine.analysis import Analysis, product_heat, product_log_probs
from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.explaining import (
    SILENCE,
    accounts,
    chances,
    compare,
    explain,
    leading,
    tokens_of,
)
from harmonizer_gui.engine.guidance import AVOID, NO_GUIDANCE
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.model import RULES, Model
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.engine.wording import ratio_number, sentence
from harmonizer_gui.score import LOWEST_PITCH, KeySignature, Voice, VoiceName
from tests.engine.toys import CPU, SMALL, chorale, small_product
from tests.fake_model import FakeModel

ALTO = VoiceName.ALTO
BENT = Mix((("beat", 0.3), ("simple", 2.5)), temperature=1.7, muted=frozenset({"contour"}))
MIXES = [AS_LEARNED, BENT, Mix(soloed=frozenset({"spacing"})), AS_LEARNED.with_factor("key", 2.0)]


def by_hand(first: dict[int, float], second: dict[int, float], *, sounding: int, token: int) -> Analysis:
    """Two experts over one step, whose log-probabilities are given where they are not 1 in a million."""
    log_probs = np.full((2, 1, 1, TOKENS), np.log(1e-6), np.float32)
    for expert, values in enumerate((first, second)):
        for each, probability in values.items():
            log_probs[expert, 0, 0, each] = np.log(probability)
    return Analysis(
        experts=("one", "two"),
        log_probs=log_probs,
        terms=log_probs * np.array([2.0, 1.0], np.float32)[:, None, None, None],
        sounding=np.array([[sounding]], np.int16),
        tokens=np.array([[token]], np.int16),
        written=np.array([True]),
    )


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(Card("toy", SMALL), small_product(), CPU, rules=RULES)


@pytest.fixture(scope="module")
def analysis(model: Model) -> Analysis:
    guidance = NO_GUIDANCE.paint(ALTO, [(8, 60), (9, 60)], AVOID)
    score = chorale()
    score = type(score)(score.voices, key_signatures=(KeySignature(0, 1),))
    return model.analyse(AnalysisRequest(score, ALTO, guidance=guidance, as_written=True))


@pytest.fixture(scope="module")
def sampled(model: Model) -> Analysis:
    score = chorale()
    return model.analyse(AnalysisRequest(score.with_voice(ALTO, Voice()), ALTO, lines=3))


def test_a_table_worked_out_by_hand() -> None:
    hand = by_hand({40: 0.6, 43: 0.2}, {40: 0.1, 43: 0.4}, sounding=43, token=40)
    told = explain(hand, AS_LEARNED, 0, 40 + LOWEST_PITCH)
    assert (told.cell.pitch, told.other.pitch) == (61, 64)
    assert told.contributions["one"] == pytest.approx(2 * np.log(3.0), abs=1e-6)
    assert told.contributions["two"] == pytest.approx(-np.log(4.0), abs=1e-6)
    assert told.log_ratio == pytest.approx(np.log(9.0 / 4.0), abs=1e-6)
    assert told.cell.probability == pytest.approx(0.036 / 0.052, abs=1e-4)


@pytest.mark.parametrize("mix", MIXES)
def test_accounts_add_up_and_agree_with_the_product(analysis: Analysis, mix: Mix) -> None:
    log_probs = product_log_probs(analysis, mix)[0]
    for told in accounts(analysis, mix):
        assert abs(sum(told.contributions.values()) - told.log_ratio) < 1e-6
        row = log_probs[told.step]
        assert told.written == analysis.tokens[0, told.step]
        assert told.bits["product"] == pytest.approx(-row[told.written] / np.log(2), abs=1e-3)
        assert row[told.runner_up] == np.delete(row, told.written).max()
        assert told.log_ratio == pytest.approx(row[told.written] - row[told.runner_up], abs=1e-3)


@pytest.mark.parametrize("mix", MIXES)
def test_any_cell_against_any_other_adds_up(analysis: Analysis, sampled: Analysis, mix: Mix) -> None:
    for read in (analysis, sampled):
        for step in range(0, read.steps, 20):
            for pitch, other in ((60, 64), (66, SILENCE), (21, 108), (64, 65)):
                told = compare(read, mix, step, pitch, other)
                assert abs(sum(told.contributions.values()) - told.log_ratio) < 1e-6
                back = compare(read, mix, step, other, pitch)
                assert back.log_ratio == pytest.approx(-told.log_ratio, abs=1e-9)


def test_chances_are_those_of_the_heat(analysis: Analysis, sampled: Analysis) -> None:
    for read in (analysis, sampled):
        heat = product_heat(read, BENT)
        for step in (0, 5, 33):
            ranked = chances(read, BENT, step)
            assert sum(chance.probability for chance in ranked) == pytest.approx(1.0, abs=1e-9)
            assert [chance.rank for chance in ranked] == list(range(1, PITCHES + 2))
            falling = [chance.probability for chance in ranked]
            assert falling == sorted(falling, reverse=True)
            for chance in ranked:
                if chance.pitch is not SILENCE:
                    seen = heat[step, chance.pitch - LOWEST_PITCH]
                    assert chance.probability == pytest.approx(float(seen), abs=1e-5)


def test_what_is_written_speaks_for_its_cell(analysis: Analysis) -> None:
    for step in range(analysis.steps):
        token, before = analysis.tokens[0, step], analysis.sounding[0, step]
        pitch = int(before if token == HOLD else token) + LOWEST_PITCH
        assert tokens_of(analysis, AS_LEARNED, step, pitch).tolist() == [token]


def test_a_pitch_that_sounds_is_held_or_struck_whichever_is_likelier() -> None:
    for hold, token in ((0.5, HOLD), (0.01, 40)):
        hand = by_hand({HOLD: hold, 40: 0.2}, {HOLD: hold, 40: 0.2}, sounding=40, token=43)
        assert tokens_of(hand, AS_LEARNED, 0, 40 + LOWEST_PITCH).tolist() == [token]
    assert tokens_of(hand, AS_LEARNED, 0, SILENCE).tolist() == [REST]


def test_nothing_is_held_where_nothing_sounds(sampled: Analysis) -> None:
    muted = Mix(muted=frozenset(sampled.experts))
    first = {chance.pitch: chance.probability for chance in chances(sampled, muted, 0)}
    assert list(first.values()) == pytest.approx([1 / (TOKENS - 1)] * len(first))


def test_the_muted_say_nothing_and_the_average_is_called_so(analysis: Analysis, sampled: Analysis) -> None:
    assert explain(analysis, BENT, 4, 60).contributions["contour"] == 0.0
    assert not explain(analysis, BENT, 4, 60).averaged
    assert explain(sampled, BENT, 4, 60).averaged


def test_the_painted_cell_has_its_say(analysis: Analysis) -> None:
    told = compare(analysis, AS_LEARNED, 8, 60, 70)
    assert told.contributions["painted"] == pytest.approx(AVOID, abs=1e-5)


def test_a_fake_model_is_explained_too() -> None:
    read = FakeModel().analyse(AnalysisRequest(chorale(), ALTO))
    told = explain(read, AS_LEARNED, 3, 64)
    assert abs(sum(told.contributions.values()) - told.log_ratio) < 1e-6


def test_what_does_not_exist_is_refused(analysis: Analysis) -> None:
    with pytest.raises(IndexError):
        explain(analysis, AS_LEARNED, 9999, 60)
    with pytest.raises(ValueError, match="pitch 10"):
        explain(analysis, AS_LEARNED, 0, 10)


def test_the_largest_terms_lead() -> None:
    values = {"a": 0.3, "b": -2.0, "c": 0.01, "d": 1.0, "e": -0.2}
    assert leading(values) == [("b", -2.0), ("d", 1.0), ("a", 0.3)]
    assert leading({"a": 0.01}) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"spacing": np.log(3.1), "contour": -np.log(1.4)},
            "Spacing prefers A4 to B4, 3.1 to 1; Contour is against it, 1 to 1.4.",
        ),
        (
            {"spacing": -np.log(12), "beat": -np.log(2), "contour": 0.0},
            "Spacing prefers B4 to A4, 12 to 1; so does Beat, 2.0 to 1.",
        ),
        ({"spacing": 200.0}, "Spacing prefers A4 to B4, over 10,000 to 1."),
        ({"spacing": 0.0}, "No expert tells A4 from B4."),
    ],
)
def test_the_sentence(values: dict[str, float], expected: str) -> None:
    assert sentence(values, "A4", "B4", str.capitalize) == expected


def test_numbers_of_ratios() -> None:
    assert [ratio_number(nats) for nats in (0.0, -np.log(9.9), np.log(10), np.log(3200.4), -50.0)] == [
        "1.0",
        "9.9",
        "10",
        "3,200",
        "over 10,000",
    ]


def test_the_sentence_can_be_translated() -> None:
    told = sentence({"x": 1.0}, "A", "B", str.upper, lambda context, text: f"{context}: {text}")
    assert told == "Why: X prefers A to B, 2.7 to 1."
