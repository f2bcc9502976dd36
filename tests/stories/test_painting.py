"""The composer paints: strokes of the brush on the real window are heard by the model, undone and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage

from harmonizer_gui.engine.guidance import AVOID, FAVOUR, NO_GUIDANCE, Guidance
from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.session.heat import OFF
from harmonizer_gui.views.roll.gestures import Tool
from tests.qt import wait_until
from tests.stories.conftest import SCORE, Story

ALTO, TENOR = VoiceName.ALTO, VoiceName.TENOR
RIGHT = Qt.MouseButton.RightButton
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def painter(story: Story) -> Story:
    story.key(Qt.Key.Key_P)
    return story


def painted(story: Story, voice: VoiceName = ALTO) -> dict[tuple[int, int], float]:
    cells = story.program.document.guidance.painted_in(voice)
    return {(cell.step, cell.pitch): cell.strength for cell in cells}


def test_a_stroke_is_seen_heard_and_undone_as_one(painter: Story) -> None:
    document, window = painter.program.document, painter.program.window
    painter.drag(painter.at(20, 64), painter.at(1400, 64))
    assert painted(painter) == {(step, 64): FAVOUR for step in range(12)}
    assert window.status == "Favour 12 cells for the alto · undo with Ctrl+Z"
    assert painter.score == SCORE
    assert [patch.end for patch in painter.program.painting.marks.patches] == [12]
    wait_until(lambda: painter.model.analyses[-1].guidance == document.guidance)
    painter.trigger("undo")
    assert document.guidance == NO_GUIDANCE
    assert painter.program.painting.marks.patches == ()


def test_the_right_button_and_alt_avoid_and_shift_erases(painter: Story) -> None:
    painter.click(painter.at(20, 64), RIGHT)
    painter.click(painter.at(140, 64), held=ALT)
    painter.click(painter.at(260, 64))
    assert list(painted(painter).values()) == [AVOID, AVOID, FAVOUR]
    painter.drag(painter.at(20, 64), painter.at(300, 64), held=SHIFT)
    assert painted(painter) == {}


def test_painting_over_notes_leaves_the_notes_alone(painter: Story) -> None:
    painter.drag(painter.at(20, 72), painter.at(1400, 72))
    assert painter.score == SCORE
    assert len(painted(painter)) == 12


def test_the_eraser_takes_paint_off_the_paper_and_notes_where_there_are_some(painter: Story) -> None:
    painter.drag(painter.at(20, 66), painter.at(1400, 66))
    painter.key(Qt.Key.Key_E)
    painter.drag(painter.at(60, 66), painter.at(1000, 66))
    assert len(painted(painter)) == 3
    assert painter.score == SCORE
    painter.click(painter.at(60, 72))
    assert len(painter.notes(VoiceName.SOPRANO)) == 15


def test_esc_takes_a_stroke_back(painter: Story) -> None:
    before = painter.program.document.mix
    painter.press(painter.at(20, 64))
    painter.move(painter.at(900, 64))
    assert painted(painter)
    painter.key(Qt.Key.Key_Escape)
    painter.release(painter.at(900, 64))
    assert painter.program.document.guidance == NO_GUIDANCE
    assert painter.program.document.mix == before
    assert not painter.program.document.undo_stack.canUndo()


def test_painting_wakes_the_expert_in_the_same_step(painter: Story) -> None:
    document = painter.program.document
    document.set_mix("Off", document.mix.with_factor("painted", 0.0))
    painter.drag(painter.at(20, 64), painter.at(300, 64))
    assert document.mix.factor("painted") == 1.0
    painter.trigger("undo")
    assert document.mix.factor("painted") == 0.0


def test_the_bar_of_the_brush_stands_there_while_one_paints(painter: Story) -> None:
    bar = painter.program.painting.bar
    assert bar.isVisible()
    bar.strengths[AVOID].click()
    bar.semitones.setValue(3)
    painter.click(painter.at(20, 64))
    assert painted(painter) == dict.fromkeys([(0, 63), (0, 64), (0, 65)], AVOID)
    assert bar.count.text() == "3 cells"
    bar.clear.click()
    assert painted(painter) == {}
    assert painter.program.window.status.startswith("Clear all that is painted for the alto")
    painter.key(Qt.Key.Key_V)
    assert not bar.isVisible()


def test_alt_and_the_wheel_change_the_width(painter: Story) -> None:
    for notches in (1.0, 1.0, 1.0, 1.0, 1.0, -1.0):
        painter.wheel(painter.at(500, 64), notches, ALT)
    assert painter.program.painting.bar.semitones.value() == 4
    painter.trigger("wider-brush")
    painter.click(painter.at(20, 64))
    assert len(painted(painter)) == 5
    view = painter.program.window.roll.coordinates
    painter.key(Qt.Key.Key_V)
    painter.wheel(painter.at(500, 64), -1.0, ALT)
    assert painter.program.window.roll.tool is Tool.SELECT
    assert painter.program.window.roll.coordinates != view


def test_selected_notes_are_favoured_and_avoided_by_keys(story: Story) -> None:
    document = story.program.document
    tenor = story.score.voice(TENOR).notes
    story.trigger("favour-selected")
    assert story.program.window.status.startswith("Select notes first")
    assert document.guidance == NO_GUIDANCE
    document.select(frozenset({NoteRef(TENOR, tenor[0]), NoteRef(TENOR, tenor[2])}))
    story.key(Qt.Key.Key_P, SHIFT)
    assert painted(story, TENOR) == {(step, 57): FAVOUR for step in (0, 1, 2, 3, 8, 9, 10, 11)}
    assert story.program.window.status.startswith("Favour 8 cells for the tenor")
    story.key(Qt.Key.Key_P, ALT)
    assert set(painted(story, TENOR).values()) == {AVOID}
    story.trigger("unpaint-selected")
    assert document.guidance == NO_GUIDANCE
    soprano = story.score.voice(VoiceName.SOPRANO).notes[0]
    document.select(frozenset({NoteRef(TENOR, tenor[0]), NoteRef(VoiceName.SOPRANO, soprano)}))
    story.trigger("favour-selected")
    assert story.program.window.status.startswith("Favour 8 cells ·")


def test_the_cell_of_the_cursor_is_painted_for_the_target(story: Story) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        story.key(key)
    cursor = story.program.cursor.cursor
    assert cursor is not None
    story.key(Qt.Key.Key_P, SHIFT)
    first = cursor.tick // 120
    assert painted(story) == {(first, cursor.pitch): FAVOUR, (first + 1, cursor.pitch): FAVOUR}
    assert story.program.window.status.startswith("Favour 2 cells for the alto")


def test_marks_tell_favour_from_avoid_without_colour(painter: Story) -> None:
    painter.drag(painter.at(20, 67), painter.at(900, 67))
    painter.drag(painter.at(20, 62), painter.at(900, 62), RIGHT)
    painter.move(painter.at(6000, 80))
    favoured, avoided = (grey(painter, 400, pitch) for pitch in (67, 62))
    assert favoured != avoided


def grey(story: Story, tick: float, pitch: int) -> list[int]:
    """The lightness of the pixels across a row, whether they differ from the first."""
    roll = story.program.window.roll
    view, field = roll.coordinates, roll.canvas.field
    place = field.mapToScene(QPointF(view.x(tick), view.y(pitch)))
    top = roll.canvas.mapFromScene(place)
    image: QImage = roll.canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = range(top.y() + 2, top.y() + int(view.row_height) - 2)
    columns = range(top.x(), top.x() + 24)
    lines = [[image.pixelColor(x, y).lightness() for x in columns] for y in rows]
    return [len(set(line)) for line in lines]


def test_what_is_painted_is_saved(painter: Story, tmp_path: Path) -> None:
    painter.drag(painter.at(20, 64), painter.at(300, 64))
    kept: Guidance = painter.program.document.guidance
    path = tmp_path / "piece.harmonizer"
    painter.program.files.save_as(path)
    wait_until(lambda: not painter.program.document.is_dirty)
    painter.program.document.open(SCORE, path=None)
    assert painter.program.painting.marks.patches == ()
    painter.program.files.open(path)
    wait_until(lambda: painter.program.document.path == path)
    assert painter.program.document.guidance == kept
    assert painter.program.painting.bar.count.text() == "3 cells"


def test_experts_with_nothing_to_say_are_passed_over(story: Story) -> None:
    story.model.experts = (*story.model.experts[:4], "painted", "key")
    document, heat, window = story.program.document, story.program.heat, story.program.window
    window.toolbar.set_experts(story.model.experts)
    document.set_target(VoiceName.SOPRANO)
    story.wait_for_heat()
    cells = document.guidance.paint(VoiceName.SOPRANO, [(0, 60)], FAVOUR)
    document.set_guidance("Paint", cells)
    sources = window.toolbar.sources
    assert sources.model().flags(sources.model().index(5, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert not sources.model().flags(sources.model().index(6, 0)) & Qt.ItemFlag.ItemIsEnabled
    seen = []
    for _ in range(6):
        story.key(Qt.Key.Key_H)
        seen.append(heat.source)
    assert seen == ["Simple", "Spacing", "Contour", "Beat", "painted", OFF]
    assert heat.shown is None
