from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from harmonizer_gui.views.actions import grid_action
from harmonizer_gui.views.roll.grid import GRIDS, Grid
from tests.stories.conftest import Story

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def grid(story: Story) -> Grid:
    """The grid that the roll snaps to; toolbar and menu say the same."""
    window = story.program.window
    shown: Grid = window.roll.grid
    assert window.toolbar.grid.currentText() == shown.name
    checked = [each for each in GRIDS if window.actions_[grid_action(each)].isChecked()]
    assert checked == [shown]
    assert window.actions_["grid-triplets"].isChecked() is shown.triplet
    return shown


@pytest.mark.parametrize(
    ("key", "denominator"), [(KEY.Key_2, 32), (KEY.Key_3, 16), (KEY.Key_5, 4), (KEY.Key_7, 1)]
)
def test_a_digit_chooses_the_grid(story: Story, key: KEY, denominator: int) -> None:
    assert grid(story) == Grid(8)
    story.key(key)
    assert grid(story) == Grid(denominator)


def test_triplets_come_and_go_by_key(story: Story) -> None:
    story.key(KEY.Key_T, SHIFT)
    assert grid(story) == Grid(8, triplet=True)
    story.click(story.at(165, 67))
    assert story.notes()[0][0] == 160
    story.key(KEY.Key_T, SHIFT)
    assert grid(story) == Grid(8)


def test_where_there_are_no_triplets_it_is_said(story: Story) -> None:
    story.key(KEY.Key_7)
    story.key(KEY.Key_T, SHIFT)
    assert grid(story) == Grid(1)
    assert story.program.window.actions_.reason("grid-triplets") == "The grid has no triplets of 1/1"


@pytest.mark.parametrize("wanted", GRIDS, ids=lambda each: each.name)
def test_every_grid_stands_in_the_menu(story: Story, wanted: Grid) -> None:
    story.trigger(grid_action(wanted))
    assert grid(story) == wanted


def test_the_cursor_is_as_wide_as_the_grid(story: Story) -> None:
    story.key(KEY.Key_Right)
    before = story.roll.grab().toImage()
    story.key(KEY.Key_5)
    assert story.roll.grab().toImage() != before
    cursor = story.program.cursor.cursor
    assert cursor is not None
    story.key(KEY.Key_Return)
    assert story.notes() == [(cursor.tick, 480, cursor.pitch)]


def test_the_grid_and_the_length_of_new_notes_are_found_again(
    make_story: Callable[[], Story], story: Story
) -> None:
    story.key(KEY.Key_3)
    story.key(KEY.Key_D, SHIFT)
    again = make_story()
    assert grid(again) == Grid(16)
    assert again.program.window.actions_["drawn-length"].isChecked()
    assert again.program.window.toolbar.drawn_length.currentIndex() == 1
