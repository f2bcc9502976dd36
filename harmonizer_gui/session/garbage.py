"""Python's search for garbage, kept from holding up the window."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Slot

from harmonizer_gui.session.heat import HeatChange, HeatModel

YOUNG = 20_000
"""New objects before the young ones are looked through; Python's 700 is for programs without torch."""


class Garbage(QObject):
    """Looks through few objects, and never again through those that are there when the first heat is.

    The libraries are loaded by then: a quarter of a million objects, which stay. A full search took 130 ms
    of the GUI thread with them and takes none without. For the program itself only, not for tests.
    """

    def __init__(self, heat: HeatModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heat = heat
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
        heat.changed.connect(self._on_heat)

    @Slot(object)
    def _on_heat(self, change: HeatChange) -> None:
        if change.product:
            self._heat.changed.disconnect(self._on_heat)
            gc.freeze()
