"""A piece is written, generated, heard and kept without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget

from harmonizer_gui.score import VoiceName
from tests.qt import Collector, process_events, wait_until
from tests.stories.conftest import Story

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def cursor_at(story: Story, *keys: Qt.Key) -> tuple[int, int]:
    """Where the cursor is after these keys."""
    for key in keys:
        story.key(key)
    cursor = story.program.cursor.cursor
    assert cursor is not None
    return cursor.tick, cursor.pitch


def test_the_first_arrow_shows_the_cursor_and_the_next_move_it(story: Story) -> None:
    assert story.program.cursor.cursor is None
    tick, pitch = cursor_at(story, KEY.Key_Right)
    assert cursor_at(story, KEY.Key_Right, KEY.Key_Right) == (tick + 480, pitch)
    assert cursor_at(story, KEY.Key_Up) == (tick + 480, pitch + 1)
    assert cursor_at(story, KEY.Key_Left, KEY.Key_Down) == (tick + 240, pitch)
    story.key(KEY.Key_Escape)
    assert story.program.cursor.cursor is None


def test_enter_writes_a_note_that_is_lengthened_and_deleted(story: Story) -> None:
    tick, pitch = cursor_at(story, KEY.Key_Right)
    story.key(KEY.Key_Return)
    assert story.notes() == [(tick, 240, pitch)]
    story.key(KEY.Key_Right, SHIFT)
    assert story.notes() == [(tick, 480, pitch)]
    story.key(KEY.Key_Left, SHIFT)
    assert story.notes() == [(tick, 240, pitch)]
    story.key(KEY.Key_Delete)
    assert not story.notes()
    assert story.program.document.undo_stack.count() == 4


def test_enter_on_a_note_takes_it_up_and_enter_again_puts_it_down(story: Story) -> None:
    tick, pitch = cursor_at(story, KEY.Key_Right)
    story.key(KEY.Key_Return)
    story.key(KEY.Key_Return)
    assert len(story.program.document.selection) == 1
    story.key(KEY.Key_Up)
    assert story.notes() == [(tick, 240, pitch + 1)]
    story.key(KEY.Key_Return)
    assert not story.program.document.selection
    assert cursor_at(story) == (tick, pitch + 1)


def test_the_place_is_told_with_what_stands_there(story: Story) -> None:
    told = Collector(story.program.cursor.announced)
    story.key(KEY.Key_T)
    story.key(KEY.Key_Right)
    assert told.last.startswith("A3 · bar 1, beat 1 · tenor: A3 1/4")
    assert story.program.window.hover == told.last
    story.key(KEY.Key_Right)
    assert told.last.startswith("A3 · bar 1, beat 1.5 · ")


def test_a_voice_is_written_generated_heard_and_kept_by_keys_alone(story: Story) -> None:
    story.key(KEY.Key_A)
    story.key(KEY.Key_Right)
    story.key(KEY.Key_Return)
    story.key(KEY.Key_G)
    wait_until(lambda: not story.program.generation.is_running and len(story.notes()) > 4)
    assert story.program.generation.takes.is_auditioning
    story.key(KEY.Key_BracketLeft)
    story.key(KEY.Key_BracketRight)
    story.key(KEY.Key_Return)
    assert story.program.generation.takes.shown_take is not None
    assert "Kept take" in story.program.window.status
    assert len(story.notes()) > 4


def test_what_is_locked_is_told_and_stays(story: Story) -> None:
    story.key(KEY.Key_T)
    story.trigger("lock-tenor")
    before = story.notes(VoiceName.TENOR)
    story.key(KEY.Key_Right)
    story.key(KEY.Key_Delete)
    assert story.notes(VoiceName.TENOR) == before
    assert "unlock it first" in story.program.window.status


def test_the_mouse_puts_the_cursor_away(story: Story) -> None:
    story.key(KEY.Key_Right)
    story.click(story.at(4000, 60))
    assert story.program.cursor.cursor is None


def fields(window: QWidget) -> list[QWidget]:
    kinds = (QLineEdit, QAbstractSpinBox)
    found = [each for kind in kinds for each in window.findChildren(kind)]
    return [each for each in found if each.isVisible() and each.isEnabled()]


def test_no_letter_is_taken_from_who_types(story: Story) -> None:
    window = story.program.window
    story.trigger("why-dock")
    story.trigger("takes")
    story.trigger("key-and-chords")
    process_events()
    before = story.program.document.state, story.program.document.target
    for field in fields(window):
        field.setFocus()
        QTest.keyClicks(field, "satbdvkegxqjfhwlmnrpz")
    assert (story.program.document.state.score, story.program.document.target) == (before[0].score, before[1])
    assert not story.program.generation.is_running
    for combo in (each for each in window.findChildren(QComboBox) if each.isVisible()):
        combo.setFocus()
        QTest.keyClicks(combo, "g")
    assert not story.program.generation.is_running


@pytest.mark.parametrize("dock", ["note-table", "history", "takes", "experts"])
def test_f6_reaches_every_part_and_the_enter_key_leads_back(story: Story, dock: str) -> None:
    window = story.program.window
    if not window.actions_[dock].isChecked():
        story.trigger(dock)
    process_events()
    docked = next(each for each in window.workspace.docks if each.objectName() == f"dock-{dock}")
    for _ in range(8):
        story.key(KEY.Key_F6)
        focus = window.focusWidget()
        if focus is not None and docked.isAncestorOf(focus):
            break
    else:
        pytest.fail(f"F6 never reached {dock}")


def test_an_open_menu_has_all_keys(story: Story) -> None:
    """Whoever looks through the menus with the keyboard changes nothing by that."""
    window, document = story.program.window, story.program.document
    cursor_at(story, KEY.Key_Right)
    story.key(KEY.Key_Return)
    story.key(KEY.Key_Return)
    before, notes = document.target, story.notes()
    assert document.selection
    window.menus.setActiveAction(window.menus.actions()[0])
    seen = []
    for key in (KEY.Key_Delete, KEY.Key_T, KEY.Key_G, KEY.Key_M, KEY.Key_Right, KEY.Key_Right, KEY.Key_Left):
        QTest.keyClick(window.windowHandle(), key)  # as the window system sends it
        seen.append(window.menus.activeAction().text())
    assert seen[-4:] == ["&File", "&Edit", "&View", "&Edit"]
    assert (document.target, story.notes()) == (before, notes)
    while QApplication.activePopupWidget() is not None:
        QTest.keyClick(window.windowHandle(), KEY.Key_Escape)
    assert document.selection


def test_the_place_of_the_cursor_is_told_as_it_is_now(story: Story) -> None:
    window, document = story.program.window, story.program.document
    cursor_at(story, KEY.Key_Right, KEY.Key_Right)
    assert window.hover.endswith("alto: nothing")
    story.key(KEY.Key_Return)
    assert window.hover.endswith("alto: C4 1/8")
    story.trigger("undo")
    assert window.hover.endswith("alto: nothing")
    story.key(KEY.Key_T)
    assert "tenor" in window.hover
    story.trigger("select-all")
    assert window.hover == ""
    document.select(frozenset())
    assert "tenor" in window.hover
    document.open(document.score, path=None)
    assert window.hover == ""
