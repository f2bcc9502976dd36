"""The dock “Proofreading”: what is odd, where, and in which voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.engine.proofreading import UNLIKELY, Finding
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.views.theme import UNIT
from harmonizer_gui.views.why.words import fault_words

MOST_ROWS: Final = 500
_FINDING: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """A finding, and its place and notes in words."""

    finding: Finding
    place: str
    notes: str


class ProofreadingPanel(QWidget):
    """Shows the findings; nothing is corrected here."""

    finding_asked = Signal(object)
    """`Finding`: go there."""
    threshold_asked = Signal(float)
    """Bits from which on a note is told."""

    def __init__(self, marks: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows: list[Row] = []
        self.count = QLabel(self)
        self.threshold = QDoubleSpinBox(self)
        self.marks = QCheckBox(self.tr("Marks on the roll"), self)
        self.list = QTreeWidget(self)
        self._build_list()
        body = QVBoxLayout(self)
        body.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        body.setSpacing(UNIT // 2)
        body.addLayout(self._make_head(marks))
        body.addWidget(self.list, 1)

    def _make_head(self, marks: QAction) -> QHBoxLayout:
        self.threshold.setProperty("kind", "number")
        self.threshold.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.threshold.setRange(1.0, 20.0)
        self.threshold.setSingleStep(0.5)
        self.threshold.setDecimals(1)
        self.threshold.setSuffix(self.tr(" bits"))
        self.threshold.setAccessibleName(self.tr("From how many bits on a note counts as unlikely"))
        self.threshold.setToolTip(self.tr("5 bits: one in 32 by the product; 10 bits: one in 1,024"))
        self.threshold.valueChanged.connect(self.threshold_asked)
        self.marks.setChecked(marks.isChecked())
        self.marks.toggled.connect(marks.setChecked)
        marks.toggled.connect(self.marks.setChecked)
        words = QLabel(self.tr("Notes are unlikely from"), self)
        words.setBuddy(self.threshold)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.count, 1)
        row.addWidget(words)
        row.addWidget(self.threshold)
        row.addWidget(self.marks)
        return row

    def _build_list(self) -> None:
        self.list.setHeaderLabels([self.tr("Where"), self.tr("What"), self.tr("Voices"), self.tr("Notes")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAlternatingRowColors(False)
        self.list.setProperty("kind", "list")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("What proofreading has found"))
        self.list.setToolTip(self.tr("Click to go there"))
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemClicked.connect(self._ask)
        self.list.itemActivated.connect(self._ask)

    def sizeHint(self) -> QSize:
        return QSize(80 * UNIT, 12 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(50 * UNIT, 7 * self.fontMetrics().height())

    def show_threshold(self, threshold: float) -> None:
        self.threshold.blockSignals(True)  # noqa: FBT003  # Qt's signature
        self.threshold.setValue(threshold)
        self.threshold.blockSignals(False)  # noqa: FBT003  # Qt's signature

    def set_stale(self) -> None:
        """Say that the piece is being read anew; what was found last stays until then."""
        self.count.setText(self.tr("Reading …"))
        self.list.setEnabled(False)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what was found."""
        self.count.setText(self._summary(rows))
        self.list.setEnabled(True)
        if list(rows) == self._rows:
            return
        self._rows = list(rows)
        self.list.clear()
        self.list.addTopLevelItems([self._item(row) for row in rows[:MOST_ROWS]])

    def _summary(self, rows: Sequence[Row]) -> str:
        if not rows:
            return self.tr("Nothing found")
        unlikely = sum(row.finding.rule == UNLIKELY for row in rows)
        words = self.tr("Unlikely notes: {unlikely} · faults: {faults}")
        return words.format(unlikely=unlikely, faults=len(rows) - unlikely)

    def _item(self, row: Row) -> QTreeWidgetItem:
        finding = row.finding
        what = fault_words(finding.rule)
        if finding.rule == UNLIKELY:
            what = self.tr("{what}: {bits} bits").format(what=what, bits=f"{finding.bits:.1f}")
        voices = self.tr(" and ").join(voice_label(voice) for voice in finding.voices)
        item = QTreeWidgetItem([row.place, what, voices, row.notes])
        item.setData(0, _FINDING, finding)
        return item

    def _ask(self, item: QTreeWidgetItem) -> None:
        self.finding_asked.emit(item.data(0, _FINDING))
