"""Which model is judged, and what is changed about it for that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch

from harmonizer_gui.engine.architecture import Architecture
from harmonizer_gui.engine.checkpoint import Card, CheckpointError
from harmonizer_gui.engine.experts.simple import Simple
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.model import DeviceName, Model, choose_device, load_model, with_rules
from harmonizer_gui.engine.product import Product
from harmonizer_gui.training.state import load_state


@dataclass(frozen=True, slots=True)
class Asked:
    """A model on disk and a question of the kind “what if”: nothing of the change is kept."""

    path: Path | None
    """A checkpoint; the folder of a run, for its best weights before the last fitting; None, the shipped."""
    device: DeviceName = "auto"
    mix: Mix = AS_LEARNED
    """Factors and temperature, while judged and while generating."""
    noise: float = 0.0
    """Standard deviation of the noise on the experts' inputs."""
    transpositions: tuple[int, ...] | None = None
    """Over which transpositions Simple is averaged, None for those of the model."""
    member: Path | None = None
    """Another model that is multiplied in, both at half their exponents."""

    @property
    def changes(self) -> bool:
        """Whether anything is asked but the model as it stands."""
        return (self.mix, self.noise, self.transpositions, self.member) != (AS_LEARNED, 0.0, None, None)

    def loaded(self) -> Model:
        """The model with its change. Raises CheckpointError or DeviceError."""
        model = model_at(self.path, self.device)
        product = model.product
        if self.transpositions is not None:
            for expert in product.members:
                if isinstance(expert, Simple):
                    expert.transpositions = self.transpositions
        if self.member is not None:
            product = joined(product, model_at(self.member, self.device).product)
            model = with_rules(model.card, product, choose_device(self.device))
        product.set_noise(self.noise)
        return model

    def factors(self, product: Product) -> torch.Tensor | None:
        """[E] what each expert's exponent is multiplied by; None where the mix is as learned."""
        if self.mix == AS_LEARNED:
            return None
        device = next(product.parameters()).device
        return torch.tensor([self.mix.effective(name) for name in product.names], device=device)


def model_at(path: Path | None, device: DeviceName) -> Model:
    """A checkpoint, or the weights of a run as they were best on valid. Raises CheckpointError."""
    if path is None or not path.is_dir():
        return load_model(path, device)
    state, best = load_state(path), load_state(path, name="best")
    if state is None or best is None:
        raise CheckpointError(path, "is no folder of a run with weights in it")
    architecture = Architecture.from_values(state[1]["plan"]["architecture"])
    product = architecture.build()
    product.load_state_dict(best[0])
    return with_rules(Card(path.name, architecture), product.eval(), choose_device(device))


def joined(one: Product, other: Product) -> Product:
    """Both multiplied: the experts of both, each at half its exponent (but never below the least)."""
    both = Product([*one.members, *other.members])
    values = torch.cat([one.exponents.values, other.exponents.values], dim=1) / 2.0
    with torch.no_grad():
        both.exponents.raw.copy_(torch.log(torch.expm1(values)))
    return both.to(values.device).eval()
