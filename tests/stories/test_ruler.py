from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QSpinBox

from harmonizer_gui.score import KeySignature, Tempo, TimeSignature
from harmonizer_gui.score.edits import Sign, set_sign
from harmonizer_gui.views.roll.ruler import Pointed
from tests.qt import process_events
from tests.stories.conftest import BAR, SCORE, Story

RETURN = Qt.Key.Key_Return


def sign_place(story: Story, sign: Sign) -> QPoint:
    """The middle of the words of a sign, in the roll's widget."""
    ruler = story.program.window.roll.canvas.ruler
    mark = next(mark for mark in ruler.marks if mark.sign == sign)
    place = ruler.mapToScene((mark.left + mark.right) / 2, ruler.rect().height() - 6)
    found: QPoint = story.program.window.roll.canvas.mapFromScene(place)
    return found


def choose(story: Story, words: str, tick: int, sign: Sign | None = None) -> QDialog | None:
    """Choose from the menu of the ruler; the box that it opens, if any."""
    pointed = Pointed(tick, sign, QPoint())
    menu = story.program.signing.menu(pointed)
    next(action for action in menu.actions() if words in action.text().replace("&", "")).trigger()
    menu.deleteLater()
    boxes = [box for box in story.program.window.findChildren(QDialog) if box.isVisible()]
    return boxes[-1] if boxes else None


def accept(box: QDialog | None) -> None:
    assert box is not None
    QTest.keyClick(box, RETURN)
    process_events()


def test_a_metre_is_changed_from_a_bar_on_and_the_notes_stay(story: Story) -> None:
    before = story.score.voices
    box = choose(story, "metre here", 2 * BAR + 100)
    assert box is not None
    box.findChildren(QSpinBox)[0].setValue(3)
    accept(box)
    assert story.score.time_signatures == (TimeSignature(0, 4, 4), TimeSignature(2 * BAR, 3, 4))
    assert story.score.voices == before
    assert story.program.document.undo_stack.undoText() == "Change the metre in bar 3 to 3/4"
    story.trigger("undo")
    assert len(story.score.time_signatures) == 1


def test_a_tempo_is_set_dragged_and_removed(story: Story) -> None:
    box = choose(story, "tempo here", BAR)
    assert box is not None
    box.findChildren(QDoubleSpinBox)[0].setValue(120.0)
    accept(box)
    place = sign_place(story, Tempo(BAR, 120.0))
    steps = story.program.document.undo_stack.count()
    story.drag(place, place + QPoint(story.at(2 * BAR, 60).x() - story.at(BAR, 60).x(), 0))
    assert story.score.tempos[1] == Tempo(2 * BAR, 120.0)
    assert story.program.document.undo_stack.count() == steps + 1
    assert story.program.window.roll.playhead.tick == 0
    choose(story, "Remove", 2 * BAR, Tempo(2 * BAR, 120.0))
    assert story.score.tempos == (Tempo(0, 84.0),)


