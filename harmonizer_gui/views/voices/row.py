"""One row of the dock of voices: its name, mute, solo, lock, hide, and how it sounds."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.session.sounds import Sound
from harmonizer_gui.views.theme import DARK, UNIT, Theme
from harmonizer_gui.views.voices.programs import PROGRAMS, program_name


class VoiceRow(QWidget):
    """Shows one voice and asks for another state of it."""

    sound_asked = Signal(object, object)
    """The voice and the `Sound` that it shall have."""
    lock_asked = Signal(object)
    target_asked = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, voice: VoiceName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.voice = voice
        self._sound = Sound()
        name = voice_label(voice)
        self.name = self._button(name.capitalize(), self.tr("Edit the {}").format(name), "")
        self.name.setCheckable(True)
        self.mute = self._switch(self.tr("M"), self.tr("Mute the {} (M)").format(name))
        self.solo = self._switch(self.tr("S"), self.tr("Hear the {} alone (N)").format(name))
        self.lock = self._switch(self.tr("Lock"), self.tr("Lock the {} (Shift+L)").format(name))
        self.hide_notes = self._switch(
            self.tr("Hide"), self.tr("Hide the notes of the {}; they still sound").format(name)
        )
        self.program = QComboBox(self)
        self.program.setAccessibleName(self.tr("Sound of the {}").format(name))
        self.program.setToolTip(self.tr("What a MIDI instrument plays the {} with").format(name))
        self._swatch = QLabel(voice.letter, self)
        self._swatch.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._connect()
        self.set_theme(DARK)
        self.show_sound(Sound())

    def _button(self, text: str, hint: str, kind: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        button.setProperty("kind", kind)
        return button

    def _switch(self, text: str, hint: str) -> QToolButton:
        button = self._button(text, hint, "small")
        button.setCheckable(True)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT // 4, 2 * UNIT, UNIT // 4)
        row.setSpacing(UNIT // 2)
        side = round(1.6 * self.fontMetrics().height())
        self._swatch.setFixedSize(side, side)
        widest = max(self.fontMetrics().horizontalAdvance(voice_label(voice)) for voice in VoiceName)
        self.name.setMinimumWidth(widest + 5 * UNIT)
        for part in (self._swatch, self.name, self.mute, self.solo, self.lock, self.hide_notes):
            row.addWidget(part)
        row.addSpacing(UNIT)
        row.addWidget(self.program)
        row.addStretch(1)

    def _connect(self) -> None:
        self.name.clicked.connect(lambda: self._ask_target())
        self.mute.clicked.connect(lambda on: self._ask(replace(self._sound, muted=on)))
        self.solo.clicked.connect(lambda on: self._ask(replace(self._sound, soloed=on)))
        self.hide_notes.clicked.connect(lambda on: self._ask(replace(self._sound, hidden=on)))
        self.lock.clicked.connect(self._ask_lock)
        self.program.activated.connect(self._ask_program)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda place: self.menu_asked.emit(self.voice, self.mapToGlobal(place))
        )

    def set_theme(self, theme: Theme) -> None:
        self._swatch.setStyleSheet(
            f"background: {theme.voice(self.voice).name()}; color: {theme.note_text};"
            " border-radius: 4px; font-weight: bold;"
        )

    def show_sound(self, sound: Sound) -> None:
        """Show how the voice is played, and whether it is seen."""
        self._sound = sound
        self.mute.setChecked(sound.muted)
        self.solo.setChecked(sound.soloed)
        self.hide_notes.setChecked(sound.hidden)
        self.program.clear()
        offered = [None, *PROGRAMS]
        if sound.program not in offered:
            offered.append(sound.program)
        for program in offered:
            self.program.addItem(program_name(program), program)
        self.program.setCurrentIndex(offered.index(sound.program))

    def show_locked(self, *, on: bool) -> None:
        self.lock.setChecked(on)

    def show_target(self, *, on: bool) -> None:
        """Show whether this is the voice being edited."""
        self.name.setChecked(on)

    def _ask(self, sound: Sound) -> None:
        self.show_sound(self._sound)
        self.sound_asked.emit(self.voice, sound)

    def _ask_target(self) -> None:
        self.name.setChecked(not self.name.isChecked())
        self.target_asked.emit(self.voice)

    def _ask_lock(self) -> None:
        self.lock.setChecked(not self.lock.isChecked())
        self.lock_asked.emit(self.voice)

    def _ask_program(self, index: int) -> None:
        program = self.program.itemData(index)
        self._ask(replace(self._sound, program=program))
