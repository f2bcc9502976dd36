"""A network's weights as the walk in numpy wants them, kept from one voice to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from harmonizer_gui.engine.network import ExpertNetwork, entering, unrolled

Floats = NDArray[np.float32]

Stamp = tuple[tuple[int, int], ...] | None
"""Where each weight lies and how often it was changed; None where nobody counts."""

_KEPT = 2
_KEPT_BYTES = 64 * 2**20
"""So many surroundings are kept of each network, if they are no larger: most voices are asked about again."""


class _Surroundings(NamedTuple):
    """What a network has made of a context, and the columns it was read from."""

    columns: Tensor | None
    rows: Tensor
    entering: Floats


@dataclass
class CpuWeights:
    """Weights in which the constants of the two activations are worked in, so that a step has less to do.

    σ(x) = (tanh(x / 2) + 1) / 2: the three gates squashed by σ stand first, their columns are halved, and the
    hidden state is carried at twice its size. gelu(x) = z (1 + erf z) / √2 with z = x / √2: the columns of
    the head are divided by √2, and so are the weights after it.
    """

    hidden: int
    table: Floats
    """[ΣC, 5 · hidden] for in, forget, out, new, and the head, each hidden wide: so everywhere."""
    offsets: Tensor
    """[C] the first table row of each own column."""
    entry: Tensor
    """[context + embedding, 5 · hidden]"""
    bias: Floats
    """[5 · hidden]"""
    recurrent: Tensor
    """[hidden, 5 · hidden]"""
    head: Tensor
    """[hidden, window + 2]"""
    head_bias: Floats
    """[window + 2]"""
    stamp: Stamp
    _kept: list[_Surroundings] = field(default_factory=list)

    def head_to(self, width: int) -> Tensor:
        """[hidden, width] the weights of the head, with zeros after its own scores."""
        return functional.pad(self.head, (0, width - self.head.shape[1])).contiguous()

    def bias_to(self, width: int) -> Floats:
        """[width] its bias, likewise."""
        return np.pad(self.head_bias, (0, width - len(self.head_bias)))

    def surroundings(self, network: ExpertNetwork, columns: Tensor | None, rows: Tensor) -> Floats:
        """[ΣC + N · T, 5 · hidden] the table, and after it what enters at each step whatever the line does.

        To be read only. The latter from the context `columns` [N, T, C] and the table `rows` [N, T, S] of
        those own columns that do not depend on the past. What was worked out last is kept, unless there is
        noise.
        """
        for kept in () if network.noise else self._kept:
            if _alike(kept.columns, columns) and _alike(kept.rows, rows):
                return kept.entering
        count, steps, _ = rows.shape
        is_same = bool((rows == rows[:, :1]).all())
        own = self.table[(rows[:, :1] if is_same else rows).numpy()].sum(axis=2) + self.bias
        read = entering(network, self.entry, columns, rows=count, steps=steps)
        found: Floats = np.empty((len(self.table) + count * steps, own.shape[-1]), np.float32)
        found[: len(self.table)] = self.table
        places = found[len(self.table) :].reshape(count, steps, -1)
        if read is None:
            places[:] = own
        else:
            np.add(read.numpy(), own, out=places)
        if found.nbytes <= _KEPT_BYTES and not network.noise:
            self._kept = [*self._kept[1 - _KEPT :], _Surroundings(columns, rows, found)]
        return found


_known: WeakKeyDictionary[ExpertNetwork, CpuWeights] = WeakKeyDictionary()


def weights_of(network: ExpertNetwork) -> CpuWeights:
    """The weights of a network; worked out anew only where they have changed since."""
    stamp = _stamp(network)
    known = _known.get(network)
    if known is None or known.stamp != stamp or stamp is None:
        known = _known[network] = _arranged(network, stamp)
    return known


def _stamp(network: ExpertNetwork) -> Stamp:
    weights = list(network.parameters())
    if any(each.is_inference() for each in weights):
        return None
    return tuple((each.data_ptr(), each._version) for each in weights)


def _arranged(network: ExpertNetwork, stamp: Stamp) -> CpuWeights:
    with torch.inference_mode():
        plain, size = unrolled(network), network.shape.hidden
        # torch has the order in, forget, new, out.
        order = torch.cat([torch.arange(size) + size * block for block in (0, 1, 3, 2, 4)])
        scale = torch.full((5 * size,), 0.5)
        scale[3 * size : 4 * size] = 1.0
        scale[4 * size :] = math.sqrt(0.5)
        head = plain.output.weight.T * math.sqrt(0.5)
        return CpuWeights(
            hidden=size,
            table=(plain.table[:, order] * scale).numpy(),
            offsets=plain.offsets,
            entry=(plain.entry[:, order] * scale).contiguous(),
            bias=(plain.bias[order] * scale).numpy(),
            recurrent=(plain.recurrent[:, order] * (0.5 * scale)).contiguous(),
            head=head,
            head_bias=plain.output.bias.numpy(),
            stamp=stamp,
        )


def _alike(one: Tensor | None, other: Tensor | None) -> bool:
    if one is None or other is None:
        return one is other
    return torch.equal(one, other)
