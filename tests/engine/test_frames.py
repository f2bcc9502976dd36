"""The frames: shifting never wraps, and relative experts do not know where they are."""

from __future__ import annotations

import torch

from harmonizer_gui.engine.alphabet import HOLD, IMPOSSIBLE, PITCHES, TOKENS
from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.experts.base import LearnedExpert
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import Product
from tests.engine.toys import random_tokens, small_product

SHIFT = 4


def expert(product: Product, name: str) -> LearnedExpert:
    return next(member for member in product.members if member.name == name)


def narrow(tokens: torch.Tensor) -> torch.Tensor:
    """The same lines squeezed into one octave, so far from both ends that no window is clipped."""
    return torch.where(tokens < PITCHES, 36 + tokens % 12, tokens)


def moved(tokens: torch.Tensor, semitones: int) -> torch.Tensor:
    return torch.where(tokens < PITCHES, tokens + semitones, tokens)


def context(tokens: torch.Tensor) -> Context:
    known = torch.ones_like(tokens, dtype=torch.bool)
    known[:, 1] = False
    steps = tokens.shape[2]
    return Context.of(
        tokens=tokens,
        known=known,
        fermata=torch.zeros_like(known),
        position=torch.arange(steps)[None] % 16,
        metre=torch.ones(1, steps, dtype=torch.long),
        target=torch.tensor([1]),
    )


def shifted(log_probs: torch.Tensor, semitones: int) -> torch.Tensor:
    pitches = torch.nn.functional.pad(log_probs[..., : PITCHES - semitones], (semitones, 0), value=IMPOSSIBLE)
    return torch.cat([pitches, log_probs[..., PITCHES:]], dim=-1)


def odds_differ_by(one: torch.Tensor, other: torch.Tensor, low: int, high: int) -> float:
    """How much the odds among the pitches low … high and REST differ; the ends of the range do not count."""
    rows = one.shape[1]
    kept = torch.cat([torch.arange(low, high), torch.tensor([TOKENS - 1])])
    difference = (one - other)[0, :, kept].reshape(rows, -1)
    return float((difference - difference[:, :1]).abs().max())


def test_beyond_its_window_an_expert_fades_and_never_wraps() -> None:
    contour = expert(small_product(), "contour")
    scores = torch.zeros(1, contour.window + 2)
    scores[0, : contour.zero] = 9.0  # only going down is likely
    low = contour.absolute(scores, torch.tensor([2]), torch.tensor([2]))[0]
    assert float(low[:2].exp().sum()) > 0.9
    assert torch.allclose(low[26:PITCHES].diff()[1:], torch.tensor(-2.0), atol=1e-5)
    high = contour.absolute(scores, torch.tensor([86]), torch.tensor([86]))[0]
    assert float(high[62:86].exp().sum()) > 0.9
    assert torch.allclose(high[:62].diff(), torch.tensor(2.0), atol=1e-5)
    assert torch.allclose(low.exp().sum(), torch.tensor(1.0))


def test_interval_zero_is_the_origin() -> None:
    contour = expert(small_product(), "contour")
    scores = torch.zeros(1, contour.window + 2)
    scores[0, contour.zero] = 9.0
    assert int(contour.absolute(scores, torch.tensor([40]), torch.tensor([40]))[0].argmax()) == 40


def test_spacing_moves_exactly_with_the_music() -> None:
    spacing = expert(small_product(), "spacing")
    tokens = narrow(random_tokens(8, 1, 40))
    tokens[:, :, 0] = torch.tensor([46, 43, 40, 36])
    higher = moved(tokens, SHIFT)
    with torch.inference_mode():
        here = spacing(Past.of(tokens[:, 1]), context(tokens))
        there = spacing(Past.of(higher[:, 1]), context(higher))
    assert odds_differ_by(shifted(here, SHIFT), there, 40 - 36 + SHIFT, 46 + 36) < 1e-4


def test_contour_moves_exactly_with_the_line_once_it_has_begun() -> None:
    contour = expert(small_product(), "contour")
    tokens = narrow(random_tokens(9, 1, 40))
    tokens[:, :, 0] = 45
    higher = moved(tokens, SHIFT)
    with torch.inference_mode():
        here = contour(Past.of(tokens[:, 1]), context(tokens))[:, 1:]
        there = contour(Past.of(higher[:, 1]), context(higher))[:, 1:]
    assert odds_differ_by(shifted(here, SHIFT), there, 47 - 24 + SHIFT, 36 + 24) < 1e-4


def test_contour_and_beat_know_no_other_voice() -> None:
    product = small_product()
    tokens, others = random_tokens(10, 1, 32), random_tokens(11, 1, 32)
    others[:, 1] = tokens[:, 1]
    past = Past.of(tokens[:, 1])
    with torch.inference_mode():
        for name, blind in (("contour", True), ("beat", True), ("simple", False), ("spacing", False)):
            member = expert(product, name)
            assert torch.equal(member(past, context(tokens)), member(past, context(others))) == blind, name


def test_hold_and_rest_do_not_move_with_the_frame() -> None:
    contour = expert(small_product(), "contour")
    scores = torch.randn(1, contour.window + 2, generator=torch.Generator().manual_seed(1))
    at_40 = contour.absolute(scores, torch.tensor([40]), torch.tensor([40]))
    at_50 = contour.absolute(scores, torch.tensor([50]), torch.tensor([50]))
    assert torch.equal(at_40[0, HOLD:TOKENS], at_50[0, HOLD:TOKENS])
