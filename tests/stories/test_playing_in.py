from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from harmonizer_gui.playback import midi_input
from harmonizer_gui.playback.inputs import InputError, InputsFound, Pedal, Played, Released, Struck
from harmonizer_gui.playback.listener import CHECK_SECONDS
from harmonizer_gui.playback.messages import Click
from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.dialogs import Leaving
from harmonizer_gui.views.message_bar import MessageRow
from tests.qt import process_events, wait_until
from tests.stories.conftest import Story

S, A = VoiceName.SOPRANO, VoiceName.ALTO
BEAT_SECONDS = 60 / 84


class Pianist:
    """Plays on the keyboard that the program listens to."""

    def __init__(self, story: Story) -> None:
        self._story = story
        story.program.playing_in._choose("Piano")
        story.program.listener.advance()

    def play(self, *played: Played) -> None:
        self._story.keyboards.last.waiting += played
        self._story.program.listener.advance()
        self._story.program.player.advance()

    def tap(self, *pitches: int) -> None:
        """Keys one after the other, each let go before the next."""
        for pitch in pitches:
            self.wait(0.2)
            self.play(Struck(pitch, 90))
            self.wait(0.1)
            self.play(Released(pitch))

    def wait(self, seconds: float) -> None:
        for _ in range(max(1, round(seconds / 0.05))):
            self._story.clock.now += min(seconds, 0.05)
            self._story.program.player.advance()
        self._story.program.playing._show_position()


@pytest.fixture
def pianist(story: Story) -> Pianist:
    return Pianist(story)


def said(story: Story) -> str:
    return story.program.window.status


def test_without_a_keyboard_the_actions_say_what_is_missing(story: Story) -> None:
    for name in ("record", "step-entry"):
        assert not story.program.window.actions_[name].isEnabled()
        assert "Choose a MIDI keyboard first" in story.program.window.actions_[name].toolTip()
    assert "Choose a MIDI keyboard first" in story.program.window.transport.record.toolTip()


def test_a_key_sounds_and_is_lit_until_it_comes_up(story: Story, pianist: Pianist) -> None:
    pianist.play(Struck(60, 50))
    assert story.sound.last.sounding == {(A, 60)}
    assert story.program.window.roll.canvas.keyboard.lit == {60}
    pianist.play(Released(60))
    assert story.sound.last.sounding == set()
    assert story.program.window.roll.canvas.keyboard.lit == frozenset()
    assert story.notes() == []


def test_steps_are_written_one_after_the_other(story: Story, pianist: Pianist) -> None:
    story.key(Qt.Key.Key_I)
    assert "Step entry" in said(story)
    pianist.tap(60, 62)
    assert story.notes() == [(0, 240, 60), (240, 240, 62)]
    assert story.program.window.roll.playhead.tick == 480
    assert story.program.document.undo_stack.undoText() == "Enter D4 in the alto"
    assert story.score.voice(A).notes[0].velocity == 90
    story.trigger("undo")
    story.trigger("undo")
    assert story.notes() == []


def test_a_key_that_is_held_goes_on_sounding_while_its_step_is_written(
    story: Story, pianist: Pianist
) -> None:
    story.key(Qt.Key.Key_I)
    pianist.play(Struck(60, 90))
    pianist.wait(0.1)
    assert story.sound.last.sounding == {(A, 60)}


def test_of_a_chord_the_top_note_is_entered_as_one_step(story: Story, pianist: Pianist) -> None:
    story.key(Qt.Key.Key_I)
    pianist.play(Struck(60, 90), Struck(67, 90), Struck(64, 90))
    assert story.notes() == [(0, 240, 67)]
    assert "one note at a time" in said(story)
    assert story.program.document.undo_stack.undoText() == "Enter G4 in the alto"
    story.trigger("undo")
    assert story.notes() == []


def test_keys_held_over_one_another_are_steps_of_their_own(story: Story, pianist: Pianist) -> None:
    story.key(Qt.Key.Key_I)
    pianist.play(Struck(60, 90))
    pianist.wait(0.3)
    pianist.play(Struck(64, 90))
    assert [pitch for *_, pitch in story.notes()] == [60, 64]


def test_the_pedal_rests_and_lengthens_what_is_held(story: Story, pianist: Pianist) -> None:
    story.key(Qt.Key.Key_I)
    pianist.play(Pedal(down=True), Pedal(down=False))
    pianist.tap(60)
    assert story.notes() == [(240, 240, 60)]
    pianist.wait(0.2)
    pianist.play(Struck(62, 90))
    pianist.play(Pedal(down=True))
    assert story.notes() == [(240, 240, 60), (480, 480, 62)]
    assert story.program.window.roll.playhead.tick == 960


