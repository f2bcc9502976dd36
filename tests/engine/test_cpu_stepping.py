"""The numpy path against the other two."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.alphabet import TOKENS
from harmonizer_gui.engine.cpu_stepping import CpuStepper, LineState
from harmonizer_gui.engine.network import ExpertNetwork
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import ProductStepper
from tests.engine.toys import CPU, random_context, random_tokens, small_product

EXPERTS = 4
FIELDS = ("previous", "kind", "sounding", "last", "motion", "since")


def stepped(stepper: CpuStepper, time: int, state: LineState) -> tuple[np.ndarray, np.ndarray]:
    """The log-probabilities and terms of one step, [E, K, 90] both."""
    log_probs, terms = np.empty((2, EXPERTS, len(state.previous), TOKENS), np.float32)
    stepper.step(time, state, log_probs, terms)
    return log_probs, terms


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
            own, mixed = stepped(stepper, time, state)
            assert np.abs(np.exp(own) - log_probs[:, :, time].exp().numpy()).max() < 1e-5
            assert np.abs(np.exp(mixed) - terms[:, :, time].exp().numpy()).max() < 1e-5
            assert np.abs(np.exp(own).sum(axis=-1) - 1.0).max() < 1e-5
            state.advance(tokens[:, time].repeat_interleave(lines).numpy())


@pytest.mark.parametrize(
    ("voices", "lines", "steps"), [(1, 1, 24), (1, 3, 40), (4, 1, 24), (1, 64, 24), (1, 2, 300)]
)
def test_known_lines_are_judged_as_whole_lines_are(voices: int, lines: int, steps: int) -> None:
    product = small_product()
    _, context = random_context(7, batch=voices, steps=steps)
    tokens = random_tokens(8, voices * lines, steps)[:, 0]
    with torch.inference_mode():
        log_probs, terms = product(tokens, context.spread(lines))
        own, mixed = CpuStepper(product, context, lines).along(tokens.numpy())
    assert np.abs(np.exp(own) - log_probs.exp().numpy()).max() < 1e-5
    assert np.abs(np.exp(mixed) - terms.exp().numpy()).max() < 1e-5


def test_weights_that_have_changed_are_read_anew() -> None:
    product = small_product()
    tokens, context = random_context(3, batch=1)
    with torch.no_grad():
        before, _ = CpuStepper(product, context, 1).along(tokens.numpy())
        for weight in product.experts.parameters():
            weight.mul_(0.5)
        after, _ = CpuStepper(product, context, 1).along(tokens.numpy())
        expected, _ = product(tokens, context)
    assert np.abs(np.exp(after) - expected.exp().numpy()).max() < 1e-5
    assert not np.allclose(before, after, atol=1e-2)


def test_a_context_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    product, reads = small_product(), []
    read = ExpertNetwork.read_context

    def counted(network: ExpertNetwork, columns: torch.Tensor) -> torch.Tensor:
        reads.append(network)
        return read(network, columns)

    monkeypatch.setattr(ExpertNetwork, "read_context", counted)
    _, context = random_context(3, batch=1)
    with torch.inference_mode():
        for _ in range(2):
            CpuStepper(product, context, 1)
        assert len(reads) == 2  # Simple and Spacing; the others read none
        product.set_noise(0.1)
        CpuStepper(product, context, 1)
        assert len(reads) == 4


def test_what_was_read_of_a_context_is_kept_for_this_context_only() -> None:
    product = small_product()
    tokens, context = random_context(3, batch=1)
    _, other = random_context(4, batch=1)
    with torch.inference_mode():
        first = [CpuStepper(product, around, 1).along(tokens.numpy())[0] for around in (context, other)]
        again = [CpuStepper(product, around, 1).along(tokens.numpy())[0] for around in (context, other)]
    assert np.array_equal(first, again)
    assert not np.allclose(first[0], first[1], atol=1e-2)


def test_it_agrees_with_the_path_of_other_devices_along_drawn_lines() -> None:
    product = small_product()
    _, context = random_context(5, batch=1)
    random = np.random.default_rng(0)
    with torch.inference_mode():
        here, there = CpuStepper(product, context, 2), ProductStepper(product, context, 2)
        state, past = LineState.start(2), Past.start(2, CPU)
        for time in range(context.steps):
            own, _ = stepped(here, time, state)
            other, _ = there.step(time, past)
            assert np.abs(np.exp(own) - other.exp().numpy()).max() < 1e-5
            token = random.integers(20, 90, size=2) if time else np.array([40, 50])
            state.advance(token)
            past = past.then(torch.from_numpy(token))
