from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from harmonizer_gui.playback.outputs import BUILT_IN, BUILT_IN_CHOIR, BUILT_IN_ORGAN, OutputInfo, OutputKind
from harmonizer_gui.views.binders import outputs
from tests.qt import process_events, wait_until
from tests.stories.conftest import Story

BEAT_SECONDS = 60 / 84


def pass_time(story: Story, seconds: float) -> None:
    """Let the player and the picture go on, in steps shorter than a stall."""
    for _ in range(round(seconds / 0.05)):
        story.clock.now += 0.05
        story.program.player.advance()
    story.program.playing._show_position()


def test_space_plays_and_pauses_what_is_written(story: Story) -> None:
    transport, roll = story.program.window.transport, story.program.window.roll
    story.key(Qt.Key.Key_Space)
    pass_time(story, 0.1)
    assert transport.play.isChecked()
    assert sorted(story.sound.last.onsets) == [48, 57, 72]
    assert roll.canvas.keyboard.lit == {48, 57, 72}
    pass_time(story, 1.4 * BEAT_SECONDS)
    assert 480 < roll.playhead.tick < 1000
    assert transport.position.text() == "1 · 2"
    story.key(Qt.Key.Key_Space)
    pass_time(story, 0.1)
    assert not transport.play.isChecked()
    assert story.sound.last.sounding == set()
    assert roll.canvas.keyboard.lit == frozenset()


def test_stop_goes_back_and_silences(story: Story) -> None:
    story.key(Qt.Key.Key_Space)
    pass_time(story, 1.0)
    QTest.mouseClick(story.program.window.transport.stop, Qt.MouseButton.LeftButton)
    pass_time(story, 0.1)
    assert story.program.window.roll.playhead.tick == 0
    assert story.sound.last.sounding == set()


def test_a_click_on_the_ruler_puts_the_playhead_there(story: Story) -> None:
    place = story.at(1950, 60)
    story.click(QPoint(place.x(), 8))
    assert story.program.window.roll.playhead.tick == 1920
    assert story.program.window.transport.position.text() == "2 · 1"


def test_bars_by_key(story: Story) -> None:
    ticks = []
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_Comma, Qt.Key.Key_Home):
        story.key(key)
        ticks.append(story.program.window.roll.playhead.tick)
    assert ticks == [1920, 3840, 1920, 0]


def test_the_end_stops_by_itself(story: Story) -> None:
    story.program.playing._seek(7600)
    story.key(Qt.Key.Key_Space)
    pass_time(story, 1.0)
    process_events()
    assert not story.program.window.transport.play.isChecked()


def test_a_key_of_the_keyboard_sounds(story: Story) -> None:
    place = story.at(0, 64)
    keyboard = story.program.window.roll.canvas.keyboard
    story.press(QPoint(10, place.y()))
    assert keyboard.held == 64
    story.program.player.advance()
    assert story.sound.last.onsets == [64]
    story.release(QPoint(10, place.y()))
    assert keyboard.held is None


def test_another_output_is_chosen_and_kept(story: Story) -> None:
    choose_output(story, BUILT_IN_CHOIR.name)
    assert story.program.player.output == BUILT_IN_CHOIR
    assert story.settings.output == BUILT_IN_CHOIR.name
    assert story.program.window.transport.output.currentData() == BUILT_IN_CHOIR.name


def reopened(story: Story, path: Path) -> Story:
    story.dialogs.path = path
    story.trigger("save-as")
    wait_until(lambda: story.program.document.path == path)
    story.trigger("new")
    assert story.program.player.output == BUILT_IN_ORGAN
    piece = story.program.document.piece
    story.program.files.open(path)
    wait_until(lambda: story.program.document.piece != piece)
    return story


def choose_output(story: Story, name: str) -> None:
    transport = story.program.window.transport
    transport.outputs_wanted.emit()
    wait_until(lambda: transport.output.findData(name) >= 0)
    transport.output.activated.emit(transport.output.findData(name))


def offer(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    ports = tuple(OutputInfo(OutputKind.MIDI, name) for name in names)
    monkeypatch.setattr(outputs, "list_outputs", lambda: (*BUILT_IN, *ports))


def test_a_piece_keeps_its_output_and_others_sound_as_usual(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, "Stage piano")
    choose_output(story, "Stage piano")
    story.settings.output = BUILT_IN_ORGAN.name  # what another piece was played through since
    reopened(story, tmp_path / "song.harmonizer")
    wait_until(lambda: story.program.player.output.name == "Stage piano")
    assert story.program.window.transport.output.currentData() == "Stage piano"
    assert story.settings.output == BUILT_IN_ORGAN.name
    assert not story.program.document.is_dirty


def test_a_piece_whose_output_is_not_there_says_so_and_keeps_its_name(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, "Stage piano")
    choose_output(story, "Stage piano")
    story.settings.output = BUILT_IN_ORGAN.name
    offer(monkeypatch)
    reopened(story, tmp_path / "song.harmonizer")
    bar = story.program.window.messages
    wait_until(lambda: any("Stage piano, which is not there" in text for text in bar.texts))
    assert story.program.player.output == BUILT_IN_ORGAN
    assert story.program.files.snapshot().sections["sounds"] == {"output": "Stage piano"}
    story.trigger("new")
    assert story.program.files.snapshot().sections["sounds"] is None


def test_a_missing_output_is_told_in_the_transport(story: Story) -> None:
    story.sound.missing.add("Built-in organ")
    story.key(Qt.Key.Key_Space)
    pass_time(story, 0.1)
    process_events()
    assert story.program.window.transport.problem.text() == "Built-in organ is not there."


def test_an_edit_is_heard_while_playing(story: Story) -> None:
    story.key(Qt.Key.Key_Space)
    pass_time(story, 0.2)
    story.click(story.at(1000, 67))
    pass_time(story, 2 * BEAT_SECONDS)
    assert 67 in story.sound.last.onsets


def test_the_selected_notes_are_looped(story: Story) -> None:
    window, loop = story.program.window, story.program.window.transport.loop
    story.key(Qt.Key.Key_V)
    story.drag(story.at(1930, 75), story.at(3830, 70))
    story.key(Qt.Key.Key_L)
    assert loop.toolTip().startswith("Loops bar 2;")
    assert window.actions_["loop"].isChecked()
    story.key(Qt.Key.Key_Space)
    ticks = []
    for _ in range(6):
        pass_time(story, 0.9 * BEAT_SECONDS)
        ticks.append(window.roll.playhead.tick)
    assert all(1920 <= tick < 3840 for tick in ticks)
    assert sorted(ticks) != ticks
    QTest.mouseClick(loop, Qt.MouseButton.LeftButton)
    assert not loop.isChecked()
    pass_time(story, 5 * BEAT_SECONDS)
    assert window.roll.playhead.tick > 3840


def test_with_nothing_selected_the_piece_is_looped_until_another_is_opened(story: Story) -> None:
    loop = story.program.window.transport.loop
    story.key(Qt.Key.Key_L)
    assert loop.toolTip().startswith("Loops bars 1–4;")
    story.trigger("new")
    assert not loop.isChecked()
    story.key(Qt.Key.Key_L)  # nothing is there to be looped
    assert not loop.isChecked()
