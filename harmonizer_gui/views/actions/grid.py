"""The grid that notes snap to."""

from __future__ import annotations

from typing import Final

from harmonizer_gui.views.actions.spec import Spec, Where, tr
from harmonizer_gui.views.roll.grid import GRIDS, Grid

_KEYS: Final = {32: "2", 16: "3", 8: "4", 4: "5", 2: "6", 1: "7"}
"""By the denominator, as in MuseScore."""


def grid_action(grid: Grid) -> str:
    """The name of the action that chooses `grid`."""
    return f"grid-{grid.name}"


def specs() -> list[Spec]:
    roll = Where.ROLL
    lengths = {
        1: tr("Whole notes"),
        2: tr("Half notes"),
        4: tr("Quarter notes"),
        8: tr("Eighth notes"),
        16: tr("Sixteenth notes"),
        32: tr("Thirty-second notes"),
    }
    found = []
    for grid in GRIDS:
        text, keys = lengths[grid.denominator], (_KEYS[grid.denominator],)
        if grid.triplet or grid.dotted:
            text = (tr("{}, triplets") if grid.triplet else tr("{}, dotted")).format(text)
        is_plain = not (grid.triplet or grid.dotted)
        found.append(Spec(grid_action(grid), text, keys if is_plain else (), roll, checkable=True))
    return [*found, Spec("grid-triplets", tr("&Triplets"), ("Shift+T",), roll, checkable=True)]
