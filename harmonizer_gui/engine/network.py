"""The network inside every learned expert: columns of categories in, scores of intervals out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """Sizes of one network. `context` is the width of each direction of the context LSTM."""

    embedding: int
    hidden: int
    context: int = 0
    dropout: float = 0.25


class ColumnEmbedding(nn.Module):
    """The sum of the embeddings of several columns of categories."""

    def __init__(self, sizes: Sequence[int], width: int) -> None:
        super().__init__()
        offsets = torch.tensor([sum(sizes[:index]) for index in range(len(sizes))])
        self.register_buffer("offsets", offsets, persistent=False)
        self.offsets: Tensor
        self.weight = nn.Parameter(torch.randn(sum(sizes), width) * 0.25)

    def forward(self, columns: Tensor) -> Tensor:
        """[..., C] categories → [..., width]."""
        flat = (columns + self.offsets).flatten(0, -2)
        summed: Tensor = functional.embedding_bag(flat, self.weight, mode="sum")
        return summed.view(*columns.shape[:-1], summed.shape[-1])


class TimeDropout(nn.Module):
    """Dropout whose mask is one for all steps of a sequence [B, T, D] (Gal & Ghahramani, 2016)."""

    def __init__(self, probability: float) -> None:
        super().__init__()
        self.probability = probability

    def forward(self, values: Tensor) -> Tensor:
        if not self.training or self.probability == 0.0:
            return values
        mask = torch.empty_like(values[:, :1]).bernoulli_(1.0 - self.probability)
        return values * mask / (1.0 - self.probability)


class ExpertNetwork(nn.Module):
    """A bidirectional LSTM over the context, a causal LSTM over the own past, and a head on both.

    Without context columns the first of the three is left out. The inputs may be blurred by noise: in
    training against too much trust in them, afterwards so that other ways are found (Goree, “Taking the
    Product”, 2016).
    """

    noise: float = 0.0
    """Standard deviation of Gaussian noise added to the embedded inputs, own and context; 0 draws nothing.

    The embeddings begin with a deviation of 0.25 for each column. The numbers come from torch's global
    generator."""

    def __init__(
        self, shape: NetworkShape, *, context_sizes: Sequence[int], own_sizes: Sequence[int], outputs: int
    ) -> None:
        super().__init__()
        self.shape = shape
        width = 2 * shape.context if context_sizes else 0
        if context_sizes:
            self.context_embedding = ColumnEmbedding(context_sizes, shape.embedding)
            self.context_lstm = nn.LSTM(shape.embedding, shape.context, batch_first=True, bidirectional=True)
        self.context_width = width
        self.own_embedding = ColumnEmbedding(own_sizes, shape.embedding)
        self.lstm = nn.LSTM(width + shape.embedding, shape.hidden, batch_first=True)
        self.hidden_layer = nn.Linear(shape.hidden + width + shape.embedding, shape.hidden)
        self.output_layer = nn.Linear(shape.hidden, outputs)
        self.dropout = TimeDropout(shape.dropout)

    def read_context(self, columns: Tensor) -> Tensor:
        """[B, T, C] → [B, T, 2 · context], before and after each step."""
        embedded = self.dropout(self._blurred(self.context_embedding(columns)))
        result: Tensor = self.dropout(self.context_lstm(embedded)[0])
        return result

    def forward(self, context_columns: Tensor | None, own_columns: Tensor) -> Tensor:
        """Scores [B, T, outputs] of whole lines; step t sees the own columns up to t."""
        own = self.dropout(self._blurred(self.own_embedding(own_columns)))
        inputs = own
        if context_columns is not None:
            inputs = torch.cat([self.read_context(context_columns), own], dim=-1)
        hidden = self.dropout(self.lstm(inputs)[0])
        features = functional.gelu(self.hidden_layer(torch.cat([hidden, inputs], dim=-1)))
        scores: Tensor = self.output_layer(features)
        return scores

    def _blurred(self, embedded: Tensor) -> Tensor:
        return embedded + self.noise * torch.randn_like(embedded) if self.noise else embedded


_LSTM = ("weight_hh_l0", "weight_ih_l0", "bias_hh_l0", "bias_ih_l0")


@dataclass(frozen=True, slots=True)
class UnrolledNetwork:
    """A network ready to be walked step by step.

    Embeddings enter the network linearly, so each is multiplied with the weights it meets once. What enters
    at a step goes to the gates (4 · hidden wide) and to the head's hidden layer (hidden wide) side by side.
    """

    hidden: int
    table: Tensor
    """[ΣC, 5 · hidden] what each category of each own column adds."""
    offsets: Tensor
    """[C] the first table row of each own column."""
    entry: Tensor
    """[2 · context + embedding, 5 · hidden] from what enters, read context first, to gates and head."""
    bias: Tensor
    """[5 · hidden]"""
    recurrent: Tensor
    """[hidden, 5 · hidden] from one hidden state to the next gates and to the head."""
    output: nn.Linear


def unrolled(network: ExpertNetwork) -> UnrolledNetwork:
    """Prepare a network in evaluation mode."""
    hidden, width = network.shape.hidden, network.context_width
    recurrent, inputs, bias_recurrent, bias_inputs = (network.lstm.get_parameter(name) for name in _LSTM)
    head = network.hidden_layer.weight
    entry = torch.cat([inputs, head[:, hidden:]]).T
    return UnrolledNetwork(
        hidden=hidden,
        table=network.own_embedding.weight @ entry[width:],
        offsets=network.own_embedding.offsets,
        entry=entry,
        bias=torch.cat([bias_recurrent + bias_inputs, network.hidden_layer.bias]),
        recurrent=torch.cat([recurrent, head[:, :hidden]]).T.contiguous(),
        output=network.output_layer,
    )


def entering(
    network: ExpertNetwork, entry: Tensor, context_columns: Tensor | None, *, rows: int, steps: int
) -> Tensor | None:
    """[rows, T, 5 · hidden] what a context [rows, T, C] adds at each step, and the noise on the own inputs.

    None if nothing. All lines along a context hear one noise.
    """
    width = network.context_width
    context = None if context_columns is None else network.read_context(context_columns) @ entry[:width]
    if network.noise:
        noise = network.noise * torch.randn(rows, steps, network.shape.embedding, device=entry.device)
        context = noise @ entry[width:] + (0.0 if context is None else context)
    return context


class NetworkStepper:
    """A network one step at a time: a table look-up, one product with the recurrent weights, and the head.

    `lines` lines run along each of the context’s B rows, as one batch of K = B · lines.
    """

    def __init__(
        self,
        network: ExpertNetwork,
        context_columns: Tensor | None,
        *,
        rows: int,
        lines: int,
        steps: int,
    ) -> None:
        self._network = unrolled(network)
        entered = entering(network, self._network.entry, context_columns, rows=rows, steps=steps)
        self._split = 4 * self._network.hidden
        self._context = self._network.bias.expand(1, 1, -1)
        if entered is not None:
            spread = entered.transpose(0, 1).repeat_interleave(lines, dim=1)
            self._context = (spread + self._network.bias).contiguous()
        batch = rows * lines
        self._from_last = torch.zeros(batch, self._split, device=self._network.bias.device)
        self._cell = torch.zeros(batch, self._network.hidden, device=self._network.bias.device)

    def step(self, time: int, own_columns: Tensor) -> Tensor:
        """Scores [K, outputs] for the step `time`, given the own columns [K, C] of that step."""
        network = self._network
        rows = own_columns + network.offsets
        entered = functional.embedding_bag(rows, network.table, mode="sum")
        entered = entered + self._context[time if len(self._context) > 1 else 0]
        gates = entered[:, : self._split] + self._from_last
        enter, forget, new, show = gates.chunk(4, dim=1)
        self._cell = torch.sigmoid(forget) * self._cell + torch.sigmoid(enter) * torch.tanh(new)
        hidden = torch.sigmoid(show) * torch.tanh(self._cell)
        onward = hidden @ network.recurrent
        self._from_last = onward[:, : self._split]
        features = functional.gelu(entered[:, self._split :] + onward[:, self._split :])
        scores: Tensor = network.output(features)
        return scores
