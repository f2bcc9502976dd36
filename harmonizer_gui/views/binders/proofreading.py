"""Ties the proofreading list and its marks to the session."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.engine.proofreading import UNLIKELY, Finding, notes_at
from harmonizer_gui.score import pitch_name
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.session.proofreading import Proofreader
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.grid import place_of
from harmonizer_gui.views.roll.marks import FindingsLayer
from harmonizer_gui.views.why.proofreading import ProofreadingPanel, Row


class ProofreadingBinder(QObject):
    """The piece is read while the list is open or the marks are on."""

    def __init__(self, window: MainWindow, document: Document, proofreader: Proofreader) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._proofreader = proofreader
        actions = window.actions_
        self._panel = ProofreadingPanel(actions["proof-marks"], window)
        self._panel.show_threshold(proofreader.threshold)
        window.add_dock("proofreading", self.tr("Proofreading"), self._panel)
        self._marks = FindingsLayer(window.roll.canvas.field, window.roll.look)
        self._marks.hide()
        window.roll.add_layer(self._marks)
        for name in ("proofreading", "proof-marks"):
            actions[name].toggled.connect(self._on_toggled)
        self._panel.threshold_asked.connect(proofreader.set_threshold)
        self._panel.finding_asked.connect(self._go_to)
        proofreader.changed.connect(self._show)
        proofreader.failed.connect(self._on_failed)

    @property
    def panel(self) -> ProofreadingPanel:
        return self._panel

    @property
    def marks(self) -> FindingsLayer:
        return self._marks

    @Slot()
    def _on_toggled(self) -> None:
        actions = self._window.actions_
        has_marks = actions["proof-marks"].isChecked()
        self._marks.setVisible(has_marks)
        self._proofreader.set_active(on=has_marks or actions["proofreading"].isChecked())
        self._show()

    @Slot()
    def _show(self) -> None:
        self._panel.show_threshold(self._proofreader.threshold)
        findings, stale = self._proofreader.findings, self._proofreader.stale
        if not stale or not findings:
            self._show_findings(findings)
        if stale:
            self._panel.set_stale()
            self._marks.set_stale()

    def _show_findings(self, findings: list[Finding]) -> None:
        score = self._document.score
        notes = [notes_at(score, finding) for finding in findings]
        named = [[pitch_name(note.pitch, score.key_at(note.start)) for _, note in some] for some in notes]
        names = [" · ".join(each) for each in named]
        rows = [
            Row(finding, self._place(finding), text) for finding, text in zip(findings, names, strict=True)
        ]
        self._panel.show_rows(rows)
        pairs = list(zip(findings, notes, strict=True))
        unlikely = [note for finding, some in pairs if finding.rule == UNLIKELY for _, note in some]
        faulty = [some for finding, some in pairs if finding.rule != UNLIKELY]
        self._marks.set_findings(unlikely, faulty)

    def _place(self, finding: Finding) -> str:
        place = place_of(self._document.score, finding.start)
        return self.tr("bar {bar}, beat {beat}").format(bar=place.bar, beat=place.beat)

    @Slot(object)
    def _go_to(self, finding: Finding) -> None:
        """Select the notes, look at them, and edit one of their voices."""
        if self._document.target not in finding.voices:
            self._document.set_target(finding.voices[0], initiator=self)
        notes = notes_at(self._document.score, finding)
        selection = frozenset(NoteRef(voice, note) for voice, note in notes)
        self._document.select(selection, initiator=self)
        self._window.roll.navigator.reveal(selection)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._window.say(Message(failure.sentence, Severity.PROBLEM, failure.details))
