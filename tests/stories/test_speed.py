"""A piece of a thousand bars: what an edit costs, and what a frame, in time of the GUI thread alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from random import Random
from statistics import median
from time import thread_time

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef, move_notes
from harmonizer_gui.session.locks import NO_LOCKS
from harmonizer_gui.views.roll.note_painting import Labels
from tests.stories.conftest import Story

BARS = 1000
EDIT_MS = 5.0
FRAME_MS = 32.0
"""Twice what a frame may take on a machine with nothing else to do."""


def line(base: int, rng: Random) -> Voice:
    return Voice(
        tuple(
            Note(480 * index, 480, base + rng.randrange(-5, 6), generated=rng.random() < 0.3)
            for index in range(4 * BARS)
        )
    )


@pytest.fixture
def long_story(make_story: Callable[[], Story]) -> Story:
    """The window at 1920 × 1080 with 16,000 notes and heat under them; no model runs."""
    story, rng = make_story(), Random(1)
    window = story.program.window
    window.resize(1920, 1080)
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    soprano, alto, tenor, bass = (line(base, rng) for base in (72, 66, 58, 48))
    story.program.document.open(Score((soprano, alto, tenor, bass)), path=None)
    window.roll.set_heat(np.random.default_rng(0).random((16 * BARS, 88), np.float32))
    return story


def milliseconds(work: Callable[[], object]) -> float:
    start = thread_time()
    work()
    return 1000 * (thread_time() - start)


def test_an_edit_of_one_note_undo_and_redo_are_instant(long_story: Story) -> None:
    document, rng = long_story.program.document, Random(2)

    def edit() -> None:
        voice = VoiceName(rng.randrange(4))
        ref = NoteRef(voice, rng.choice(document.score.voice(voice).notes))
        score, chosen = move_notes(document.score, frozenset({ref}), ticks=0, semitones=1)
        document.edit("Move a note", score, selection=chosen)

    times = [[milliseconds(work) for work in (edit, document.undo, document.redo)] for _ in range(20)]
    assert document.undo_stack.index() == 20
    for name, spent in zip(("edit", "undo", "redo"), zip(*times, strict=True), strict=True):
        assert median(spent) < EDIT_MS, name


@pytest.mark.parametrize(("bars", "factor"), [(1000, 1.0), (1000, 1.06), (100, 1.0), (20, 1.0), (8, 1.0)])
def test_frames_are_quick_at_every_zoom(long_story: Story, bars: int, factor: float) -> None:
    navigator = long_story.program.window.roll.navigator
    navigator.zoom_to_fit()
    navigator.zoom_time(BARS / bars, 0.0)
    navigator.go_to(left=0.0, top=navigator.view.top)
    QCoreApplication.processEvents()

    def frame() -> None:
        navigator.scroll(20.0, 0.0)
        navigator.zoom_time(factor, 700.0)
        QCoreApplication.processEvents()

    assert median(milliseconds(frame) for _ in range(12)) < FRAME_MS


@pytest.mark.parametrize("bars", [1000, 100, 8])
def test_frames_are_as_quick_where_all_notes_are_selected(long_story: Story, bars: int) -> None:
    roll = long_story.program.window.roll
    long_story.program.document.select(
        frozenset(NoteRef(name, note) for name in VoiceName for note in long_story.score.voice(name))
    )
    roll.show_strip(roll.loudness, on=True)
    roll.navigator.show_ticks(0.0, 1920.0 * bars)
    QCoreApplication.processEvents()

    down = cycle((12.0, -12.0))

    def frame() -> None:
        roll.navigator.scroll(3.0, next(down))
        QCoreApplication.processEvents()

    assert roll.selection
    assert median(milliseconds(frame) for _ in range(12)) < FRAME_MS


@pytest.mark.parametrize("bars", [1000, 8])
def test_frames_are_as_quick_with_marks_everywhere(long_story: Story, bars: int) -> None:
    """Thousands of findings and padlocks, most of them out of sight or too small to be told apart."""
    program, document = long_story.program, long_story.program.document
    soprano, alto = (long_story.score.voice(name).notes for name in (VoiceName.SOPRANO, VoiceName.ALTO))
    faulty = [((VoiceName.SOPRANO, a), (VoiceName.ALTO, b)) for a, b in zip(soprano, alto, strict=True)]
    program.proofreading.marks.set_findings(soprano[::2], faulty[::2])
    program.proofreading.marks.show()
    everywhere = ((VoiceName.TENOR, ((0, 1920 * BARS),)),)
    document.set_locks("Lock", NO_LOCKS.with_place(everywhere, on=True))
    program.window.roll.navigator.show_ticks(0.0, 1920.0 * bars)
    QCoreApplication.processEvents()
    down = cycle((12.0, -12.0))

    def frame() -> None:
        program.window.roll.navigator.scroll(3.0, next(down))
        QCoreApplication.processEvents()

    assert program.proofreading.marks.count == 4000
    assert median(milliseconds(frame) for _ in range(12)) < FRAME_MS


@pytest.mark.parametrize("bars", [1000, 60, 20])
def test_frames_are_as_quick_with_names_and_fermatas(long_story: Story, bars: int) -> None:
    program, score = long_story.program, long_story.score
    for name in VoiceName:
        notes = tuple(replace(note, fermata=note.start % 1920 == 1440) for note in score.voice(name))
        score = score.with_voice(name, Voice(notes))
    program.document.open(score, path=None)
    program.window.roll.notes.set_labels(Labels.NAME)
    program.window.roll.navigator.show_ticks(0.0, 1920.0 * bars)
    QCoreApplication.processEvents()

    def frame() -> None:
        program.window.roll.navigator.scroll(3.0, 0.0)
        program.window.roll.navigator.zoom_time(1.01, 700.0)
        QCoreApplication.processEvents()

    assert median(milliseconds(frame) for _ in range(12)) < FRAME_MS
