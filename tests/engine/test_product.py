"""The product itself: a table worked out by hand, two paths with one answer, and no leak."""

from __future__ import annotations

import math

import pytest
import torch

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, REST, TOKENS
from harmonizer_gui.engine.past import NO_PITCH, Past
from harmonizer_gui.engine.product import Exponents, Product, ProductStepper, multiplied
from tests.engine.toys import CPU, random_context, small_product


def table(onset: float, hold: float, rest: float) -> torch.Tensor:
    """[90] log-probabilities of a world of three tokens: one pitch (index 40), HOLD and REST."""
    log_probs = torch.full((TOKENS,), IMPOSSIBLE)
    for token, probability in ((40, onset), (HOLD, hold), (REST, rest)):
        log_probs[token] = math.log(probability)
    return log_probs


def test_three_tokens_by_hand() -> None:
    # p ∝ (.5, .25, .25)^1 · (.2, .7, .1)^2 = .5·.04, .25·.49, .25·.01 = .02, .1225, .0025; sum .145
    terms = torch.stack([1.0 * table(0.5, 0.25, 0.25), 2.0 * table(0.2, 0.7, 0.1)])
    product = multiplied(terms, torch.tensor(40)).exp()
    assert product[[40, HOLD, REST]].tolist() == pytest.approx([0.02 / 0.145, 0.1225 / 0.145, 0.0025 / 0.145])
    assert float(product.sum()) == pytest.approx(1.0, abs=1e-6)


def test_what_and_when_by_hand() -> None:
    exponents = Exponents(["simple"])
    with torch.no_grad():
        what, when = 2.0, 0.5
        exponents.raw[0] = math.log(math.expm1(what))
        exponents.raw[1] = math.log(math.expm1(when))
    log_probs = torch.full((TOKENS,), IMPOSSIBLE)
    log_probs[[40, 41, HOLD, REST]] = torch.tensor([0.3, 0.2, 0.4, 0.1]).log()
    terms = exponents(log_probs[None, None], torch.tensor([1]), torch.tensor([3]))[0, 0].detach()
    # onset .5: what of 40 = .6, so 2·log .6 + .5·log .5; HOLD .5·log .4
    assert float(terms[40]) == pytest.approx(2 * math.log(0.6) + 0.5 * math.log(0.5), abs=1e-5)
    assert float(terms[HOLD]) == pytest.approx(0.5 * math.log(0.4), abs=1e-5)


def test_factors_raise_each_expert_and_zero_leaves_it_out() -> None:
    terms = torch.stack([table(0.5, 0.25, 0.25), table(0.2, 0.7, 0.1)])
    alone = multiplied(terms, torch.tensor(40), torch.tensor([1.0, 0.0]))
    assert torch.allclose(alone.exp(), table(0.5, 0.25, 0.25).exp(), atol=1e-6)


def test_nothing_is_held_where_nothing_sounds_even_at_factor_zero() -> None:
    terms = torch.stack([table(0.5, 0.25, 0.25)])
    silent = multiplied(terms, torch.tensor(NO_PITCH), torch.tensor([0.0])).exp()
    assert float(silent[HOLD]) == 0.0
    assert float(silent.sum()) == pytest.approx(1.0, abs=1e-6)


@pytest.fixture(scope="module")
def product() -> Product:
    return small_product()


@pytest.mark.parametrize("hidden", [0.0, 0.3, 1.0])
def test_both_paths_agree(product: Product, hidden: float) -> None:
    tokens, context = random_context(3, batch=4, hidden=hidden)
    with torch.inference_mode():
        log_probs, terms = product(tokens, context)
        stepper, past = ProductStepper(product, context, 1), Past.start(4, CPU)
        for time in range(context.steps):
            own, mixed = stepper.step(time, past)
            assert (own.exp() - log_probs[:, :, time].exp()).abs().max() < 1e-5
            log_product = multiplied(terms, Past.of(tokens).sounding)[:, time]
            assert (multiplied(mixed, past.sounding).exp() - log_product.exp()).abs().max() < 1e-5
            past = past.then(tokens[:, time])


def test_lines_side_by_side_are_lines_alone(product: Product) -> None:
    tokens, context = random_context(4, batch=1)
    with torch.inference_mode():
        one, three = ProductStepper(product, context, 1), ProductStepper(product, context, 3)
        past_one, past_three = Past.start(1, CPU), Past.start(3, CPU)
        for time in range(context.steps):
            alone, together = one.step(time, past_one)[0], three.step(time, past_three)[0]
            assert torch.allclose(alone[:, 0].exp(), together[:, 2].exp(), atol=1e-6)
            past_one = past_one.then(tokens[:, time])
            past_three = past_three.then(tokens[:, time].expand(3))


def test_probabilities_sum_to_one(product: Product) -> None:
    tokens, context = random_context(5)
    with torch.inference_mode():
        log_probs, terms = product(tokens, context)
        for distribution in (*log_probs, multiplied(terms, Past.of(tokens).sounding)):
            assert (distribution.exp().sum(dim=-1) - 1.0).abs().max() < 1e-5


@pytest.mark.parametrize("step", [0, 7, 23])
def test_no_probability_up_to_a_step_moves_when_the_step_changes(product: Product, step: int) -> None:
    tokens, context = random_context(6)
    changed = tokens.clone()
    changed[:, step] = (changed[:, step] + 7) % PITCHES
    with torch.inference_mode():
        before, after = product(tokens, context), product(changed, context)
    for one, other in zip(before, after, strict=True):
        assert torch.equal(one[:, :, : step + 1], other[:, :, : step + 1])
        assert step == context.steps - 1 or not torch.equal(one[:, :, step + 1 :], other[:, :, step + 1 :])


def test_the_context_holds_nothing_of_cells_that_are_not_known() -> None:
    _, context = random_context(7)
    rows = torch.arange(len(context.target))
    assert (context.sounding[rows, context.target] == PITCHES + 1).all()
    assert (context.kind[rows, context.target] == 3).all()
