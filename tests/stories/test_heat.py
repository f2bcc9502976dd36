from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt

from harmonizer_gui.session.heat import OFF, PRODUCT
from harmonizer_gui.views.heat_scale import ColorMap, HeatMeasure
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


@pytest.mark.parametrize("notches", [0, 4, -3, -9])
def test_roll_and_pictures_show_the_same_to_the_pixel(story: Story, notches: int) -> None:
    """At any zoom: what lies at the edges of the roll lies at those of each small picture."""
    window = story.program.window
    story.wheel(story.at(2000, 66), notches, Qt.KeyboardModifier.ControlModifier)
    story.wheel(story.at(2000, 66), -1, Qt.KeyboardModifier.ShiftModifier)
    view = window.roll.coordinates
    for row in (window.experts.product, *window.experts.experts.values()):
        small = row.picture._range.coordinates(view.width, view.height)
        for tick in (view.left, view.right, 480.0, 1917.0):
            assert small.x(tick) == pytest.approx(view.x(tick), abs=1e-6)
        assert small.y(60) == pytest.approx(view.y(60), abs=1e-6)


def test_the_look_of_the_heat_is_one_for_all_and_stays(story: Story, make_story: Callable[[], Story]) -> None:
    window = story.program.window
    story.trigger("heat-rank")
    story.trigger("heat-blue-yellow")
    story.trigger("heat-rests")
    story.program.heat_look.panel.opacity.value_asked.emit(0.5, object())
    scale = story.program.heat_look.look.scale
    assert (scale.measure, scale.colors) == (HeatMeasure.RANK, ColorMap.BLUE_YELLOW)
    pictures = [window.experts.product.picture, *(row.picture for row in window.experts.experts.values())]
    assert {scale} == {picture._palette.scale for picture in pictures}
    assert window.roll.heat._palette.scale == window.color_bar.scale == scale
    assert window.roll.heat.opacity() == 0.5
    assert story.program.heat_look.lane.isVisible()
    assert make_story().program.heat_look.look == story.program.heat_look.look


def test_what_is_not_written_is_marked_as_an_average(story: Story) -> None:
    marks = story.program.heat_look.marks
    assert list(marks.spans) == [(0, 64 * 120)]
    assert marks.words == "not written yet: average of 3 sampled lines"
    story.program.heat.set_source(OFF)
    assert not list(marks.spans)
    story.key(Qt.Key.Key_B)
    story.program.heat.set_source(PRODUCT)
    story.wait_for_heat()
    assert not list(marks.spans)


def test_onsets_are_asked_for_by_key(story: Story) -> None:
    before = story.program.window.roll.heat.heat
    story.key(Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    after = story.program.window.roll.heat.heat
    assert before is not None
    assert after is not None
    assert after.sum() < before.sum()
    assert story.program.heat_look.panel.onsets.isChecked()
