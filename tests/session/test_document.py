from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef, lay_notes, move_notes, remove_notes
from harmonizer_gui.session.document import Change, Document
from tests.qt import Collector

ALTO = VoiceName.ALTO


@pytest.fixture
def document(qapp: QApplication) -> Document:
    return Document()


def noted(document: Document, pitch: int) -> Score:
    return lay_notes(document.score, ALTO, [Note(0, 480, pitch)])


def test_an_edit_is_told_once_with_who_did_it(document: Document) -> None:
    changes = Collector(document.changed)
    score = noted(document, 60)
    ref = NoteRef(ALTO, Note(0, 480, 60))
    document.edit("Draw", score, selection=frozenset({ref}), initiator=changes)
    assert changes.items == [Change(score=True, selection=True, file=True, initiator=changes)]
    assert document.score is score
    assert document.selection == {ref}
    assert document.undo_stack.undoText() == "Draw"


def test_document_and_undo_stack_are_up_to_date_when_a_change_is_told(document: Document) -> None:
    seen: list[tuple[int, bool, str]] = []

    def look(change: Change) -> None:
        if change.score:
            stack = document.undo_stack
            seen.append((len(document.score.voice(ALTO)), document.is_dirty, stack.undoText()))

    document.changed.connect(look)
    document.edit("Draw", noted(document, 60))
    document.undo()
    document.redo()
    assert seen == [(1, True, "Draw"), (0, False, ""), (1, True, "Draw")]


def test_an_edit_may_follow_from_a_change(document: Document) -> None:
    def follow(change: Change) -> None:
        if change.score and len(document.score.voice(ALTO)) == 1:
            document.edit("Follow", lay_notes(document.score, ALTO, [Note(480, 480, 62)]))

    document.changed.connect(follow)
    document.edit("Draw", noted(document, 60))
    assert document.undo_stack.count() == 2
    document.undo()
    assert document.undo_stack.undoText() in ("Draw", "Follow")


def test_what_changes_nothing_is_not_told(document: Document) -> None:
    changes = Collector(document.changed)
    document.edit("Nothing", document.score)
    document.set_mix("Nothing", AS_LEARNED)
    document.select(NOTHING)
    document.set_target(document.target)
    assert not changes.items
    assert document.undo_stack.count() == 0


def test_one_gesture_is_one_undo_step(document: Document) -> None:
    before, gesture = document.score, object()
    for pitch in (60, 61, 62):
        document.edit(f"Move to {pitch}", noted(document, pitch), gesture=gesture)
    document.edit("Other", noted(document, 70), gesture=object())
    assert document.undo_stack.count() == 2
    document.undo()
    assert document.undo_stack.undoText() == "Move to 62"
    document.undo()
    assert document.score == before


def test_a_gesture_that_ends_where_it_began_leaves_no_step(document: Document) -> None:
    before, gesture = document.score, object()
    document.edit("Move", noted(document, 60), gesture=gesture)
    document.edit("Move", before, gesture=gesture)
    assert document.undo_stack.count() == 0
    assert not document.is_dirty
    document.edit("Move", noted(document, 61), gesture=gesture)
    assert document.undo_stack.count() == 1


def test_undo_selects_again_what_was_selected(document: Document) -> None:
    document.edit("Draw", noted(document, 60))
    old = frozenset({NoteRef(ALTO, Note(0, 480, 60))})
    document.select(old)
    score, new = move_notes(document.score, old, ticks=480, semitones=2)
    document.edit("Move", score, selection=new)
    assert document.selection == new
    document.undo()
    assert document.selection == old
    document.redo()
    assert document.selection == new


def test_undoing_a_mix_leaves_the_selection(document: Document) -> None:
    document.edit("Draw", noted(document, 60))
    document.set_mix("Move", Mix((("Beat", 2.0),)))
    chosen = frozenset({NoteRef(ALTO, Note(0, 480, 60))})
    document.select(chosen)
    document.undo()
    assert document.mix == AS_LEARNED
    assert document.selection == chosen


def test_a_note_that_is_gone_is_not_selected(document: Document) -> None:
    document.edit("Draw", noted(document, 60))
    chosen = frozenset({NoteRef(ALTO, Note(0, 480, 60))})
    document.select(chosen)
    changes = Collector(document.changed)
    document.edit("Delete", remove_notes(document.score, chosen))
    assert changes.items[0] == Change(score=True, selection=True, file=True)
    assert document.selection == NOTHING


def test_mix_and_score_share_the_undo_history(document: Document) -> None:
    document.edit("Draw", noted(document, 60))
    document.set_mix("Move", Mix((("Beat", 2.0),)))
    document.undo()
    assert (document.mix, len(document.score.voice(ALTO))) == (AS_LEARNED, 1)
    document.undo()
    assert len(document.score.voice(ALTO)) == 0


