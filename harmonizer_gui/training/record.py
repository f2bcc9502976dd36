"""What a run leaves for people in its folder: card.json, history.csv and curves.png."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harmonizer_gui.training.history import History, Row, draw_curves
from harmonizer_gui.training.trainer import Report


class RunRecord:
    """Keeps the record of the run in `folder`, brought up to date with every Report.

    `card` says what the run is: architecture, parameters, corpus, plan, seed, command, date.
    """

    def __init__(self, folder: Path, card: Mapping[str, Any]) -> None:
        self._folder = folder
        self._card = card
        self._history = History(folder)

    def begin(self, minibatch: int) -> None:
        """A run that goes on after `minibatch`, 0 for a new one."""
        self._history.begin(minibatch)
        if minibatch == 0:
            self._write_card({})

    def add(self, report: Report) -> None:
        self._history.add(Row(report.minibatch, report.product, report.valid, report.rate))
        if report.valid is not None:
            self._write_card({"valid": {"product": {"nats_per_step": report.best}}})
            draw_curves(self._history.rows(), self._folder / "curves.png")

    def _write_card(self, figures: Mapping[str, Any]) -> None:
        text = json.dumps({**self._card, "figures": figures}, indent=1, ensure_ascii=False)
        temporary = self._folder / "card.part"
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(self._folder / "card.json")
