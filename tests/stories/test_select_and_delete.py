from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import NOTHING
from tests.stories.conftest import SCORE, Story

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
BASS, TENOR = VoiceName.BASS, VoiceName.TENOR


@pytest.fixture(autouse=True)
def _select_tool(story: Story) -> None:
    story.key(Qt.Key.Key_V)


def chosen(story: Story) -> list[tuple[VoiceName, int]]:
    return sorted((ref.voice, ref.note.start) for ref in story.program.document.selection)


def test_a_box_selects_and_delete_deletes(story: Story) -> None:
    story.drag(story.at(100, 62), story.at(1000, 46))
    assert chosen(story) == [(TENOR, 0), (TENOR, 480), (TENOR, 960), (BASS, 0), (BASS, 480), (BASS, 960)]
    story.key(Qt.Key.Key_Delete)
    assert story.notes(TENOR)[0] == (1440, 480, 57)
    assert story.program.window.actions_["undo"].text() == "Undo Delete 6 notes"
    story.trigger("undo")
    assert story.score == SCORE
    assert len(chosen(story)) == 6


def test_shift_adds_a_box_and_alt_takes_one_away(story: Story) -> None:
    story.drag(story.at(100, 59), story.at(700, 55))
    story.drag(story.at(100, 50), story.at(300, 46), held=SHIFT)
    assert chosen(story) == [(TENOR, 0), (TENOR, 480), (BASS, 0)]
    story.drag(story.at(600, 60), story.at(700, 50), held=ALT)
    assert chosen(story) == [(TENOR, 0), (BASS, 0)]


def test_all_and_nothing(story: Story) -> None:
    story.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(chosen(story)) == 48
    story.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert story.program.document.selection == NOTHING


def test_a_double_click_adds_a_note(story: Story) -> None:
    place = story.at(1000, 66)
    QTest.mouseDClick(story.roll.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)  # type: ignore[attr-defined]
    assert story.notes() == [(960, 240, 66)]


def test_the_right_button_erases(story: Story) -> None:
    story.click(story.at(240, 57), Qt.MouseButton.RightButton)
    assert story.notes(TENOR)[0] == (480, 480, 57)


def test_a_stroke_of_the_eraser_is_one_step(story: Story) -> None:
    story.key(Qt.Key.Key_E)
    story.drag(story.at(100, 57), story.at(1800, 57))
    assert story.notes(TENOR)[0][0] == 1920
    story.trigger("undo")
    assert story.score == SCORE


def test_selected_notes_move_together(story: Story) -> None:
    story.drag(story.at(100, 62), story.at(300, 46))
    story.drag(story.at(240, 57), story.at(240, 60))
    assert (story.notes(TENOR)[0], story.notes(BASS)[0]) == ((0, 480, 60), (0, 480, 51))
