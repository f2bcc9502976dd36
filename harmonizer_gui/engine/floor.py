"""The matrix products of writing one voice, and nothing else: what no cleverness around them can go below."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch

from harmonizer_gui.engine.context import context_of
from harmonizer_gui.engine.experts.base import LearnedExpert
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.product import Product
from harmonizer_gui.score import Score, VoiceName


class Shape(NamedTuple):
    """A product of a [rows, inner] with an [inner, columns] matrix."""

    rows: int
    inner: int
    columns: int


def products_of_a_take(product: Product, score: Score, voice: VoiceName) -> Callable[[], None]:
    """The products of writing one voice of a piece once, ready to be run.

    What the context is read with comes first, once over all steps or step by step in both directions; then,
    step by step, the state and the head of every expert. Each stands for itself: nothing is looked up, added
    or squashed between them. On the CPU.
    """
    context = context_of(grid_of(score), voice, device=torch.device("cpu"))
    once, both_ways, steps = [], [], []
    for expert in product.members:
        views = len(expert.views(context).used().values)
        once += _once(expert, views * context.steps)
        both_ways += _both_ways(expert, views)
        steps += _each_step(expert, views)
    ready = [(1, _ready(once)), (2 * context.steps, _ready(both_ways)), (context.steps, _ready(steps))]

    def run() -> None:
        with torch.inference_mode():
            for times, operands in ready:
                for _ in range(times):
                    for left, right, out in operands:
                        torch.mm(left, right, out=out)

    return run


def _once(expert: LearnedExpert, cells: int) -> list[Shape]:
    """Into the gates of the context, and from there into those of the line and into the head."""
    shape, width = expert.network.shape, expert.network.context_width
    if not width:
        return []
    return [Shape(cells, shape.embedding, 4 * width), Shape(cells, width, 5 * shape.hidden)]


def _both_ways(expert: LearnedExpert, views: int) -> list[Shape]:
    size = expert.network.shape.context if expert.network.context_width else 0
    return [Shape(views, size, 4 * size)] if size else []


def _each_step(expert: LearnedExpert, views: int) -> list[Shape]:
    hidden = expert.network.shape.hidden
    return [Shape(views, hidden, 5 * hidden), Shape(views, hidden, expert.window + 2)]


def _ready(shapes: list[Shape]) -> list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    return [
        (torch.ones(rows, inner), torch.ones(inner, columns), torch.empty(rows, columns))
        for rows, inner, columns in shapes
    ]
