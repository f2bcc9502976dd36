"""What ten thousand undo steps cost, and that nothing is lost by keeping only what differs."""

from __future__ import annotations

import gc
import random
import tracemalloc
import weakref
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef, lay_notes, move_notes
from harmonizer_gui.session.document import Document

BARS = 1000
STEPS = 400
MOST_BYTES_A_STEP = 4_000
"""A voice of the piece is a tuple of 32,000 bytes: a step that kept one would be seen at once."""


def long_piece() -> Score:
    line = Voice(tuple(Note(480 * index, 480, 60 + index % 7) for index in range(4 * BARS)))
    return Score((line, line, line, line))


def edit_at_random(document: Document, steps: int) -> list[Score]:
    """Each score on the way, the first included."""
    rng = random.Random(4)
    scores = [document.score]
    for number in range(steps):
        voice = VoiceName(rng.randrange(4))
        ref = NoteRef(voice, rng.choice(document.score.voice(voice).notes))
        score, chosen = move_notes(document.score, frozenset({ref}), ticks=0, semitones=rng.choice((-1, 1)))
        document.edit(f"Step {number}", score, selection=chosen)
        scores.append(document.score)
    return scores


def test_steps_of_a_long_piece_take_little_memory(qapp: QApplication) -> None:
    document = Document()
    document.open(long_piece(), path=None)
    edit_at_random(document, 20)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    del edit_at_random(document, STEPS)[:]
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown / STEPS < MOST_BYTES_A_STEP
    document.undo_stack.clear()


def test_a_gesture_that_ends_where_it_began_keeps_no_music(qapp: QApplication) -> None:
    document = Document()
    document.open(long_piece(), path=None)
    before = document.score
    gesture = object()
    moved = lay_notes(before, VoiceName.ALTO, [Note(0, 240, 50)])
    on_the_way = weakref.ref(moved)
    document.edit("Move", moved, gesture=gesture)
    del moved
    document.edit("Move", before, gesture=gesture)
    assert document.undo_stack.count() == 0
    document.edit("Draw", lay_notes(before, VoiceName.BASS, [Note(0, 240, 40)]))
    document.undo_stack.undo()
    gone = weakref.ref(before)
    del before
    document.open(Score(), path=None)
    gc.collect()
    assert on_the_way() is None
    assert gone() is None
    document.undo_stack.clear()


def test_every_score_on_the_way_comes_back_and_goes_on_again(qapp: QApplication) -> None:
    document = Document()
    document.open(lay_notes(long_piece(), VoiceName.ALTO, [Note(0, 7, 50)]), path=None)
    scores = edit_at_random(document, 30)
    document.set_mix("Bolder", Mix(temperature=1.5))
    document.edit("Name it", replace(document.score, title="New"))
    way = [*scores, scores[-1], document.score]
    for score in reversed(way[:-1]):
        document.undo()
        assert document.score == score
    assert not document.is_dirty
    for score in way[1:]:
        document.redo()
        assert document.score == score
    assert document.mix == Mix(temperature=1.5)


def test_a_gesture_is_not_taken_up_again_after_another(qapp: QApplication) -> None:
    document, gesture = Document(), object()
    one, two, three = (lay_notes(Score(), VoiceName.ALTO, [Note(0, 480, pitch)]) for pitch in (60, 62, 64))
    document.edit("One", one, gesture=gesture)
    document.edit("Two", two)
    document.undo()
    document.edit("Three", three, gesture=gesture)
    assert document.undo_stack.count() == 2
    document.undo()
    assert document.score == one
