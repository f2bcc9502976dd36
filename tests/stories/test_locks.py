"""What is locked cannot be edited by hand either, and one is told why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.session.locks import NO_LOCKS, Locks
from tests.stories.conftest import BAR, SCORE, Story

TENOR, BASS = VoiceName.TENOR, VoiceName.BASS
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def locked(story: Story) -> Story:
    """The second bar of the tenor and all of the bass are locked."""
    place = ((TENOR, ((BAR, 2 * BAR),)),)
    story.program.document.set_locks("Lock", Locks(frozenset({BASS})).with_place(place, on=True))
    return story


def test_locked_notes_are_selected_and_heard_but_not_moved(locked: Story) -> None:
    locked.drag(locked.at(240, 48), locked.at(240, 52))
    assert locked.score == SCORE
    assert len(locked.program.document.selection) == 1
    assert locked.program.document.target is BASS


def test_a_cursor_says_that_a_note_is_locked(locked: Story) -> None:
    locked.move(locked.at(240, 48))
    cursor = locked.program.window.roll.canvas.field.cursor()
    assert cursor.shape() is Qt.CursorShape.ForbiddenCursor


def test_a_note_stops_before_a_locked_one(locked: Story) -> None:
    edge = locked.at(BAR, 57)
    edge.setX(edge.x() - 2)
    target = locked.at(BAR + 480, 57)
    locked.drag(edge, target)
    assert locked.score == SCORE
    assert "locked in the tenor" in locked.program.window.status


def test_neither_eraser_nor_knife_nor_pencil_touch_what_is_locked(locked: Story) -> None:
    locked.click(locked.at(240, 48), Qt.MouseButton.RightButton)
    locked.key(Qt.Key.Key_E)
    locked.drag(locked.at(100, 48), locked.at(900, 48))
    locked.key(Qt.Key.Key_K)
    locked.click(locked.at(240, 48))
    locked.key(Qt.Key.Key_D)
    locked.key(Qt.Key.Key_B)
    locked.click(locked.at(1000, 52))
    assert locked.score == SCORE


def test_keys_change_nothing_locked(locked: Story) -> None:
    locked.key(Qt.Key.Key_A, CTRL)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Delete, Qt.Key.Key_J, Qt.Key.Key_F):
        locked.key(key)
        assert "unlock it first" in locked.program.window.status
        assert locked.score == SCORE
        locked.program.window.set_status("")


def test_a_copy_can_be_dragged_off_a_locked_note(locked: Story) -> None:
    locked.drag(locked.at(BAR + 240, 57), locked.at(240, 62), held=CTRL)
    assert locked.notes(TENOR)[0] == (0, 480, 62)
    assert locked.notes(TENOR)[4] == (BAR, 480, 57)


def test_a_part_of_a_selection_that_is_free_moves(locked: Story) -> None:
    notes = locked.score.voice(TENOR).notes
    locked.program.document.select(frozenset({NoteRef(TENOR, notes[0]), NoteRef(TENOR, notes[5])}))
    locked.drag(locked.at(240, 57), locked.at(240, 60))
    assert [locked.notes(TENOR)[0], locked.notes(TENOR)[5]] == [(0, 480, 60), (2400, 480, 57)]


def test_unlocked_notes_are_free_again(locked: Story) -> None:
    locked.program.document.set_locks("Unlock", NO_LOCKS)
    locked.drag(locked.at(240, 48), locked.at(240, 52))
    assert locked.notes(BASS)[0] == (0, 480, 52)
