from __future__ import annotations

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.alphabet import HOLD, REST
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.sampling import SilentProductError, factors_of, sample
from tests.engine.toys import random_context, small_product

NOTHING_PINNED = np.zeros(24, np.bool_)
SILENCE = np.full(24, REST, np.int16)


def lines(
    seeds: list[int],
    mix: Mix | None = None,
    pinned: np.ndarray = NOTHING_PINNED,
    tokens: np.ndarray = SILENCE,
) -> np.ndarray:
    _, context = random_context(1, batch=1)
    with torch.inference_mode():
        steps = sample(small_product(), context, mix=mix or Mix(), seeds=seeds, pinned=pinned, tokens=tokens)
        return np.stack([step.tokens for step in steps], axis=1)


def test_a_seed_gives_the_same_line_whatever_runs_beside_it() -> None:
    alone, together = lines([7]), lines([5, 7, 9])
    assert (alone[0] == together[1]).all()
    assert (together[0] != together[2]).any()


def test_pinned_cells_stay_and_are_not_prolonged() -> None:
    pinned = NOTHING_PINNED.copy()
    tokens = SILENCE.copy()
    pinned[8:12] = True
    tokens[8:12] = [45, HOLD, HOLD, HOLD]
    drawn = lines(list(range(40)), pinned=pinned, tokens=tokens)
    assert (drawn[:, 8:12] == tokens[8:12]).all()
    assert (drawn[:, 12] != HOLD).all()


def test_a_low_temperature_draws_the_likeliest_line() -> None:
    first_cold = lines(list(range(300)), Mix(temperature=0.05))[:, 0]
    first_warm = lines(list(range(300)), Mix(temperature=1.0))[:, 0]
    likeliest = np.bincount(first_cold).argmax()
    assert (first_cold == likeliest).mean() > 3 * (first_warm == likeliest).mean()


def test_the_factors_change_what_is_drawn() -> None:
    assert (lines([3]) != lines([3], Mix().with_factor("simple", 0.0).with_factor("spacing", 3.0))).any()


def test_a_product_of_nothing_is_refused() -> None:
    names = ("simple", "spacing")
    mix = Mix().with_factor("simple", 0.0).with_muted("spacing", on=True)
    with pytest.raises(SilentProductError):
        factors_of(mix, names)
    assert factors_of(Mix().with_soloed("spacing", on=True), names).tolist() == [0.0, 1.0]


def test_drawn_tokens_follow_the_probabilities() -> None:
    _, context = random_context(2, batch=1)
    with torch.inference_mode():
        seeds = list(range(4000))
        steps = sample(
            small_product(), context, mix=Mix(), seeds=seeds, pinned=NOTHING_PINNED, tokens=SILENCE
        )
        first = next(steps)
    expected = torch.from_numpy(first.terms.sum(axis=0)[0]).double().softmax(dim=-1).numpy()
    seen = np.bincount(first.tokens, minlength=90) / len(seeds)
    assert np.abs(seen - expected).max() < 4 * np.sqrt(0.25 / len(seeds))
