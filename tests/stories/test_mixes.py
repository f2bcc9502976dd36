from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from harmonizer_gui.engine.mix import AS_LEARNED
from harmonizer_gui.session.mixes import Mixes
from tests.qt import process_events, wait_until
from tests.stories.conftest import Story

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
BENT = AS_LEARNED.with_factor("Beat", 2.0)


def bend(story: Story) -> None:
    story.program.document.set_mix("Bend", BENT)


def labels(story: Story) -> list[str]:
    box = story.program.window.experts.presets
    return [box.itemText(index) for index in range(box.count())]


def test_shift_x_goes_to_the_other_mix_and_back(story: Story) -> None:
    bend(story)
    head, document = story.program.window.experts.head, story.program.document
    story.program.window.roll.setFocus()
    story.key(Qt.Key.Key_X, SHIFT)
    assert (document.mix, head.slots["B"].isChecked()) == (AS_LEARNED, True)
    story.key(Qt.Key.Key_X, SHIFT)
    assert (document.mix, head.slots["A"].isChecked()) == (BENT, True)
    assert document.undo_stack.undoText() == "Switch to mix A"


def test_undo_switches_back(story: Story) -> None:
    bend(story)
    head, document = story.program.window.experts.head, story.program.document
    QTest.mouseClick(head.slots["B"], LEFT)
    document.undo()
    assert (document.mix, head.slots["A"].isChecked()) == (BENT, True)
    document.redo()
    assert (document.mix, head.slots["B"].isChecked()) == (AS_LEARNED, True)


def test_a_copy_makes_both_alike_and_the_switch_still_goes(story: Story) -> None:
    bend(story)
    head, document = story.program.window.experts.head, story.program.document
    story.trigger("copy-mix")
    steps = document.undo_stack.count()
    QTest.mouseClick(head.slots["B"], LEFT)
    assert (document.mix, head.slots["B"].isChecked()) == (BENT, True)
    assert document.undo_stack.count() == steps
    document.set_mix("Bend more", BENT.with_factor("Beat", 0.0))
    QTest.mouseClick(head.slots["A"], LEFT)
    assert document.mix == BENT


def test_an_own_preset_is_saved_named_and_chosen(story: Story) -> None:
    bend(story)
    panel = story.program.window.experts
    panel.head.menu().actions()[0].trigger()
    process_events()
    dialog = panel.head.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Marching")
    dialog.accept()
    assert panel.presets.currentText() == "Marching"
    story.program.document.set_mix("Reset", AS_LEARNED)
    assert panel.presets.currentText() == "As learned"
    panel.presets.activated.emit(labels(story).index("Marching"))
    assert story.program.document.mix == BENT
    panel.head.rename_asked.emit("Marching", "Walking")
    assert "Walking" in labels(story)
    panel.head.delete_asked.emit("Walking")
    assert not {"Walking", "Marching"} & set(labels(story))
    assert story.program.document.mix == BENT


def test_a_preset_that_went_is_put_back(story: Story) -> None:
    bend(story)
    head, bar = story.program.window.experts.head, story.program.window.messages
    head.save_asked.emit("Marching")
    head.rename_asked.emit("Marching", "Walking")
    assert bar.texts == []
    story.program.document.set_mix("Reset", AS_LEARNED)
    head.save_asked.emit("Walking")
    bar.rows[-1].buttons[0].click()
    assert [(named.name, named.mix) for named in story.program.mixing._mixes.own] == [("Walking", BENT)]
    head.delete_asked.emit("Walking")
    assert "Walking" not in labels(story)
    assert bar.rows[-1].buttons[0].text() == "Put back"
    bar.rows[-1].buttons[0].click()
    assert "Walking" in labels(story)


def test_own_presets_are_there_the_next_time(story: Story, make_story: Callable[[], Story]) -> None:
    bend(story)
    story.program.window.experts.head.save_asked.emit("Marching")
    assert "Marching" in labels(make_story())


@pytest.fixture
def saved(story: Story) -> Story:
    """A piece saved with a preset, the other mix, and another look of the heat."""
    program = story.program
    bend(story)
    program.window.experts.head.save_asked.emit("Marching")
    story.trigger("other-mix")
    story.trigger("heat-log")
    program.heat.set_source("Beat")
    path = story.settings.path.with_name("piece.harmonizer")
    program.files.save_as(path)
    wait_until(lambda: path.exists() and not program.document.is_dirty)
    return story


def test_a_project_brings_presets_both_mixes_and_the_look_of_the_heat(saved: Story) -> None:
    program, path = saved.program, saved.settings.path.with_name("piece.harmonizer")
    program.window.experts.head.delete_asked.emit("Marching")
    program.files.new()
    saved.trigger("heat-probability")
    program.heat.set_source("product")
    assert "Marching" not in labels(saved)
    program.files.open(path)
    wait_until(lambda: program.document.path == path and program.heat.source == "Beat")
    assert "Marching" in labels(saved)
    assert program.heat_look.look.scale.measure.value == "log"
    head = program.window.experts.head
    assert head.slots["B"].isChecked()
    saved.trigger("other-mix")
    assert program.document.mix == BENT


def test_settings_that_make_no_sense_give_no_presets(story: Story) -> None:
    program = story.program
    story.settings.presets = [{"name": 3}, {"name": "x", "mix": {"temperature": 99}}, {"mix": {}}]
    assert Mixes(program.document, story.settings, program.files).own == ()
