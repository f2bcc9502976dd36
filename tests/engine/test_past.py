from __future__ import annotations

import torch

from harmonizer_gui.engine.past import NO_PITCH, START, Past
from tests.engine.toys import CPU, random_tokens

FIELDS = ("previous", "kind", "sounding", "last", "motion", "since")


def test_the_past_of_a_line_is_the_past_step_by_step() -> None:
    tokens = random_tokens(1, 5, 60)[:, 2]
    whole = Past.of(tokens)
    past = Past.start(5, CPU)
    for time in range(tokens.shape[1]):
        for name in FIELDS:
            assert torch.equal(getattr(whole, name)[:, time], getattr(past, name)), (name, time)
        past = past.then(tokens[:, time])


def test_the_past_of_a_short_line_by_hand() -> None:
    # C4, held, E4, rest, G3
    past = Past.of(torch.tensor([[39, 88, 43, 89, 34, 88]]))
    assert past.previous.tolist() == [[START, 39, 88, 43, 89, 34]]
    assert past.sounding.tolist() == [[NO_PITCH, 39, 39, 43, NO_PITCH, 34]]
    assert past.last.tolist() == [[NO_PITCH, 39, 39, 43, 43, 34]]
    assert past.motion.tolist() == [[25, 25, 25, 16, 16, 3]]
    assert past.since.tolist() == [[0, 1, 2, 1, 2, 1]]


def test_the_past_of_a_step_knows_nothing_of_it() -> None:
    tokens = random_tokens(2, 4, 30)[:, 0]
    other = tokens.clone()
    other[:, 12] = 60
    for name in FIELDS:
        assert torch.equal(getattr(Past.of(tokens), name)[:, :13], getattr(Past.of(other), name)[:, :13])
