"""The bar at the top: tools, grid, target, whose heat, and the one big button."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from harmonizer_gui.score import TICKS_PER_QUARTER, VoiceName
from harmonizer_gui.session.heat import OFF, PRODUCT
from harmonizer_gui.views.experts.names import source_label
from harmonizer_gui.views.generate_button import GenerateButton
from harmonizer_gui.views.icons import icon
from harmonizer_gui.views.roll.gestures import Tool as Tool
from harmonizer_gui.views.roll.grid import GRIDS as ROLL_GRIDS
from harmonizer_gui.views.theme import UNIT, Theme
from harmonizer_gui.views.tight_bar import TightBar, hiding
from harmonizer_gui.views.voice_chips import VoiceChips

GRIDS: Final = {grid.name: grid.ticks for grid in ROLL_GRIDS}
"""Ticks of a grid step by its name; T for triplets."""


class Toolbar(TightBar):
    """Shows tool, grid, target and whose heat lies on the roll, and asks for others.

    Where there is little room the tools do without words, then the lists; the tooltips still have them. At
    last the length of new notes is left to its key and its menu.

    `tool_asked` carries a `Tool`, `grid_asked` ticks, `target_asked` a `VoiceName`, `source_asked` the name
    of an expert, `PRODUCT` or `OFF`.
    """

    tool_asked = Signal(object)
    grid_asked = Signal(int)
    drawn_length_asked = Signal(bool)
    """Whether new notes shall be as long as the grid step."""
    target_asked = Signal(object)
    source_asked = Signal(str)
    generate_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tools = {tool: self._tool_button(tool) for tool in Tool}
        self.grid = self._combo(self.tr("Grid"), self.tr("Notes snap to this length; hold Alt for none"))
        self.drawn_length = self._combo(
            self.tr("Length of new notes"), self.tr("How long a note is that a click draws (Shift+D)")
        )
        self.chips = VoiceChips(self)
        self._source_index = 0
        self.sources = self._combo(
            self.tr("Heat on the roll"), self.tr("Whose heat lies on the roll (H: next)")
        )
        self.generate = GenerateButton(self)
        self._build()
        self._connect()
        self.set_tool(Tool.DRAW)
        self.set_grid(TICKS_PER_QUARTER // 2)
        self.set_drawn_length(as_grid=False)
        self.set_experts(())

    def _tool_button(self, tool: Tool) -> QToolButton:
        text, hint = {
            Tool.DRAW: (self.tr("Draw"), self.tr("Draw notes (D)")),
            Tool.SELECT: (self.tr("Select"), self.tr("Select and move notes (V)")),
            Tool.KNIFE: (self.tr("Knife"), self.tr("Split notes with the knife (K)")),
            Tool.ERASE: (self.tr("Erase"), self.tr("Erase notes (E)")),
            Tool.PAINT: (self.tr("Paint"), self.tr("Paint what you favour, with Alt what you avoid (P)")),
        }[tool]
        button = QToolButton(self)
        button.setText(f" {text}")  # the style sets icon and words too close
        button.setProperty("kind", "worded")
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _combo(self, name: str, hint: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setToolTip(hint)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * UNIT // 2, UNIT // 2, 3 * UNIT // 2, UNIT // 2)
        layout.setSpacing(UNIT // 2)
        for button in self.tools.values():
            layout.addWidget(button)
        layout.addSpacing(2 * UNIT)
        grid, heat = self._label(self.tr("Grid")), self._label(self.tr("Heat"))
        layout.addWidget(grid)
        layout.addWidget(self.grid)
        layout.addWidget(self.drawn_length)
        layout.addSpacing(2 * UNIT)
        layout.addWidget(self.chips)
        layout.addStretch(1)
        layout.addWidget(heat)
        layout.addWidget(self.sources)
        layout.addSpacing(UNIT)
        layout.addWidget(self.generate)
        self.give_way_by(self._shorten_tools, hiding(grid, heat), hiding(self.drawn_length))

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("kind", "muted")
        return label

    def _connect(self) -> None:
        for tool, button in self.tools.items():  # in a button group they would share one tab stop
            button.clicked.connect(partial(self._ask_tool, tool))
        for name, ticks in GRIDS.items():
            self.grid.addItem(name, ticks)
        self.grid.activated.connect(self._ask_grid)
        self.drawn_length.addItems([self.tr("Last length"), self.tr("Grid length")])
        self.drawn_length.activated.connect(self._ask_drawn_length)
        self.sources.activated.connect(self._ask_source)
        self.chips.target_asked.connect(self.target_asked)
        self.generate.generate_asked.connect(self.generate_asked)
        self.generate.cancel_asked.connect(self.cancel_asked)

    def set_theme(self, theme: Theme) -> None:
        size = self.fontMetrics().height()
        for tool, button in self.tools.items():
            button.setIcon(icon(tool.value, theme))
            button.setIconSize(QSize(size, size))
        self.chips.set_theme(theme)
        self.generate.set_theme(theme)

    def set_tool(self, tool: Tool) -> None:
        self._tool = tool
        for other, button in self.tools.items():
            button.setChecked(other is tool)

    def set_grid(self, ticks: int) -> None:
        """Show the grid of `ticks`; raise ValueError for one that has no name."""
        index = self.grid.findData(ticks)
        if index < 0:
            raise ValueError(f"there is no grid of {ticks} ticks")
        self._grid_index = index
        self.grid.setCurrentIndex(index)

    def set_drawn_length(self, *, as_grid: bool) -> None:
        """Show whether new notes are as long as the grid step, or as the last one."""
        self._is_grid_length = as_grid
        self.drawn_length.setCurrentIndex(int(as_grid))

    def set_target(self, voice: VoiceName) -> None:
        self.chips.set_target(voice)

    def set_experts(self, names: Iterable[str]) -> None:
        """Offer the heat of `names` beside that of the product and none."""
        shown = str(self.sources.itemData(self._source_index) or PRODUCT)
        self.sources.clear()
        for name in (PRODUCT, *names, OFF):
            self.sources.addItem(source_label(name), name)
        self.set_source(shown)

    def set_speaking(self, names: Iterable[str]) -> None:
        """Of the experts only these have something to say about the voice; the others are grey."""
        speaking = {PRODUCT, OFF, *names}
        items = self.sources.model()
        for index in range(self.sources.count()):
            item = items.item(index) if isinstance(items, QStandardItemModel) else None
            if item is not None:
                is_silent = self.sources.itemData(index) not in speaking
                item.setEnabled(not is_silent)
                item.setToolTip(self.tr("It has nothing to say about this voice") if is_silent else "")

    def set_source(self, name: str) -> None:
        """Show whose heat lies on the roll; the product's where `name` is not offered."""
        self._source_index = max(0, self.sources.findData(name))
        self.sources.setCurrentIndex(self._source_index)

    def set_task(self, text: str, *, reason: str = "") -> None:
        """Say what the big button will do; with a `reason` why it cannot, it is disabled and tells it."""
        self.generate.set_task(text, reason=reason)

    def set_progress(self, done: float | None) -> None:
        """Show how much, 0–1, of the generation is done; None when nothing runs."""
        self.generate.set_progress(done)

    def _shorten_tools(self, is_tight: bool) -> None:  # noqa: FBT001  # one way of several
        worded, wordless = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
            Qt.ToolButtonStyle.ToolButtonIconOnly,
        )
        for button in self.tools.values():
            button.setToolButtonStyle(wordless if is_tight else worded)

    def _ask_tool(self, tool: Tool) -> None:
        self.set_tool(self._tool)
        self.tool_asked.emit(tool)

    def _ask_grid(self, index: int) -> None:
        self.grid.setCurrentIndex(self._grid_index)
        self.grid_asked.emit(self.grid.itemData(index))

    def _ask_drawn_length(self, index: int) -> None:
        self.drawn_length.setCurrentIndex(int(self._is_grid_length))
        self.drawn_length_asked.emit(bool(index))

    def _ask_source(self, index: int) -> None:
        self.sources.setCurrentIndex(self._source_index)
        self.source_asked.emit(self.sources.itemData(index))
