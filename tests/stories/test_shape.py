from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.binders.clipboard import MIME_TYPE
from harmonizer_gui.views.quantise import QuantiseBox
from tests.stories.conftest import SCORE, Story

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
TENOR, BASS = VoiceName.TENOR, VoiceName.BASS


def undo_text(story: Story) -> str:
    return story.program.window.actions_["undo"].text()


def select(story: Story, voice: VoiceName, *starts: int) -> None:
    notes = [note for note in story.score.voice(voice) if note.start in starts]
    story.program.document.select(frozenset(NoteRef(voice, note) for note in notes))


def test_the_knife_splits_a_note_where_it_is_clicked(story: Story) -> None:
    story.key(Qt.Key.Key_K)
    story.click(story.at(250, 57))
    assert story.notes(TENOR)[:2] == [(0, 240, 57), (240, 240, 57)]
    assert undo_text(story) == "Undo Split a note of the tenor"
    story.trigger("undo")
    assert story.score == SCORE


def test_the_knife_goes_through_all_voices_with_shift(story: Story) -> None:
    story.key(Qt.Key.Key_K)
    story.click(story.at(250, 57), held=SHIFT)
    assert [story.notes(voice)[1][0] for voice in (VoiceName.SOPRANO, TENOR, BASS)] == [240, 240, 240]
    assert story.program.document.undo_stack.count() == 1


def test_selected_notes_are_joined_and_split_at_the_playhead(story: Story) -> None:
    select(story, TENOR, 0, 480, 960)
    story.key(Qt.Key.Key_J)
    assert story.notes(TENOR)[:2] == [(0, 1440, 57), (1440, 480, 57)]
    assert undo_text(story) == "Undo Join 3 notes of the tenor"
    story.program.window.roll.seek_asked.emit(720.0)
    story.key(Qt.Key.Key_K, CTRL)
    assert story.notes(TENOR)[:2] == [(0, 720, 57), (720, 720, 57)]


def test_what_cannot_be_joined_or_split_is_said(story: Story) -> None:
    select(story, TENOR, 0, 960)
    story.key(Qt.Key.Key_J)
    assert "Nothing to join" in story.program.window.status
    story.key(Qt.Key.Key_K, CTRL)
    assert "Nothing to split" in story.program.window.status
    assert story.program.document.undo_stack.count() == 0


def test_ctrl_drags_a_copy(story: Story) -> None:
    story.drag(story.at(240, 57), story.at(240, 62), held=CTRL)
    assert story.notes(TENOR)[0] == (0, 480, 62)
    story.trigger("undo")
    story.drag(story.at(240, 48), story.at(8160, 48), held=CTRL)
    assert (story.notes(BASS)[0], story.notes(BASS)[-1]) == ((0, 480, 48), (7920, 480, 48))
    assert undo_text(story) == "Undo Copy a note of the bass"


def test_a_selection_pushed_past_the_start_stays_a_block_and_comes_back(story: Story) -> None:
    """LMMS #4776: notes pushed past the range collapse, undo useless."""
    select(story, TENOR, 480, 960)
    story.drag(story.at(1200, 57), story.at(-2000, 57))
    assert story.notes(TENOR)[:2] == [(0, 480, 57), (480, 480, 57)]
    story.trigger("undo")
    assert story.score == SCORE
    select(story, TENOR, 480, 960)
    for _ in range(8):
        story.key(Qt.Key.Key_Up, SHIFT)
    assert {pitch for _, _, pitch in story.notes(TENOR)[1:3]} <= set(range(21, 109))
    while story.program.document.undo_stack.canUndo():
        story.trigger("undo")
    assert story.score == SCORE


def test_what_was_cut_is_pasted_at_the_playhead_into_the_target(story: Story) -> None:
    select(story, TENOR, 0, 480)
    story.key(Qt.Key.Key_X, CTRL)
    assert story.notes(TENOR)[0] == (960, 480, 57)
    assert undo_text(story) == "Undo Cut 2 notes of the tenor"
    story.key(Qt.Key.Key_A)
    story.program.window.roll.seek_asked.emit(1920.0)
    story.key(Qt.Key.Key_V, CTRL)
    assert story.notes() == [(1920, 480, 57), (2400, 480, 57)]
    assert undo_text(story) == "Undo Paste 2 notes of the alto"
    assert len(story.program.document.selection) == 2


def test_notes_of_several_voices_are_pasted_into_their_own(story: Story) -> None:
    story.key(Qt.Key.Key_A, CTRL)
    story.key(Qt.Key.Key_C, CTRL)
    assert "Copied 48 notes" in story.program.window.status
    story.program.window.roll.seek_asked.emit(7680.0)
    story.key(Qt.Key.Key_V, CTRL)
    assert [len(voice) for voice in story.score.voices] == [32, 0, 32, 32]


