"""Ties the heat to the roll, to the choice of its source, and to what is said of the cell under the mouse."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.requests import HarmonyModel
from harmonizer_gui.score import pitch_name
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.heat import OFF, PRODUCT, HeatChange, HeatModel
from harmonizer_gui.session.worker import Worker
from harmonizer_gui.views.experts import Probe, source_label
from harmonizer_gui.views.experts.probe import percent
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.grid import place_of
from harmonizer_gui.views.roll.roll import Hover


class HeatBinder(QObject):
    """Lays the heat on the roll; toolbar, key and panel choose whose."""

    def __init__(self, window: MainWindow, document: Document, heat: HeatModel, worker: Worker) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._heat = heat
        self._hover: Hover | None = None
        self._speaking: tuple[str, ...] = ()
        heat.changed.connect(self._on_heat_changed)
        worker.loaded.connect(self._on_model_loaded)
        window.toolbar.source_asked.connect(heat.set_source)
        window.actions_["next-heat"].triggered.connect(self._choose_next)
        window.roll.hovered.connect(self._on_hovered)
        window.roll.navigator.changed.connect(self._on_view_changed)
        window.set_model(self.tr("The model is loading …"))

    @Slot(object)
    def _on_model_loaded(self, model: HarmonyModel) -> None:
        self._window.toolbar.set_experts(model.experts)
        self._window.toolbar.set_source(self._heat.source)
        self._window.toolbar.set_speaking(self._heat.speaking)
        self._window.set_model(f"{model.device} · {model.name}")

    @Slot(object)
    def _on_heat_changed(self, change: HeatChange) -> None:
        heat, window = self._heat, self._window
        if change.source:
            window.toolbar.set_source(heat.source)
            window.set_status(self._source_words())
        if heat.speaking != self._speaking:
            self._speaking = heat.speaking
            window.toolbar.set_speaking(heat.speaking)
        window.roll.set_heat(heat.shown, stale=heat.stale)
        if self._hover is not None:  # else others may have something to say there
            self._show_probe()

    def _source_words(self) -> str:
        source = self._heat.source
        if source == OFF:
            return self.tr("No heat on the roll")
        words = self.tr("Heat on the roll: {}").format(source_label(source))
        if source != PRODUCT and not self._document.mix.factor(source):
            words += self.tr(" · at exponent 0 it finds all notes alike")
        return words

    def _choose_next(self) -> None:
        """From one to the next with something to say about the voice."""
        speaking = (PRODUCT, *self._heat.speaking, OFF)
        sources = (PRODUCT, *self._heat.experts, OFF)
        here = sources.index(self._heat.source) if self._heat.source in sources else 0
        later = (*sources[here + 1 :], *sources)
        self._heat.set_source(next(source for source in later if source in speaking))

    @Slot(object)
    def _on_view_changed(self, view: Coordinates) -> None:
        self._window.experts.set_view_range(view.left, view.right, view.bottom, view.top)

    @Slot(object)
    def _on_hovered(self, hover: Hover | None) -> None:
        self._hover = hover
        self._show_probe()

    def _show_probe(self) -> None:
        hover = self._hover
        if hover is None:
            self._window.set_hover("")
            self._window.experts.set_probe(None)
            return
        step = int(hover.tick // STEP_TICKS)
        values = self._heat.probabilities_at(step, hover.pitch)
        self._window.experts.set_probe(Probe(step, hover.pitch, values))
        self._window.set_hover(
            " · ".join([self._place_words(hover), *self._heat_words(step, hover.pitch, values)])
        )

    def _place_words(self, hover: Hover) -> str:
        score = self._document.score
        place, key = place_of(score, hover.tick), score.key_at(int(hover.tick))
        return self.tr("{pitch} · bar {bar}, beat {beat}").format(
            pitch=pitch_name(hover.pitch, key), bar=place.bar, beat=place.beat
        )

    def _heat_words(self, step: int, pitch: int, values: Mapping[str, float]) -> tuple[str, ...]:
        """What the heat on the roll says of the place: an expert is named, the product needs no name."""
        source = self._heat.source
        if source not in values:
            return ()
        rank = self._heat.rank_at(source, step, pitch)
        words = self.tr("{percent}, rank {rank}").format(percent=percent(values[source]), rank=rank)
        return (words,) if source == PRODUCT else (f"{source_label(source)} {words}",)
