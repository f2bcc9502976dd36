from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from harmonizer_gui.session.heat import OFF, PRODUCT
from harmonizer_gui.views.roll.heat import STALE_OPACITY
from tests.qt import wait_until
from tests.stories.conftest import Story


def test_the_heat_of_the_product_lies_on_the_roll(story: Story) -> None:
    shown = story.program.window.roll.heat.heat
    assert shown is not None
    assert shown.shape == (64, 88)
    assert shown is story.program.heat.product


def test_it_follows_the_drawing_and_the_old_one_stays_dimmed_until_then(story: Story) -> None:
    item = story.program.window.roll.heat
    before = item.heat
    story.model.analysis_gate.close()
    story.click(story.at(1000, 67))
    assert item.heat is before
    assert item.opacity() == STALE_OPACITY
    story.model.analysis_gate.open()
    story.wait_for_heat()
    assert item.heat is not before
    assert item.opacity() == 1.0


def test_a_slider_changes_it_without_the_model(story: Story) -> None:
    before, asked = story.program.window.roll.heat.heat, len(story.model.analyses)
    row = story.program.window.experts.experts["Simple"]
    row.factor_asked.emit("Simple", 2.5, object())
    after = story.program.window.roll.heat.heat
    assert before is not None
    assert after is not None
    assert not np.array_equal(before, after)
    assert len(story.model.analyses) == asked


def test_h_goes_from_source_to_source(story: Story) -> None:
    toolbar, roll = story.program.window.toolbar, story.program.window.roll
    seen = []
    for _ in range(6):
        story.key(Qt.Key.Key_H)
        seen.append((story.program.heat.source, roll.heat.heat is None))
    assert seen == [
        ("Simple", False),
        ("Spacing", False),
        ("Contour", False),
        ("Beat", False),
        (OFF, True),
        (PRODUCT, False),
    ]
    assert toolbar.sources.currentData() == PRODUCT


def test_another_target_brings_its_own_heat(story: Story) -> None:
    story.key(Qt.Key.Key_B)
    wait_until(lambda: not story.program.heat.stale)
    heat = story.program.window.roll.heat.heat
    assert heat is not None
    assert heat.sum(axis=0).argmax() + 21 < 55


def test_the_status_line_names_the_model(story: Story) -> None:
    assert story.program.window._model.text() == "CPU · fake"
