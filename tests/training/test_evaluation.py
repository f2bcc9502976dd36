from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import REST
from harmonizer_gui.engine.architecture import Architecture
from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.model import load_model
from harmonizer_gui.score import VoiceName
from harmonizer_gui.training import tunes
from harmonizer_gui.training.corpus import bach_chorales, written_grid
from harmonizer_gui.training.evaluation import (
    GIVEN_NONE,
    GIVEN_ONE,
    as_rows,
    evaluate,
    mean_nats,
    paired_difference,
    tally,
)
from harmonizer_gui.training.figures import against, card_figures, difference, likelihoods, write_figures
from harmonizer_gui.training.pieces import Piece, batch_of
from harmonizer_gui.training.refit import two_fold
from tests.engine.toys import SMALL, chorale, small_product

PIECES = [Piece(f"toy {seed}", written_grid(chorale(seed, bars=2 + seed))) for seed in range(5)]


def test_the_rows_of_the_contract() -> None:
    rows = as_rows(evaluate(small_product(), PIECES, PIECES))
    names = [row["name"] for row in rows]
    experts = ("simple", "spacing", "contour", "beat")
    assert names == [
        "product",
        *(f"expert:{name}" for name in experts),
        *(f"without:{name}" for name in experts),
        "baseline:unigram",
        "baseline:repeat",
    ]
    for row in rows:
        assert set(row["voices"]) == {voice.label for voice in VoiceName}


def test_nats_are_the_mean_over_the_cells() -> None:
    product = small_product()
    tallies = evaluate(product, PIECES, PIECES)
    total, steps = 0.0, 0
    with torch.inference_mode():
        for piece in PIECES:
            batch = batch_of([piece.grid])
            log_probs = product.log_probs(batch.tokens, batch.context)
            total -= float(log_probs.gather(-1, batch.tokens[..., None]).sum())
            steps += batch.tokens.numel()
    row = as_rows(tallies)[0]
    assert row["nats_per_step"] == pytest.approx(total / steps, rel=1e-5)
    assert mean_nats(product, PIECES) == pytest.approx(total / steps, rel=1e-5)
    assert row["nats_per_note"] == pytest.approx(4 * total / steps, rel=1e-5)


def test_repeating_is_right_where_nothing_moves() -> None:
    score = chorale()
    pieces = [Piece("toy", written_grid(score))]
    repeat = as_rows(evaluate(small_product(), pieces, pieces))[-1]
    tokens = grid_of(score).tokens
    onsets = tokens[:, ::4]
    again = (onsets[:, 1:] == onsets[:, :-1]).sum()
    assert repeat["onset_accuracy"] == pytest.approx(again / onsets.size)
    assert repeat["cell_accuracy"] == pytest.approx((again + 3 * onsets.size) / tokens.size)
    assert repeat["nats_per_step"] is None


def test_the_grid_of_eighths() -> None:
    """Quarters throughout: every onset stands on an eighth, and of every four cells two begin one."""
    score = chorale()
    pieces = [Piece("toy", written_grid(score))]
    product, *_, repeat = as_rows(evaluate(small_product(), pieces, pieces))
    assert product["eighths"]["nats_per_eighth"] == pytest.approx(2 * product["nats_per_step"])
    assert product["eighths"]["onset_accuracy"] == product["onset_accuracy"]
    # Of the two eighths of a quarter, repeating is always right about the second.
    assert repeat["eighths"]["cell_accuracy"] == pytest.approx((repeat["onset_accuracy"] + 1.0) / 2.0)
    assert repeat["eighths"]["nats_per_eighth"] is None


def test_where_all_tokens_are_alike_entropy_and_nats_are_one() -> None:
    """With all factors at 0 it is log 90 in every cell, log 89 in the first, where nothing can be held."""
    product = small_product()
    flat = tally(product, PIECES, factors=torch.zeros(4))
    expected = (flat.steps - 1) * math.log(90) + math.log(89)
    assert flat.entropy == pytest.approx(expected)
    assert flat.nats == pytest.approx(expected)
    assert evaluate(product, PIECES, PIECES)["baseline:repeat"].entropy.sum() == 0.0


def test_a_model_differs_from_itself_by_nothing() -> None:
    tallies = evaluate(small_product(), PIECES, PIECES)
    assert paired_difference(tallies["product"], tallies["product"]) == (0.0, 0.0, 0.0)
    difference, low, high = paired_difference(tallies["baseline:unigram"], tallies["product"])
    assert low <= difference <= high
    assert math.isfinite(difference)


