"""The note table shows the same document as the roll, and edits it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.note_table import NoteTable
from harmonizer_gui.views.note_table.cells import Column
from tests.qt import process_events
from tests.stories.conftest import Story


@pytest.fixture
def panel(story: Story) -> NoteTable:
    story.trigger("note-table")
    process_events()
    return story.program.tabling.panel


def test_all_notes_stand_in_it(story: Story, panel: NoteTable) -> None:
    assert panel.model.rowCount() == 48
    story.trigger("select-all")
    story.trigger("delete")
    assert panel.model.rowCount() == 0
    assert panel.empty.isVisible()
    assert "press G" in panel.empty.text()
    story.trigger("undo")
    assert panel.model.rowCount() == 48


def test_selecting_here_selects_there(story: Story, panel: NoteTable) -> None:
    panel.table.selectRow(4)
    (ref,) = story.program.document.selection
    assert ref == panel.model.ref(4)
    story.trigger("select-all")
    assert len(panel.selected) == 48
    story.trigger("select-none")
    assert not panel.selected


def test_a_cell_is_edited_by_keys_and_undone(story: Story, panel: NoteTable) -> None:
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(0, Column.PITCH))
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    editor = panel.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "G5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    process_events()
    assert story.notes(VoiceName.SOPRANO)[0] == (0, 480, 79)
    assert panel.model.data(panel.model.index(0, Column.PITCH)) == "G5"
    assert story.program.document.selection == {panel.model.ref(0)}
    story.trigger("undo")
    assert story.notes(VoiceName.SOPRANO)[0] == (0, 480, 72)


def test_what_makes_no_sense_is_answered_in_the_status_line(story: Story, panel: NoteTable) -> None:
    panel.model.setData(panel.model.index(0, Column.BEAT), "9")
    assert story.program.window.status == "Bar 1 has no beat 9"
    assert story.program.document.undo_stack.count() == 0


def test_delete_takes_the_selected_notes_away(story: Story, panel: NoteTable) -> None:
    panel.table.setFocus()
    panel.table.selectRow(0)
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert panel.model.rowCount() == 47
    assert len(story.notes(VoiceName.SOPRANO)) == 15


def test_the_probability_is_that_of_the_voice_being_edited(story: Story, panel: NoteTable) -> None:
    story.key(Qt.Key.Key_T)
    story.wait_for_heat()
    texts = [panel.model.data(panel.model.index(row, Column.PROBABILITY)) for row in range(3)]
    assert texts[0] == texts[2] == ""
    assert str(texts[1]).endswith("%")


def test_a_closed_table_is_not_kept_up(story: Story, panel: NoteTable) -> None:
    story.trigger("note-table")
    process_events()
    story.trigger("select-all")
    story.trigger("delete")
    assert panel.model.rowCount() == 48
    story.trigger("note-table")
    process_events()
    assert panel.model.rowCount() == 0
