"""The dock of the voices: a row for each, and how strongly those are painted that are not being edited."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.locks import Locks
from harmonizer_gui.session.sounds import Sounds
from harmonizer_gui.views.theme import UNIT, Theme
from harmonizer_gui.views.voices.row import VoiceRow


class VoicesPanel(QWidget):
    """Shows the voices and asks for another state of one."""

    sound_asked = Signal(object, object)
    """`VoiceName` and `Sound`."""
    lock_asked = Signal(object)
    """`VoiceName`"""
    target_asked = Signal(object)
    """`VoiceName`"""
    menu_asked = Signal(object, QPoint)
    """`VoiceName`, and where on the screen."""
    ghosts_asked = Signal(float)
    """How strongly the voices that are not being edited are painted, 0–1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows = {voice: VoiceRow(voice, self) for voice in VoiceName}
        self.ghosts = QSlider(Qt.Orientation.Horizontal, self)
        self.ghosts.setRange(0, 100)
        self.ghosts.setAccessibleName(self.tr("How strongly the other voices are painted"))
        self.ghosts.setToolTip(self.tr("How strongly the voices are painted that are not being edited"))
        self.ghosts.setMaximumWidth(24 * UNIT)
        self._lay_out()
        for row in self.rows.values():
            row.sound_asked.connect(self.sound_asked)
            row.lock_asked.connect(self.lock_asked)
            row.target_asked.connect(self.target_asked)
            row.menu_asked.connect(self.menu_asked)
        self.ghosts.valueChanged.connect(lambda value: self.ghosts_asked.emit(value / 100))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT // 2, 0, UNIT)
        column.setSpacing(0)
        for row in self.rows.values():
            column.addWidget(row)
        line = QHBoxLayout()
        line.setContentsMargins(2 * UNIT, UNIT // 2, 2 * UNIT, 0)
        line.setSpacing(UNIT)
        label = QLabel(self.tr("&Other voices"), self)
        label.setProperty("kind", "muted")
        label.setBuddy(self.ghosts)
        line.addWidget(label)
        line.addWidget(self.ghosts, 1)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        for row in self.rows.values():
            row.set_theme(theme)

    def show_sounds(self, sounds: Sounds) -> None:
        for voice, row in self.rows.items():
            row.show_sound(sounds.of(voice))

    def show_locks(self, locks: Locks) -> None:
        for voice, row in self.rows.items():
            row.show_locked(on=voice in locks.voices)

    def show_target(self, target: VoiceName) -> None:
        for voice, row in self.rows.items():
            row.show_target(on=voice is target)

    def show_ghosts(self, strength: float) -> None:
        self.ghosts.setValue(round(100 * strength))
