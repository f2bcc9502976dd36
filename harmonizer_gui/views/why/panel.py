"""The dock “Why this note”: two cells, what each expert adds, the sentence, and what else could sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.engine.explaining import Chance, Explanation
from harmonizer_gui.engine.wording import sentence
from harmonizer_gui.score import KeySignature
from harmonizer_gui.views.experts.names import source_label
from harmonizer_gui.views.experts.probe import percent
from harmonizer_gui.views.theme import UNIT, Theme
from harmonizer_gui.views.tight_bar import TightBar, hiding
from harmonizer_gui.views.why.bars import Bars
from harmonizer_gui.views.why.words import cell_name, chance_words

MOST_CANDIDATES: Final = 12
NO_ROW: Final = -1
_PITCH: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Answer:
    """All that the dock shows of one question."""

    place: str
    """Where the cell lies: `bar 4, beat 2 of the alto`."""
    explanation: Explanation
    candidates: Sequence[Chance]
    written: int | None
    """The pitch that is written there."""
    silent: frozenset[str] = frozenset()
    """The experts that do not count in the mix."""
    key: KeySignature | None = None
    """By which the pitches are named."""


class CellLine(QWidget):
    """One of the two cells: how likely it is, and buttons to hear it and to put it in."""

    hear_asked = Signal(object)
    """Pitch (MIDI)."""
    put_in_asked = Signal(object)
    """Pitch (MIDI), None for silence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pitch: int | None = None
        self._words = QLabel(self)
        self.hear = QPushButton(self.tr("Hear it"), self)
        self.put_in = QPushButton(self.tr("Put it in"), self)
        self.hear.clicked.connect(lambda: self.hear_asked.emit(self._pitch))
        self.put_in.clicked.connect(lambda: self.put_in_asked.emit(self._pitch))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        row.addWidget(self._words, 1)
        row.addWidget(self.hear)
        row.addWidget(self.put_in)

    @property
    def text(self) -> str:
        return self._words.text()

    def set_narrow(self, on: bool) -> None:  # noqa: FBT001  # a way to make room
        """Let the words take more lines than one."""
        self._words.setWordWrap(on)

    def show_chance(self, chance: Chance, name: str, words: str, *, is_written: bool) -> None:
        self._pitch = chance.pitch
        self._words.setText(words.format(cell=name, chance=chance_words(chance)))
        self.hear.setEnabled(chance.pitch is not None)
        self.hear.setToolTip(self.tr("Hear {}").format(name) if chance.pitch is not None else "")
        self.hear.setAccessibleName(self.tr("Hear {}").format(name))
        self.put_in.setEnabled(not is_written)
        hint = self.tr("This is what is written") if is_written else self.tr("Write {} here: one undo step")
        self.put_in.setToolTip(hint.format(name))
        self.put_in.setAccessibleName(self.tr("Put in {}").format(name))


class BarsArea(QScrollArea):
    """Scrolls the bars up and down, and is as wide as they must be."""

    def __init__(self, bars: Bars, parent: QWidget) -> None:
        super().__init__(parent)
        self._bars = bars
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(bars)
        self.viewport().setAutoFillBackground(False)
        bars.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        width = self._bars.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())


