"""What a training run does: everything that decides it, apart from the corpus."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, replace

from harmonizer_gui.engine.architecture import Architecture
from harmonizer_gui.training.pieces import Masking


@dataclass(frozen=True)
class Plan:
    """Everything that decides what a training run does, apart from the corpus.

    The optimiser is AdamW with a warm-up and a cosine decay and an average of the weights over time (EMA):
    AdaDelta, which needs no rate, was well behind after equal minibatches (docs/model.md).
    """

    architecture: Architecture = field(default_factory=Architecture)
    seed: int = 1
    minibatches: int = 9_000
    crops: int = 8
    excerpt_steps: int = 96
    learning_rate: float = 2.5e-3
    exponent_rate: float = 2.5e-2
    weight_decay: float = 0.02
    warm_up: int = 100
    ema: float = 0.999
    readable: float = 0.3
    """Weight of the mean of the experts' own likelihoods beside the product's, which keeps each readable."""
    noise: float = 0.0
    """Standard deviation of the noise on every expert's inputs (`ExpertNetwork.noise`)."""
    masking: Masking = field(default_factory=Masking)
    late_hidden: float = 0.1
    """What `masking.hidden` falls to for the last fifth of the minibatches."""
    validate_every: int = 500
    patience: int = 4
    """Stop after so many validations without a better one."""
    bfloat16: bool = True

    def rate(self, minibatch: int) -> float:
        """Learning rate as a share of its highest: linear warm-up, then half a cosine down to 2 %."""
        if minibatch < self.warm_up:
            return (minibatch + 1) / self.warm_up
        done = (minibatch - self.warm_up) / max(1, self.minibatches - self.warm_up)
        return 0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * min(1.0, done)))

    def masking_at(self, minibatch: int) -> Masking:
        late = minibatch >= 0.8 * self.minibatches
        return (
            replace(self.masking, hidden=min(self.masking.hidden, self.late_hidden)) if late else self.masking
        )

    def to_values(self) -> dict[str, object]:
        """As JSON has them: in a card and in the state of a run."""
        values = {**asdict(self), "architecture": self.architecture.to_values()}
        plain: dict[str, object] = json.loads(json.dumps(values))
        return plain
