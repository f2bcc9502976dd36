"""Any action is found by its words, with its key; keys can be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from harmonizer_gui.views.key_asker import KeyAsker
from harmonizer_gui.views.keys_dialog import KeysDialog
from harmonizer_gui.views.palette import Palette
from harmonizer_gui.views.theme import UNIT
from tests.qt import process_events
from tests.stories.conftest import Story

CTRL = Qt.KeyboardModifier.ControlModifier
T = TypeVar("T", bound=QDialog)


def opened(story: Story, kind: type[T]) -> T:
    process_events()
    found = [each for each in story.program.window.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def palette(story: Story, text: str) -> Palette:
    story.key(Qt.Key.Key_P, CTRL)
    found = opened(story, Palette)
    QTest.keyClicks(found.search, text)
    return found


def height(box: Palette, row: int) -> int:
    return box.list.visualRect(box.found.index(row, 0)).height()


def palette_row(box: Palette, text: str) -> Palette:
    """The same palette, another thing searched for."""
    box.search.setText(text)
    process_events()
    return box


def test_an_action_is_found_by_some_of_its_letters_and_done(story: Story) -> None:
    box = palette(story, "zoom fit")
    assert box.found.shown[0].name == "zoom-fit"
    assert box.found.shown[0].keys == ("Ctrl+0",)
    story.program.window.roll.navigator.zoom(3)
    QTest.keyClick(box.search, Qt.Key.Key_Return)
    assert story.program.window.roll.coordinates.right >= 4 * 1920
    process_events()
    assert not story.program.window.findChildren(Palette)


def test_the_number_of_takes_is_found_and_chosen(story: Story) -> None:
    box = palette(story, "number of takes")
    assert [entry.words for entry in box.found.shown] == [f"{count} takes" for count in range(2, 9)]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(box.search, key)
    assert story.program.generation.count == 5
    assert story.program.window.actions_["takes-5"].isChecked()


def test_the_arrows_walk_through_what_was_found(story: Story) -> None:
    box = palette(story, "loud")
    QTest.keyClick(box.search, Qt.Key.Key_Down)
    assert box.list.currentIndex().row() == 1
    box.reject()


def test_what_cannot_be_done_says_why(story: Story) -> None:
    box = palette(story, "duplicate")
    assert box.found.shown[0].name == "duplicate"
    QTest.keyClick(box.search, Qt.Key.Key_Return)
    assert "Select notes first" in box.told.text()
    assert box.isVisible()
    box.reject()


def test_what_is_called_otherwise_is_told(story: Story) -> None:
    box = palette(story, "trombone")
    assert not box.found.shown
    assert "fewer letters" in box.told.text()
    box.reject()


def test_words_are_found_as_the_list_of_keys_has_them(story: Story) -> None:
    box = palette(story, "picture: the whole")
    assert [entry.name for entry in box.found.shown] == ["picture-whole"]
    assert "picture: the whole" in box.found.shown[0].whole.casefold()
    box.reject()


def test_a_reason_has_a_line_of_its_own(story: Story) -> None:
    box = palette(story, "record")
    rows = range(box.found.rowCount())
    heights = {bool(box.found.reason(box.found.shown[row])): height(box, row) for row in rows}
    assert heights[True] > height(palette_row(box, "zoom fit"), 0)
    room = box.list.viewport().width() - 4 * UNIT
    reasons = [box.found.reason(entry) for entry in box.found.shown]
    assert all(box.fontMetrics().horizontalAdvance(reason) <= room for reason in reasons)
    box.reject()


def test_undo_and_redo_are_listed_by_their_plain_words(story: Story) -> None:
    story.trigger("select-all")
    story.trigger("delete")
    story.trigger("change-keys")
    dialog = opened(story, KeysDialog)
    words = [entry.words for entry in dialog._entries if entry.name in ("undo", "redo")]
    assert words == ["Undo", "Redo"]
    dialog.close()


def test_question_mark_lists_all_keys_to_be_searched_and_printed(story: Story) -> None:
    QTest.keyClicks(story.roll, "?")
    dialog = opened(story, KeysDialog)
    QTest.keyClicks(dialog.search, "Ctrl+D")
    assert dialog.shown == ["duplicate", "softer"]  # Ctrl+Down begins alike
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "take")
    assert "accept-take" in dialog.shown
    assert "zoom-in" not in dialog.shown
    assert "Ctrl+D" in dialog.text
    dialog._copy()
    assert QApplication.clipboard().text() == dialog.text
    dialog.close()


def change(story: Story, name: str, key: Qt.Key, held: Qt.KeyboardModifier) -> KeyAsker:
    story.trigger("change-keys")
    dialog = opened(story, KeysDialog)
    dialog.change_asked.emit(name)
    process_events()
    asker = dialog.findChildren(KeyAsker)[0]
    QTest.keyClick(asker.field, key, held)
    return asker


def test_a_key_is_changed_and_a_conflict_named(make_story: Callable[[], Story], story: Story) -> None:
    actions = story.program.window.actions_
    asker = change(story, "join", Qt.Key.Key_D, CTRL)
    assert "“Duplicate” has this key now" in asker.told.text()
    asker.take.click()
    assert actions["join"].shortcut().toString() == "Ctrl+D"
    assert actions["duplicate"].shortcut().isEmpty()
    assert "Ctrl+D" in actions["join"].toolTip()
    story.settings.save()
    second = make_story().program.window.actions_
    assert second["join"].shortcut().toString() == "Ctrl+D"
    assert second["duplicate"].shortcut().isEmpty()
    opened(story, KeysDialog).reset_asked.emit()
    assert actions["duplicate"].shortcut().toString() == "Ctrl+D"
    assert actions["join"].shortcut().toString() == "J"
    assert story.settings.keys == {}
    opened(story, KeysDialog).close()


def test_one_key_goes_back_to_what_it_was(story: Story) -> None:
    keyboard, actions = story.program.keyboard, story.program.window.actions_
    keyboard.set_key("join", QKeySequence("Ctrl+Alt+9"))
    assert actions["join"].shortcut().toString() == "Ctrl+Alt+9"
    keyboard.set_key("stop", QKeySequence("F12"))
    assert story.program.window.transport.stop.toolTip() == "Stop and silence everything (F12)"
    keyboard.set_key("stop", None)
    assert story.program.window.transport.stop.toolTip().endswith("(Ctrl+Shift+Esc)")
    asker = change(story, "join", Qt.Key.Key_F9, CTRL)
    assert asker.told.text() == "The key is free."
    asker.reset.click()
    assert actions["join"].shortcut().toString() == "J"
    opened(story, KeysDialog).close()


def test_return_takes_the_key_and_esc_leaves_the_box(story: Story) -> None:
    actions = story.program.window.actions_
    asker = change(story, "join", Qt.Key.Key_F9, CTRL)
    QTest.keyClick(asker.field, Qt.Key.Key_Return)
    process_events()
    assert actions["join"].shortcut().toString() == "Ctrl+F9"
    opened(story, KeysDialog).close()
    process_events()
    asker = change(story, "join", Qt.Key.Key_F8, CTRL)
    QTest.keyClick(asker.field, Qt.Key.Key_Escape)
    process_events()
    assert not story.program.window.findChildren(KeyAsker)
    assert actions["join"].shortcut().toString() == "Ctrl+F9"
    opened(story, KeysDialog).close()


def test_return_waits_for_a_key_and_is_one_with_another_held(story: Story) -> None:
    asker = change(story, "join", Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert asker.isVisible()
    assert asker.field.keySequence().isEmpty()
    QTest.keyClick(asker.field, Qt.Key.Key_Return, CTRL)
    assert asker.field.keySequence().toString() == "Ctrl+Return"
    asker.reject()
    opened(story, KeysDialog).close()
