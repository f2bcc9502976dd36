"""The lane under the notes, by mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.session.locks import Locks
from tests.qt import process_events
from tests.stories.conftest import SCORE, Story

TENOR = VoiceName.TENOR


@pytest.fixture
def lane(story: Story) -> Story:
    """The tenor is the target and the lane is open."""
    story.key(Qt.Key.Key_T)
    story.key(Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    process_events()
    return story


def loud(story: Story, tick: float, velocity: int) -> QPoint:
    """Where in the lane the top of a bar at `tick` is, for a loudness."""
    strip = story.program.window.roll.loudness
    place = strip.bar(Note(max(0, int(tick)), 480, 60, velocity)).topLeft()
    scene = strip.mapToScene(QPointF(place.x() + 1.0, place.y()))
    seen: QPoint = story.program.window.roll.canvas.mapFromScene(scene)
    return seen


def velocities(story: Story) -> list[int]:
    return [note.velocity for note in story.score.voice(TENOR)]


def test_the_lane_opens_and_closes_and_takes_no_room_when_closed(story: Story) -> None:
    roll = story.program.window.roll
    height = roll.coordinates.height
    story.trigger("velocities")
    process_events()
    assert roll.loudness.isVisible()
    assert roll.coordinates.height == pytest.approx(height - roll.loudness.maximumHeight())
    story.trigger("velocities")
    process_events()
    assert roll.coordinates.height == height


def test_an_open_lane_is_open_the_next_time(make_story: Callable[[], Story], story: Story) -> None:
    assert not story.program.window.actions_["velocities"].isChecked()
    story.trigger("velocities")
    again = make_story().program.window
    assert again.actions_["velocities"].isChecked()
    assert again.roll.loudness.isVisible()


def test_a_click_says_how_loud(lane: Story) -> None:
    lane.click(loud(lane, 480, 40))
    assert velocities(lane)[:3] == [80, pytest.approx(40, abs=2), 80]
    assert "loudness of a note of the tenor" in lane.program.window.actions_["undo"].text()
    lane.trigger("undo")
    assert lane.score == SCORE


def test_a_stroke_draws_a_swell_in_one_step(lane: Story) -> None:
    lane.drag(loud(lane, 0, 20), loud(lane, 1920, 120))
    drawn = velocities(lane)[:5]
    assert drawn == sorted(drawn)
    assert drawn[0] < 30
    assert drawn[4] > 110
    assert lane.program.document.undo_stack.count() == 1


def test_selected_notes_grow_louder_together(lane: Story) -> None:
    notes = lane.score.voice(TENOR).notes
    lane.program.document.select(frozenset(NoteRef(TENOR, note) for note in notes[:3]))
    lane.drag(loud(lane, 480, 80), loud(lane, 480, 110))
    assert velocities(lane)[:4] == [pytest.approx(110, abs=2)] * 3 + [80]
    assert len(lane.program.document.selection) == 3


def test_esc_takes_the_stroke_back(lane: Story) -> None:
    lane.press(loud(lane, 480, 20))
    assert lane.score != SCORE
    lane.key(Qt.Key.Key_Escape)
    assert lane.score == SCORE
    assert lane.program.document.undo_stack.count() == 0
    lane.release(loud(lane, 480, 20))


def test_locked_notes_keep_their_loudness(lane: Story) -> None:
    lane.program.document.set_locks("Lock", Locks(frozenset({TENOR})))
    lane.drag(loud(lane, 0, 20), loud(lane, 1920, 120))
    assert lane.score == SCORE
