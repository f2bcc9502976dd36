"""One training run in several processes, as torchrun starts them.

Every process draws the same minibatch from the plan's seed and learns from its own share of the excerpts;
the gradients are added up (DistributedDataParallel), so that the run is the one a single process makes.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, fields
from typing import Any

import torch
from torch import Tensor, distributed
from torch.nn.parallel import DistributedDataParallel
from torch.overrides import TorchFunctionMode

from harmonizer_gui.engine.context import Context
from harmonizer_gui.engine.product import Product
from harmonizer_gui.training.pieces import Batch

Forward = Callable[[Tensor, Context], tuple[Tensor, Tensor]]
"""What a product answers to whole lines: `Product.forward`."""


@dataclass(frozen=True, slots=True)
class Processes:
    """Which of how many processes this one is; on its own unless told otherwise."""

    rank: int = 0
    count: int = 1
    local_rank: int = 0
    """Its number on its machine, which is also the number of its GPU."""

    @staticmethod
    def of_environment() -> Processes:
        """As torchrun says in RANK, WORLD_SIZE and LOCAL_RANK."""
        rank, count, local_rank = (
            int(os.environ.get(name, default))
            for name, default in (("RANK", "0"), ("WORLD_SIZE", "1"), ("LOCAL_RANK", "0"))
        )
        return Processes(rank, count, local_rank)

    @property
    def leads(self) -> bool:
        """Whether this is the one process that writes and prints."""
        return self.rank == 0

    def device(self, chosen: torch.device) -> torch.device:
        """The device of this process: on CUDA each has its own."""
        return torch.device("cuda", self.local_rank) if chosen.type == "cuda" else chosen

    @contextmanager
    def joined(self, device: torch.device) -> Iterator[None]:
        """Connected with the others: through nccl on CUDA, else through gloo."""
        if self.count == 1:
            yield
            return
        distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
        yield
        # Whoever leaves while something still hangs on to the group is ended by its threads.
        gc.collect()
        distributed.barrier()
        distributed.destroy_process_group()

    @contextmanager
    def leader_first(self) -> Iterator[None]:
        """The leader does what is inside before the others, who then find it done."""
        if self.count > 1 and not self.leads:
            distributed.barrier()
        yield
        if self.count > 1 and self.leads:
            distributed.barrier()

    def forward(self, product: Product) -> Forward:
        """The product, such that going back through it adds up the gradients of all processes."""
        if self.count == 1:
            return product
        return DistributedDataParallel(product, forward_sync_buffers=False)

    def share(self, batch: Batch) -> tuple[Batch, AbstractContextManager[object]]:
        """This process's part of a minibatch, whole excerpts, and what to draw its random numbers in."""
        if self.count == 1:
            return batch, nullcontext()
        total = len(batch.tokens)
        crops = total // 4
        rows = slice(4 * (self.rank * crops // self.count), 4 * ((self.rank + 1) * crops // self.count))
        context = Context(*(getattr(batch.context, field.name)[rows] for field in fields(Context)))
        return Batch(batch.tokens[rows], context, batch.counted[rows]), WholeDraws(rows, total)

    def summed(self, values: Tensor) -> Tensor:
        """The sum over all processes, the same in each."""
        if self.count > 1:
            distributed.all_reduce(values)
        return values

    def told(self, value: float, device: torch.device) -> float:
        """What the leader says, in every process."""
        if self.count == 1:
            return value
        said = torch.tensor(value, dtype=torch.float64, device=device)
        distributed.broadcast(said, src=0)
        return float(said)


ALONE = Processes()


class WholeDraws(TorchFunctionMode):
    """Random numbers are drawn for the whole minibatch, and the rows of this process are kept.

    So dropout and the reference voices of Spacing fall out as they do where one process does everything.
    The first dimension of whatever is drawn is the row of the minibatch.
    """

    def __init__(self, rows: slice, total: int) -> None:
        super().__init__()
        self._rows = rows
        self._total = total

    def __torch_function__(  # the name is torch's
        self,
        func: Callable[..., Any],
        types: object,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401  # whatever the function gives
        options = kwargs or {}
        if func is torch.Tensor.bernoulli_:
            return args[0].copy_(func(self._whole(args[0]), *args[1:], **options)[self._rows])
        if func in (torch.multinomial, torch.randn_like):
            return func(self._whole(args[0]), *args[1:], **options)[self._rows]
        return func(*args, **options)

    def _whole(self, own: Tensor) -> Tensor:
        """`own` among rows of ones."""
        whole = own.new_ones((self._total, *own.shape[1:]))
        whole[self._rows] = own
        return whole
