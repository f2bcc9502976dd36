from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from harmonizer_gui.views.toolbar import Tool
from tests.qt import assert_uncrowded, wait_until
from tests.stories.conftest import Story

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_the_first_view_shows_all_notes_in_readable_rows(story: Story) -> None:
    view = story.program.window.roll.coordinates
    assert view.left == 0
    assert view.bottom < 47
    assert view.top > 73
    assert view.row_height >= 11


@pytest.mark.parametrize(
    "dock", ["takes", "why-dock", "proofreading", "key-and-chords", "voices", "note-table"]
)
def test_with_a_dock_open_the_window_fits_a_screen_of_150_percent(story: Story, dock: str) -> None:
    window = story.program.window
    window.resize(853, 533)
    QTest.qWait(1)
    story.key(Qt.Key.Key_G, SHIFT)
    wait_until(lambda: story.notes())
    next(each for each in window.workspace.docks if each.objectName() == f"dock-{dock}").show_on_top()
    QTest.qWait(1)
    assert window.size().toTuple() == (853, 533)
    for part in (window.toolbar, window.transport, *window.workspace.docks):
        assert part.geometry().right() < 853 or not part.isVisible()
    assert_uncrowded(window.toolbar)
    assert_uncrowded(window.transport)


def test_the_wheel_scrolls_and_zooms_at_the_pointer(story: Story) -> None:
    roll = story.program.window.roll
    before = roll.coordinates
    place = story.at(4000, 60)
    story.wheel(place, 1, CTRL)
    zoomed = roll.coordinates
    assert zoomed.tick_width == pytest.approx(1.2 * before.tick_width)
    assert story.at(4000, 60).x() == pytest.approx(place.x(), abs=1)
    story.wheel(place, -2, SHIFT)
    assert roll.coordinates.left > zoomed.left
    story.wheel(place, -1)
    assert roll.coordinates.top < zoomed.top
    story.wheel(place, 1, CTRL | SHIFT)
    assert roll.coordinates.row_height > zoomed.row_height


def test_what_is_told_of_the_cell_under_the_pointer_moves_with_the_paper(story: Story) -> None:
    window = story.program.window
    place = story.at(2500, 60)
    story.move(place)
    assert window.hover.startswith("C4 · bar 2, beat 2 · ")
    story.wheel(place, -4, SHIFT)
    later = window.hover
    assert later.startswith("C4 · bar ")
    story.move(place + QPoint(1, 0))
    story.move(place)
    assert window.hover == later
    assert not later.startswith("C4 · bar 2, beat 2 · ")


def test_the_middle_button_drags_the_paper(story: Story) -> None:
    roll = story.program.window.roll
    story.wheel(story.at(0, 60), 3, CTRL)
    before = roll.coordinates
    start = story.at(4000, 60)
    story.drag(start, start - QPoint(100, 24), Qt.MouseButton.MiddleButton)
    assert roll.coordinates.x(4000) == pytest.approx(before.x(4000) - 100, abs=0.01)
    assert roll.coordinates.y(60) == pytest.approx(before.y(60) - 24, abs=0.01)
    assert not story.notes()


def test_zoom_to_fit_shows_the_whole_piece(story: Story) -> None:
    story.trigger("zoom-in")
    story.trigger("zoom-in")
    story.trigger("zoom-fit")
    view = story.program.window.roll.coordinates
    assert [view.left, view.right] == pytest.approx([0, 4 * 1920])


def test_the_experts_see_the_same_stretch(story: Story) -> None:
    story.wheel(story.at(4000, 60), 3, CTRL)
    view, panel = story.program.window.roll.coordinates, story.program.window.experts
    seen = panel._range
    assert [seen.start_tick, seen.end_tick] == pytest.approx([view.left, view.right])


def test_a_place_under_the_mouse_is_named(story: Story) -> None:
    story.move(story.at(2500, 60))
    assert story.program.window.hover.startswith("C4 · bar 2, beat 2 · ")
    assert "%, rank " in story.program.window.hover


def test_beside_the_roll_the_whole_piece_is_seen(story: Story) -> None:
    roll, overview = story.program.window.roll, story.program.navigating.overview
    assert overview.isVisible()
    assert not roll.bars.across.isVisible()
    story.trigger("zoom-in")
    story.trigger("zoom-in")
    frame, before = overview.frame, roll.coordinates
    start = frame.center().toPoint()
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(overview, start + QPoint(60, 0))
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert roll.coordinates.left > before.left
    assert roll.coordinates.tick_width == before.tick_width
    story.trigger("overview")
    assert not overview.isVisible()
    assert roll.bars.across.isVisible()


def test_two_fingers_scroll_by_their_own_pixels(story: Story) -> None:
    roll = story.program.window.roll
    story.wheel(story.at(4000, 60), 4, CTRL)
    before, place = roll.coordinates, QPointF(story.at(4000, 60))
    port = roll.canvas.viewport()
    event = QWheelEvent(
        place,
        QPointF(port.mapToGlobal(place.toPoint())),
        QPoint(-30, -12),
        QPoint(-60, -24),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.ScrollUpdate,
        False,
    )
    QApplication.sendEvent(port, event)
    assert roll.coordinates.x(4000) == pytest.approx(before.x(4000) - 30, abs=0.01)
    assert roll.coordinates.y(60) == pytest.approx(before.y(60) - 12, abs=0.01)


def test_a_pinch_zooms_at_the_fingers(story: Story) -> None:
    roll = story.program.window.roll
    before, place = roll.coordinates, QPointF(story.at(4000, 60))
    port = roll.canvas.viewport()
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        QPointF(port.mapToGlobal(place.toPoint())),
        0.25,
        QPointF(),
    )
    QApplication.sendEvent(port, event)
    assert roll.coordinates.tick_width == pytest.approx(1.25 * before.tick_width)
    assert roll.coordinates.x(4000) == pytest.approx(before.x(4000), abs=1)


def test_what_was_fitted_fits_again_when_the_roll_has_more_room(story: Story) -> None:
    window = story.program.window
    roll = window.roll
    for is_whole in (False, True):
        if is_whole:
            story.trigger("zoom-fit")
        QTest.qWait(1)
        rows = roll.coordinates.row_height
        story.key(Qt.Key.Key_Right)  # the grid cursor, in view
        story.key(Qt.Key.Key_Escape)
        story.trigger("note-table")
        QTest.qWait(1)
        assert roll.coordinates.row_height < rows
        story.trigger("note-table")
        QTest.qWait(1)
        assert roll.coordinates.row_height == pytest.approx(rows)


def test_escape_and_another_piece_bring_the_keys_back_to_the_roll(story: Story) -> None:
    window, document = story.program.window, story.program.document
    window.transport.play.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.focusWidget() is window.transport.play
    story.key(Qt.Key.Key_Escape)
    assert window.focusWidget() is window.roll.canvas
    window.toolbar.grid.setFocus(Qt.FocusReason.TabFocusReason)
    document.open(document.score, path=None)
    assert window.focusWidget() is window.roll.canvas


def test_the_tab_key_reaches_every_tool_and_every_voice(story: Story) -> None:
    window = story.program.window
    window.toolbar.tools[Tool.DRAW].setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(20):
        seen.append(window.focusWidget())
        story.key(Qt.Key.Key_Tab)
    assert {*window.toolbar.tools.values(), *window.toolbar.chips.chips.values()} <= set(seen)
