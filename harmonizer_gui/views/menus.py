"""The menu bar: every action in its place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QMenu, QMenuBar, QToolTip, QWidget

from harmonizer_gui.engine.surprise import Measure
from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.actions import Actions, grid_action, theme_action, to_voice_action, voice_action
from harmonizer_gui.views.actions.generate import SEVERAL, count_action, lock_voice_action, together_action
from harmonizer_gui.views.actions.heat import colors_action, scale_action
from harmonizer_gui.views.actions.transport import follow_action
from harmonizer_gui.views.actions.voices import label_action
from harmonizer_gui.views.actions.why import measure_action
from harmonizer_gui.views.follow import Follow
from harmonizer_gui.views.heat_scale import ColorMap, HeatMeasure
from harmonizer_gui.views.menu_letters import give_own_letters
from harmonizer_gui.views.roll.grid import GRIDS
from harmonizer_gui.views.roll.note_painting import Labels
from harmonizer_gui.views.theme import ThemeChoice

LINE = "-"
"""Stands for a separator."""


class Menus(QMenuBar):
    """File, Edit, View, Voice, Generate, Transport, Help."""

    recent_asked = Signal(object)
    """The path of a file used lately."""
    recent_wanted = Signal()
    """The list of files used lately is about to be seen."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = actions
        self.recent = QMenu(self.tr("Open &recent"), self)
        self.recent.aboutToShow.connect(self.recent_wanted)
        self._add_file()
        self._add_edit()
        self._add_view()
        voice = self._add(self.tr("V&oice"), [*map(voice_action, VoiceName), LINE])
        self._fill(self._add_submenu(voice, self.tr("&Move notes")), map(to_voice_action, VoiceName))
        self._fill(voice, ["exchange-voices", LINE, "select-voice", "clear-voice", LINE])
        self._fill(voice, ["mute-voice", "solo-voice", "hide-voice", "hear-all", "voices"])
        self._add_generate()
        self._add_transport()
        self._add(self.tr("&Help"), ["palette", "keys", "change-keys", LINE, "about"])
        give_own_letters((self, *self.findChildren(QMenu)))

    def set_recent(self, paths: Iterable[Path]) -> None:
        """Offer the files used lately; those that are gone are grey."""
        self.recent.clear()
        for path in paths:
            action = self.recent.addAction(str(path).replace("&", "&&"))
            action.setEnabled(path.exists())
            action.triggered.connect(partial(self.recent_asked.emit, path))
        if self.recent.isEmpty():
            self.recent.addAction(self.tr("None yet")).setEnabled(False)

    def _add_file(self) -> None:
        menu = self._add(self.tr("&File"), ["new", "open", "open-choosing", "chorales", "demo"])
        menu.addMenu(self.recent)
        self._fill(menu, [LINE, "save", "save-as", LINE, "export", "export-sound"])
        pictures = self._add_submenu(menu, self.tr("Export p&icture"))
        self._fill(pictures, ["picture-whole", "picture-seen", "picture-experts"])
        self._fill(menu, [LINE, "quit"])

    def _add_edit(self) -> None:
        menu = self._add(self.tr("&Edit"), ["undo", "redo", LINE, "cut", "copy", "paste", "duplicate"])
        self._fill(menu, ["delete", LINE, "select-all", "select-others", "select-none"])
        self._fill(menu, ["next-note", "previous-note", LINE])
        moving = self._add_submenu(menu, self.tr("&Move"))
        self._fill(moving, ["enter-note", LINE])
        self._fill(moving, ["up", "down", "scale-up", "scale-down", "octave-up", "octave-down", LINE])
        self._fill(moving, ["later", "earlier", "longer", "shorter"])
        shaping = self._add_submenu(menu, self.tr("S&hape"))
        self._fill(shaping, ["join", "split", LINE, "quantise", "quantise-how", LINE])
        self._fill(shaping, ["fermata", "louder", "softer"])
        grid = self._add_submenu(menu, self.tr("&Grid"))
        self._fill(grid, [*map(grid_action, GRIDS), LINE, "grid-triplets", LINE, "drawn-length"])
        signs = self._add_submenu(menu, self.tr("Metre, tempo and &key"))
        self._fill(signs, ["change-metre", "change-tempo", "change-key", "change-pickup"])
        tools = self._add_submenu(menu, self.tr("&Tool"))
        self._fill(tools, ["draw", "select", "knife", "erase", "paint"])

    def _add_generate(self) -> None:
        menu = self.generate = self._add(self.tr("&Generate"), ["generate", "generate-several"])
        self._fill(self._add_submenu(menu, self.tr("N&umber of takes")), map(count_action, SEVERAL))
        self._fill(
            menu, [LINE, "generate-gaps", "generate-time", "rewrite", "more-alike", "less-alike", "compose"]
        )
        menu.addSeparator()
        painted = self._add_submenu(menu, self.tr("&Painted cells"))
        self._fill(painted, ["favour-selected", "avoid-selected", "unpaint-selected", LINE, "clear-painted"])
        self._fill(painted, [LINE, "wider-brush", "narrower-brush"])
        self._fill(menu, ["key-and-chords", LINE])
        together = self._add_submenu(menu, self.tr("&Voices written together"))
        self._fill(together, map(together_action, VoiceName))
        locks = self._add_submenu(menu, self.tr("L&ocked"))
        self._fill(locks, ["lock", "lock-bars", LINE, *map(lock_voice_action, VoiceName), LINE, "unlock-all"])
        takes = self._add_submenu(menu, self.tr("Ta&kes"))
        self._fill(takes, ["next-take", "previous-take", "compare-takes", "accept-take", LINE])
        self._fill(takes, ["sampled-heat"])
        self._fill(menu, [LINE, "escape"])

    def _add_transport(self) -> None:
        menu = self._add(self.tr("&Transport"), ["play", "loop", "loop-selection", "stop", LINE])
        self._fill(
            menu, ["record", "metronome", "count-in", LINE, "to-start", "previous-bar", "next-bar", LINE]
        )
        self._fill(menu, ["step-entry", "step-rest", "step-back", LINE])
        self._fill(self._add_submenu(menu, self.tr("&Follow the playhead")), map(follow_action, Follow))

    def _add_submenu(self, menu: QMenu, title: str) -> QMenu:
        submenu = menu.addMenu(title)
        submenu.installEventFilter(self)
        return submenu

    def _add_view(self) -> None:
        menu = self._add(self.tr("&View"), [])
        zoom = self._add_submenu(menu, self.tr("&Zoom"))
        self._fill(zoom, ["zoom-in", "zoom-out", LINE, "zoom-fit", "zoom-selection", "zoom-voice"])
        self._fill(menu, ["overview", "velocities", "chords", "scale-rows"])
        labels = self._add_submenu(menu, self.tr("&Written on the notes"))
        self._fill(labels, map(label_action, Labels))
        menu.addSeparator()
        self._add_heat(self._add_submenu(menu, self.tr("H&eat")))
        surprise = self._add_submenu(menu, self.tr("S&urprise"))
        self._fill(surprise, ["surprise", LINE, *map(measure_action, Measure), LINE])
        self._fill(surprise, ["next-surprise", "next-uncertain"])
        self._fill(menu, ["why", "why-against", "proof-marks", LINE])
        self._fill(menu, ["experts", "voices", "takes", "why-dock", "proofreading", "key-and-chords"])
        self._fill(menu, ["note-table", "history"])
        self._fill(menu, [LINE, "next-area", LINE])
        themes = self._add_submenu(menu, self.tr("&Theme"))
        self._fill(themes, map(theme_action, ThemeChoice))

    def _add_heat(self, menu: QMenu) -> None:
        self._fill(menu, ["next-heat", "heat-settings", LINE])
        self._fill(menu, [*map(scale_action, HeatMeasure), LINE, "heat-onsets", "heat-rests", LINE])
        self._fill(menu, [*map(colors_action, ColorMap), LINE, "other-mix", "copy-mix"])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An open menu has all letters: S in the file menu is for Save, not for the soprano.

        What is grey in it says why when the mouse rests there.
        """
        if isinstance(event, QHelpEvent) and isinstance(watched, QMenu):
            action = watched.actionAt(event.pos())
            if action is not None and not action.isEnabled():
                QToolTip.showText(event.globalPos(), action.toolTip(), watched)
            return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(watched, QMenu):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _add(self, title: str, names: Iterable[str]) -> QMenu:
        menu = self.addMenu(title)
        menu.installEventFilter(self)
        self._fill(menu, names)
        return menu

    def _fill(self, menu: QMenu, names: Iterable[str]) -> None:
        for name in names:
            if name == LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._own[name])
