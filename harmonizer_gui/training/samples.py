"""Progress one can hear: the same chorale at several moments of the training."""

from __future__ import annotations

from pathlib import Path

import torch

from harmonizer_gui.engine.architecture import Architecture
from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.model import Model
from harmonizer_gui.engine.product import Product
from harmonizer_gui.engine.requests import FillRequest
from harmonizer_gui.files.formats import write
from harmonizer_gui.score import VoiceName
from harmonizer_gui.training.corpus import chorale_score

CHORALE = "bach/bwv269.mxl"


class Samples:
    """MIDI files in `folder`: BWV 269 as Bach wrote it, and with the alto of the product so far."""

    def __init__(self, folder: Path, architecture: Architecture, device: torch.device) -> None:
        self._folder = folder
        self._card = Card("sample", architecture)
        self._device = device
        self._chorale = chorale_score(CHORALE, range(4))
        folder.mkdir(parents=True, exist_ok=True)
        write(self._chorale, folder / "bwv269-bach.mid")

    def add(self, product: Product, minibatch: int) -> Path:
        """Write what `product` makes of the alto after `minibatch` minibatches, always with the same seed."""
        model = Model(self._card, product.eval(), self._device)
        *_, last = model.fill(FillRequest(self._chorale, (VoiceName.ALTO,)))
        path = self._folder / f"bwv269-{minibatch:06}.mid"
        write(last.takes[0], path)
        return path
