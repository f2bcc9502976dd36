"""The scroll bars of the roll, kept in step with its navigator."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from harmonizer_gui.views.roll.navigator import Navigator

SCROLL_STEP = 24
"""Pixels that a click on the arrow of a scroll bar moves."""


class ScrollBars(QObject):
    """`across` and `down`, to be laid beside the roll; a move of either is the user's wish to scroll."""

    def __init__(self, navigator: Navigator, parent: QWidget) -> None:
        super().__init__(parent)
        self._navigator = navigator
        self.across = QScrollBar(Qt.Orientation.Horizontal, parent)
        self.down = QScrollBar(Qt.Orientation.Vertical, parent)
        for bar in (self.across, self.down):
            bar.setSingleStep(SCROLL_STEP)
            bar.valueChanged.connect(self._on_scrolled)
        navigator.paper_changed.connect(self.place)

    def place(self) -> None:
        """Show where the view is on the paper."""
        view, paper = self._navigator.view, self._navigator.paper
        down = (paper.highest + 0.5 - view.top) * view.row_height
        _place(self.across, paper.end * view.tick_width, view.width, view.left * view.tick_width)
        _place(self.down, paper.rows * view.row_height, view.height, down)

    def _on_scrolled(self) -> None:
        view, paper = self._navigator.view, self._navigator.paper
        self._navigator.go_to(
            left=self.across.value() / view.tick_width,
            top=paper.highest + 0.5 - self.down.value() / view.row_height,
        )


def _place(bar: QScrollBar, whole: float, shown: float, value: float) -> None:
    with QSignalBlocker(bar):
        bar.setRange(0, max(0, round(whole - shown)))
        bar.setPageStep(round(shown))
        bar.setValue(round(value))