def test_notes_go_from_one_window_to_another(make_story: Callable[[], Story], story: Story) -> None:
    select(story, TENOR, 0)
    story.key(Qt.Key.Key_C, CTRL)
    other = make_story()
    other.program.document.open(Score(), path=None)
    other.trigger("paste")
    assert other.notes() == [(0, 480, 57)]


def test_foreign_things_on_the_clipboard_are_not_pasted(story: Story) -> None:
    for content in (b"", b"{}", b"\xff\xfe", b'{"format": 1, "notes": []}'):
        data = QMimeData()
        data.setData(MIME_TYPE, content)
        QGuiApplication.clipboard().setMimeData(data)
        story.key(Qt.Key.Key_V, CTRL)
        assert "Nothing to paste" in story.program.window.status
    QGuiApplication.clipboard().setText("A song")
    story.key(Qt.Key.Key_V, CTRL)
    assert story.score == SCORE


def test_duplicates_follow_what_they_are_duplicates_of(story: Story) -> None:
    select(story, TENOR, 6720, 7200)
    for _ in range(2):
        story.key(Qt.Key.Key_D, CTRL)
    assert story.notes(TENOR)[-5:] == [(start, 480, 57) for start in (7200, 7680, 8160, 8640, 9120)]
    assert undo_text(story) == "Undo Duplicate 2 notes of the tenor"


def test_a_selection_goes_to_another_voice_and_trims_what_is_there(story: Story) -> None:
    select(story, TENOR, 0, 480)
    story.key(Qt.Key.Key_2, CTRL)
    assert story.notes() == [(0, 480, 57), (480, 480, 57)]
    assert story.notes(TENOR)[0] == (960, 480, 57)
    assert undo_text(story) == "Undo Move 2 notes of the tenor to the alto"
    assert story.program.document.target is VoiceName.ALTO
    story.trigger("undo")
    assert story.score == SCORE


def test_two_voices_exchange_the_selected_notes(story: Story) -> None:
    document = story.program.document
    chosen = [NoteRef(voice, document.score.voice(voice).notes[1]) for voice in (TENOR, VoiceName.BASS)]
    before = [story.notes(voice)[1] for voice in (VoiceName.BASS, TENOR)]
    document.select(frozenset(chosen[:1]))
    story.trigger("exchange-voices")
    assert "notes of two voices" in story.program.window.status
    document.select(frozenset(chosen))
    story.key(Qt.Key.Key_5, CTRL)
    assert [story.notes(voice)[1] for voice in (TENOR, VoiceName.BASS)] == before
    assert undo_text(story) == "Undo Exchange notes of the tenor and the bass"
    assert len(document.selection) == 2


def test_a_fermata_goes_on_and_off(story: Story) -> None:
    select(story, TENOR, 0)
    story.key(Qt.Key.Key_F)
    assert story.score.voice(TENOR).notes[0].fermata
    assert story.program.window.actions_["fermata"].isChecked()
    story.key(Qt.Key.Key_F)
    assert story.score == SCORE
    assert not story.program.window.actions_["fermata"].isChecked()


def test_loudness_by_key(story: Story) -> None:
    select(story, TENOR, 0)
    story.key(Qt.Key.Key_Up, CTRL)
    assert story.score.voice(TENOR).notes[0].velocity == 88
    story.key(Qt.Key.Key_Down, CTRL)
    assert story.score == SCORE


def test_the_other_notes_are_selected(story: Story) -> None:
    select(story, TENOR, 0)
    story.key(Qt.Key.Key_I, CTRL)
    assert len(story.program.document.selection) == 47


@pytest.fixture
def loose(story: Story) -> Story:
    """The alto is off the grid, and selected."""
    notes = (Note(30, 400, 64), Note(500, 200, 65))
    story.program.document.open(SCORE.with_voice(VoiceName.ALTO, Voice(notes)), path=None)
    select(story, VoiceName.ALTO, 30, 500)
    return story


def box(story: Story) -> QuantiseBox:
    found = story.program.window.findChild(QuantiseBox)
    assert isinstance(found, QuantiseBox)
    return found


def answer(story: Story, button: QDialogButtonBox.StandardButton) -> None:
    buttons = box(story).findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    buttons.button(button).click()


def test_q_quantises_as_last_time(loose: Story) -> None:
    loose.key(Qt.Key.Key_Q)
    assert loose.notes() == [(0, 400, 64), (480, 200, 65)]
    assert undo_text(loose) == "Undo Quantise 2 notes of the alto"
    loose.key(Qt.Key.Key_Q)
    assert "on the grid already" in loose.program.window.status


