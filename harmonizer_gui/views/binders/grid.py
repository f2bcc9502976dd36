"""Ties the grid, and how long a drawn note is, to toolbar, keys and settings."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.actions import grid_action
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.grid import GRIDS, Grid

GRID_LENGTH: Final = "drawn-length"
"""The action, and the name in the settings."""


class GridBinder(QObject):
    """The grid is kept for the next time, and so is whether new notes are as long as its step."""

    changed = Signal()
    """The roll has another grid."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        toolbar, actions = window.toolbar, window.actions_
        toolbar.grid_asked.connect(self.set_grid)
        for grid in GRIDS:
            actions[grid_action(grid)].triggered.connect(partial(self.set_grid, grid.ticks))
        actions["grid-triplets"].triggered.connect(self._set_triplets)
        actions[GRID_LENGTH].toggled.connect(self._set_drawn_length)
        toolbar.drawn_length_asked.connect(actions[GRID_LENGTH].setChecked)
        self._show(window.roll.grid)
        self.set_grid(settings.grid_ticks)
        actions[GRID_LENGTH].setChecked(settings.switch(GRID_LENGTH, usual=False))

    @Slot(int)
    def set_grid(self, ticks: int) -> None:
        """Snap to a grid of `ticks`; one that is not offered is passed over."""
        grid = next((grid for grid in GRIDS if grid.ticks == ticks), None)
        if grid is not None:
            self._settings.grid_ticks = ticks
            self._show(grid)
            self.changed.emit()

    def _show(self, grid: Grid) -> None:
        window, actions = self._window, self._window.actions_
        window.roll.set_grid(grid)
        window.toolbar.set_grid(grid.ticks)
        actions[grid_action(grid)].setChecked(True)
        actions["grid-triplets"].setChecked(grid.triplet)
        reason = self.tr("The grid has no triplets of {}").format(grid.name)
        actions.disable("grid-triplets", "" if _with_triplets(grid, on=not grid.triplet) else reason)

    @Slot(bool)
    def _set_triplets(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        grid = _with_triplets(self._window.roll.grid, on=on)
        if grid is not None:
            self.set_grid(grid.ticks)

    @Slot(bool)
    def _set_drawn_length(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self._settings.set_switch(GRID_LENGTH, on=on)
        self._window.roll.set_drawn_length(as_grid=on)
        self._window.toolbar.set_drawn_length(as_grid=on)


def _with_triplets(grid: Grid, *, on: bool) -> Grid | None:
    """The grid of the same length with triplets, or without; None where none is offered."""
    wanted = Grid(grid.denominator, triplet=on)
    return wanted if wanted in GRIDS else None
