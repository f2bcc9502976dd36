"""Whatever hands do to the window: voices stay lines, undo leads back to the start and redo to the end."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Score, Voice
from harmonizer_gui.score.edits import existing
from harmonizer_gui.session.document import Document
from tests.stories.conftest import SCORE, Story
from tests.stories.hands import Hands

GESTURES = int(os.environ.get("HARMONIZER_GESTURES", "250"))
SEED = int(os.environ.get("HARMONIZER_SEED", "1"))


def check(score: Score, deed: str) -> None:
    """Each voice is one line on the keys of a piano."""
    for voice in score.voices:
        assert Voice(voice.notes) == voice, deed
        assert all(21 <= note.pitch <= 108 for note in voice), deed


def test_any_gestures_leave_lines_that_undo_and_redo_bring_back(story: Story) -> None:
    document, hands = story.program.document, Hands(story, SEED)
    first = kept(document)
    for _ in range(GESTURES):
        deed = hands.do_something()
        check(story.score, deed)
        assert not story.program.window.roll._mouse.is_busy, deed
        assert existing(story.score, document.selection) == document.selection, deed
        QCoreApplication.processEvents()
    assert document.undo_stack.count() > GESTURES / 10
    go_to_the_end(document)
    last = kept(document)
    while document.undo_stack.canUndo():
        document.undo()
    assert kept(document) == first
    assert story.score == SCORE
    assert not document.is_dirty
    go_to_the_end(document)
    assert kept(document) == last
    assert not story.program.window.messages.texts


def kept(document: Document) -> tuple[object, ...]:
    """All that undo and redo bring back."""
    return document.score, document.locks, document.guidance, document.mix, document.sounds


def go_to_the_end(document: Document) -> None:
    while document.undo_stack.canRedo():
        document.redo()
