"""The dock that lists what was done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from harmonizer_gui.views.history import History
from tests.qt import process_events
from tests.stories.conftest import SCORE, Story


def history(story: Story) -> History:
    found = story.program.window.findChild(History)
    assert isinstance(found, History)
    return found


def names(story: Story) -> list[str]:
    model = history(story).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_every_gesture_is_one_line_with_its_name(story: Story) -> None:
    story.click(story.at(1000, 67))
    story.drag(story.at(1080, 67), story.at(1080, 70))
    assert names(story) == [
        "As it was opened",
        "Draw a note of the alto",
        "Move a note of the alto",
    ]


def test_a_click_on_a_line_goes_back_there_and_on_again(story: Story) -> None:
    story.trigger("history")
    story.click(story.at(1000, 67))
    story.click(story.at(2000, 67))
    process_events()
    view = history(story)
    assert view.isVisible()
    for row, left in ((0, 0), (2, 2), (1, 1)):
        place = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(story.notes()) == left
    story.trigger("undo")
    assert story.score == SCORE


def test_another_piece_has_a_history_of_its_own(story: Story) -> None:
    story.click(story.at(1000, 67))
    story.program.document.open(SCORE, path=None)
    assert names(story) == ["As it was opened"]
