"""What users of other programs complained of, one test a complaint, named after it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from harmonizer_gui.playback.midi_port import matching_name, plain_name
from harmonizer_gui.score import HIGHEST_PITCH, VoiceName
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.dialogs import Leaving
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.theme import CONTRAST, DARK, LIGHT, Theme, contrast
from tests.qt import wait_until
from tests.stories.conftest import Story, quarters
from tests.stories.test_play import pass_time
from tests.stories.test_recover import leave_a_copy_behind

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ROOT = Path(__file__).parents[2]


def test_ctrl_s_did_not_plainly_save(story: Story, tmp_path: Path) -> None:
    story.dialogs.path = path = tmp_path / "song.harmonizer"
    story.key(KEY.Key_S, CTRL)
    wait_until(path.is_file)
    wait_until(lambda: not story.program.document.is_dirty)
    before = path.read_bytes()
    story.click(story.at(1000, 67))
    story.key(KEY.Key_S, CTRL)
    wait_until(lambda: path.read_bytes() != before)
    assert len(story.dialogs.asked) == 1


def test_unsaved_work_was_thrown_away(story: Story) -> None:
    story.click(story.at(1000, 67))
    before = story.score
    story.dialogs.leaving = Leaving.CANCEL
    for leave in ("new", "demo", "quit"):
        story.trigger(leave)
    assert story.dialogs.asked == ["Four bars"] * 3
    assert story.score == before
    assert story.program.window.isVisible()


def test_recovery_files_were_lost(story: Story, make_story: Callable[[], Story], tmp_path: Path) -> None:
    left = leave_a_copy_behind(story, tmp_path / "recovery")
    later = make_story()
    later.program.start()
    wait_until(lambda: bool(later.program.window.messages.rows), timeout=20)
    assert left.exists()


def test_notes_pushed_past_the_range_collapsed_and_undo_was_useless(story: Story) -> None:
    before = story.score
    story.key(KEY.Key_A, CTRL)
    for _ in range(12):
        story.key(KEY.Key_Up, SHIFT)
    pitches = {voice: {note[2] for note in story.notes(voice)} for voice in VoiceName}
    assert pitches[VoiceName.SOPRANO] == {HIGHEST_PITCH}
    assert pitches[VoiceName.BASS] == {HIGHEST_PITCH - 24}
    for _ in range(12):
        story.key(KEY.Key_Z, CTRL)
    assert story.score == before


@pytest.mark.parametrize("how", ["play", "stop", "seek", "mute"])
def test_notes_hung(story: Story, how: str) -> None:
    story.key(KEY.Key_Space)
    pass_time(story, 0.5)
    assert story.sound.last.sounding
    if how == "seek":
        story.program.window.roll.seek_asked.emit(7680.0)
    elif how == "mute":
        story.program.player.set_muted(frozenset(VoiceName))
    else:
        story.trigger(how)
    pass_time(story, 0.1)
    assert story.sound.last.sounding == set()


def test_a_port_plugged_in_again_was_not_found() -> None:
    assert matching_name("Piano 20:0", ["Organ 16:0", "Piano 24:0"]) == "Piano 24:0"


def test_names_of_ports_carried_numbers_that_change() -> None:
    assert plain_name("Midi Through:Midi Through Port-0 14:0") == "Midi Through:Midi Through Port-0"


def test_the_playhead_fought_scrolling(story: Story) -> None:
    roll = story.program.window.roll
    roll.navigator.zoom(3)
    story.key(KEY.Key_Space)
    pass_time(story, 0.1)
    assert roll.navigator.follows
    story.wheel(story.at(roll.coordinates.left + 200, 60), -4, SHIFT)
    scrolled = roll.coordinates.left
    assert scrolled > 0
    pass_time(story, 2.0)
    assert roll.coordinates.left == scrolled
    story.trigger("stop")
    pass_time(story, 0.1)
    assert roll.coordinates.left == scrolled


def test_zoom_and_place_were_lost_on_opening_again(story: Story, tmp_path: Path) -> None:
    navigator = story.program.window.roll.navigator
    story.wheel(story.at(4000, 60), 3, CTRL)
    kept = navigator.state
    story.dialogs.path = tmp_path / "song.harmonizer"
    story.key(KEY.Key_S, CTRL)
    wait_until(lambda: story.program.document.path is not None)
    story.trigger("new")
    story.key(KEY.Key_O, CTRL)
    wait_until(lambda: story.program.document.path is not None)
    wait_until(lambda: navigator.state == pytest.approx(kept))


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_selected_looked_unselected_to_the_colour_blind(story: Story, theme: Theme) -> None:
    look = Look(theme, story.program.window.font())
    assert look.selection_pen.widthF() >= 2.0
    assert contrast(look.selection_pen.color(), theme.color("roll_row")) >= 7.0
    for voice in VoiceName:
        assert look.notes[voice].lit.lightness() > look.notes[voice].fill.lightness()


def test_notes_could_not_be_entered_by_keys(story: Story) -> None:
    for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Return):
        story.key(key)
    story.key(KEY.Key_Right, SHIFT)
    ((_, duration, _),) = story.notes()
    assert duration == 480


def test_a_screen_reader_found_no_notes(story: Story) -> None:
    story.trigger("note-table")
    model = story.program.tabling.panel.model
    wait_until(lambda: model.rowCount() == 48)
    assert [model.data(model.index(0, column)) for column in range(5)] == ["1", "1", "1/4", "soprano", "C5"]


def test_all_was_tiny_on_large_screens(story: Story) -> None:
    """Heights come from the letters; see the test of larger letters for all of the window."""
    line = story.program.window.fontMetrics().height()
    assert story.program.navigating.overview.height() == round(2.6 * line)
    sheet = (ROOT / "harmonizer_gui/views/style_sheet.py").read_text("utf-8")
    sizes = [row for row in sheet.splitlines() if "font-size" in row]
    assert sizes
    assert all("_pt" in row for row in sizes)


def test_keys_were_dead_until_a_click(story: Story) -> None:
    window = story.program.window
    window.transport.play.setFocus()
    before = window.roll.coordinates.tick_width
    story.key(KEY.Key_Equal, CTRL)
    assert window.roll.coordinates.tick_width > before


def test_keys_were_known_to_nobody(story: Story) -> None:
    actions = story.program.window.actions_
    assert actions["keys"].shortcuts()[0].toString() == "?"
    assert actions["palette"].shortcut().toString() == "Ctrl+P"
    assert "Ctrl+D" in actions["duplicate"].toolTip()


def test_the_drawn_length_was_not_the_expected_one(story: Story) -> None:
    story.drag(story.at(10, 67), story.at(900, 67))
    story.click(story.at(2000, 67))
    story.key(KEY.Key_D, SHIFT)
    story.click(story.at(4000, 67))
    first, as_last, by_grid = story.notes()
    assert as_last[1] == first[1] == 960
    assert by_grid[1] == 240


def test_a_server_and_a_painful_install_were_needed(story: Story) -> None:
    assert story.program.worker.model is not None
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"harmonizer-gui": "harmonizer_gui.__main__:main"}
    servers = ("flask", "tornado", "uvicorn", "fastapi", "aiohttp", "requests", "websockets")
    assert not [name for name in project["dependencies"] if name.startswith(servers)]


def test_a_disabled_button_did_not_say_why(story: Story) -> None:
    actions = story.program.window.actions_
    story.program.document.open(story.score.with_voice(VoiceName.ALTO, quarters(64)), path=None)
    grey = [name for name in actions if not actions[name].isEnabled()]
    assert grey
    assert all(actions.reason(name) in actions[name].toolTip() for name in grey)


def test_the_table_of_complaints_tells_of_these_tests() -> None:
    """Each row of the page has its test, and each test above, named after what was wrong, its row."""
    rows = (ROOT / "docs/pains.md").read_text("utf-8").split("|---|---|---|---|\n")[1].splitlines()
    named = [row.split("|")[4].strip().strip("`") for row in rows]
    here = [name.removeprefix("test_") for name in globals() if name.startswith("test_")]
    complaints = here[: here.index("the_table_of_complaints_tells_of_these_tests")]
    assert sorted(named) == sorted(complaints)
    assert all(len(cell.strip()) > 3 for row in rows for cell in row.split("|")[1:5])


def test_settings_of_the_view_are_kept(story: Story) -> None:
    story.trigger("follow-smooth")
    story.trigger("overview")
    story.settings.save()
    again = Settings(story.settings.path)
    assert (again.follow, again.overview) == ("smooth", False)


def test_the_roll_follows_in_three_ways(story: Story) -> None:
    roll = story.program.window.roll
    roll.navigator.zoom(4)
    roll.navigator.show_tick(0)
    story.trigger("follow-smooth")
    story.key(KEY.Key_Space)
    pass_time(story, 2.0)
    seen = (roll.playhead.tick - roll.coordinates.left) / roll.coordinates.ticks_shown
    assert 0.0 < seen < 0.35
    story.trigger("follow-off")
    left = roll.coordinates.left
    pass_time(story, 2.0)
    assert roll.coordinates.left == left


def test_zoom_goes_to_what_is_selected_and_to_the_voice(story: Story) -> None:
    roll, document = story.program.window.roll, story.program.document
    story.key(KEY.Key_T)
    story.key(KEY.Key_Tab)
    story.key(KEY.Key_Z)
    (ref,) = document.selection
    assert roll.coordinates.left <= ref.note.start
    assert ref.note.end <= roll.coordinates.right < 1920
    story.key(KEY.Key_Z, SHIFT)
    assert roll.coordinates.right >= 4 * 1920
    assert roll.coordinates.visible_pitches.start <= 57 < roll.coordinates.visible_pitches.stop


def test_the_frame_of_the_overview_follows_the_wheel(story: Story) -> None:
    overview = story.program.navigating.overview
    before = overview.frame
    story.wheel(story.at(4000, 60), 3, CTRL)
    assert overview.frame.width() < before.width()
    place = QPoint(round(overview.frame.right()) + 40, 10)
    QTest.mouseClick(overview, Qt.MouseButton.LeftButton, pos=place)
    assert overview.frame.left() > before.left()