def test_opening_starts_clean(document: Document) -> None:
    document.edit("Draw", noted(document, 60))
    changes = Collector(document.changed)
    piece = Score(title="Other")
    document.open(piece, path=Path("other.harmonizer"), target=VoiceName.BASS)
    assert changes.items == [
        Change(
            score=True,
            mix=True,
            guidance=True,
            locks=True,
            sounds=True,
            selection=True,
            target=True,
            file=True,
            piece=True,
        )
    ]
    assert (document.score, document.target, document.path) == (
        piece,
        VoiceName.BASS,
        Path("other.harmonizer"),
    )
    assert document.undo_stack.count() == 0
    assert not document.is_dirty


def test_opening_after_a_recovery_starts_clean(document: Document) -> None:
    document.mark_changed()
    assert document.is_dirty
    document.open(Score(), path=None)
    assert not document.is_dirty


def test_saving_makes_clean_and_undo_dirty_again(document: Document) -> None:
    document.edit("Draw", noted(document, 60))
    changes = Collector(document.changed)
    document.mark_saved(Path("a.harmonizer"))
    assert changes.items == [Change(file=True)]
    assert not document.is_dirty
    document.undo()
    assert document.is_dirty


def test_an_edit_while_saving_keeps_the_piece_dirty(document: Document) -> None:
    document.edit("Draw", noted(document, 60))
    saved = document.state
    document.edit("Draw", noted(document, 61))
    document.mark_saved(Path("a.harmonizer"), saved)
    assert document.path == Path("a.harmonizer")
    seen = [document.is_dirty]
    for _ in range(2):
        document.undo()
        seen.append(document.is_dirty)
    assert seen == [True, False, True]


def test_past_the_save_point_and_back_it_is_as_on_disk(document: Document) -> None:
    for pitch in (60, 61):
        document.edit("Draw", noted(document, pitch))
    document.mark_saved(Path("a.harmonizer"))
    document.edit("Draw", noted(document, 62))
    changes = Collector(document.changed)
    seen = []
    for step in (document.undo, document.undo, document.undo, document.redo, document.redo, document.redo):
        step()
        seen.append(document.is_dirty)
    assert seen == [False, True, True, True, False, True]
    assert [change.file for change in changes.items] == [True, True, False, False, True, True]


def test_an_edit_and_its_contrary_are_no_change(document: Document) -> None:
    document.edit("Draw", noted(document, 60))
    document.mark_saved(Path("a.harmonizer"))
    drawn = document.score
    document.edit("Delete", remove_notes(drawn, frozenset({NoteRef(ALTO, Note(0, 480, 60))})))
    seen = [document.is_dirty]
    document.edit("Draw", noted(document, 60))
    assert [*seen, document.is_dirty] == [True, False]


def test_saving_in_the_middle_of_a_gesture_counts_what_follows_as_changed(document: Document) -> None:
    gesture = object()
    document.edit("Move", noted(document, 60), gesture=gesture)
    document.mark_saved(Path("a.harmonizer"))
    document.edit("Move", noted(document, 61), gesture=gesture)
    assert document.is_dirty
    document.undo()
    assert document.is_dirty
    assert document.score == Score()


def test_each_piece_has_its_own_number(document: Document) -> None:
    first = document.piece
    document.edit("Draw", noted(document, 60))
    document.mark_saved(Path("a.harmonizer"))
    assert document.piece == first
    document.open(document.score, path=Path("a.harmonizer"))
    assert document.piece != first


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 7), st.integers(40, 80)), max_size=12))
@settings(deadline=None, max_examples=50)
def test_undoing_everything_is_identity(edits: list[tuple[int, int, int]]) -> None:
    document = Document()
    states = [document.state]
    for voice, beat, pitch in edits:
        score = lay_notes(document.score, VoiceName(voice), [Note(beat * 240, 480, pitch)])
        document.edit("Draw", score)
        if document.state is not states[-1]:
            states.append(document.state)
    for state in reversed(states[:-1]):
        document.undo()
        assert document.state == state
    for state in states[1:]:
        document.redo()
        assert document.state == state


class Emitter(QObject):
    fired = Signal(object)


def test_emitting_does_not_wear_out_true(qapp: QApplication) -> None:
    """PySide6 6.12.0 drops a reference on True at each emit on Python 3.11, and the process dies."""
    emitter = Emitter()
    heard = Collector(emitter.fired)
    before = sys.getrefcount(True)
    for number in range(5_000):
        emitter.fired.emit(number)
    assert len(heard) == 5_000
    assert abs(sys.getrefcount(True) - before) < 100
