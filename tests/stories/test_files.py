from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.dialogs import Leaving
from tests.fake_model import Gate
from tests.qt import process_events, wait_until
from tests.stories.conftest import SCORE, Story

CTRL = Qt.KeyboardModifier.ControlModifier


def test_what_is_saved_comes_back_with_zoom_and_place(story: Story, tmp_path: Path) -> None:
    window, path = story.program.window, tmp_path / "song.harmonizer"
    story.click(story.at(1000, 67))
    assert window.isWindowModified()
    story.wheel(story.at(4000, 60), 3, CTRL)
    kept = window.roll.coordinates
    story.dialogs.path = path
    story.key(Qt.Key.Key_S, CTRL)
    wait_until(path.is_file)
    wait_until(lambda: not window.isWindowModified())
    assert window.windowTitle() == "song[*] – Harmonizer"
    drawn = story.score
    story.trigger("new")
    assert story.notes() == []
    story.key(Qt.Key.Key_O, CTRL)
    wait_until(lambda: story.score == drawn)
    view = window.roll.coordinates
    assert [view.left, view.tick_width] == pytest.approx([kept.left, kept.tick_width])


def test_ctrl_s_saves_again_without_asking(story: Story, tmp_path: Path) -> None:
    story.dialogs.path = tmp_path / "song.harmonizer"
    story.key(Qt.Key.Key_S, CTRL)
    wait_until(lambda: story.program.document.path is not None)
    asked = len(story.dialogs.asked)
    story.click(story.at(1000, 67))
    story.key(Qt.Key.Key_S, CTRL)
    wait_until(lambda: not story.program.document.is_dirty)
    assert len(story.dialogs.asked) == asked


@pytest.mark.parametrize("name", ["song.mid", "song.musicxml", "song.mxl"])
def test_exported_and_opened_again(story: Story, tmp_path: Path, name: str) -> None:
    story.click(story.at(1000, 67))
    story.dialogs.path = tmp_path / name
    story.trigger("export")
    wait_until(story.dialogs.path.is_file, timeout=20)
    drawn = [story.notes(voice) for voice in VoiceName]
    story.dialogs.leaving = Leaving.DISCARD
    story.trigger("new")
    story.trigger("open")
    wait_until(lambda: bool(story.score.end), timeout=20)
    assert [story.notes(voice) for voice in VoiceName] == drawn


def test_a_bad_file_gives_a_sentence_and_leaves_the_piece(story: Story, tmp_path: Path) -> None:
    bad = tmp_path / "noise.mid"
    bad.write_bytes(b"this is no music")
    story.dialogs.path = bad
    story.trigger("open")
    wait_until(lambda: bool(story.program.window.messages.texts))
    (text,) = story.program.window.messages.texts
    assert text.startswith("noise.mid: ")
    assert story.score == SCORE


def test_a_missing_file_at_the_start_gives_a_sentence(
    make_story: Callable[[], Story], tmp_path: Path
) -> None:
    story = make_story()
    story.program.start(tmp_path / "gone.harmonizer")
    assert QTest.qWaitForWindowExposed(story.program.window)
    wait_until(lambda: bool(story.program.window.messages.texts))
    assert "gone.harmonizer" in story.program.window.messages.texts[0]
    assert story.program.window.roll.hint.startswith("Draw notes here, open a file")


def test_a_dropped_file_is_opened(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "song.harmonizer"
    story.dialogs.path = path
    story.trigger("save-as")
    wait_until(lambda: story.program.document.path == path)
    story.trigger("new")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(200, 200), copy, mime, left, held)
    QApplication.sendEvent(story.program.window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(200, 200), copy, mime, left, held)
    QApplication.sendEvent(story.program.window, event)
    wait_until(lambda: story.score == SCORE)


def test_recent_files_are_offered_and_missing_ones_grey(story: Story, tmp_path: Path) -> None:
    here, gone = tmp_path / "here.harmonizer", tmp_path / "gone.harmonizer"
    for path in (gone, here):
        story.dialogs.path = path
        story.trigger("save-as")
        wait_until(path.is_file)
        wait_until(lambda path=path: story.program.document.path == path)  # type: ignore[misc]
    gone.unlink()
    recent = story.program.window.menus.recent
    recent.aboutToShow.emit()
    assert [(action.text(), action.isEnabled()) for action in recent.actions()] == [
        (str(here), True),
        (str(gone), False),
    ]
    story.click(story.at(1000, 67))
    story.dialogs.leaving = Leaving.DISCARD
    recent.actions()[0].trigger()
    wait_until(lambda: story.score == SCORE)


@pytest.mark.parametrize("leaving", list(Leaving))
def test_closing_asks_what_becomes_of_changes(story: Story, tmp_path: Path, leaving: Leaving) -> None:
    story.click(story.at(1000, 67))
    story.dialogs.leaving, story.dialogs.path = leaving, tmp_path / "song.harmonizer"
    story.program.window.close()
    assert story.dialogs.asked[0] == "Four bars"
    if leaving is Leaving.SAVE:
        wait_until(lambda: not story.program.window.isVisible())
    assert story.program.window.isVisible() == (leaving is Leaving.CANCEL)
    assert story.dialogs.path.is_file() == (leaving is Leaving.SAVE)


def test_an_unchanged_piece_closes_unasked(story: Story) -> None:
    story.program.window.close()
    assert not story.program.window.isVisible()
    assert story.dialogs.asked == []


def test_the_star_and_the_question_go_by_what_is_on_disk(story: Story, tmp_path: Path) -> None:
    """Saved after the first of two notes: undone past that and redone, only there all is as on disk."""
    window, story.dialogs.path = story.program.window, tmp_path / "song.harmonizer"
    story.click(story.at(1000, 67))
    story.key(Qt.Key.Key_S, CTRL)
    wait_until(lambda: not window.isWindowModified())
    story.click(story.at(3000, 67))
    seen = [window.isWindowModified()]
    for name in ("undo", "undo", "redo", "redo"):
        story.trigger(name)
        seen.append(window.isWindowModified())
    assert seen == [True, False, True, False, True]
    story.dialogs.asked.clear()
    window.close()
    assert story.dialogs.asked == ["song"]
    story.trigger("undo")
    window.close()
    assert story.dialogs.asked == ["song"]
    assert not window.isVisible()


def test_who_leaves_while_it_saves_does_not_end_elsewhere(story: Story, tmp_path: Path) -> None:
    """To open a file, the piece is saved first; the user takes a new piece meanwhile, and keeps it."""
    story.dialogs.path = tmp_path / "song.harmonizer"
    story.trigger("save-as")
    wait_until(story.dialogs.path.is_file)
    gate = Gate()
    gate.close()
    story.click(story.at(1000, 67))
    story.program.worker.run(gate.pass_through)
    story.dialogs.leaving = Leaving.SAVE
    story.trigger("open")
    story.dialogs.leaving = Leaving.DISCARD
    story.trigger("new")
    gate.open()
    wait_until(lambda: story.program.window.status == "Saved song.harmonizer.")
    process_events()
    assert not story.program.files.is_opening
    assert (story.program.document.path, story.notes()) == (None, [])


def test_saving_that_fails_keeps_the_window_open(story: Story, tmp_path: Path) -> None:
    story.click(story.at(1000, 67))
    story.dialogs.leaving = Leaving.SAVE
    story.dialogs.path = tmp_path / "no folder" / "song.harmonizer"
    story.program.window.close()
    wait_until(lambda: bool(story.program.window.messages.texts))
    assert story.program.window.isVisible()
    assert story.program.document.is_dirty
