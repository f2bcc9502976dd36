"""The small window at the row of a rule expert: a switch for each fault, and the ranges of the singers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from harmonizer_gui.engine.guidance import FAULTS, Guidance
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, VoiceName
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.views.experts.names import source_label
from harmonizer_gui.views.rules.pitch_field import PitchField
from harmonizer_gui.views.rules.words import fault_sentence
from harmonizer_gui.views.theme import UNIT
from harmonizer_gui.views.why.words import fault_words

RANGE: Final = "range"
_INDENT: Final = 24


class RulesPopover(QFrame):
    """The faults of one expert. It shows the guidance, and asks for another.

    `switch_asked` carries a fault and whether it shall be looked for; `range_asked` a voice, its lowest and
    its highest pitch and the gesture; `reset_asked` wants all of this expert as usual.
    """

    switch_asked = Signal(str, bool)
    range_asked = Signal(object, int, int, object)
    reset_asked = Signal(str)

    def __init__(self, expert: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.expert = expert
        self.setProperty("kind", "float")
        self.setAccessibleName(self.tr("Rules of {}").format(source_label(expert)))
        self.switches: Mapping[str, QCheckBox] = {fault: self._switch(fault) for fault in FAULTS[expert]}
        self.ranges: dict[VoiceName, tuple[PitchField, PitchField]] = {}
        self.reset = QPushButton(self.tr("&As usual"), self)
        self._lay_out()

    def _switch(self, fault: str) -> QCheckBox:
        switch = QCheckBox(fault_words(fault), self)
        switch.setToolTip(fault_sentence(fault))
        switch.setAccessibleDescription(fault_sentence(fault))
        switch.clicked.connect(lambda on, fault=fault: self.switch_asked.emit(fault, on))
        return switch

    def _lay_out(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 3 * UNIT // 2)
        body.setSpacing(UNIT // 2)
        heading = QLabel(source_label(self.expert).upper(), self)
        heading.setProperty("kind", "heading")
        body.addWidget(heading)
        for fault, switch in self.switches.items():
            body.addWidget(switch)
            sentence = QLabel(fault_sentence(fault), self)
            sentence.setProperty("kind", "muted")
            sentence.setIndent(_INDENT)
            body.addWidget(sentence)
        if self.expert == RANGE:
            body.addLayout(self._make_ranges())
        body.addSpacing(UNIT // 2)
        body.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.reset.clicked.connect(lambda: self.reset_asked.emit(self.expert))

    def _make_ranges(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(UNIT)
        grid.setVerticalSpacing(UNIT // 2)
        for row, voice in enumerate(VoiceName):
            name = voice_label(voice)
            low = PitchField(self.tr("Lowest note of the {}").format(name), self)
            high = PitchField(self.tr("Highest note of the {}").format(name), self)
            self.ranges[voice] = low, high
            grid.addWidget(QLabel(name.capitalize(), self), row, 0)
            grid.addWidget(low, row, 1)
            grid.addWidget(QLabel("–", self), row, 2)
            grid.addWidget(high, row, 3)
            for field in (low, high):
                field.pitch_asked.connect(lambda gesture, voice=voice: self._ask_range(voice, gesture))
        grid.setColumnStretch(4, 1)
        return grid

    def show_guidance(self, guidance: Guidance) -> None:
        """Show what is looked for, and who sings."""
        for fault, switch in self.switches.items():
            switch.setChecked(fault not in guidance.off)
        for voice, (low, high) in self.ranges.items():
            lowest, highest = guidance.range_of(voice)
            for field in (low, high):
                field.setEnabled(not guidance.off.intersection(FAULTS[RANGE]))
            with QSignalBlocker(low), QSignalBlocker(high):
                low.setRange(LOWEST_PITCH, highest)
                high.setRange(lowest, HIGHEST_PITCH)
                low.setValue(lowest)
                high.setValue(highest)
        self.reset.setEnabled(not is_usual(guidance, self.expert))

    def open_at(self, corner: QPoint) -> None:
        """Open with the upper right corner at `corner` (global), or as near to it as the screen allows."""
        self.adjustSize()
        left, top = corner.x() - self.width(), corner.y()
        room = self.screen().availableGeometry()
        left = max(room.left(), min(left, room.right() - self.width()))
        top = max(room.top(), min(top, room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        next(iter(self.switches.values())).setFocus()

    def _ask_range(self, voice: VoiceName, gesture: object) -> None:
        low, high = self.ranges[voice]
        self.range_asked.emit(voice, low.value(), high.value(), gesture)


def is_usual(guidance: Guidance, expert: str) -> bool:
    """Whether all rules of `expert` are on, and the singers the usual ones."""
    return not guidance.off.intersection(FAULTS[expert]) and (expert != RANGE or not guidance.ranges)


def rules_on(guidance: Guidance, expert: str) -> tuple[int, int]:
    """How many faults of `expert` are looked for, of how many."""
    faults = FAULTS[expert]
    return len(set(faults) - guidance.off), len(faults)
