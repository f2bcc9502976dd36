"""The training loop: exact joint likelihood, checkpoints that survive a kill, early stopping."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import Product, multiplied
from harmonizer_gui.errors import UserError
from harmonizer_gui.training.evaluation import mean_nats
from harmonizer_gui.training.pieces import Batch, Piece, training_batch
from harmonizer_gui.training.plan import Plan
from harmonizer_gui.training.processes import ALONE, Forward, Processes
from harmonizer_gui.training.state import load_state, save_state


class TrainingError(UserError):
    """Training cannot go on; the text says why and at which minibatch."""


@dataclass(frozen=True, slots=True)
class Report:
    """How training stands after `minibatch` minibatches; losses in nats per step."""

    minibatch: int
    total: int
    loss: float
    product: float
    valid: float | None
    """Mean over the valid split, where it was just measured."""
    best: float
    rate: float
    """The learning rate of the experts' weights."""
    stopped: bool = False


class Trainer:
    """Trains one product; `run` yields a Report per minibatch. Its state lies in `folder`.

    Random numbers come from the plan's seed alone, so that a run that was killed and resumed sees what an
    unbroken one sees. The state is written at every validation and after every `save_every` minibatches; what
    is done with a Report is done before the state says so.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        train: Sequence[Piece],
        valid: Sequence[Piece],
        folder: Path,
        device: torch.device,
        validate: Callable[[Product, Sequence[Piece]], float] = mean_nats,
        processes: Processes = ALONE,
        save_every: int = 100,
    ) -> None:
        if processes.count > plan.crops:
            raise TrainingError(f"{plan.crops} excerpts are too few for {processes.count} processes")
        self.plan = plan
        self._processes = processes
        self._save_every = save_every
        self._train = train
        self.valid = valid
        self._folder = folder
        self.device = device
        self._validate = validate
        torch.manual_seed(plan.seed)
        self._random = np.random.default_rng(plan.seed)
        self.product = plan.architecture.build().to(device)
        self.averaged = plan.architecture.build().to(device).requires_grad_(requires_grad=False)
        self.averaged.load_state_dict(self.product.state_dict())
        self.product.set_noise(plan.noise)
        self._forward = processes.forward(self.product)
        exponents = list(self.product.exponents.parameters())
        weights = list(self.product.experts.parameters())
        self._optimiser = torch.optim.AdamW(
            [
                {"params": weights, "weight_decay": plan.weight_decay, "peak": plan.learning_rate},
                {"params": exponents, "weight_decay": 0.0, "peak": plan.exponent_rate},
            ],
            lr=plan.learning_rate,
            betas=(0.9, 0.98),
        )
        self.minibatch = 0
        self.best = math.inf
        self._since_best = 0

    def resume(self) -> bool:
        """Take up the state that lies in the run folder; False where there is none."""
        saved = load_state(self._folder)
        if saved is None:
            return False
        tensors, values = saved
        if {**Plan().to_values(), **values["plan"]} != self.plan.to_values():
            raise TrainingError(f"{self._folder} holds a run of another plan: choose another folder")
        self.product.load_state_dict(_part(tensors, "product"))
        self.averaged.load_state_dict(_part(tensors, "averaged"))
        self._load_moments(_part(tensors, "moments"))
        torch.set_rng_state(tensors["random"])
        if "device_random" in tensors:
            torch.cuda.set_rng_state(tensors["device_random"], self.device)
        self._random.bit_generator.state = values["random"]
        self.minibatch, self.best = values["minibatch"], values["best"]
        self._since_best = values["since_best"]
        return True

    def best_product(self) -> Product:
        """The averaged weights that were best on valid."""
        best = load_state(self._folder, name="best")
        if best is None:
            raise TrainingError(f"{self._folder} holds no weights yet: train until the first validation")
        product = self.plan.architecture.build()
        product.load_state_dict(best[0])
        return product

    def run(self) -> Iterator[Report]:
        """Train to the end of the plan or to early stopping."""
        if self.minibatch == 0:
            self._save()
        while self.minibatch < self.plan.minibatches and not self._stopped:
            loss, product = self._learn()
            self.minibatch += 1
            last = self.minibatch == self.plan.minibatches
            valid = self._judge() if last or self.minibatch % self.plan.validate_every == 0 else None
            yield Report(
                self.minibatch,
                self.plan.minibatches,
                loss,
                product,
                valid,
                self.best,
                self._optimiser.param_groups[0]["lr"],
                self._stopped,
            )
            if valid is not None or self.minibatch % self._save_every == 0:
                self._save()

    @property
    def _stopped(self) -> bool:
        return self._since_best >= self.plan.patience

    def _learn(self) -> tuple[float, float]:
        """One minibatch; its loss and the product's part of it."""
        plan = self.plan
        for group in self._optimiser.param_groups:
            group["lr"] = group["peak"] * plan.rate(self.minibatch)
        batch = training_batch(
            self._train,
            self._random,
            crops=plan.crops,
            steps=plan.excerpt_steps,
            masking=plan.masking_at(self.minibatch),
        )
        cells = int(batch.counted.sum())
        part, draws = self._processes.share(batch)
        self.product.train()
        with draws, torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=plan.bfloat16):
            loss, product = likelihood_loss(self._forward, part.to(self.device), plan.readable, cells)
        value, nats = self._processes.summed(torch.stack([loss.detach(), product])).tolist()
        if not math.isfinite(value):
            raise TrainingError(f"the loss of minibatch {self.minibatch} is {value}: training stopped")
        self._optimiser.zero_grad()
        # What goes back is the mean over the processes; what is wanted is the sum of their shares.
        (loss * self._processes.count).backward()  # type: ignore[no-untyped-call]
        slope = float(torch.nn.utils.clip_grad_norm_(self.product.parameters(), 1.0))
        if not math.isfinite(slope):
            raise TrainingError(f"the gradient of minibatch {self.minibatch} is {slope}: training stopped")
        self._optimiser.step()
        self._average()
        return value, nats

    def _average(self) -> None:
        """Move the averaged weights a little towards the present ones, more so at the beginning."""
        keep = min(self.plan.ema, (1.0 + self.minibatch) / (10.0 + self.minibatch))
        with torch.no_grad():
            for slow, fast in zip(self.averaged.parameters(), self.product.parameters(), strict=True):
                slow.lerp_(fast, 1.0 - keep)

    def _judge(self) -> float:
        """Measure the averaged weights on valid; keep them if they are the best so far."""
        measured = self._validate(self.averaged, self.valid) if self._processes.leads else 0.0
        nats = self._processes.told(measured, self.device)
        if nats >= self.best:
            self._since_best += 1
            return nats
        self.best, self._since_best = nats, 0
        if self._processes.leads:
            save_state(self._folder, self.averaged.state_dict(), {"minibatch": self.minibatch}, name="best")
        return nats

    def _save(self) -> None:
        if not self._processes.leads:
            return
        tensors = {
            **{f"product.{name}": tensor for name, tensor in self.product.state_dict().items()},
            **{f"averaged.{name}": tensor for name, tensor in self.averaged.state_dict().items()},
            **{f"moments.{name}": tensor for name, tensor in self._moments().items()},
            "random": torch.get_rng_state(),
        }
        if self.device.type == "cuda":
            tensors["device_random"] = torch.cuda.get_rng_state(self.device)
        values = {
            "plan": self.plan.to_values(),
            "random": self._random.bit_generator.state,
            "minibatch": self.minibatch,
            "best": self.best,
            "since_best": self._since_best,
        }
        save_state(self._folder, tensors, values)

    def _moments(self) -> dict[str, Tensor]:
        """The optimiser's running means by parameter number and kind."""
        state = self._optimiser.state_dict()["state"]
        return {f"{index}.{kind}": value for index, kinds in state.items() for kind, value in kinds.items()}

    def _load_moments(self, moments: dict[str, Tensor]) -> None:
        state: dict[int, dict[str, Tensor]] = {}
        for name, tensor in moments.items():
            index, kind = name.split(".")
            state.setdefault(int(index), {})[kind] = tensor
        self._optimiser.load_state_dict({**self._optimiser.state_dict(), "state": state})


def likelihood_loss(product: Forward, batch: Batch, readable: float, cells: int) -> tuple[Tensor, Tensor]:
    """−log p per counted step: the loss with the experts' own share, and the product's part alone.

    `cells` is the number of counted steps of the whole minibatch, of which `batch` may be a part.
    """
    log_probs, terms = product(batch.tokens, batch.context)
    log_product = multiplied(terms, Past.of(batch.tokens).sounding)
    drawn = batch.tokens[..., None]
    counted = batch.counted / max(1, cells)
    nats = -(log_product.gather(-1, drawn)[..., 0] * counted).sum()
    chosen = log_probs.gather(-1, drawn.expand(len(log_probs), -1, -1, -1))[..., 0]
    own = -(chosen.clamp(min=-20.0) * counted).sum(dim=(1, 2))
    return nats + readable * own.mean(), nats.detach()


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    start = prefix + "."
    return {name[len(start) :]: tensor for name, tensor in tensors.items() if name.startswith(start)}