def test_zero_rests_over_what_stood_there(story: Story, pianist: Pianist) -> None:
    story.program.document.set_target(S)
    story.key(Qt.Key.Key_I)
    story.key(Qt.Key.Key_0)
    assert story.notes(S)[0] == (240, 240, 72)
    assert story.program.document.undo_stack.undoText() == "Enter a rest in the soprano"


def test_backspace_goes_back_step_by_step(story: Story, pianist: Pianist) -> None:
    story.key(Qt.Key.Key_I)
    pianist.tap(60, 62, 64)
    story.key(Qt.Key.Key_Backspace)
    assert story.notes() == [(0, 240, 60), (240, 240, 62)]
    assert story.program.window.roll.playhead.tick == 480
    story.key(Qt.Key.Key_Backspace)
    pianist.tap(65)
    assert story.notes() == [(0, 240, 60), (240, 240, 65)]


def test_backspace_deletes_as_ever_when_no_steps_are_entered(story: Story, pianist: Pianist) -> None:
    story.program.document.set_target(S)
    story.trigger("select-voice")
    story.key(Qt.Key.Key_Backspace)
    assert story.notes(S) == []


def test_what_is_locked_takes_no_step(story: Story, pianist: Pianist) -> None:
    locks = story.program.document.locks.with_voice(A, on=True)
    story.program.document.set_locks("Lock the alto", locks)
    story.key(Qt.Key.Key_I)
    pianist.tap(60)
    assert story.notes() == []
    assert "locked" in said(story)
    assert story.program.window.roll.playhead.tick == 0


def record(story: Story, pianist: Pianist) -> None:
    """Start, and wait until the bar is counted."""
    story.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    pianist.wait(0.05)
    pianist.wait(4 * BEAT_SECONDS)


def test_a_bar_is_counted_and_what_is_played_becomes_notes(story: Story, pianist: Pianist) -> None:
    story.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    pianist.wait(0.1)
    assert story.program.window.transport.position.text() == "In · 1"
    pianist.wait(4 * BEAT_SECONDS)
    pianist.play(Struck(60, 77))
    pianist.wait(BEAT_SECONDS)
    pianist.play(Released(60), Struck(62, 77))
    pianist.wait(BEAT_SECONDS)
    assert [len(voice) for _, voice in story.program.window.roll.notes.shown.growing] == [2]
    pianist.play(Released(62))
    story.key(Qt.Key.Key_Space)
    assert story.notes() == [(0, 480, 60), (480, 480, 62)]
    assert story.program.document.undo_stack.undoText() == "Record in the alto"
    assert story.program.window.roll.notes.shown.growing == ()
    assert "Recorded 2 notes of the alto" in said(story)
    assert not story.program.window.transport.record.isChecked()
    clicks = [entry for entry in story.sound.last.log if isinstance(entry, Click)]
    assert clicks.count(Click(accented=True)) == 2
    assert len(clicks) >= 6
    story.trigger("undo")
    assert story.notes() == []


def test_a_recording_takes_the_place_of_the_voice_which_is_silent(story: Story, pianist: Pianist) -> None:
    story.program.document.set_target(S)
    record(story, pianist)
    assert 72 not in story.sound.last.onsets
    pianist.play(Struck(74, 80))
    pianist.wait(BEAT_SECONDS)
    pianist.play(Released(74))
    QTest.mouseClick(story.program.window.transport.stop, Qt.MouseButton.LeftButton)
    assert story.notes(S)[:2] == [(0, 480, 74), (480, 480, 72)]
    story.key(Qt.Key.Key_Space)
    pianist.wait(BEAT_SECONDS)
    assert story.sound.last.onsets.count(74) == 2


def test_nothing_played_leaves_no_undo_step(story: Story, pianist: Pianist) -> None:
    record(story, pianist)
    story.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert "Nothing was played" in said(story)
    assert not story.program.document.undo_stack.canUndo()


def test_a_keyboard_that_vanishes_keeps_what_was_played(story: Story, pianist: Pianist) -> None:
    record(story, pianist)
    pianist.play(Struck(60, 80))
    pianist.wait(BEAT_SECONDS)
    story.keyboards.last.alive = False
    story.keyboards.missing.add("Piano")
    story.clock.now += CHECK_SECONDS
    story.program.listener.advance()
    story.program.player.advance()
    assert [pitch for *_, pitch in story.notes()] == [60]
    assert not story.program.player.is_playing
    assert story.sound.last.sounding == set()
    assert "Piano is gone" in story.program.window.messages.texts[0]
    assert story.program.window.roll.canvas.keyboard.lit == frozenset()


