"""The checkpoint that ships: no leak, two paths with one answer, probabilities that sum to 1."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from torch import Tensor

from harmonizer_gui.engine.alphabet import TOKENS
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.cpu_stepping import CpuStepper, LineState
from harmonizer_gui.engine.model import load_model
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import Product, ProductStepper, multiplied
from harmonizer_gui.score import VoiceName
from harmonizer_gui.training.corpus import bach_chorales
from harmonizer_gui.training.pieces import batch_of, excerpt
from tests.engine.toys import CPU

CHANGED = 41
"""The step at which the target does something else than Bach."""
VOICES = tuple(VoiceName)


@pytest.fixture(scope="module")
def product() -> Product:
    return load_model(device="cpu").product


@pytest.fixture(scope="module")
def bach() -> tuple[Tensor, Context]:
    """64 steps of a chorale of valid, every voice as target: tokens [4, 64] and their context."""
    batch = batch_of([excerpt(bach_chorales("valid")[5].grid, 16, 64)])
    return batch.tokens, batch.context


def changed(tokens: Tensor) -> Tensor:
    """Another pitch is struck in every voice at CHANGED, and rests follow."""
    other = tokens.clone()
    other[:, CHANGED] = torch.tensor([50, 45, 38, 30])
    other[:, CHANGED + 1 :] = 89
    assert (other[:, CHANGED] != tokens[:, CHANGED]).all()
    return other


def in_torch(product: Product, tokens: Tensor, context: Context) -> Iterator[tuple[Tensor, Tensor]]:
    """Step by step as on a GPU: log p_e and terms [E, 4, 90]."""
    stepper, past = ProductStepper(product, context, 1), Past.start(len(tokens), CPU)
    for time in range(context.steps):
        yield stepper.step(time, past)
        past = past.then(tokens[:, time])


def in_numpy(product: Product, tokens: Tensor, context: Context) -> Iterator[tuple[Tensor, Tensor]]:
    """Step by step as on the CPU."""
    stepper, state = CpuStepper(product, context, 1), LineState.start(len(tokens))
    for time in range(context.steps):
        log_probs, terms = np.empty((2, len(product.names), len(tokens), TOKENS), np.float32)
        stepper.step(time, state, log_probs, terms)
        yield torch.from_numpy(log_probs), torch.from_numpy(terms)
        state.advance(tokens[:, time].numpy())


def stacked(steps: Iterator[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    log_probs, terms = zip(*steps, strict=True)
    return torch.stack(log_probs, dim=2), torch.stack(terms, dim=2)


STEPWISE = {"in torch": in_torch, "in numpy": in_numpy}
PATHS = ("at once", "along in numpy", *STEPWISE)


def answer(path: str, product: Product, tokens: Tensor, context: Context) -> tuple[Tensor, Tensor, Tensor]:
    """log p_e and terms [E, 4, T, 90] and the log product [4, T, 90] by one of PATHS."""
    with torch.inference_mode():
        if path in STEPWISE:
            log_probs, terms = stacked(STEPWISE[path](product, tokens, context))
        elif path == "along in numpy":
            along = CpuStepper(product, context, 1).along(tokens.numpy().astype(np.int16))
            log_probs, terms = map(torch.from_numpy, along)
        else:
            log_probs, terms = product(tokens, context)
        return log_probs, terms, multiplied(terms, Past.of(tokens).sounding)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_a_voice_is_known_before_it_is_sung(
    path: str, product: Product, bach: tuple[Tensor, Context]
) -> None:
    tokens, context = bach
    before = answer(path, product, tokens, context)
    after = answer(path, product, changed(tokens), context)
    for one, other in zip(before, after, strict=True):
        assert torch.equal(one[..., : CHANGED + 1, :], other[..., : CHANGED + 1, :])
        later = one[..., CHANGED + 1 :, :].exp() - other[..., CHANGED + 1 :, :].exp()
        assert (abs(later).amax(dim=(-1, -2)) > 1e-4).all()


@pytest.mark.parametrize("path", PATHS[1:])
def test_every_path_gives_one_answer(path: str, product: Product, bach: tuple[Tensor, Context]) -> None:
    whole, stepwise = (answer(each, product, *bach) for each in ("at once", path))
    for one, other in ((whole[0], stepwise[0]), (whole[2], stepwise[2])):
        assert abs(one.exp() - other.exp()).max() < 1e-4


@pytest.mark.parametrize("path", PATHS)
def test_probabilities_sum_to_one(path: str, product: Product, bach: tuple[Tensor, Context]) -> None:
    log_probs, _, log_product = answer(path, product, *bach)
    for one in (log_probs, log_product):
        assert abs(one.double().exp().sum(dim=-1) - 1.0).max() < 1e-5


def test_pinned_notes_ahead_are_the_only_way_to_know_more(
    product: Product, bach: tuple[Tensor, Context]
) -> None:
    """The context of a target holds none of its cells unless they are pinned."""
    _, context = bach
    for voice in VOICES:
        own = context.sounding[voice, voice]
        assert len(np.unique(own.numpy())) == 1
        assert (context.sounding[voice, [other for other in VOICES if other != voice]] != own[0]).all()
