"""A file that others are at, and files that take long to open."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from harmonizer_gui.files.project import read_project
from harmonizer_gui.session.claims import Claims
from harmonizer_gui.views.dialogs import Leaving
from harmonizer_gui.views.message_bar import MessageRow
from tests.fake_model import Gate
from tests.qt import process_events, wait_until
from tests.stories.conftest import SCORE, Story

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(story: Story, tmp_path: Path) -> Path:
    """The four bars, saved."""
    path = tmp_path / "song.harmonizer"
    story.dialogs.path = path
    story.trigger("save-as")
    wait_until(lambda: story.program.document.path == path)
    return path


def row_saying(story: Story, text: str) -> MessageRow:
    def found() -> list[MessageRow]:
        return [row for row in story.program.window.messages.rows if text in row.message.text]

    wait_until(found)
    return found()[-1]


def choose(story: Story, row: MessageRow, label: str) -> None:
    (button,) = (button for button in row.buttons if button.text() == label)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert row not in story.program.window.messages.rows


def test_a_file_changed_by_another_program_can_be_reloaded(story: Story, path: Path) -> None:
    path.write_text(path.read_text().replace("Four bars", "Theirs"))
    row = row_saying(story, "“song.harmonizer” was changed by another program.")
    assert [button.text() for button in row.buttons] == ["Keep mine", "Save as…", "Reload, discard mine"]
    choose(story, row, "Reload, discard mine")
    wait_until(lambda: story.score.title == "Theirs")
    assert not story.program.window.isWindowModified()


def test_nothing_is_saved_over_what_another_program_wrote(story: Story, path: Path) -> None:
    story.program.files._disk.watch(None)  # as on a disk that tells of no changes
    path.write_text(path.read_text().replace("Four bars", "Theirs"))
    story.click(story.at(1000, 67))
    story.key(Qt.Key.Key_S, CTRL)
    row = row_saying(story, "so nothing was saved")
    assert read_project(path).score.title == "Theirs"
    choose(story, row, "Overwrite")
    wait_until(lambda: not story.program.window.isWindowModified())
    assert read_project(path).score == story.score


def test_a_removed_file_can_be_saved_again(story: Story, path: Path) -> None:
    path.unlink()
    row = row_saying(story, "“song.harmonizer” was removed or renamed")
    assert story.program.window.isWindowModified()
    choose(story, row, "Save again")
    wait_until(path.is_file)


def test_a_file_open_in_another_window_opens_as_a_copy(
    story: Story, make_story: Callable[[], Story], path: Path
) -> None:
    later = make_story()
    later.program.start(path)
    choose(later, row_saying(later, "“song.harmonizer” is open in another window."), "Open a copy")
    wait_until(lambda: later.score == SCORE)
    assert later.program.document.path is None
    assert later.program.files.suggested_path.name == "song (copy).harmonizer"


def test_a_file_open_in_another_window_can_be_opened_all_the_same(story: Story, path: Path) -> None:
    story.trigger("new")
    other = Claims(path.parent / "recovery")
    other.take(path)
    story.dialogs.path = path
    story.trigger("open")
    choose(story, row_saying(story, "is open in another window"), "Open anyway")
    wait_until(lambda: story.program.document.path == path)
    other.release()


def test_closing_waits_for_the_answer_where_saving_meets_a_conflict(story: Story, path: Path) -> None:
    story.program.files._disk.watch(None)
    path.write_text(path.read_text().replace("Four bars", "Theirs"))
    story.click(story.at(1000, 67))
    story.dialogs.leaving = Leaving.SAVE
    story.program.window.close()
    row_saying(story, "so nothing was saved")
    assert story.program.window.isVisible()
    assert read_project(path).score.title == "Theirs"


def test_a_full_disk_leaves_the_choice_of_another_place(
    story: Story, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    story.click(story.at(1000, 67))
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        story.key(Qt.Key.Key_S, CTRL)
        row = row_saying(story, "song.harmonizer: it cannot be saved: the disk is full")
    assert [button.text() for button in row.buttons] == ["Try again", "Save as…"]
    assert read_project(path).score == SCORE
    choose(story, row, "Try again")
    wait_until(lambda: not story.program.window.isWindowModified())
    assert read_project(path).score == story.score


def test_an_export_that_fails_leaves_the_choice_of_another_place(story: Story, tmp_path: Path) -> None:
    story.dialogs.path = tmp_path / "gone" / "song.mid"
    story.trigger("export")
    row = row_saying(story, "song.mid: it cannot be saved: there is no such file or folder")
    assert [button.text() for button in row.buttons] == ["Try again", "Export as…"]
    story.dialogs.path = tmp_path / "song.mid"
    choose(story, row, "Export as…")
    wait_until(lambda: story.program.window.status == "Exported song.mid.")
    assert (tmp_path / "song.mid").exists()


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("export-sound", "song.wav"),
        ("picture-whole", "song.svg"),
        ("picture-seen", "song.png"),
        ("picture-experts", "song.pdf"),
    ],
)
def test_sound_and_pictures_that_fail_do_so_too(story: Story, tmp_path: Path, action: str, name: str) -> None:
    wait_until(lambda: story.program.heat.analysis is not None)
    gone, elsewhere = tmp_path / "gone" / name, tmp_path / name
    story.dialogs.path = gone
    story.trigger(action)
    row = row_saying(story, "there is no such file or folder")
    assert [button.text() for button in row.buttons] == ["Try again", "Export as…"]
    choose(story, row, "Try again")
    row = row_saying(story, "there is no such file or folder")
    gone.parent.mkdir()
    choose(story, row, "Try again")
    wait_until(gone.exists, 20.0)
    gone.unlink()
    gone.parent.rmdir()
    story.trigger(action)
    row = row_saying(story, "there is no such file or folder")
    story.dialogs.path = elsewhere
    choose(story, row, "Export as…")
    wait_until(elsewhere.exists, 20.0)


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_long_opening_says_how_far_it_is_and_can_be_stopped(story: Story, path: Path, way: str) -> None:
    story.program.reading._timer.setInterval(1)
    gate, kept = Gate(), story.score
    gate.close()
    story.program.worker.run(gate.pass_through)
    story.dialogs.path = path
    story.trigger("open")
    row = row_saying(story, "Opening “song.harmonizer” … 0 %")
    story.program.files.progress.emit(0.42)
    assert "42 %" in row._words.text()
    if way == "button":
        choose(story, row, "Cancel")
    else:
        story.trigger("escape")
    assert not story.program.files.is_opening
    assert not story.program.window.messages.rows
    gate.open()
    process_events()
    assert story.score is kept
