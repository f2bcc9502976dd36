"""From plain values (as they stand in a card) to a product of networks, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from harmonizer_gui.engine.experts.base import LearnedExpert
from harmonizer_gui.engine.experts.beat import Beat
from harmonizer_gui.engine.experts.contour import Contour
from harmonizer_gui.engine.experts.simple import Simple
from harmonizer_gui.engine.experts.spacing import Spacing
from harmonizer_gui.engine.network import NetworkShape
from harmonizer_gui.engine.product import Product

_READ_CONTEXT = ("simple", "spacing", "monolith")
_MAX_WIDTH = 4096


@dataclass(frozen=True)
class Architecture:
    """The sizes of the four networks and the transpositions Simple is averaged over.

    With `monolith` it is instead one network, to compare the product with: Simple in that size, its exponents
    fixed at 1. The other sizes then say nothing.
    """

    simple: NetworkShape = NetworkShape(embedding=112, hidden=160, context=256, dropout=0.35)  # noqa: RUF009
    spacing: NetworkShape = NetworkShape(embedding=88, hidden=128, context=160, dropout=0.35)  # noqa: RUF009
    contour: NetworkShape = NetworkShape(embedding=32, hidden=64, dropout=0.3)  # noqa: RUF009
    beat: NetworkShape = NetworkShape(embedding=32, hidden=64, dropout=0.3)  # noqa: RUF009
    transpositions: tuple[int, ...] = field(default=(0, -2, 2))
    monolith: NetworkShape | None = None

    def build(self) -> Product:
        """A product with fresh weights, drawn from torch's global generator."""
        if self.monolith is not None:
            product = Product([Simple(self.monolith, transpositions=self.transpositions)])
            product.exponents.requires_grad_(requires_grad=False)
            return product
        experts: list[LearnedExpert] = [
            Simple(self.simple, transpositions=self.transpositions),
            Spacing(self.spacing),
            Contour(self.contour),
            Beat(self.beat),
        ]
        return Product(experts)

    def to_values(self) -> dict[str, Any]:
        """As they stand in a card; `monolith` only where there is one."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @staticmethod
    def from_values(values: Mapping[str, Any]) -> Architecture:
        """Raises ValueError, KeyError or TypeError where the values describe no architecture."""
        if not isinstance(values, Mapping):
            raise TypeError("it is no object")
        names = ["simple", "spacing", "contour", "beat", *({"monolith"} & values.keys())]
        shapes = {name: NetworkShape(**values[name]) for name in names}
        for name, shape in shapes.items():
            widths = (shape.embedding, shape.hidden, *([shape.context] if name in _READ_CONTEXT else []))
            if not all(isinstance(width, int) and 1 <= width <= _MAX_WIDTH for width in widths):
                raise ValueError(f"the sizes of {name} are out of range")
        return Architecture(**shapes, transpositions=tuple(int(step) for step in values["transpositions"]))


SIZES = {
    "full": Architecture(),
    "small": Architecture(
        simple=NetworkShape(embedding=96, hidden=192, context=128, dropout=0.3),
        spacing=NetworkShape(embedding=80, hidden=144, context=80, dropout=0.3),
    ),
}
"""The architecture that ships, 2.3 million parameters, and one of 1.4 million, trained in half the time."""

MONOLITHS = {
    "full": Architecture(monolith=NetworkShape(embedding=136, hidden=208, context=320, dropout=0.35)),
    "small": Architecture(monolith=NetworkShape(embedding=120, hidden=248, context=168, dropout=0.3)),
}
"""For each size one network with as many parameters as its four experts together."""
