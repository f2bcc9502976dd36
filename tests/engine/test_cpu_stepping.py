"""The numpy path against the other two."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.cpu_stepping import CpuStepper, LineState
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import ProductStepper
from tests.engine.toys import CPU, random_context, random_tokens, small_product

FIELDS = ("previous", "kind", "sounding", "last", "motion", "since")


def test_the_state_of_a_line_is_its_past() -> None:
    tokens = random_tokens(1, 5, 60)[:, 1]
    whole, state = Past.of(tokens), LineState.start(5)
    for time in range(tokens.shape[1]):
        for name in FIELDS:
            assert (getattr(whole, name)[:, time].numpy() == getattr(state, name)).all(), (name, time)
        state.advance(tokens[:, time].numpy())


@pytest.mark.parametrize("hidden", [0.0, 0.3, 1.0])
@pytest.mark.parametrize(("voices", "lines"), [(1, 1), (1, 3), (4, 1), (2, 2)])
def test_it_agrees_with_whole_lines(hidden: float, voices: int, lines: int) -> None:
    product = small_product()
    tokens, context = random_context(3, batch=voices, hidden=hidden)
    with torch.inference_mode():
        log_probs, terms = (part.repeat_interleave(lines, dim=1) for part in product(tokens, context))
        stepper, state = CpuStepper(product, context, lines), LineState.start(voices * lines)
        for time in range(context.steps):
            own, mixed = stepper.step(time, state)
            assert np.abs(np.exp(own) - log_probs[:, :, time].exp().numpy()).max() < 1e-5
            assert np.abs(np.exp(mixed) - terms[:, :, time].exp().numpy()).max() < 1e-5
            assert np.abs(np.exp(own).sum(axis=-1) - 1.0).max() < 1e-5
            state.advance(tokens[:, time].repeat_interleave(lines).numpy())


def test_it_agrees_with_the_path_of_other_devices_along_drawn_lines() -> None:
    product = small_product()
    _, context = random_context(5, batch=1)
    random = np.random.default_rng(0)
    with torch.inference_mode():
        here, there = CpuStepper(product, context, 2), ProductStepper(product, context, 2)
        state, past = LineState.start(2), Past.start(2, CPU)
        for time in range(context.steps):
            own, _ = here.step(time, state)
            other, _ = there.step(time, past)
            assert np.abs(np.exp(own) - other.exp().numpy()).max() < 1e-5
            token = random.integers(20, 90, size=2) if time else np.array([40, 50])
            state.advance(token)
            past = past.then(torch.from_numpy(token))
