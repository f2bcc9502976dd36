from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt

from harmonizer_gui.score import Voice, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef
from tests.stories.conftest import SCORE, Story

TENOR = VoiceName.TENOR


def test_a_note_is_dragged_and_what_it_covers_comes_back_with_undo(story: Story) -> None:
    story.drag(story.at(240, 57), story.at(720, 59))
    assert story.notes(TENOR)[:2] == [(480, 480, 59), (960, 480, 57)]
    assert story.program.document.target is TENOR
    assert story.program.document.undo_stack.count() == 1
    story.trigger("undo")
    assert story.score == SCORE


def test_what_is_covered_is_trimmed_while_dragging(story: Story) -> None:
    story.press(story.at(240, 57))
    story.move(story.at(480, 57))
    assert story.notes(TENOR)[:2] == [(240, 480, 57), (720, 240, 57)]
    story.move(story.at(240, 57))
    assert story.score == SCORE
    story.release(story.at(240, 57))
    assert story.program.document.undo_stack.count() == 0


def test_esc_aborts_a_drag(story: Story) -> None:
    story.press(story.at(240, 57))
    story.move(story.at(720, 60))
    assert story.score != SCORE
    story.key(Qt.Key.Key_Escape)
    assert story.score == SCORE
    assert story.program.document.undo_stack.count() == 0
    story.move(story.at(2000, 66))
    story.release(story.at(2000, 66))
    assert story.score == SCORE


def test_an_edge_is_dragged(story: Story) -> None:
    start = story.at(7680, 57) - QPoint(2, 0)
    story.drag(start, story.at(8160, 57) - QPoint(2, 0))
    assert story.notes(TENOR)[-1] == (7200, 960, 57)


def test_arrows_move_and_lengthen_what_is_selected(story: Story) -> None:
    story.click(story.at(240, 57))
    story.key(Qt.Key.Key_Up)
    assert story.notes(TENOR)[0] == (0, 480, 58)
    story.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert story.notes(TENOR)[0] == (0, 480, 70)
    story.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert story.notes(TENOR)[0] == (0, 480, 69)
    story.key(Qt.Key.Key_Right)
    assert story.notes(TENOR)[0] == (240, 480, 69)
    story.key(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert story.notes(TENOR)[0] == (240, 240, 69)
    assert story.program.document.undo_stack.count() == 5


def select_generated(story: Story, *starts: int) -> None:
    """Let the model have written the tenor, and select its notes at `starts`."""
    line = Voice(tuple(replace(note, generated=True) for note in SCORE.voice(TENOR)))
    story.program.document.open(SCORE.with_voice(TENOR, line), path=None)
    chosen = [NoteRef(TENOR, note) for note in line if note.start in starts]
    story.program.document.select(frozenset(chosen))


def test_notes_without_room_to_grow_stay_selected_and_the_models(story: Story) -> None:
    select_generated(story, 6240, 6720, 7200)
    for _ in range(2):
        story.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert story.notes(TENOR)[-3:] == [(6240, 480, 57), (6720, 480, 57), (7200, 960, 57)]
    assert [note.generated for note in story.score.voice(TENOR).notes[-3:]] == [True, True, False]
    assert sorted(ref.note.start for ref in story.program.document.selection) == [6240, 6720, 7200]


def test_a_dragged_edge_of_neighbours_leaves_all_selected(story: Story) -> None:
    select_generated(story, 6720, 7200)
    place = story.at(7680, 57) - QPoint(2, 0)
    story.drag(place, place + story.at(8160, 57) - story.at(7680, 57))
    assert story.notes(TENOR)[-2:] == [(6720, 480, 57), (7200, 960, 57)]
    assert [note.generated for note in story.score.voice(TENOR).notes[-2:]] == [True, False]
    assert len(story.program.document.selection) == 2


def test_tab_walks_along_the_voice(story: Story) -> None:
    story.key(Qt.Key.Key_T)
    story.key(Qt.Key.Key_Tab)
    story.key(Qt.Key.Key_Tab)
    (chosen,) = story.program.document.selection
    assert (chosen.voice, chosen.note.start) == (TENOR, 480)
    story.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    (chosen,) = story.program.document.selection
    assert chosen.note.start == 0
    story.key(Qt.Key.Key_Escape)
    assert story.program.document.selection == NOTHING