def test_a_note_on_the_grid_is_not_pushed_off_it(story: Story) -> None:
    notes = (Note(5640, 120, 64), Note(5760, 960, 65))
    story.program.document.open(SCORE.with_voice(VoiceName.ALTO, Voice(notes)), path=None)
    select(story, VoiceName.ALTO, 5640, 5760)
    story.key(Qt.Key.Key_Q)
    assert story.notes() == [(5760, 960, 65)]
    assert len(story.program.document.selection) == 1


def test_quantising_is_seen_before_it_is_chosen(loose: Story) -> None:
    before = loose.score
    loose.key(Qt.Key.Key_Q, SHIFT)
    assert loose.notes() == [(0, 400, 64), (480, 200, 65)]
    box(loose).strength.setValue(50)
    assert loose.notes() == [(15, 400, 64), (490, 200, 65)]
    box(loose).lengths.setChecked(True)
    answer(loose, QDialogButtonBox.StandardButton.Ok)
    assert loose.program.document.undo_stack.count() == 1
    loose.trigger("undo")
    assert loose.score == before
    select(loose, VoiceName.ALTO, 30, 500)
    loose.key(Qt.Key.Key_Q)
    assert loose.notes()[0][0] == 15, "the strength is remembered"


def test_quantising_called_off_leaves_no_step(loose: Story) -> None:
    before = loose.score
    loose.key(Qt.Key.Key_Q, SHIFT)
    answer(loose, QDialogButtonBox.StandardButton.Cancel)
    assert loose.score == before
    assert loose.program.document.undo_stack.count() == 0


def test_an_edit_meanwhile_closes_the_box_and_stays(loose: Story) -> None:
    loose.key(Qt.Key.Key_Q, SHIFT)
    loose.click(loose.at(3000, 70))
    assert not box(loose).isVisible()
    assert loose.notes()[-1] == (2880, 240, 70)
    assert loose.notes()[0] == (0, 400, 64)


def test_new_notes_can_be_as_long_as_the_grid(story: Story) -> None:
    """stargate #10: drawn length is not the expected one."""
    story.drag(story.at(10, 67), story.at(950, 67))
    story.key(Qt.Key.Key_D, SHIFT)
    assert story.program.window.toolbar.drawn_length.currentIndex() == 1
    story.click(story.at(2000, 65))
    assert story.notes()[-1] == (1920, 240, 65)
    story.program.window.toolbar.drawn_length.activated.emit(0)
    story.click(story.at(4000, 65))
    assert story.notes()[-1] == (3840, 240, 65)


def test_what_needs_notes_is_grey_without_and_says_so(story: Story) -> None:
    actions = story.program.window.actions_
    assert not actions["cut"].isEnabled()
    assert actions["cut"].statusTip() == "Select notes first"
    select(story, TENOR, 0)
    assert actions["cut"].isEnabled()
    assert not actions["cut"].statusTip()


def test_an_outline_shows_what_a_click_will_draw(story: Story) -> None:
    def outlined() -> Note | None:
        return story.program.window.roll.outline.note

    story.move(story.at(1000, 66))
    assert outlined() == Note(960, 240, 66)
    story.move(story.at(1050, 66), held=ALT)
    free = outlined()
    assert free is not None
    assert free.start % 240
    story.click(story.at(1000, 66))
    story.move(story.at(1030, 66))
    assert outlined() is None
    assert story.program.window.roll.pointed == NoteRef(VoiceName.ALTO, Note(960, 240, 66))


def test_the_cursor_says_what_a_click_will_do(story: Story) -> None:
    field = story.program.window.roll.canvas.field

    def shape(place: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Qt.CursorShape:
        story.move(place, held)
        return Qt.CursorShape(field.cursor().shape())

    kinds = Qt.CursorShape
    assert shape(story.at(1000, 66)) == kinds.BitmapCursor
    assert shape(story.at(240, 57)) == kinds.SizeAllCursor
    assert shape(story.at(480, 57) - QPoint(2, 0)) == kinds.SizeHorCursor
    assert shape(story.at(240, 57), CTRL) == kinds.DragCopyCursor
    assert shape(story.at(1000, 66), CTRL) == kinds.CrossCursor
    story.key(Qt.Key.Key_V)
    assert shape(story.at(1010, 66)) == kinds.ArrowCursor
    story.key(Qt.Key.Key_K)
    assert shape(story.at(250, 57)) == kinds.BitmapCursor
    assert story.program.window.roll.outline.cuts


def test_j_joins_the_note_under_the_pointer_where_none_is_selected(story: Story) -> None:
    story.move(story.at(240, 57))
    story.key(Qt.Key.Key_J)
    assert story.notes(TENOR)[:2] == [(0, 960, 57), (960, 480, 57)]
