from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.roll.note_painting import Labels
from tests.stories.conftest import Story
from tests.stories.test_play import pass_time

SOPRANO, ALTO, TENOR, BASS = VoiceName
KEYS = Qt.Key


def heard(story: Story) -> list[int]:
    """The pitches that the first tenth of a second sounds."""
    story.key(KEYS.Key_Space)
    pass_time(story, 0.1)
    return sorted(story.sound.last.onsets)


def test_a_muted_voice_is_not_heard_but_seen(story: Story) -> None:
    story.key(KEYS.Key_S)
    story.key(KEYS.Key_M)
    assert story.program.document.undo_stack.undoText() == "Mute the soprano"
    assert heard(story) == [48, 57]
    assert story.program.window.roll.canvas.keyboard.lit == {48, 57}
    assert story.program.window.toolbar.chips.chips[SOPRANO].accessibleDescription() == "muted"


def test_a_voice_alone_and_all_again(story: Story) -> None:
    story.key(KEYS.Key_B)
    story.key(KEYS.Key_N)
    assert story.program.window.actions_["solo-voice"].isChecked()
    story.key(KEYS.Key_S)
    assert not story.program.window.actions_["solo-voice"].isChecked()
    assert heard(story) == [48]
    story.trigger("hear-all")
    assert not story.program.document.sounds.silent


def test_a_hidden_voice_sounds_but_the_mouse_does_not_meet_it(story: Story) -> None:
    story.program.window.toolbar.chips.chips[TENOR].setFocus()
    menu = story.program.voicing.menu(TENOR)
    next(action for action in menu.actions() if action.text() == "&Hide").trigger()
    menu.deleteLater()
    assert story.program.document.sounds.hidden == {TENOR}
    story.trigger("select")
    story.click(story.at(240, 57))
    assert not story.program.document.selection
    assert 57 in heard(story)
    story.trigger("undo")
    story.click(story.at(240, 57))
    assert {ref.voice for ref in story.program.document.selection} == {TENOR}


def test_the_voice_being_edited_is_seen_though_hidden(story: Story) -> None:
    story.key(KEYS.Key_B)
    story.trigger("hide-voice")
    assert story.program.window.roll.notes.shown.unseen == frozenset()
    story.key(KEYS.Key_A)
    assert story.program.window.roll.notes.shown.unseen == {BASS}


def test_a_right_click_on_a_chip_opens_the_menu_of_its_voice(story: Story) -> None:
    chip = story.program.window.toolbar.chips.chips[SOPRANO]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.arrow.center())
    menu = next(menu for menu in story.program.window.findChildren(QMenu) if menu.isVisible())
    words = [action.text().replace("&", "") for action in menu.actions()]
    assert {"Mute", "Solo", "Hide", "Lock", "Generate this voice", "Clear this voice"} <= set(words)
    assert [label.text() for label in menu.findChildren(QLabel) if label.isVisible()] == ["SOPRANO"]
    menu.close()
    assert story.program.document.target is ALTO


def test_a_voice_is_cleared_and_generated_from_its_menu(story: Story) -> None:
    menu = story.program.voicing.menu(TENOR)
    next(action for action in menu.actions() if "Clear" in action.text()).trigger()
    menu.deleteLater()
    assert not len(story.score.voice(TENOR))
    menu = story.program.voicing.menu(TENOR)
    next(action for action in menu.actions() if "Generate" in action.text()).trigger()
    menu.deleteLater()
    assert story.program.document.target is TENOR


def test_only_a_voice_with_notes_can_be_cleared(story: Story) -> None:
    clear = story.program.window.actions_["clear-voice"]
    assert (clear.isEnabled(), clear.toolTip()) == (False, "Clear the voice\nThe voice has no notes yet")
    story.key(KEYS.Key_T)
    assert (clear.isEnabled(), clear.toolTip()) == (True, "Clear the voice")
    clear.trigger()
    assert not story.notes(TENOR)
    assert not clear.isEnabled()


def test_the_dock_mutes_and_chooses_a_program(story: Story) -> None:
    story.trigger("voices")
    row = story.program.voicing.panel.rows[TENOR]
    QTest.mouseClick(row.mute, Qt.MouseButton.LeftButton)
    assert story.program.document.sounds.muted == {TENOR}
    row.program.setCurrentIndex(row.program.findText("Flute"))
    row.program.activated.emit(row.program.currentIndex())
    assert story.program.document.sounds.of(TENOR).program == 73
    assert story.program.document.undo_stack.undoText() == "Play the tenor with Flute"
    QTest.mouseClick(row.lock, Qt.MouseButton.LeftButton)
    assert story.program.document.locks.voices == {TENOR}
    assert row.lock.isChecked()


def test_names_of_pitches_and_fainter_voices_are_kept_for_the_next_time(story: Story) -> None:
    story.trigger("labels-name")
    story.program.voicing.panel.ghosts.setValue(20)
    assert story.settings.labels == Labels.NAME.value
    assert story.settings.ghosts == 0.2


def test_a_menu_by_the_right_button_asks_with_a_place(story: Story) -> None:
    places: list[QPoint] = []
    chips = story.program.window.toolbar.chips
    chips.menu_asked.disconnect()
    chips.menu_asked.connect(lambda _voice, place: places.append(place))
    chip = chips.chips[BASS]
    chip.menu_asked.emit(QPoint(3, 4))
    assert places == [QPoint(3, 4)]
