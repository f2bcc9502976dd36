"""Noise on the experts' inputs: none unless asked for, the same in all paths."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from harmonizer_gui.engine.alphabet import TOKENS
from harmonizer_gui.engine.cpu_stepping import CpuStepper, LineState
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import ProductStepper
from harmonizer_gui.training.corpus import written_grid
from harmonizer_gui.training.pieces import Piece
from harmonizer_gui.training.plan import Plan
from harmonizer_gui.training.trainer import Trainer
from tests.engine.toys import CPU, SMALL, chorale, random_context, small_product

PIECES = [Piece("toy", written_grid(chorale()))]


def test_no_noise_draws_nothing() -> None:
    tokens, context = random_context(0)
    product = small_product()
    before = torch.get_rng_state()
    with torch.inference_mode():
        product.log_probs(tokens, context)
    assert torch.equal(torch.get_rng_state(), before)


def test_noise_blurs_the_inputs_alike_in_all_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    def ones(*shape: int, device: torch.device) -> Tensor:
        return torch.ones(shape, device=device)

    tokens, context = random_context(0)
    product = small_product()
    monkeypatch.setattr(torch, "randn", ones)
    monkeypatch.setattr(torch, "randn_like", torch.ones_like)
    with torch.inference_mode():
        clean, _ = product(tokens, context)
        product.set_noise(0.2)
        blurred, _ = product(tokens, context)
        plain, quick = ProductStepper(product, context, 1), CpuStepper(product, context, 1)
        past, state = Past.start(len(tokens), CPU), LineState.start(len(tokens))
        stepped = np.empty((2, len(product.names), len(tokens), TOKENS), np.float32)
        for time in range(context.steps):
            assert np.allclose(plain.step(time, past)[0], blurred[:, :, time], atol=1e-4)
            quick.step(time, state, *stepped)
            assert np.allclose(stepped[0], blurred[:, :, time], atol=1e-4)
            past = past.then(tokens[:, time])
            state.advance(tokens[:, time].numpy())
    assert (abs(clean - blurred).amax(dim=(1, 2, 3)) > 0.01).all()


def test_noise_is_drawn_anew_and_from_torch_s_generator() -> None:
    tokens, context = random_context(0)
    product = small_product()
    product.set_noise(0.2)
    answers = []
    with torch.inference_mode():
        for seed in (1, 1, 2):
            torch.manual_seed(seed)
            answers.append(product.log_probs(tokens, context))
    assert torch.equal(answers[0], answers[1])
    assert not torch.equal(answers[0], answers[2])


def test_training_with_noise_is_judged_without(tmp_path: Path) -> None:
    plan = Plan(architecture=SMALL, minibatches=2, crops=2, excerpt_steps=32, noise=0.3, bfloat16=False)
    runs = [
        Trainer(each, train=PIECES, valid=PIECES, folder=tmp_path / str(each.noise), device=CPU)
        for each in (plan, replace(plan, noise=0.0))
    ]
    first, second = (next(run.run()) for run in runs)
    assert first.loss != second.loss
    assert all(expert.network.noise == 0.0 for expert in runs[0].averaged.members)
