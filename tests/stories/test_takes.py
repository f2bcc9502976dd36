"""Generating, trying takes by keys and by the dock, keeping one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.from_nothing import FromNothing
from tests.fake_model import fake_pitch
from tests.qt import process_events, wait_until
from tests.stories.conftest import BAR, NO_KEY, SCORE, Story, quarters

SOPRANO, ALTO, TENOR, BASS = VoiceName
Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def finish(story: Story) -> None:
    wait_until(lambda: not story.program.generation.is_running)


def three_takes(story: Story) -> int:
    """Shift+G; returns the seed of the first."""
    story.key(Key.Key_G, SHIFT)
    finish(story)
    story.program.window.roll.setFocus()
    seed = story.program.generation.seed
    assert seed is not None
    return seed


def heard(story: Story) -> list[int]:
    return [note.pitch for note in story.score.voice(ALTO)]


def of_seed(seed: int) -> list[int]:
    return [fake_pitch(ALTO, step, seed) for step in range(0, 4 * BAR // 120, 4)]


def test_several_takes_are_tried_compared_and_one_kept(story: Story) -> None:
    seed = three_takes(story)
    stack = story.program.document.undo_stack
    assert heard(story) == of_seed(seed)
    story.key(Key.Key_BracketRight)
    story.key(Key.Key_BracketRight)
    assert heard(story) == of_seed(seed + 2)
    story.key(Key.Key_BracketLeft)
    assert heard(story) == of_seed(seed + 1)
    story.key(Key.Key_X)
    assert heard(story) == of_seed(seed + 2)
    story.key(Key.Key_Return)
    assert story.program.window.status.startswith("Kept take 3")
    assert stack.count() == 1
    story.key(Key.Key_Escape)
    assert heard(story) == of_seed(seed + 2)
    story.trigger("undo")
    assert story.score == SCORE


def test_esc_goes_back_to_what_was_there(story: Story) -> None:
    seed = three_takes(story)
    story.key(Key.Key_BracketRight)
    story.key(Key.Key_Escape)
    assert story.score == SCORE
    assert story.program.document.undo_stack.count() == 0
    story.key(Key.Key_BracketRight)
    assert heard(story) == of_seed(seed)


def test_esc_lets_go_of_the_selection_first(story: Story) -> None:
    seed = three_takes(story)
    note = story.score.voice(ALTO).notes[0]
    story.program.document.select(frozenset({NoteRef(ALTO, note)}))
    story.key(Key.Key_Escape)
    assert not story.program.document.selection
    assert heard(story) == of_seed(seed)


def test_the_playhead_goes_on_while_takes_are_tried(story: Story) -> None:
    seed = three_takes(story)
    story.key(Key.Key_Space)
    player = story.program.player
    for _ in range(20):
        story.clock.now += 0.05
        player.advance()
    before = player.position_tick
    story.key(Key.Key_BracketRight)
    assert player.is_playing
    assert player.position_tick == before
    story.clock.now += 0.05
    player.advance()
    assert player.position_tick > before
    assert heard(story) == of_seed(seed + 1)
    story.key(Key.Key_Space)


def test_an_edit_keeps_the_take_as_a_step_of_its_own(story: Story) -> None:
    seed = three_takes(story)
    story.key(Key.Key_Tab)
    story.key(Key.Key_Up)
    assert heard(story)[0] == of_seed(seed)[0] + 1
    assert not story.program.generation.takes.is_auditioning
    story.trigger("undo")
    assert heard(story) == of_seed(seed)
    story.trigger("undo")
    assert story.score == SCORE


def test_the_dock_opens_for_several_and_its_cards_are_walked_by_keys(story: Story) -> None:
    panel = story.program.taking.panel
    assert not panel.isVisible()
    seed = three_takes(story)
    wait_until(panel.view.isVisible)
    assert [card.title for card in panel.cards] == ["0 · original", "1", "2", "3"]
    assert [card.aside for card in panel.cards] == ["empty", "1.00 bits", "2.00 bits", "3.00 bits"]
    assert panel.cards[3].foot == f"2 parallels · seed {seed + 2}"
    panel.view.setFocus()
    QTest.keyClick(panel.view, Key.Key_Right)
    assert heard(story) == of_seed(seed + 1)
    QTest.keyClick(panel.view, Key.Key_Return)
    assert not story.program.generation.takes.is_auditioning
    assert not panel.accept.isEnabled()


def test_a_click_on_a_card_lets_it_be_heard_and_the_buttons_keep_or_leave_it(story: Story) -> None:
    seed = three_takes(story)
    panel = story.program.taking.panel
    wait_until(panel.view.isVisible)
    place = panel.view.visualRect(panel.view.model().index(2, 0)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard(story) == of_seed(seed + 1)
    QTest.mouseClick(panel.leave, Qt.MouseButton.LeftButton)
    assert story.score == SCORE


def test_a_take_is_had_again_with_a_button(story: Story) -> None:
    seed = three_takes(story)
    panel = story.program.taking.panel
    wait_until(panel.again.isVisible)
    QTest.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    finish(story)
    assert heard(story) == of_seed(seed)
    assert len(panel.cards) == 5
    assert story.program.window.status == "Note for note take 1 again."


def test_takes_are_kept_in_the_project(story: Story, tmp_path: Path) -> None:
    seed = three_takes(story)
    story.dialogs.path = tmp_path / "piece.harmonizer"
    story.trigger("save-as")
    wait_until(lambda: not story.program.document.is_dirty)
    story.trigger("new")
    assert story.program.generation.takes.sets == ()
    story.program.files.open(story.dialogs.path)
    wait_until(lambda: story.program.generation.takes.shown == 1)
    story.key(Key.Key_BracketRight)
    assert heard(story) == of_seed(seed + 1)


def test_the_heat_of_a_take_can_be_seen_as_it_was_sampled(story: Story) -> None:
    three_takes(story)
    story.wait_for_heat()
    heat = story.program.heat
    seen = [heat.sampled]
    story.key(Key.Key_H, SHIFT)
    assert story.program.window.status == "Heat on the roll: what take 1 was drawn from"
    sampled = heat.product
    assert sampled is not None
    note = story.score.voice(ALTO).notes[0]
    assert sampled[0, note.pitch - 21] == 1.0
    for key, held in ((Key.Key_BracketLeft, NO_KEY), (Key.Key_BracketRight, NO_KEY), (Key.Key_H, SHIFT)):
        seen.append(heat.sampled)
        story.key(key, held)
    assert [*seen, heat.sampled] == [False, True, False, True, False]


def test_late_answers_never_paint(story: Story) -> None:
    story.model.fill_gate_step = 32
    story.model.fill_gate.close()
    story.key(Key.Key_G)
    wait_until(lambda: story.model.fill_gate.is_reached)
    story.key(Key.Key_Escape)
    story.model.fill_gate.open()
    process_events()
    assert story.program.window.roll.notes.shown.growing == ()
    assert story.score == SCORE
    assert story.program.generation.takes.sets == ()


def test_a_search_is_stopped_by_esc_and_its_best_line_kept_by_enter(story: Story) -> None:
    story.program.document.edit("Draw", SCORE.with_voice(ALTO, quarters(64)))
    story.program.document.select(frozenset(NoteRef(ALTO, n) for n in story.score.voice(ALTO).notes[:4]))
    story.key(Key.Key_R)
    button = story.program.window.toolbar.generate
    wait_until(lambda: button.text().startswith("Keep "))
    assert story.program.window.roll.notes.shown.growing
    story.key(Key.Key_Escape)
    assert not story.program.generation.is_running
    assert heard(story)[4:] == [64] * 12
    assert heard(story)[:4] != [64] * 4
    story.key(Key.Key_Return)
    assert story.program.document.undo_stack.count() == 2


def test_chips_are_joined_with_shift_and_the_button_names_both(story: Story) -> None:
    window = story.program.window
    story.program.document.edit("Clear", SCORE.with_voice(TENOR, SCORE.voice(ALTO)))
    chip = window.toolbar.chips.chips[TENOR]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, SHIFT)
    assert story.program.document.target is ALTO
    assert window.toolbar.generate.text() == "Generate alto and tenor"
    assert window.actions_["together-tenor"].isChecked()
    story.key(Key.Key_G)
    finish(story)
    assert len(story.score.voice(TENOR)) == 16
    story.trigger("together-tenor")
    assert window.toolbar.generate.text() == "Generate alto again"


def test_locked_notes_stay_and_say_so(story: Story) -> None:
    story.key(Key.Key_G)
    finish(story)
    kept = story.score.voice(ALTO).notes[:2]
    story.program.document.select(frozenset(NoteRef(ALTO, note) for note in kept))
    story.key(Key.Key_L, SHIFT)
    assert story.program.window.status.startswith("Lock 2 notes · undo with")
    assert story.program.locking.marks.isVisible()
    story.program.document.select(frozenset())
    story.program.generation.start(seed=(story.program.generation.seed or 0) + 1)
    finish(story)
    assert story.score.voice(ALTO).notes[:2] == kept
    story.trigger("undo")
    story.trigger("undo")
    assert not story.program.document.locks
    assert not story.program.locking.marks.isVisible()


def test_voices_and_bars_are_locked_from_the_menu(story: Story) -> None:
    story.trigger("lock-bass")
    locks = story.program.document.locks
    assert locks.voices == frozenset({BASS})
    assert story.program.window.actions_["lock-bass"].isChecked()
    story.program.window.roll.set_playhead(BAR + 10)
    story.key(Key.Key_L, CTRL | SHIFT)
    assert all(spans == ((BAR, 2 * BAR),) for spans in story.program.document.locks.spans)
    story.trigger("unlock-all")
    assert not story.program.document.locks
    assert not story.program.window.actions_["unlock-all"].isEnabled()


def test_a_piece_from_nothing_is_asked_for_in_a_form(story: Story) -> None:
    story.trigger("compose")
    form = story.program.window.findChild(FromNothing)
    assert isinstance(form, FromNothing)
    assert (form.key.currentText(), form.metre.currentText()) == ("C major", "4/4")
    form.bars.setValue(2)
    form.metre.setCurrentText("3/4")
    form.accept()
    finish(story)
    assert [voice.end for voice in story.score.voices] == [2 * 1440] * 4
    story.program.window.activateWindow()
    story.program.window.roll.setFocus()
    process_events()
    story.key(Key.Key_Escape)
    assert story.score == SCORE


def test_a_drag_over_the_ruler_says_which_time_is_written(story: Story) -> None:
    story.program.window.roll.canvas.ruler.loop_dragged.emit(0.0, 1900.0, True)
    assert story.program.window.actions_["generate-time"].isEnabled()
    story.trigger("generate-time")
    finish(story)
    assert {note.end <= 1920 for note in story.score.voice(VoiceName.ALTO)} == {True}
    story.key(Key.Key_L)
    assert not story.program.window.actions_["generate-time"].isEnabled()


def test_what_cannot_be_done_says_why(story: Story) -> None:
    actions = story.program.window.actions_
    assert not actions["generate-time"].isEnabled()
    assert "Select notes, or drag" in actions["generate-time"].statusTip()
    assert "no takes" in actions["next-take"].statusTip()
    assert not actions["accept-take"].isEnabled()
    story.key(Key.Key_Return)
    assert story.score == SCORE


def test_the_menu_of_the_button_chooses_how_many(story: Story) -> None:
    window = story.program.window
    story.trigger("takes-5")
    assert window.actions_["takes-5"].isChecked()
    assert window.actions_["generate-several"].text() == "Generate alto: 5 takes"
    three_takes(story)
    assert len(story.program.taking.panel.cards) == 6
