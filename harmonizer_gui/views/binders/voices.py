"""Ties mute, solo, hide and program of the voices to chips, dock, keys, roll and player."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QWidgetAction

from harmonizer_gui.playback.player import CHURCH_ORGAN, Player
from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.plan import voice_label
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.sounds import Sound, Switch
from harmonizer_gui.views.actions.generate import lock_voice_action
from harmonizer_gui.views.actions.voices import label_action
from harmonizer_gui.views.binders.notes import apply_edit
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.roll import commands
from harmonizer_gui.views.roll.note_painting import Labels
from harmonizer_gui.views.theme import UNIT
from harmonizer_gui.views.voices import VoicesPanel
from harmonizer_gui.views.voices.programs import PROGRAMS, program_name


class VoicesBinder(QObject):
    """Hidden voices sound, muted ones are seen; a voice that is solo silences all that are not."""

    def __init__(self, window: MainWindow, document: Document, player: Player, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._player = player
        self._settings = settings
        self.panel = VoicesPanel(window)
        window.add_dock("voices", self.tr("Voices"), self.panel)
        self._connect_panel()
        self._connect_actions()
        self._connect_look()
        document.changed.connect(self._on_changed)
        self._on_changed(Change(sounds=True, locks=True, target=True))

    def _connect_panel(self) -> None:
        panel, chips = self.panel, self._window.toolbar.chips
        panel.sound_asked.connect(self._set)
        panel.lock_asked.connect(lambda voice: self._window.actions_[lock_voice_action(voice)].trigger())
        panel.target_asked.connect(self._set_target)
        panel.menu_asked.connect(self._show_menu)
        chips.menu_asked.connect(self._show_menu)

    def _connect_actions(self) -> None:
        for name, field in _SWITCHES.items():
            self._window.actions_[name].triggered.connect(partial(self._toggle_target, field))
        self._window.actions_["hear-all"].triggered.connect(lambda: self._hear_all())

    def _connect_look(self) -> None:
        notes, settings = self._window.roll.notes, self._settings
        self.panel.show_ghosts(settings.ghosts)
        notes.set_ghosts(settings.ghosts)
        self.panel.ghosts_asked.connect(self._set_ghosts)
        for labels in Labels:
            action = self._window.actions_[label_action(labels)]
            action.triggered.connect(partial(self._set_labels, labels))
            action.setChecked(labels.value == settings.labels)
        notes.set_labels(Labels(settings.labels))

    def _set_ghosts(self, strength: float) -> None:
        self._settings.ghosts = strength
        self._window.roll.notes.set_ghosts(strength)

    def _set_labels(self, labels: Labels) -> None:
        self._settings.labels = labels.value
        self._window.roll.notes.set_labels(labels)

    @Slot(object)
    def _set_target(self, voice: VoiceName) -> None:
        self._document.set_target(voice, initiator=self)

    def _toggle_target(self, field: Switch) -> None:
        self._toggle(self._document.target, field)

    def _toggle(self, voice: VoiceName, field: Switch) -> None:
        self._set(voice, self._document.sounds.of(voice).toggled(field))

    @Slot(object, object)
    def _set(self, voice: VoiceName, sound: Sound) -> None:
        """Make it so, by the name of what differs."""
        sounds = self._document.sounds
        words = self._words(sounds.of(voice), sound).format(
            voice=voice_label(voice), program=program_name(sound.program)
        )
        self._document.set_sounds(words, sounds.with_voice(voice, sound), initiator=self)

    def _words(self, before: Sound, after: Sound) -> str:
        if before.muted != after.muted:
            return self.tr("Mute the {voice}") if after.muted else self.tr("Unmute the {voice}")
        if before.soloed != after.soloed:
            return self.tr("Solo of the {voice}") if after.soloed else self.tr("End the solo of the {voice}")
        if before.hidden != after.hidden:
            return self.tr("Hide the {voice}") if after.hidden else self.tr("Show the {voice}")
        return self.tr("Play the {voice} with {program}")

    def _hear_all(self) -> None:
        sounds = self._document.sounds
        for voice in VoiceName:
            kept = replace(sounds.of(voice), muted=False, soloed=False, hidden=False)
            sounds = sounds.with_voice(voice, kept)
        self._document.set_sounds(self.tr("Hear and see all voices"), sounds, initiator=self)

    def menu(self, voice: VoiceName) -> QMenu:
        """What can be done with a voice."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_heading(menu, voice)
        sound = self._document.sounds.of(voice)
        for name, field in _SWITCHES.items():
            action = menu.addAction(self._window.actions_[name].text())
            action.setCheckable(True)
            action.setChecked(bool(getattr(sound, field)))
            action.triggered.connect(partial(self._toggle, voice, field))
        lock = self._window.actions_[lock_voice_action(voice)]
        action = menu.addAction(self.tr("&Lock"))
        action.setCheckable(True)
        action.setChecked(lock.isChecked())
        action.triggered.connect(lock.trigger)
        self._add_programs(menu.addMenu(self.tr("Sound on a MIDI &instrument")), voice, sound)
        menu.addSeparator()
        menu.addAction(self.tr("&Generate this voice")).triggered.connect(partial(self._generate, voice))
        self._add_clear(menu, voice)
        menu.addSeparator()
        menu.addAction(self._window.actions_["hear-all"])
        menu.addAction(self._window.actions_["voices"])
        return menu

    def _add_heading(self, menu: QMenu, voice: VoiceName) -> None:
        """Whose menu it is. The style shows no words of a section of Qt's."""
        name = QLabel(voice_label(voice).upper(), menu)
        name.setProperty("kind", "heading")
        name.setContentsMargins(2 * UNIT, UNIT // 2, 2 * UNIT, UNIT // 2)
        heading = QWidgetAction(menu)
        heading.setDefaultWidget(name)
        heading.setEnabled(False)
        menu.addAction(heading)

    def _add_programs(self, menu: QMenu, voice: VoiceName, sound: Sound) -> None:
        for program in (None, *PROGRAMS):
            action = menu.addAction(program_name(program))
            action.setCheckable(True)
            action.setChecked(program == sound.program)
            action.triggered.connect(partial(self._set, voice, replace(sound, program=program)))

    def _add_clear(self, menu: QMenu, voice: VoiceName) -> None:
        clear: QAction = menu.addAction(self.tr("&Clear this voice"))
        clear.setEnabled(len(self._document.score.voice(voice)) > 0)
        clear.triggered.connect(partial(self._clear, voice))

    @Slot(object, QPoint)
    def _show_menu(self, voice: VoiceName, place: QPoint) -> None:
        self.menu(voice).popup(place)

    def _generate(self, voice: VoiceName) -> None:
        self._set_target(voice)
        self._window.actions_["generate"].trigger()

    def _clear(self, voice: VoiceName) -> None:
        apply_edit(commands.clear(self._document.score, voice), self._window, self._document, self)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        document = self._document
        if change.sounds:
            self._show_sounds()
        if change.locks:
            self.panel.show_locks(document.locks)
        if change.target:
            self.panel.show_target(document.target)
        if change.target or change.sounds:
            sound = document.sounds.of(document.target)
            for name, field in _SWITCHES.items():
                self._window.actions_[name].setChecked(bool(getattr(sound, field)))

    def _show_sounds(self) -> None:
        sounds = self._document.sounds
        self.panel.show_sounds(sounds)
        self._window.toolbar.chips.set_sounds(sounds)
        self._window.roll.set_hidden(sounds.hidden)
        self._player.set_muted(sounds.silent)
        programs = [sounds.of(voice).program for voice in VoiceName]
        self._player.set_programs([CHURCH_ORGAN if each is None else each for each in programs])


_SWITCHES: Final[dict[str, Switch]] = {"mute-voice": "muted", "solo-voice": "soloed", "hide-voice": "hidden"}
"""The field of `Sound` that an action switches."""
