from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.qt import wait_until
from tests.stories.conftest import SCORE, Story


def leave_a_copy_behind(story: Story, folder: Path) -> Path:
    """What is on disk after a crash: the copy, and no living process that holds it."""
    story.click(story.at(1000, 67))
    story.program.recovery.save_now()
    (copy,) = folder.glob("*.harmonizer")
    left = folder / "left_behind.harmonizer"
    left.write_bytes(copy.read_bytes())
    return left


def test_unsaved_work_is_offered_and_restored(
    story: Story, make_story: Callable[[], Story], tmp_path: Path
) -> None:
    leave_a_copy_behind(story, tmp_path / "recovery")
    later = make_story()
    later.program.start()
    wait_until(lambda: bool(later.program.window.messages.rows), timeout=20)
    (row,) = later.program.window.messages.rows
    assert "“Four bars” was not saved" in row.message.text
    QTest.mouseClick(row.buttons[0], Qt.MouseButton.LeftButton)
    assert later.notes() == [(960, 240, 67)]
    assert later.program.window.isWindowModified()


def test_it_can_be_deleted(story: Story, make_story: Callable[[], Story], tmp_path: Path) -> None:
    left = leave_a_copy_behind(story, tmp_path / "recovery")
    later = make_story()
    later.program.start()
    wait_until(lambda: bool(later.program.window.messages.rows), timeout=20)
    QTest.mouseClick(later.program.window.messages.rows[0].buttons[1], Qt.MouseButton.LeftButton)
    wait_until(lambda: not left.exists())
    assert story.score != SCORE
