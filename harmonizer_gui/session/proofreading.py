"""The proofreading list: what model and textbook find odd in all four voices, read while the user pauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from harmonizer_gui.engine.analysis import product_log_probs
from harmonizer_gui.engine.guidance import Guidance
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.proofreading import Finding, faults_of, unlikely_notes
from harmonizer_gui.engine.requests import AnalysisRequest, HarmonyModel
from harmonizer_gui.engine.surprise import NoteBits, bits, note_bits
from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.reading import reads_alike
from harmonizer_gui.session.worker import Job, Worker

PAUSE_MS = 300
"""The piece is read again when it has rested for this long."""
USUAL_THRESHOLD = 5.0
"""Bits from which on a note is told: one in 32."""


@dataclass(frozen=True)
class _Copy:
    """What is read: a snapshot of the piece and of how its experts are mixed and guided."""

    score: Score
    mix: Mix
    guidance: Guidance

    def says_the_same(self, other: _Copy | None) -> bool:
        return (
            other is not None
            and (self.mix, self.guidance) == (other.mix, other.guidance)
            and reads_alike(self.score, other.score)
        )


@dataclass(frozen=True)
class _Page:
    """What was found in a copy: the faults, or what the notes of a voice cost."""

    copy: _Copy
    voice: VoiceName | None
    notes: list[NoteBits] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)


class Proofreader(QObject):
    """Reads while it is active: each voice is a question of its own, so that nothing has to wait for all.

    Until the piece has been read anew, the last findings stay and are stale. A note that the model cannot
    read leaves the list empty, as it does the heat.
    """

    changed = Signal()
    failed = Signal(object)
    """`Failure`"""

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker
        self._threshold = USUAL_THRESHOLD
        self._is_active = False
        self._read: _Copy | None = None
        self._reading: _Copy | None = None
        self._priced: dict[VoiceName, list[NoteBits]] = {}
        self._faults: list[Finding] = []
        self._fresh: dict[VoiceName, list[NoteBits]] = {}
        self._faults_read: list[Finding] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        document.changed.connect(self._on_document_changed)
        worker.loaded.connect(self._on_model_loaded)

    @property
    def threshold(self) -> float:
        """Bits from which on a note is unlikely."""
        return self._threshold

    def set_threshold(self, threshold: float) -> None:
        if threshold != self._threshold:
            self._threshold = threshold
            self.changed.emit()

    @property
    def findings(self) -> list[Finding]:
        """In order of time."""
        unlikely = [
            finding
            for voice, priced in self._priced.items()
            for finding in unlikely_notes(voice, priced, self._threshold)
        ]
        return sorted([*unlikely, *self._faults])

    @property
    def stale(self) -> bool:
        """Whether the piece has changed since it was read."""
        return not self._copy().says_the_same(self._read)

    def set_active(self, *, on: bool) -> None:
        """Whether anybody looks."""
        self._is_active = on
        if on and self.stale:
            self._begin()

    def _copy(self) -> _Copy:
        return _Copy(self._document.score, self._document.mix, self._document.guidance)

    @Slot()
    def _begin(self) -> None:
        copy = self._copy()
        if self._is_active and self._worker.model is not None and not copy.says_the_same(self._reading):
            self._reading, self._fresh = copy, {}
            self._connect(self._worker.run(partial(_faults_page, copy)))

    def _connect(self, job: Job) -> None:
        job.done.connect(self._on_page)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_page(self, page: _Page) -> None:
        """Take in what was read, and read on; what is about an older copy is dropped."""
        copy = self._reading
        if page.copy is not copy or copy is None:
            return
        if page.voice is None:
            self._faults_read = page.faults
        else:
            self._fresh[page.voice] = page.notes
        left = [voice for voice in VoiceName if voice not in self._fresh and len(copy.score.voice(voice))]
        if left:
            self._connect(self._worker.ask(partial(_voice_page, copy, left[0])))
        else:
            self._show(copy, self._fresh, self._faults_read)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        """What the model cannot read is told with the heat already; of all else there is a message."""
        if self._reading is not None:
            self._show(self._reading, {}, [])
        if failure.details:
            self.failed.emit(failure)

    def _show(self, copy: _Copy, priced: dict[VoiceName, list[NoteBits]], faults: list[Finding]) -> None:
        self._read, self._reading = copy, None
        self._priced, self._faults = priced, faults
        self.changed.emit()

    @Slot(object)
    def _on_model_loaded(self, _model: object) -> None:
        self._read = self._reading = None
        self._begin()

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if change.piece:
            self._read, self._reading, self._priced, self._faults = None, None, {}, []
            self.changed.emit()
        if self._is_active and (change.score or change.mix or change.guidance):
            self.changed.emit()
            self._pause.start()


def _faults_page(copy: _Copy) -> _Page:
    return _Page(copy, None, faults=faults_of(copy.score, copy.guidance))


def _voice_page(copy: _Copy, voice: VoiceName, model: HarmonyModel) -> _Page:
    """What each note of a voice costs, with its rests as they are written. For the model thread."""
    request = AnalysisRequest(copy.score, voice, copy.mix, guidance=copy.guidance, as_written=True)
    analysis = model.analyse(request)
    steps = bits(analysis, product_log_probs(analysis, copy.mix))
    return _Page(copy, voice, notes=note_bits(copy.score.voice(voice), steps))
