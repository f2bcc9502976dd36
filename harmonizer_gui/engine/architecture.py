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


@dataclass(frozen=True)
class Architecture:
    """The sizes of the four networks and the transpositions Simple is averaged over."""

    simple: NetworkShape = NetworkShape(embedding=96, hidden=192, context=128, dropout=0.3)  # noqa: RUF009
    spacing: NetworkShape = NetworkShape(embedding=80, hidden=144, context=80, dropout=0.3)  # noqa: RUF009
    contour: NetworkShape = NetworkShape(embedding=32, hidden=64, dropout=0.3)  # noqa: RUF009
    beat: NetworkShape = NetworkShape(embedding=32, hidden=64, dropout=0.3)  # noqa: RUF009
    transpositions: tuple[int, ...] = field(default=(0, -2, 2))

    def build(self) -> Product:
        """A product with fresh weights, drawn from torch's global generator."""
        experts: list[LearnedExpert] = [
            Simple(self.simple, transpositions=self.transpositions),
            Spacing(self.spacing),
            Contour(self.contour),
            Beat(self.beat),
        ]
        return Product(experts)

    def to_values(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_values(values: Mapping[str, Any]) -> Architecture:
        """Raises ValueError, KeyError or TypeError where the values describe no architecture."""
        shapes = {name: NetworkShape(**values[name]) for name in ("simple", "spacing", "contour", "beat")}
        for name, shape in shapes.items():
            if not all(0 <= width <= 4096 for width in (shape.embedding, shape.hidden, shape.context)):
                raise ValueError(f"the sizes of {name} are out of range")
        return Architecture(**shapes, transpositions=tuple(int(step) for step in values["transpositions"]))
