from __future__ import annotations

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.architecture import Architecture
from harmonizer_gui.engine.context import UNKNOWN
from harmonizer_gui.training.corpus import written_grid
from harmonizer_gui.training.evaluation import in_order, mean_nats, tally
from harmonizer_gui.training.pieces import Piece, batch_of, with_hidden_voices
from harmonizer_gui.training.refit import refit_exponents, two_fold
from tests.engine.toys import SMALL, chorale, small_product

PIECES = [Piece(f"toy {seed}", written_grid(chorale(seed, bars=2 + seed % 2))) for seed in range(4)]


def test_refitting_moves_the_exponents_alone_and_never_for_the_worse() -> None:
    product = small_product()
    before = {name: tensor.clone() for name, tensor in product.state_dict().items()}
    nats = mean_nats(product, PIECES)
    refitted = refit_exponents(product, PIECES)
    assert refitted < nats
    assert abs(refitted - mean_nats(product, PIECES)) < 1e-4
    for name, tensor in product.state_dict().items():
        assert torch.equal(tensor, before[name]) == (name != "exponents.raw"), name


def test_the_exponents_of_a_monolith_are_fitted_the_same_way() -> None:
    torch.manual_seed(0)
    monolith = Architecture(monolith=SMALL.simple).build()
    nats = mean_nats(monolith, PIECES)
    assert refit_exponents(monolith, PIECES) < nats


def test_hidden_voices_are_unknown_and_the_target_is_not_among_them() -> None:
    batch = batch_of([piece.grid for piece in PIECES[:2]])
    for count in (1, 2, 3):
        hidden = with_hidden_voices(batch, count, np.random.default_rng(0))
        assert (hidden.context.others_known[hidden.counted] == 3 - count).all()
        assert torch.equal(hidden.tokens, batch.tokens)
    assert (hidden.context.sounding == UNKNOWN).all()
    assert not hidden.context.fermata.any()


def test_fitted_on_one_half_and_judged_on_the_other() -> None:
    product = small_product()
    before = product.exponents.raw.detach().clone()
    found = two_fold(product, PIECES)
    assert torch.equal(product.exponents.raw, before)
    ordered = in_order(PIECES)
    assert found.steps.tolist() == tally(product, PIECES).steps.tolist()
    refit_exponents(product, ordered[1::2])
    assert found.nats[::2] == pytest.approx(tally(product, ordered[::2]).nats, rel=1e-4)
    assert found.nats[1::2] != pytest.approx(tally(product, ordered[1::2]).nats, rel=1e-4)


def test_a_monolith_is_fixed_again_after_it_was_fitted_for_a_figure() -> None:
    monolith = Architecture(monolith=SMALL.simple).build()
    two_fold(monolith, PIECES)
    assert not monolith.exponents.raw.requires_grad
    assert torch.allclose(monolith.exponents.values, torch.ones(2, 1, 4, 4))