def test_a_double_click_on_the_key_changes_it(story: Story) -> None:
    place = sign_place(story, KeySignature(0, 0))
    QTest.mouseDClick(story._port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    boxes = [box for box in story.program.window.findChildren(QDialog) if box.isVisible()]
    keys = boxes[0].findChildren(QComboBox)[0]
    assert keys.currentText() == "C major"
    keys.setCurrentText("A minor")
    accept(boxes[0])
    assert story.score.key_signatures == (KeySignature(0, 0, "minor"),)


def test_a_pickup_by_the_menu_of_the_window(story: Story) -> None:
    story.trigger("change-pickup")
    box = next(box for box in story.program.window.findChildren(QDialog) if box.isVisible())
    box.findChildren(QDoubleSpinBox)[0].setValue(1.0)
    accept(box)
    assert story.score.pickup == 480
    assert [bar.number for bar in story.score.bars[:2]] == [0, 1]


def change_metre(story: Story, counts: int) -> None:
    """Let bars of so many quarters begin with the piece."""
    box = choose(story, "metre here", 0)
    assert box is not None
    box.findChildren(QSpinBox)[0].setValue(counts)
    accept(box)


def test_a_pickup_that_is_gone_with_the_metre_is_told_of(story: Story) -> None:
    story.program.document.open(replace(SCORE, pickup=1440), path=None)
    change_metre(story, 2)
    assert story.score.pickup == 480
    assert "pickup" not in story.program.window.status
    change_metre(story, 1)
    assert story.score.pickup == 0
    assert story.program.window.status == "The pickup is gone: in 1/4 it makes up whole bars"
    story.trigger("undo")
    assert story.score.pickup == 480


def test_metre_and_key_go_with_their_bar_when_the_pickup_changes(story: Story) -> None:
    signs = (TimeSignature(0, 4, 4), TimeSignature(2 * BAR, 3, 4))
    keys = (KeySignature(0, 0), KeySignature(BAR, 1))
    story.program.document.open(replace(SCORE, time_signatures=signs, key_signatures=keys), path=None)
    before = story.score
    story.trigger("change-pickup")
    box = next(box for box in story.program.window.findChildren(QDialog) if box.isVisible())
    box.findChildren(QDoubleSpinBox)[0].setValue(1.0)
    accept(box)
    assert story.score.time_signatures[1] == TimeSignature(2 * BAR + 480, 3, 4)
    assert story.score.key_signatures[1] == KeySignature(BAR + 480, 1)
    assert story.program.document.undo_stack.count() == 1
    story.trigger("undo")
    assert story.score == before


def test_a_drag_over_the_ruler_makes_a_loop(story: Story) -> None:
    start, end = story.at(BAR + 10, 60), story.at(2 * BAR - 10, 60)
    story.drag(QPoint(start.x(), 8), QPoint(end.x(), 8))
    assert story.program.playing._loop == (BAR, 2 * BAR)
    assert story.program.window.transport.loop.isChecked()
    story.key(Qt.Key.Key_L)
    assert story.program.playing._loop is None


def test_a_loop_without_length_is_refused(story: Story) -> None:
    start = story.at(BAR, 60)
    story.drag(QPoint(start.x(), 8), QPoint(start.x() + 6, 8))
    assert story.program.playing._loop is None
    assert "without length" in story.program.window.status


def test_the_selection_is_looped_by_key(story: Story) -> None:
    story.trigger("loop-selection")
    assert story.program.playing._loop is None
    story.trigger("select-all")
    story.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert story.program.playing._loop == (0, 4 * BAR)


def test_esc_takes_back_what_is_dragged_on_the_ruler(story: Story) -> None:
    tempo, document = story.score.tempos[0], story.program.document
    document.edit("Set a tempo", set_sign(story.score, Tempo(BAR, 120.0)))
    stack, score = document.undo_stack, story.score
    place = sign_place(story, Tempo(BAR, 120.0))
    story.press(place)
    story.move(place + QPoint(60, 0))
    story.move(place + QPoint(150, 0))
    assert story.score != score
    story.key(Qt.Key.Key_Escape)
    story.move(place + QPoint(200, 0))
    story.release(place + QPoint(200, 0))
    assert story.score.tempos == score.tempos
    assert (story.score, stack.count()) == (score, 1)
    assert story.score.tempos == (tempo, Tempo(BAR, 120.0))


def test_esc_leaves_the_loop_as_it_was(story: Story) -> None:
    ruler_y = QPoint(0, 8)
    start, end = (story.at(tick, 60) for tick in (BAR, 2 * BAR))
    places = [QPoint(place.x(), ruler_y.y()) for place in (start, end)]
    for is_taken_back in (True, False, True):
        before = story.program.playing._loop
        story.press(places[0])
        story.move(places[1])
        assert story.program.playing._loop == (BAR, 2 * BAR)
        if is_taken_back:
            story.key(Qt.Key.Key_Escape)
            story.move(places[1] + QPoint(90, 0))
        story.release(places[1] + QPoint(90 if is_taken_back else 0, 0))
        assert story.program.playing._loop == (before if is_taken_back else (BAR, 2 * BAR))


def test_a_dragged_metre_goes_to_the_bar_lines_before_it_and_esc_brings_it_back(story: Story) -> None:
    document = story.program.document
    metre = TimeSignature(2 * BAR + 480, 3, 4)  # it cuts bar 3 short
    document.edit("Set a metre", set_sign(story.score, metre))
    score, place = story.score, sign_place(story, metre)
    for is_taken_back in (True, False):
        story.press(place)
        story.move(place + story.at(3 * BAR, 60) - story.at(2 * BAR + 300, 60))
        assert TimeSignature(3 * BAR, 3, 4) in story.score.time_signatures
        if is_taken_back:
            story.key(Qt.Key.Key_Escape)
            assert story.score == score
        story.release(place)
    assert story.score == score
