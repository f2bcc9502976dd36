"""The note table shows the same document as the roll, and edits it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import lay_notes
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


def write(panel: NoteTable, row: int, column: Column, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Edit a cell by keys."""
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(row, column))
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    editor = panel.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, end)
    process_events()


def place(panel: NoteTable) -> tuple[int, int]:
    """Row and column of the current cell."""
    index = panel.table.currentIndex()
    return index.row(), index.column()


def test_a_cell_is_edited_by_keys_and_undone(story: Story, panel: NoteTable) -> None:
    write(panel, 0, Column.PITCH, "G5")
    assert story.notes(VoiceName.SOPRANO)[0] == (0, 480, 79)
    assert panel.model.data(panel.model.index(0, Column.PITCH)) == "G5"
    assert story.program.document.selection == {panel.model.ref(0)}
    story.trigger("undo")
    assert story.notes(VoiceName.SOPRANO)[0] == (0, 480, 72)


@pytest.mark.parametrize(
    ("row", "column", "text", "row_then"),
    [
        (4, Column.PITCH, "A3", 4),
        (3, Column.BEAT, "2.5", 5),
        (47, Column.LENGTH, "1/8", 47),
        (47, Column.LENGTH, "2/1", 47),  # the piece gets longer: all rows come anew
    ],
)
def test_after_an_edit_by_keys_the_arrows_go_on_from_the_cell(
    story: Story, panel: NoteTable, row: int, column: Column, text: str, row_then: int
) -> None:
    write(panel, row, column, text)
    assert story.program.window.focusWidget() is panel.table
    assert place(panel) == (row_then, column)
    assert panel.selected == {panel.model.ref(row_then)}
    QTest.keyClick(panel.table, Qt.Key.Key_Up)
    assert place(panel) == (row_then - 1, column)


def test_tab_edits_the_next_cell_of_the_same_note(story: Story, panel: NoteTable) -> None:
    write(panel, 4, Column.PITCH, "A3", Qt.Key.Key_Tab)
    assert place(panel) == (4, Column.LOUDNESS)
    assert isinstance(story.program.window.focusWidget(), QLineEdit)


def test_the_only_note_keeps_the_focus_too(story: Story, panel: NoteTable) -> None:
    story.program.document.edit("One note", lay_notes(Score(), VoiceName.ALTO, [Note(0, 480, 60)]))
    write(panel, 0, Column.PITCH, "A3")
    assert story.program.window.focusWidget() is panel.table
    assert place(panel) == (0, Column.PITCH)


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
