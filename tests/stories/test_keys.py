"""Keys and chords are locked in the dock, seen on the roll, heard by the model and undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from harmonizer_gui.engine.guidance import NO_GUIDANCE
from harmonizer_gui.score import KeySignature, Score, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.session.harmonies import Scope
from harmonizer_gui.views.key.panel import KeyPanel
from tests.qt import process_events, wait_until
from tests.stories.conftest import BAR, LEFT, SCORE, Story


@pytest.fixture
def panel(story: Story) -> KeyPanel:
    """The dock, open."""
    story.trigger("key-and-chords")
    return story.program.keying.panel


def choose(panel: KeyPanel, scope: Scope) -> None:
    panel.scopes.setCurrentIndex(panel.scopes.findData(scope))


def write(panel: KeyPanel, text: str) -> None:
    panel.chords.setFocus()
    QTest.keyClicks(panel.chords, text)
    QTest.keyClick(panel.chords, Qt.Key.Key_Return)


def rows(panel: KeyPanel) -> list[tuple[str, str, str]]:
    items = [panel.list.topLevelItem(index) for index in range(panel.list.topLevelItemCount())]
    return [(item.text(0), item.text(1), item.text(2)) for item in items if item is not None]


def test_the_scale_of_the_key_is_locked_and_wakes_the_expert(story: Story, panel: KeyPanel) -> None:
    document, window = story.program.document, story.program.window
    assert panel.isVisible()
    QTest.mouseClick(panel.lock_key, LEFT)
    assert rows(panel) == [("whole piece", "C major", "C D E F G A B")]
    assert window.status == ("Lock C major, whole piece · undo with Ctrl+Z · the Key expert counts now, at 1")
    assert document.mix.factor("key") == 1.0
    assert [span[0] for span in story.program.keying.marks.spans] == [0]
    wait_until(lambda: story.model.analyses[-1].guidance == document.guidance)
    story.trigger("undo")
    assert (document.guidance, document.mix.factor("key")) == (NO_GUIDANCE, 0.0)
    assert rows(panel) == []
    assert not story.program.keying.marks.isVisible()


def test_chords_bar_by_bar_from_the_playhead_on(story: Story, panel: KeyPanel) -> None:
    story.program.window.roll.seek_asked.emit(float(BAR))
    choose(panel, Scope.BARS)
    write(panel, "ii65 V7 | I")
    assert rows(panel) == [
        ("bar 2", "ii65", "C D F A"),
        ("bar 2", "V7", "D F G B"),
        ("bar 3", "I", "C E G"),
    ]
    assert panel.chords.text() == ""
    assert story.program.document.undo_stack.undoText() == "Lock 3 chords"
    spans = [(start, end) for start, end, _ in story.program.keying.marks.spans]
    assert spans == [(BAR, BAR * 3 // 2), (BAR * 3 // 2, 2 * BAR), (2 * BAR, 3 * BAR)]


def test_what_cannot_be_read_is_said_and_changes_nothing(story: Story, panel: KeyPanel) -> None:
    write(panel, "Hm")
    assert panel.told.text() == "“Hm” is no chord or scale: try C, Am, G7, V7 or D dorian"
    assert panel.told.property("kind") == "problem"
    assert panel.chords.text() == "Hm"
    assert story.program.document.guidance == NO_GUIDANCE
    QTest.keyClick(panel.chords, Qt.Key.Key_Backspace)
    assert panel.told.text() == ""


def test_the_empty_list_is_not_to_be_scrolled_and_the_field_has_the_room(
    story: Story, panel: KeyPanel
) -> None:
    for width in (1024, 1500):
        story.program.window.resize(width, 700)
        process_events()
        assert not panel.list.horizontalScrollBar().isVisible()
    hint = panel.chords.fontMetrics().horizontalAdvance(panel.chords.placeholderText())
    assert panel.chords.width() > hint


def test_a_selection_is_locked_and_let_go_again(story: Story, panel: KeyPanel) -> None:
    tenor = story.score.voice(VoiceName.TENOR).notes
    story.program.document.select(frozenset({NoteRef(VoiceName.TENOR, tenor[5])}))
    choose(panel, Scope.NOTES)
    write(panel, "F")
    choose(panel, Scope.PIECE)
    QTest.mouseClick(panel.lock_key, LEFT)
    assert [row[0] for row in rows(panel)] == ["whole piece", "bar 2"]
    (chord,) = [lock for lock in story.program.document.guidance.locks if lock.label == "F"]
    assert (chord.start, chord.end) == (2400, 2880)
    chosen = panel.list.topLevelItem(1)
    assert chosen is not None
    panel.list.setCurrentItem(chosen)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert [row[1] for row in rows(panel)] == ["C major"]
    assert story.program.window.status.startswith("Unlock F ·")
    QTest.mouseClick(panel.clear, LEFT)
    assert rows(panel) == []
    assert story.program.document.guidance == NO_GUIDANCE


def test_a_key_is_detected_and_one_is_told_how_sure_that_is(story: Story, panel: KeyPanel) -> None:
    document = story.program.document
    other = replace(SCORE, key_signatures=(KeySignature(0, 3),))
    document.open(other, path=None)
    assert panel.key == KeySignature(0, 3)
    QTest.mouseClick(panel.detect, LEFT)
    assert panel.key != KeySignature(0, 3)
    assert panel.told.text().startswith(("Sure: ", "Fairly sure: ", "Hardly sure: "))
    assert "%" in panel.told.text()
    document.open(Score(), path=None)
    QTest.mouseClick(panel.detect, LEFT)
    assert panel.told.text() == "Too little is written there to tell the key"


def test_a_lock_within_a_lock_shows_what_holds(story: Story, panel: KeyPanel) -> None:
    QTest.mouseClick(panel.lock_key, LEFT)
    choose(panel, Scope.BARS)
    write(panel, "Fm")
    labels = [(start, lock.label) for start, _, lock in story.program.keying.marks.spans]
    assert labels == [(0, "Fm"), (BAR, "C major")]
    assert rows(panel)[1] == ("bar 1", "Fm", "F A♭ C")
