"""Ties how heat is shown – scale, strength, colours – to roll, pictures, colour bar, menu and settings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPoint, Slot

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.heat import OFF, HeatChange, HeatModel
from harmonizer_gui.session.opening import Opened
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.actions.heat import colors_action, scale_action
from harmonizer_gui.views.heat_scale import ColorMap, HeatLook, HeatMeasure, HeatScale, look_of
from harmonizer_gui.views.heat_settings import HeatSettings
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll.averaged_marks import AveragedMarks
from harmonizer_gui.views.roll.canvas import Row
from harmonizer_gui.views.roll.rest_lane import RestLane


class HeatLookBinder(QObject):
    """One look for all pictures of heat. It is kept for the next time, and with the piece."""

    def __init__(self, window: MainWindow, heat: HeatModel, settings: Settings, files: Files) -> None:
        super().__init__(window)
        self._window = window
        self._heat = heat
        self._settings = settings
        self._look = HeatLook()
        self.panel = HeatSettings(window)
        self.lane = RestLane(window.roll.look)
        self.marks = AveragedMarks(window.roll.canvas.field, window.roll.look)
        window.add_themed(self.panel)
        window.roll.add_strip(self.lane, Row.LANE, shown=False)
        window.roll.add_layer(self.marks)
        files.show("heat", self._view_state)
        files.opened.connect(self._on_opened)
        heat.changed.connect(self._on_heat_changed)
        self._connect()
        self._show(look_of(settings.heat))

    def _connect(self) -> None:
        window, actions = self._window, self._window.actions_
        self.panel.look_asked.connect(self.set_look)
        window.color_bar.scale_asked.connect(self._set_scale)
        window.color_bar.menu_asked.connect(self.panel.open_at)
        actions["heat-settings"].triggered.connect(self._open)
        actions["heat-onsets"].triggered.connect(lambda on: self.set_look(replace(self._look, onsets=on)))
        actions["heat-rests"].triggered.connect(lambda on: self.set_look(replace(self._look, rests=on)))
        for measure in HeatMeasure:
            actions[scale_action(measure)].triggered.connect(partial(self._set_measure, measure))
        for colors in ColorMap:
            actions[colors_action(colors)].triggered.connect(partial(self._set_colors, colors))

    @property
    def look(self) -> HeatLook:
        return self._look

    @Slot(object)
    def set_look(self, look: HeatLook) -> None:
        """Show heat so from now on, and the next time too."""
        if look != self._look:
            self._settings.heat = look.values()
        self._show(look)

    def _show(self, look: HeatLook) -> None:
        before, self._look = self._look, look
        roll, scale = self._window.roll, look.scale
        if scale != before.scale:
            roll.heat.set_scale(scale)
            self._window.experts.set_scale(scale)
            self._window.color_bar.set_scale(scale)
            self.lane.set_scale(scale)
        roll.heat.set_strength(look.opacity)
        if self.lane.isVisible() != look.rests:
            roll.show_strip(self.lane, on=look.rests)
        self._heat.set_onsets(on=look.onsets)
        self.panel.set_look(look)
        self._show_actions()
        self._show_rests()

    def _show_actions(self) -> None:
        actions, look = self._window.actions_, self._look
        actions["heat-onsets"].setChecked(look.onsets)
        actions["heat-rests"].setChecked(look.rests)
        actions[scale_action(look.scale.measure)].setChecked(True)
        actions[colors_action(look.scale.colors)].setChecked(True)

    @Slot(object)
    def _set_scale(self, scale: HeatScale) -> None:
        self.set_look(replace(self._look, scale=scale))

    def _set_measure(self, measure: HeatMeasure) -> None:
        self._set_scale(self._look.scale.with_measure(measure))

    def _set_colors(self, colors: ColorMap) -> None:
        self._set_scale(replace(self._look.scale, colors=colors))

    def _open(self) -> None:
        bar = self._window.color_bar
        self.panel.open_at(bar.mapToGlobal(QPoint(0, 0)))

    @Slot(object)
    def _on_heat_changed(self, _change: HeatChange) -> None:
        self._show_rests()
        self.marks.set_spans(self._unwritten(), self._words())

    def _show_rests(self) -> None:
        if self._look.rests:
            self.lane.set_rests(self._heat.rests, stale=self._heat.stale)

    def _unwritten(self) -> list[tuple[int, int]]:
        """The ticks whose heat on the roll is an average."""
        heat = self._heat
        if heat.analysis is None or heat.source == OFF or heat.sampled or not heat.averaged:
            return []
        edges = np.flatnonzero(np.diff(heat.analysis.written, prepend=True, append=True))
        return [(int(a) * STEP_TICKS, int(b) * STEP_TICKS) for a, b in list(pairwise(edges))[::2]]

    def _words(self) -> str:
        return self.tr("not written yet: average of {} sampled lines").format(self._heat.lines)

    def _view_state(self) -> dict[str, Any]:
        return {"source": self._heat.source, **self._look.values()}

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        """A project comes up with the heat it was left with."""
        kept = opened.view.get("heat")
        if isinstance(kept, dict):
            self._show(look_of(kept))
            source = kept.get("source")
            if isinstance(source, str) and source:
                self._heat.set_source(source)
