"""The list of MIDI keyboards one can play on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

_SHORTEST = 12
"""Letters that are always seen: names of ports are long, and the bar is short."""


class InputChooser(QComboBox):
    """`input_asked` carries a name, empty for none; `list_wanted` goes out when the list opens."""

    input_asked = Signal(str)
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = ""
        self.setAccessibleName(self.tr("MIDI keyboard"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_SHORTEST)
        self.activated.connect(self._ask)
        self.set_inputs((), "")

    def showPopup(self) -> None:
        self.list_wanted.emit()
        super().showPopup()

    def set_inputs(self, names: Iterable[str], chosen: str, problem: str = "") -> None:
        """Offer `names`; `chosen` is marked where it is not there; `problem` says why there is none."""
        self._chosen = chosen
        self.clear()
        self.addItem(self.tr("None"), "")
        offered = list(names)
        for name in offered:
            self.addItem(name, name)
        if chosen and chosen not in offered:
            self.addItem(self.tr("{} (not there)").format(chosen), chosen)
        if problem:
            self._add_words(problem)
        self.setCurrentIndex(self.findData(chosen))
        hint = self.tr("The MIDI keyboard that notes are entered with")
        self.setToolTip(f"{hint}\n{problem}" if problem else hint)
        self._make_room()

    def _add_words(self, sentence: str) -> None:
        """A line that can be read but not chosen."""
        self.addItem(sentence, None)
        model = self.model()
        if isinstance(model, QStandardItemModel):
            model.item(self.count() - 1).setFlags(Qt.ItemFlag.NoItemFlags)

    def _make_room(self) -> None:
        """The open list is as wide as its longest line, however narrow the field."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(self.itemText(index)) for index in range(self.count()))
        self.view().setMinimumWidth(widest + 4 * metrics.averageCharWidth())

    def _ask(self, index: int) -> None:
        asked = self.itemData(index)
        self.setCurrentIndex(self.findData(self._chosen))
        if asked is not None:
            self.input_asked.emit(str(asked))
