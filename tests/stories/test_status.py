"""The status line says what just happened, and how it is undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from harmonizer_gui.engine.mix import AS_LEARNED
from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.actions import to_voice_action
from harmonizer_gui.views.toolbar import Tool
from tests.qt import wait_until
from tests.stories.conftest import NO_KEY, Story

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def test_an_edit_its_undo_and_its_redo_are_told(story: Story) -> None:
    window, seen = story.program.window, []
    redo = window.actions_["redo"].shortcut().toString()  # Ctrl+Y or Ctrl+Shift+Z, by platform
    story.click(story.at(1000, 67))
    seen.append(window.status)
    for name in ("undo", "redo"):
        story.trigger(name)
        seen.append(window.status)
    assert seen == [
        "Draw a note of the alto · undo with Ctrl+Z",
        f"Undone: Draw a note of the alto · redo with {redo}",
        "Draw a note of the alto · undo with Ctrl+Z",
    ]


def test_a_drag_that_is_taken_back_leaves_nothing_to_tell(story: Story) -> None:
    story.click(story.at(1000, 67))
    story.press(story.at(2500, 67))
    story.move(story.at(3000, 67))
    assert story.program.window.status.startswith("Draw")
    story.key(Qt.Key.Key_Escape)
    assert story.program.window.status == ""
    story.release(story.at(3000, 67))


def test_the_voice_being_edited_is_told(story: Story) -> None:
    story.key(Qt.Key.Key_T)
    assert story.program.window.status == "Editing the tenor"


def test_a_slider_tells_its_value(story: Story) -> None:
    row = story.program.window.experts.experts["Simple"]
    row.factor_asked.emit("Simple", 2.5, object())
    assert story.program.window.status == "Set Simple to 2.50 · undo with Ctrl+Z"


def test_what_was_opened_is_told(story: Story, tmp_path: Path) -> None:
    window = story.program.window
    story.dialogs.path = tmp_path / "song.harmonizer"
    story.trigger("save-as")
    wait_until(lambda: window.status == "Saved song.harmonizer.")
    story.trigger("new")
    assert window.status == "A new piece"
    story.trigger("open")
    wait_until(lambda: window.status == "Opened song.harmonizer")


def test_heat_of_an_expert_that_is_at_nought_is_explained(story: Story) -> None:
    program = story.program
    program.document.set_mix("Set", AS_LEARNED.with_factor("Contour", 0.0))
    program.heat.set_source("Contour")
    assert program.window.status == "Heat on the roll: Contour · at exponent 0 it finds all notes alike"
    program.heat.set_source("Beat")
    assert program.window.status == "Heat on the roll: Beat"


def test_the_place_under_the_mouse_tells_whose_heat_it_is(story: Story) -> None:
    window = story.program.window
    story.move(story.at(2500, 60))
    assert window.hover.count(" · ") == 2
    story.program.heat.set_source("Beat")
    assert window.hover.split(" · ")[2].startswith("Beat ")
    story.program.heat.set_source("off")
    assert window.hover == "C4 · bar 2, beat 2"


def test_notices_go_with_their_piece(story: Story, tmp_path: Path) -> None:
    window = story.program.window
    story.trigger("select-all")
    story.trigger("fermata")  # of which MIDI has none
    story.dialogs.path = tmp_path / "song.mid"
    story.trigger("export")
    wait_until(lambda: window.messages.texts)
    story.program.document.mark_saved(tmp_path / "song.harmonizer")
    story.trigger("new")
    assert window.messages.texts == []


def test_after_a_slider_the_keys_are_still_the_rolls(story: Story) -> None:
    window = story.program.window
    exponent = window.experts.experts["Simple"].exponent
    QTest.mouseClick(exponent.slider, LEFT, pos=QPoint(10, 8))
    assert window.focusWidget() is window.roll.canvas
    QTest.mouseClick(exponent.number.lineEdit(), LEFT)
    exponent.number.selectAll()
    QTest.keyClicks(exponent.number, "1.5")
    QTest.keyClick(exponent.number, Qt.Key.Key_Return)
    assert story.program.document.mix.factor("Simple") == 1.5
    assert window.focusWidget() is window.roll.canvas


def test_the_average_of_sampled_lines_is_called_so(story: Story) -> None:
    words = story.program.window.experts.product._glasses
    assert words.text() == "average of sampled lines"
    story.trigger("generate")
    wait_until(lambda: story.notes())
    wait_until(lambda: words.text() == "all experts together")


def test_notes_that_change_their_voice_are_told_of(story: Story) -> None:
    story.click(story.at(1000, 67))
    story.trigger("select-all")
    story.program.document.select(
        frozenset(ref for ref in story.program.document.selection if ref.voice is VoiceName.ALTO)
    )
    story.trigger(to_voice_action(VoiceName.SOPRANO))
    assert story.program.document.target is VoiceName.SOPRANO
    assert story.program.window.status == "Move a note of the alto to the soprano · undo with Ctrl+Z"


def test_a_key_whose_action_is_grey_tells_why(story: Story) -> None:
    window = story.program.window
    for key, held in ((Qt.Key.Key_F, NO_KEY), (Qt.Key.Key_Q, NO_KEY), (Qt.Key.Key_D, CTRL)):
        window.set_status("")
        story.key(key, held)
        assert window.status == "Select notes first", key
    window.set_status("")
    window.toolbar.grid.setFocus()
    story.key(Qt.Key.Key_F)
    assert window.status == ""


def test_while_something_is_dragged_the_place_of_the_pointer_is_told(story: Story) -> None:
    window = story.program.window
    story.click(story.at(1000, 67))
    story.move(story.at(1100, 67))
    before = window.hover
    story.press(story.at(1100, 67))
    story.move(story.at(1700, 68))
    story.move(story.at(2800, 70))
    assert window.hover != before
    assert "bar 2" in window.hover
    assert window.hover.startswith("B♭4")
    story.release(story.at(2800, 70))


def test_undo_shows_where_it_was(story: Story) -> None:
    window, document = story.program.window, story.program.document
    story.click(story.at(1000, 67))
    navigator = window.roll.navigator
    for name, view in (("undo", (0.0, 108.5)), ("redo", (1920.0 * 5, 60.0))):
        navigator.go_to(left=view[0], top=view[1])
        story.trigger(name)
        seen = navigator.view
        assert seen.left <= 1000 <= seen.right, name
        assert seen.bottom <= 67 <= seen.top, name
    before = navigator.view
    story.trigger("undo")
    assert navigator.view == before
    assert document.score.voice(VoiceName.ALTO).notes == ()


def test_an_empty_piece_is_there_to_be_drawn_on(story: Story) -> None:
    story.key(Qt.Key.Key_V)
    story.trigger("new")
    assert story.program.window.roll.tool is Tool.DRAW
