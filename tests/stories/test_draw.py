from __future__ import annotations

from PySide6.QtCore import Qt

from harmonizer_gui.score import VoiceName
from tests.stories.conftest import Story

ALT = Qt.KeyboardModifier.AltModifier


def test_a_click_draws_a_note_and_undo_takes_it_back(story: Story) -> None:
    story.click(story.at(1000, 67))
    assert story.notes() == [(960, 240, 67)]
    assert story.program.window.actions_["undo"].text() == "Undo Draw a note of the alto"
    story.trigger("undo")
    assert story.notes() == []
    story.trigger("redo")
    assert story.notes() == [(960, 240, 67)]


def test_a_drag_draws_a_longer_note_in_one_step(story: Story) -> None:
    story.drag(story.at(970, 67), story.at(2140, 67))
    assert story.notes() == [(960, 1200, 67)]
    assert story.program.document.undo_stack.count() == 1


def test_the_next_note_is_as_long_as_the_last(story: Story) -> None:
    story.drag(story.at(10, 67), story.at(950, 67))
    story.click(story.at(2000, 65))
    assert story.notes() == [(0, 960, 67), (1920, 960, 65)]


def test_alt_draws_off_the_grid(story: Story) -> None:
    story.click(story.at(1050, 67), held=ALT)
    ((start, _, _),) = story.notes()
    assert start % 240
    assert abs(start - 1050) < 40


def test_another_voice_is_drawn_after_its_key(story: Story) -> None:
    story.key(Qt.Key.Key_S)
    story.click(story.at(1000, 76))
    assert story.program.document.target is VoiceName.SOPRANO
    assert story.notes(VoiceName.SOPRANO)[2:4] == [(960, 240, 76), (1200, 240, 72)]


def test_a_piece_can_grow_past_its_end(story: Story) -> None:
    story.trigger("zoom-out")
    story.click(story.at(9000, 67))
    assert story.notes() == [(8880, 240, 67)]
    assert story.score.length == 5 * 1920


def test_a_drawn_note_is_heard(story: Story) -> None:
    story.click(story.at(1000, 67))
    story.program.player.advance()
    assert story.sound.last.onsets == [67]