def test_the_halves_and_the_hidden_voices() -> None:
    product = small_product()
    tallies = evaluate(product, PIECES, PIECES)
    answer, whole = likelihoods(product, PIECES, PIECES[:2])
    assert whole.nats == pytest.approx(tallies["product"].nats)
    assert (answer["tune_seen"]["chorales"], answer["tune_unseen"]["chorales"]) == (2, 3)
    halves = [answer[half]["nats_per_step"] for half in ("tune_seen", "tune_unseen")]
    assert min(halves) < answer["rows"][0]["nats_per_step"] < max(halves)
    steps = tally(product, PIECES, GIVEN_ONE).steps
    assert (steps == 3 * whole.steps).all()
    assert answer["given_one"]["nats_per_step"] != answer["given_none"]["nats_per_step"]


def test_what_is_not_given_is_unknown() -> None:
    for given, known in ((GIVEN_ONE[1], 1), (GIVEN_NONE[0], 0)):
        batch = batch_of([PIECES[0].grid], given=given)
        assert (batch.context.others_known == known).all()
        assert batch.counted.all()


def test_noise_is_drawn_from_the_seed() -> None:
    product = small_product()
    product.set_noise(0.2)
    rows = [likelihoods(product, PIECES[:2], PIECES, seed=seed)[0]["rows"][0] for seed in (1, 1, 2)]
    assert rows[0] == rows[1]
    assert rows[0] != rows[2]


def test_against_a_monolith() -> None:
    product = small_product()
    architecture = Architecture(monolith=SMALL.simple)
    other = architecture.build()
    found = against(Card("one", architecture), other, tally(product, PIECES), PIECES)
    ours, theirs = mean_nats(product, PIECES), mean_nats(other, PIECES)
    assert found["against"]["difference"] == pytest.approx(ours - theirs, abs=1e-5)
    assert found["against"]["relative"] == pytest.approx(ours / theirs - 1, abs=1e-5)
    assert found["baseline:monolith"]["nats_per_step"] == pytest.approx(theirs, rel=1e-5)
    assert set(against(Card("two", SMALL), other, tally(product, PIECES), PIECES)) == {"against"}


def test_against_another_model_with_the_exponents_of_both_fitted() -> None:
    product, other = small_product(), small_product(scale=3.0)
    fitted, theirs = two_fold(product, PIECES), two_fold(other, PIECES)
    found = against(Card("two", SMALL), other, tally(product, PIECES), PIECES, fitted=fitted)["against"]
    assert found["two_fold"] == difference(fitted, theirs)
    assert found["two_fold"]["difference"] != found["difference"]
    low, high = found["two_fold"]["ci95"]
    assert low <= found["two_fold"]["difference"] <= high


def test_figures_go_into_the_card_and_leave_the_weights(tmp_path: Path) -> None:
    path = tmp_path / "toy.safetensors"
    write_model(Card("toy", SMALL, figures={"test": {"kept": 1}}), small_product(), path)
    before = path.read_bytes()
    answer, _ = likelihoods(small_product(), PIECES, PIECES)
    write_figures(path, "valid", card_figures({"split": "valid", **answer}))
    figures = load_model(path, "cpu").card.figures
    assert path.read_bytes() == before
    assert figures["test"] == {"kept": 1}
    assert figures["valid"]["product"]["nats_per_step"] == answer["rows"][0]["nats_per_step"]
    assert figures["valid"]["baseline:repeat"]["nats_per_step"] is None
    assert figures["valid"]["given_none"] == answer["given_none"]


def test_a_tune_is_known_in_any_key_and_with_one_beat_changed() -> None:
    tokens = PIECES[3].grid.tokens.copy()
    tokens[0, ::4] += 2
    tokens[0, 20] += 1
    assert tunes.seen([_with_tokens(tokens)], PIECES).tolist() == [True]
    tokens[0, 24] += 1
    assert tunes.seen([_with_tokens(tokens)], PIECES).tolist() == [False]
    assert tunes.seen([_with_tokens(np.full_like(tokens, REST))], PIECES).tolist() == [False]


def test_half_of_the_test_chorales_have_a_tune_of_the_training_chorales() -> None:
    assert tunes.seen(bach_chorales("test"), bach_chorales("train")).sum() == 38


def _with_tokens(tokens: NDArray[np.int16]) -> Piece:
    return Piece("changed", replace(PIECES[3].grid, tokens=tokens))


def test_the_shipped_model_predicts_chorales_as_its_card_says() -> None:
    model = load_model(device="cpu")
    pieces = bach_chorales("valid")
    card = model.card.figures["valid"]
    assert mean_nats(model.product, pieces) == pytest.approx(card["product"]["nats_per_step"], abs=0.002)
    assert card["product"]["nats_per_step"] <= 0.26
