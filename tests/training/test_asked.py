"""Questions of the kind “what if”, asked of a model on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from harmonizer_gui.engine.checkpoint import Card, CheckpointError, write_model
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.product import LEAST_EXPONENT
from harmonizer_gui.training.asked import Asked, joined, model_at
from harmonizer_gui.training.corpus import written_grid
from harmonizer_gui.training.evaluation import evaluate, mean_nats, tally
from harmonizer_gui.training.pieces import Piece
from harmonizer_gui.training.plan import Plan
from harmonizer_gui.training.trainer import Trainer
from tests.engine.toys import CPU, SMALL, chorale, small_product

PIECES = [Piece(f"toy {seed}", written_grid(chorale(seed, bars=2))) for seed in range(2)]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "toy.safetensors"
    write_model(Card("toy", SMALL), small_product(), path)
    return path


def test_a_model_as_it_stands(model: Path) -> None:
    asked = Asked(model, "cpu")
    loaded = asked.loaded()
    assert not asked.changes
    assert asked.factors(loaded.product) is None
    assert mean_nats(loaded.product, PIECES) == mean_nats(small_product(), PIECES)
    assert "voice leading" in loaded.experts


def test_a_temperature_divides_all_exponents(model: Path) -> None:
    asked = Asked(model, "cpu", mix=Mix(temperature=2.0))
    product = asked.loaded().product
    factors = asked.factors(product)
    assert asked.changes
    assert factors is not None
    assert factors.tolist() == [0.5] * 4
    hot = tally(product, PIECES, factors=factors)
    assert hot.entropy.sum() > tally(product, PIECES).entropy.sum()
    rows = evaluate(product, PIECES, PIECES, factors=factors)
    assert rows["product"].nats == pytest.approx(hot.nats)
    assert (rows["without:beat"].nats != evaluate(product, PIECES, PIECES)["without:beat"].nats).any()


def test_other_transpositions_are_averaged(model: Path) -> None:
    plain, moved = (Asked(model, "cpu", transpositions=steps).loaded().product for steps in (None, (0,)))
    assert mean_nats(plain, PIECES) != mean_nats(moved, PIECES)


def test_a_model_times_itself_is_itself_and_names_stay_apart(model: Path) -> None:
    product = small_product()
    with torch.no_grad():
        product.exponents.raw.fill_(1.0)  # half of it is well over the least
    assert product.exponents.values.min() / 2 > LEAST_EXPONENT
    both = joined(product, product)
    assert mean_nats(both, PIECES) == pytest.approx(mean_nats(product, PIECES), abs=1e-5)
    rows = evaluate(both, PIECES, PIECES)
    assert {"expert:simple", "expert:simple 2", "without:beat 2"} <= rows.keys()
    asked = Asked(model, "cpu", member=model)
    assert len(asked.loaded().product.names) == 8


def test_the_best_weights_of_a_run(tmp_path: Path) -> None:
    plan = Plan(architecture=SMALL, minibatches=2, crops=2, excerpt_steps=32, bfloat16=False)
    trainer = Trainer(plan, train=PIECES, valid=PIECES, folder=tmp_path / "run", device=CPU)
    list(trainer.run())
    found = model_at(tmp_path / "run", "cpu")
    assert (found.name, found.card.architecture) == ("run", SMALL)
    assert mean_nats(found.product, PIECES) == pytest.approx(trainer.best)
    with pytest.raises(CheckpointError, match="no folder of a run"):
        model_at(tmp_path, "cpu")
