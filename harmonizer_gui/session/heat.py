"""The heat of the target voice: what the experts and their product say, kept up with the document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from harmonizer_gui.engine.alphabet import PITCHES, STEP_TICKS
from harmonizer_gui.engine.analysis import Analysis, Floats, Heat, heat_of
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.records import SampledHeat
from harmonizer_gui.engine.repainting import PAINTED, repainted
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.score import LOWEST_PITCH, VoiceName
from harmonizer_gui.session.answers import Analysed
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.reading import reads_alike
from harmonizer_gui.session.refining import Refiner
from harmonizer_gui.session.worker import Worker

PRODUCT = "product"
OFF = "off"
RESAMPLE_MS = 150
"""Sampled lines are drawn anew when the mix has rested for this long."""


@dataclass(frozen=True, slots=True)
class HeatChange:
    """What of the heat is to be painted anew."""

    product: bool = False
    experts: frozenset[str] = frozenset()
    source: bool = False
    stale: bool = False


class HeatModel(QObject):
    """Asks for an analysis whenever the music, the target or the guidance changes, and mixes it into heat.

    Until the new analysis lands, the last one stays and is marked as stale. A change of the mix needs no
    network: the heats it touches are mixed anew when they are next asked for. Where part of the voice is
    unwritten, the lines that the heat averages over are also drawn anew, once the mix rests. So it is with
    cells that are painted: the answer that is there, or awaited, gets what Painted now says of them.

    All heats are read-only float32 [T, 88]: the probability that each of the pitches 21–108 sounds, or with
    `onsets` that it is struck. An average over sampled lines grows finer while nothing else is wanted.
    """

    changed = Signal(object)
    """`HeatChange`"""

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker
        self._analysis: Analysis | None = None
        self._voice = document.target
        self._asked: AnalysisRequest | None = None
        self._mix = document.mix
        self._heats: dict[str, Heat] = {}
        self._onsets = False
        self._refiner = Refiner(worker, self)
        self._refiner.refined.connect(self._on_refined)
        self._sampled: SampledHeat | None = None
        self._source = PRODUCT
        self._is_stale = True
        self._latency_ms = 0.0
        self._resample = QTimer(self, singleShot=True, interval=RESAMPLE_MS)
        self._resample.timeout.connect(self._ask)
        document.changed.connect(self._on_document_changed)
        worker.loaded.connect(self._on_model_loaded)
        worker.analysed.connect(self._on_analysed)

    @property
    def analysis(self) -> Analysis | None:
        """The last analysis that landed, None before the first."""
        return self._analysis

    @property
    def voice(self) -> VoiceName:
        """The voice whose heat is held; while `stale`, not always the target."""
        return self._voice

    @property
    def stale(self) -> bool:
        """Whether the music, the target or the guidance has changed since the analysis was asked for."""
        return self._is_stale

    @property
    def averaged(self) -> bool:
        """Whether the heat is an average over sampled lines, because part of the voice is unwritten."""
        return self._analysis is not None and self._analysis.averaged

    @property
    def lines(self) -> int:
        """How many lines the heat is the average over; 0 where it is none."""
        if self._analysis is None or not self.averaged:
            return 0
        return max(len(self._analysis.tokens), self._refiner.lines)

    @property
    def onsets(self) -> bool:
        """Whether the heat is only of where a pitch is struck."""
        return self._onsets

    def set_onsets(self, *, on: bool) -> None:
        if on != self._onsets:
            self._onsets = on
            self._heats.clear()
            self._refine_again()
            self.changed.emit(HeatChange(product=True, experts=frozenset(self.experts)))

    @property
    def will_resample(self) -> bool:
        """Whether the sampled lines are from an older mix, and are drawn anew in a moment."""
        return self._resample.isActive()

    @property
    def latency_ms(self) -> float:
        """What the network took for the last analysis; 0 before the first."""
        return self._latency_ms

    @property
    def experts(self) -> tuple[str, ...]:
        """The names of the model's experts, empty until it is loaded."""
        return () if self._worker.model is None else self._worker.model.experts

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of those that need no training."""
        return () if self._worker.model is None else self._worker.model.rules

    @property
    def speaking(self) -> tuple[str, ...]:
        """The names of the experts with something to say about the voice; before the first answer, of all."""
        if self._analysis is None:
            return self.experts
        return tuple(name for name in self.experts if name in self._analysis.experts)

    @property
    def source(self) -> str:
        """Whose heat lies on the roll: PRODUCT, the name of an expert, or OFF."""
        return self._source

    def set_source(self, source: str) -> None:
        if source != self._source:
            self._source = source
            self.changed.emit(HeatChange(source=True))

    @property
    def sampled(self) -> bool:
        """Whether the heat is what a take was drawn from, and not that of the music as it stands."""
        return self._sampled is not None and self._sampled.voice == self._document.target

    def set_sampled(self, sampled: SampledHeat | None) -> None:
        """Show what a take was drawn from, where it wrote the target; None for the music as it stands."""
        if sampled is not self._sampled:
            self._sampled = sampled
            self.changed.emit(HeatChange(product=True, experts=frozenset(self.experts)))

    def _sampled_heat(self, source: str) -> Floats | None:
        if self._sampled is None:
            return None
        expert = None if source == PRODUCT else source
        return self._sampled.of(expert, -(-self._document.score.end // STEP_TICKS))

    @property
    def product(self) -> Floats | None:
        """The heat of the product; None before the first analysis, and where every factor is 0."""
        if self.sampled:
            return self._sampled_heat(PRODUCT)
        if self._analysis is None or not any(map(self._mix.effective, self._analysis.experts)):
            return None
        return self._heat(PRODUCT, self._analysis).cells

    def expert(self, name: str) -> Floats | None:
        """The heat of one expert, raised to its factor whether muted or not; None where there is none."""
        if self.sampled:
            return self._sampled_heat(name)
        if self._analysis is None or name not in self._analysis.experts:
            return None
        return self._heat(name, self._analysis).cells

    @property
    def shown(self) -> Floats | None:
        """The heat that lies on the roll, if any."""
        return self.product if self._source == PRODUCT else self.expert(self._source)

    @property
    def rests(self) -> Floats | None:
        """[T] how likely nothing sounds, by whoever has the roll; None where that is nobody, or not known."""
        if self.sampled or self._analysis is None or self.shown is None:
            return None
        return self._heat(self._source, self._analysis).rests

    def probabilities_at(self, step: int, pitch: int) -> dict[str, float]:
        """The probability that `pitch` (MIDI) sounds at `step`, by PRODUCT and by each expert.

        Empty where there is no heat: before the first analysis, past the end, outside 21–108.
        """
        heats = {PRODUCT: self.product} | {name: self.expert(name) for name in self.experts}
        column = pitch - LOWEST_PITCH
        return {
            name: float(heat[step, column])
            for name, heat in heats.items()
            if heat is not None and 0 <= step < len(heat) and 0 <= column < PITCHES
        }

    def rank_at(self, source: str, step: int, pitch: int) -> int | None:
        """1 where no pitch is likelier to sound at `step` than `pitch` (MIDI), 2 where one is, …

        By PRODUCT or an expert; None where there is no heat.
        """
        heat = self.product if source == PRODUCT else self.expert(source)
        column = pitch - LOWEST_PITCH
        if heat is None or not (0 <= step < len(heat) and 0 <= column < PITCHES):
            return None
        return 1 + int((heat[step] > heat[step, column]).sum())

    def _heat(self, name: str, analysis: Analysis) -> Heat:
        heat = self._heats.get(name)
        if heat is None:
            source = None if name == PRODUCT else name
            first = heat_of(analysis, source, self._mix, onsets=self._onsets)
            heat = self._heats[name] = self._refiner.add(source, first)
        return heat

    def _refine_again(self) -> None:
        """Forget what was added to the first lines; draw more where they are of this music and this mix."""
        self._refiner.stop()
        asked = self._asked
        if self._analysis is None or asked is None or not self.averaged or self._is_stale:
            return
        if self._weighs_alike(asked.mix, self._mix) and not self.will_resample:
            request = replace(asked, mix=self._mix)
            self._refiner.begin(request, len(self._analysis.tokens), onsets=self._onsets)

    @Slot()
    def _on_refined(self) -> None:
        self._heats.clear()
        self.changed.emit(HeatChange(product=True, experts=frozenset(self.experts)))

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if change.mix:
            self._remix(self._document.mix)
        if not (change.score or change.target or change.guidance) or self._is_about_now(self._asked):
            return
        if not self._repaint():
            self._set_stale()
            self._ask()

    def _is_about_now(self, asked: AnalysisRequest | None) -> bool:
        """Whether `asked` is about this music, this voice and this guidance."""
        return (
            asked is not None
            and asked.voice == self._document.target
            and asked.guidance == self._document.guidance
            and reads_alike(asked.score, self._document.score)
        )

    def _repaint(self) -> bool:
        """Where only painted cells have changed, make do with the answer that is there, or awaited.

        False where more has changed.
        """
        if self._asked is None or PAINTED not in self.experts:
            return False
        painted = replace(self._asked.guidance, painted=self._document.guidance.painted)
        asked = replace(self._asked, guidance=painted)
        if not self._is_about_now(asked):
            return False
        self._asked = asked
        if self._analysis is not None and not self._is_stale:
            self._lay_paint(self._analysis)
            self._heats.pop(PRODUCT, None)
            self._heats.pop(PAINTED, None)
            self.changed.emit(HeatChange(product=True, experts=frozenset({PAINTED})))
        return True

    def _lay_paint(self, analysis: Analysis) -> None:
        """Take `analysis` with what Painted says now; sampled lines are drawn anew when the brush rests."""
        self._analysis = repainted(analysis, self._voice, self._document.guidance)
        if self.averaged:
            self._refiner.stop()
            self._resample.start()

    def _set_stale(self) -> None:
        if not self._is_stale:
            self._is_stale = True
            self.changed.emit(HeatChange(stale=True))

    @Slot()
    def _ask(self) -> None:
        """Ask for an analysis of what is in the document now."""
        self._resample.stop()
        self._refiner.stop()
        if self._worker.model is None:
            return
        self._asked = AnalysisRequest(
            self._document.score,
            self._document.target,
            self._document.mix,
            guidance=self._document.guidance,
        )
        self._worker.analyse(self._asked)

    @Slot(object)
    def _on_model_loaded(self, _model: object) -> None:
        self._set_stale()
        self._ask()

    @Slot(object)
    def _on_analysed(self, answer: Analysed) -> None:
        self._analysis = answer.analysis
        self._voice = answer.request.voice
        self._latency_ms = answer.milliseconds
        self._heats.clear()
        if self.averaged and not self._weighs_alike(answer.request.mix, self._mix):
            self._resample.start()
        if PAINTED in self.experts and answer.request.guidance.painted != self._document.guidance.painted:
            self._lay_paint(answer.analysis)
        was_stale, self._is_stale = self._is_stale, False
        self._refine_again()
        self.changed.emit(
            HeatChange(product=True, experts=frozenset(answer.analysis.experts), stale=was_stale)
        )

    def _remix(self, mix: Mix) -> None:
        """Forget the heats that the change of mix touches, and have the sampled lines drawn anew."""
        before, self._mix = self._mix, mix
        experts = frozenset(e for e in self.experts if _sharpness(before, e) != _sharpness(mix, e))
        product = not self._weighs_alike(before, mix)
        for name in experts | ({PRODUCT} if product else frozenset()):
            self._heats.pop(name, None)
        if product and self.averaged:
            self._resample.start()
        if self._analysis is not None and (product or experts):
            self._refine_again()
            self.changed.emit(HeatChange(product=product, experts=experts))

    def _weighs_alike(self, one: Mix, other: Mix) -> bool:
        """Whether both mixes give the same product."""
        return all(one.effective(expert) == other.effective(expert) for expert in self.experts)


def _sharpness(mix: Mix, expert: str) -> float:
    """What one expert's own heat is raised to; mute and solo leave it visible."""
    return mix.factor(expert) / mix.temperature
