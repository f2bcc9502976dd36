"""Ties the experts panel to the document and the heat."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.heat import PRODUCT, HeatChange, HeatModel
from harmonizer_gui.views.experts.panel import ExpertsPanel


class ExpertsBinder(QObject):
    """Hands the panel what the document and the heat hold, and them what the panel asks for.

    The range of the roll and the cell under the mouse come to the panel from the window.
    """

    def __init__(self, panel: ExpertsPanel, document: Document, heat: HeatModel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._document = document
        self._heat = heat
        panel.mix_asked.connect(self._set_mix)
        panel.source_asked.connect(heat.set_source)
        document.changed.connect(self._on_document_changed)
        heat.changed.connect(self._on_heat_changed)
        panel.set_mix(document.mix)
        self._on_heat_changed(HeatChange(product=True, experts=frozenset(heat.experts), source=True))

    def _reason(self) -> str:
        """Why the product has no heat, where it has none."""
        if self._heat.analysis is None:
            return self.tr("The heat appears when the model has loaded.")
        return self.tr("No expert counts: all are muted or at 0.")

    @Slot(object, str, object)
    def _set_mix(self, mix: Mix, text: str, gesture: object) -> None:
        self._document.set_mix(text, mix, gesture=gesture, initiator=self._panel)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if change.mix:
            self._panel.set_mix(self._document.mix)

    @Slot(object)
    def _on_heat_changed(self, change: HeatChange) -> None:
        if self._heat.experts not in ((), tuple(self._panel.experts)):
            self._panel.set_experts(self._heat.experts, self._heat.rules)
        if change.product:
            self._panel.set_heat(PRODUCT, self._heat.product)
            self._panel.set_note(self._reason())
            self._panel.set_averaged(on=self._heat.averaged)
            if self._heat.sampled:
                self._panel.set_sampled()
        for name in change.experts:
            self._panel.set_heat(name, self._heat.expert(name))
        if change.source:
            self._panel.set_source(self._heat.source)
        self._panel.set_stale(on=self._heat.stale)