def test_a_loop_is_no_place_to_record(story: Story, pianist: Pianist) -> None:
    story.key(Qt.Key.Key_L)
    story.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert "end the loop first" in said(story)
    assert not story.program.player.is_playing
    assert not story.program.window.transport.record.isChecked()


def test_what_is_locked_ahead_is_no_place_to_record(story: Story, pianist: Pianist) -> None:
    locks = story.program.document.locks.with_voice(A, on=True)
    story.program.document.set_locks("Lock the alto", locks)
    story.trigger("record")
    assert "unlock it first" in said(story)
    assert not story.program.player.is_playing


def test_another_piece_gets_none_of_what_was_played(story: Story, pianist: Pianist) -> None:
    record(story, pianist)
    pianist.play(Struck(60, 80))
    story.program.document.open(story.score, path=None)
    assert story.notes() == []
    assert not story.program.recording.is_recording


def test_whoever_leaves_while_recording_is_asked_about_what_was_played(
    story: Story, pianist: Pianist
) -> None:
    record(story, pianist)
    pianist.play(Struck(60, 80))
    pianist.wait(BEAT_SECONDS)
    story.dialogs.leaving = Leaving.CANCEL
    story.program.window.close()
    assert story.program.window.isVisible()
    assert story.notes() == [(0, 480, 60)]
    assert not story.program.recording.is_recording
    story.trigger("undo")
    assert story.notes() == []


def test_a_failure_while_recording_loses_nothing(story: Story, pianist: Pianist) -> None:
    record(story, pianist)
    pianist.play(Struck(60, 80))
    pianist.wait(BEAT_SECONDS)
    story.program._guard._handle(ValueError, ValueError("oh"), None)
    assert story.notes() == [(0, 480, 60)]
    bar = story.program.window.messages
    assert "your work is kept" in bar.texts[0]
    bar.dismiss(bar.findChildren(MessageRow)[0])


def test_steps_are_written_at_the_grid_cursor_while_it_is_seen(story: Story, pianist: Pianist) -> None:
    roll = story.program.window.roll
    story.key(Qt.Key.Key_Down)
    for _ in range(3):
        story.key(Qt.Key.Key_Right)
    story.key(Qt.Key.Key_I)
    assert "from the grid cursor on" in said(story)
    pianist.tap(60, 62)
    assert story.notes() == [(720, 240, 60), (960, 240, 62)]
    cursor = story.program.cursor.cursor
    assert cursor is not None
    assert (cursor.tick, cursor.pitch, roll.playhead.tick) == (1200, 62, 1200)
    story.key(Qt.Key.Key_Backspace)
    story.key(Qt.Key.Key_0)
    assert story.notes() == [(720, 240, 60)]
    pianist.tap(64)
    assert story.notes() == [(720, 240, 60), (1200, 240, 64)]


def test_the_metronome_beats_while_playing_and_is_remembered(story: Story) -> None:
    story.trigger("metronome")
    assert story.settings.metronome
    story.key(Qt.Key.Key_Space)
    for _ in range(4):
        story.clock.now += 0.05
        story.program.player.advance()
    assert Click(accented=True) in story.sound.last.log


def test_the_list_says_what_is_missing(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> tuple[str, ...]:
        raise InputError(midi_input.NO_MIDI_IN)

    monkeypatch.setattr(midi_input, "input_names", refuse)
    chooser = story.program.window.transport.input
    chooser.list_wanted.emit()
    wait_until(lambda: chooser.count() == 2)
    assert [chooser.itemText(index) for index in range(2)] == ["None", midi_input.NO_MIDI_IN]
    assert midi_input.NO_MIDI_IN in chooser.toolTip()


def test_a_chosen_keyboard_is_remembered_by_name(story: Story, pianist: Pianist) -> None:
    chooser = story.program.window.transport.input
    story.program.playing_in._show_found(InputsFound(("Organ", "Piano")))
    assert chooser.currentText() == "Piano"
    chooser.activated.emit(chooser.findData("Organ"))
    story.program.listener.advance()
    assert story.keyboards.last.name == "Organ"
    assert story.settings.midi_input == "Organ"
    assert said(story) == "Listening to the MIDI keyboard “Organ”"
    chooser.activated.emit(chooser.findData(""))
    process_events()
    assert not story.program.window.actions_["record"].isEnabled()


def test_playing_counts_a_bar_where_one_asks_for_it(story: Story) -> None:
    story.trigger("count-in")
    assert story.settings.counts_in
    story.key(Qt.Key.Key_Space)
    for _ in range(4):
        story.clock.now += 0.05
        story.program.player.advance()
    assert story.sound.last.onsets == []
    assert Click(accented=True) in story.sound.last.log