class WhyPanel(QWidget):
    """Shows an `Answer`; what the user asks next leaves as a signal with a pitch (None for silence).

    In little room the list of what else is likely goes, and then the words on the two cells take more lines.
    """

    compare_asked = Signal(object)
    hear_asked = Signal(object)
    put_in_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = QLabel(self)
        self.title.setProperty("kind", "name")
        self.cell, self.other = CellLine(self), CellLine(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.bars = Bars(self)
        self._area = BarsArea(self.bars, self)
        self._beside = QWidget(self)
        self.candidates = QListWidget(self._beside)
        self._listed: tuple[list[Chance], KeySignature | None] = ([], None)
        self._hint = QLabel(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_hint())
        self._stack.addWidget(self._make_answer())
        for line in (self.cell, self.other):
            line.hear_asked.connect(self.hear_asked)
            line.put_in_asked.connect(self.put_in_asked)
        self.show_answer(None)

    def _make_hint(self) -> QWidget:
        self._hint.setProperty("kind", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return self._hint

    def _make_answer(self) -> QWidget:
        answer = TightBar(self)
        row = QHBoxLayout(answer)
        row.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        row.setSpacing(3 * UNIT)
        row.addLayout(self._make_words(), 4)
        row.addWidget(self._area, 5)
        row.addWidget(self._make_candidates(), 0)
        answer.give_way_by(hiding(self._beside), self.cell.set_narrow, self.other.set_narrow)
        return answer

    def _make_words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(UNIT // 2)
        for part in (self.title, self.cell, self.other, self.sentence):
            column.addWidget(part)
        column.addStretch(1)
        return column

    def _make_candidates(self) -> QWidget:
        heading = QLabel(self.tr("Likeliest here"), self._beside)
        heading.setProperty("kind", "muted")
        self.candidates.setAccessibleName(self.tr("Compare with another cell of this step"))
        self.candidates.setToolTip(self.tr("Click to compare with another cell of this step"))
        self.candidates.setFixedWidth(15 * UNIT + self.fontMetrics().horizontalAdvance("C♯4"))
        self.candidates.setProperty("kind", "list")
        self.candidates.setFrameShape(QFrame.Shape.NoFrame)
        self.candidates.setUniformItemSizes(True)
        self.candidates.itemClicked.connect(self._ask_candidate)
        self.candidates.itemActivated.connect(self._ask_candidate)
        column = QVBoxLayout(self._beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(heading)
        column.addWidget(self.candidates, 1)
        return self._beside

    def sizeHint(self) -> QSize:
        return QSize(90 * UNIT, 12 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60 * UNIT, 8 * self.fontMetrics().height())

    def set_theme(self, theme: Theme) -> None:
        self.bars.set_theme(theme)

    @property
    def is_answering(self) -> bool:
        return self._stack.currentIndex() == 1

    def show_answer(self, answer: Answer | None, *, is_coming: bool = False) -> None:
        """None for no question, or for one whose answer is coming."""
        self._hint.setText(
            self.tr("The experts are being asked …")
            if is_coming
            else self.tr("Point at a cell of the roll, or select a note, and press W.")
        )
        self._stack.setCurrentIndex(0 if answer is None else 1)
        if answer is None:
            return
        told = answer.explanation
        cell, other = (cell_name(chance.pitch, answer.key) for chance in (told.cell, told.other))
        self.title.setText(self.tr("{cell} in {place}").format(cell=cell, place=answer.place))
        is_written = told.cell.pitch == answer.written
        words = self.tr("{cell}: {chance}, written") if is_written else self.tr("{cell}: {chance}")
        self.cell.show_chance(told.cell, cell, words, is_written=is_written)
        other_is_written = told.other.pitch == answer.written
        words = self.tr("against {cell}: {chance}")
        if other_is_written:
            words = self.tr("against {cell}: {chance}, written")
        self.other.show_chance(told.other, other, words, is_written=other_is_written)
        self.sentence.setText(self._sentence(told, cell, other))
        self.bars.show_values(told.contributions, told.log_ratio, (cell, other), silent=answer.silent)
        self._area.updateGeometry()
        self._show_candidates(answer)

    def _sentence(self, told: Explanation, cell: str, other: str) -> str:
        words = sentence(told.contributions, cell, other, source_label, QCoreApplication.translate)
        if told.averaged:
            words += " " + self.tr("This step is not written yet: a mean over sampled lines.")
        return words

    def _show_candidates(self, answer: Answer) -> None:
        told = answer.explanation
        others = [chance for chance in answer.candidates if chance.pitch != told.cell.pitch][:MOST_CANDIDATES]
        if (others, answer.key) != self._listed:
            self._listed = (others, answer.key)
            self.candidates.clear()
            for chance in others:
                name = cell_name(chance.pitch, answer.key)
                item = QListWidgetItem(f"{name}   {percent(chance.probability)}")
                item.setData(_PITCH, chance.pitch)
                self.candidates.addItem(item)
        pitches = [chance.pitch for chance in others]
        self.candidates.setCurrentRow(
            pitches.index(told.other.pitch) if told.other.pitch in pitches else NO_ROW
        )

    def set_stale(self, *, on: bool) -> None:
        """Dim the numbers while newer ones are on their way."""
        self.bars.set_stale(on=on)

    def _ask_candidate(self, item: QListWidgetItem) -> None:
        self.compare_asked.emit(item.data(_PITCH))
