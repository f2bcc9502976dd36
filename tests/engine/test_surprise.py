from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.alphabet import HOLD, TOKENS
from harmonizer_gui.engine.analysis import Analysis, product_log_probs
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.engine.surprise import Measure, disagreement, measured, next_highest, note_bits
from harmonizer_gui.score import Voice, VoiceName
from tests.engine.toys import chorale
from tests.fake_model import FakeModel


def two_experts(*rows: np.ndarray) -> Analysis:
    """One step, a pitch sounding; each expert with a distribution of its own."""
    log_probs = np.log(np.stack(rows)).astype(np.float32)[:, None, None]
    return Analysis(
        experts=tuple(f"expert {index}" for index in range(len(rows))),
        log_probs=log_probs,
        terms=log_probs,
        sounding=np.array([[40]], np.int16),
        tokens=np.array([[3]], np.int16),
        written=np.array([True]),
    )


def even(*tokens: int) -> np.ndarray:
    row = np.full(TOKENS, 1e-12)
    row[list(tokens)] = 1.0 / len(tokens)
    return row


def test_bits_and_entropy_by_hand() -> None:
    read = two_experts(even(1, 2, 3, 4))
    assert measured(Measure.BITS, read, AS_LEARNED)[0] == pytest.approx(2.0, abs=1e-4)
    assert measured(Measure.ENTROPY, read, AS_LEARNED)[0] == pytest.approx(2.0, abs=1e-4)


def test_disagreement_by_hand() -> None:
    assert disagreement(two_experts(even(1, 2), even(1, 2)))[0] == pytest.approx(0.0, abs=1e-5)
    assert disagreement(two_experts(even(1), even(2)))[0] == pytest.approx(1.0, abs=1e-4)
    assert disagreement(two_experts(even(1, 2), even(2, 3)))[0] == pytest.approx(0.5, abs=1e-4)
    assert disagreement(two_experts(*map(even, range(4))))[0] == pytest.approx(2.0, abs=1e-4)


def test_rules_do_not_count_among_those_that_disagree() -> None:
    read = two_experts(even(1), even(2))
    assert measured(Measure.DISAGREEMENT, read, AS_LEARNED, {"expert 1"})[0] == pytest.approx(0.0, abs=1e-5)


def test_the_sliders_move_bits_and_entropy_but_not_what_the_experts_believe() -> None:
    read = FakeModel().analyse(AnalysisRequest(chorale(), VoiceName.ALTO))
    bent = Mix((("Beat", 3.0),), temperature=0.5)
    for measure, same in ((Measure.BITS, False), (Measure.ENTROPY, False), (Measure.DISAGREEMENT, True)):
        one, two = measured(measure, read, AS_LEARNED), measured(measure, read, bent)
        assert np.array_equal(one, two) is same
    assert disagreement(read).min() > 0.0


def test_what_is_not_written_costs_nothing() -> None:
    score = chorale()
    score = score.with_voice(VoiceName.ALTO, Voice(score.voice(VoiceName.ALTO).notes[:4]))
    read = FakeModel().analyse(AnalysisRequest(score, VoiceName.ALTO))
    told = measured(Measure.BITS, read, AS_LEARNED)
    assert np.isnan(told).tolist() == [False] * 16 + [True] * 48
    by_line = product_log_probs(read, AS_LEARNED)[:, 5, HOLD] / np.log(2)
    assert told[5] == pytest.approx(-by_line.mean(), abs=1e-5)


def test_every_note_has_its_price() -> None:
    notes = chorale().voice(VoiceName.ALTO).notes
    priced = note_bits(notes, np.arange(40, dtype=np.float32))
    assert [(each.note, each.bits) for each in priced] == [(note, note.start / 120) for note in notes[:10]]


def test_from_the_highest_to_the_lowest_and_round_again() -> None:
    values = np.array([0.5, np.nan, 3.0, 3.0, 1.0], np.float32)
    visited, last = [], None
    for _ in range(5):
        last = next_highest(values, last)
        visited.append(last)
    assert visited == [2, 3, 4, 0, 2]
    assert next_highest(values, 1) == 2
    assert next_highest(np.full(3, np.nan, np.float32), 0) is None
