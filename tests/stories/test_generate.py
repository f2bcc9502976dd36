from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from harmonizer_gui.score import VoiceName
from tests.qt import process_events, wait_until
from tests.stories.conftest import SCORE, Story

ALTO = VoiceName.ALTO


def test_the_button_writes_the_alto_and_one_undo_takes_it_away(story: Story) -> None:
    button = story.program.window.toolbar.generate
    assert button.text() == "Generate alto"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until(lambda: not story.program.generation.is_running)
    assert story.notes()
    assert all(note.generated for note in story.score.voice(ALTO))
    assert [story.score.voice(v) for v in VoiceName if v != ALTO] == [
        SCORE.voice(v) for v in VoiceName if v != ALTO
    ]
    assert story.program.window.status.startswith("Generated 16 notes of the alto in ")
    story.trigger("undo")
    assert story.score == SCORE


def test_the_voice_is_seen_to_grow_while_the_piece_stays(story: Story) -> None:
    story.model.fill_gate_step = 32
    story.model.fill_gate.close()
    story.key(Qt.Key.Key_G)
    notes = story.program.window.roll.notes
    wait_until(lambda: len(notes.shown.voice(ALTO)) > 0)
    assert notes.shown.growing
    assert story.score == SCORE
    assert story.program.window.toolbar.generate.text().startswith("Cancel · ")
    story.model.fill_gate.open()
    wait_until(lambda: not story.program.generation.is_running)
    assert notes.shown.growing == ()
    assert notes.shown.voice(ALTO) == story.score.voice(ALTO)


def test_what_was_drawn_by_hand_stays_and_the_rest_is_filled(story: Story) -> None:
    button = story.program.window.toolbar.generate
    story.click(story.at(1000, 67))
    assert button.text() == "Fill gaps in alto"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until(lambda: not story.program.generation.is_running)
    assert (960, 240, 67) in story.notes()
    assert len(story.notes()) > 10


def test_esc_cancels(story: Story) -> None:
    story.model.fill_gate_step = 32
    story.model.fill_gate.close()
    story.key(Qt.Key.Key_G)
    wait_until(lambda: story.model.fill_gate.is_reached)
    story.key(Qt.Key.Key_Escape)
    story.model.fill_gate.open()
    process_events()
    assert not story.program.generation.is_running
    assert story.score == SCORE
    assert story.program.document.undo_stack.count() == 0
    assert story.program.window.status == "Cancelled; nothing has changed"
    assert story.program.window.toolbar.generate.text() == "Generate alto"


def test_the_window_lives_on_while_generating(story: Story) -> None:
    story.model.fill_gate.close()
    story.key(Qt.Key.Key_G)
    wait_until(lambda: story.model.fill_gate.is_reached)
    story.click(story.at(1000, 76), held=Qt.KeyboardModifier.NoModifier)
    assert story.notes(VoiceName.SOPRANO) or story.notes()
    story.model.fill_gate.open()
    wait_until(lambda: not story.program.generation.is_running)
    assert (960, 240, 76) in story.notes()


def test_a_failing_model_says_so_and_leaves_the_piece(story: Story, expected_logs: list[str]) -> None:
    story.model.error = RuntimeError("out of paper")
    story.key(Qt.Key.Key_G)
    wait_until(lambda: bool(story.program.window.messages.texts))
    assert "out of paper" in story.program.window.messages.texts[0]
    assert story.score == SCORE
    assert not expected_logs


def test_the_button_says_why_it_cannot(story: Story) -> None:
    mix = story.program.document.mix
    for name in story.model.experts:
        mix = mix.with_muted(name, on=True)
    story.program.document.set_mix("Mute all", mix)
    button = story.program.window.toolbar.generate
    assert not button.isEnabled()
    assert "muted" in button.toolTip()
