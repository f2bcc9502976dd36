"""Rules are switched, and singers chosen, at the rows of the experts panel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from harmonizer_gui.engine.guidance import CROSSINGS, FAVOUR, NO_GUIDANCE, OUT_OF_RANGE, PARALLEL_FIFTHS
from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.experts.rule_row import RuleRow
from harmonizer_gui.views.roll.gestures import Tool
from tests.qt import wait_until
from tests.stories.conftest import LEFT, Story

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS
NAMES = ("voice leading", "range", "key", "painted")


@pytest.fixture
def ruled(story: Story) -> Story:
    """The model has rules, and so the panel their rows."""
    story.model.experts = (*story.model.experts[:4], *NAMES)
    story.model.rules = NAMES
    story.program.window.experts.set_experts(story.model.experts, NAMES)
    return story


def row(story: Story, name: str) -> RuleRow:
    found = story.program.window.experts.experts[name]
    assert isinstance(found, RuleRow)
    return found


def test_a_rule_is_switched_off_and_on_and_the_row_tells(ruled: Story) -> None:
    document, popover = ruled.program.document, ruled.program.ruling.popovers["voice leading"]
    assert row(ruled, "voice leading").more.text() == "8/8"
    QTest.mouseClick(row(ruled, "voice leading").more, LEFT)
    assert popover.isVisible()
    QTest.mouseClick(
        popover.switches[CROSSINGS], LEFT, pos=QPoint(8, popover.switches[CROSSINGS].height() // 2)
    )
    QTest.keyClick(popover.switches[PARALLEL_FIFTHS], Qt.Key.Key_Space)
    assert document.guidance.off == {CROSSINGS, PARALLEL_FIFTHS}
    assert row(ruled, "voice leading").more.text() == "6/8"
    assert ruled.program.window.status == "Allow: parallel fifths · undo with Ctrl+Z"
    wait_until(lambda: ruled.model.analyses[-1].guidance == document.guidance)
    ruled.trigger("undo")
    assert popover.switches[PARALLEL_FIFTHS].isChecked()
    QTest.mouseClick(popover.reset, LEFT)
    assert document.guidance == NO_GUIDANCE
    assert not popover.reset.isEnabled()
    popover.close()


def test_singers_reach_other_notes(ruled: Story) -> None:
    document, popover = ruled.program.document, ruled.program.ruling.popovers["range"]
    assert ruled.program.ruling.shade.range == (53, 74)
    QTest.mouseClick(row(ruled, "range").more, LEFT)
    low, high = popover.ranges[ALTO]
    low.selectAll()
    QTest.keyClicks(low, "G3")
    QTest.keyClick(low, Qt.Key.Key_Return)
    assert document.guidance.range_of(ALTO) == (55, 74)
    high.setFocus()
    QTest.keyClick(high, Qt.Key.Key_Down)
    assert document.guidance.range_of(ALTO) == (55, 73)
    assert ruled.program.window.status.startswith("Let the alto sing G3–")
    assert ruled.program.ruling.shade.range == (55, 73)
    assert row(ruled, "range").more.text() == "own"
    assert document.undo_stack.count() == 2
    document.set_target(BASS)
    assert ruled.program.ruling.shade.range == (36, 64)
    QTest.mouseClick(popover.reset, LEFT)
    assert document.guidance == NO_GUIDANCE
    popover.close()


def test_a_range_that_is_off_shades_nothing(ruled: Story) -> None:
    document, popover = ruled.program.document, ruled.program.ruling.popovers["range"]
    document.set_guidance("Off", document.guidance.switch(OUT_OF_RANGE, on=False))
    assert ruled.program.ruling.shade.range is None
    assert row(ruled, "range").more.text() == "0/1"
    assert not any(field.isEnabled() for fields in popover.ranges.values() for field in fields)


def test_the_rows_of_key_and_paint_lead_to_dock_and_brush(ruled: Story) -> None:
    document, window = ruled.program.document, ruled.program.window
    assert row(ruled, "key").more.isHidden()
    ruled.trigger("key-and-chords")
    QTest.mouseClick(ruled.program.keying.panel.lock_key, LEFT)
    ruled.trigger("key-and-chords")
    assert not ruled.program.keying.panel.isVisible()
    assert row(ruled, "key").more.text() == "1"
    QTest.mouseClick(row(ruled, "key").more, LEFT)
    assert ruled.program.keying.panel.isVisible()
    document.set_guidance("Paint", document.guidance.paint(ALTO, [(0, 60), (1, 60)], FAVOUR))
    assert row(ruled, "painted").more.text() == "2"
    QTest.mouseClick(row(ruled, "painted").more, LEFT)
    assert window.roll.tool is Tool.PAINT


def test_a_row_that_is_made_later_tells_the_same(ruled: Story) -> None:
    document, experts = ruled.program.document, ruled.program.window.experts
    document.set_guidance("Off", document.guidance.switch(CROSSINGS, on=False))
    experts.set_experts(("simple",), ())
    experts.set_experts(ruled.model.experts, NAMES)
    assert row(ruled, "voice leading").more.text() == "7/8"
