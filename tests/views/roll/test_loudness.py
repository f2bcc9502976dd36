"""Loudness drawn over the lane, without a window."""

from __future__ import annotations

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef, Selection
from harmonizer_gui.views.roll.gestures.loudness import DragLoudness

ALTO = VoiceName.ALTO
NOTES = tuple(Note(480 * index, 480, 60 + index) for index in range(4))
SCORE = Score((Voice(), Voice(NOTES), Voice(), Voice()))


def drag(*selected: int, pressed: int | None = None, locked: int = -1) -> DragLoudness:
    selection: Selection = frozenset(NoteRef(ALTO, NOTES[index]) for index in selected)
    lock = NoteRef(ALTO, NOTES[locked])
    ref = None if pressed is None else NoteRef(ALTO, NOTES[pressed])
    return DragLoudness(SCORE, selection, ALTO, lambda other: locked >= 0 and other == lock, ref)


def loud(score: Score) -> list[int]:
    return [note.velocity for note in score.voice(ALTO)]


def test_a_quick_stroke_leaves_no_note_out() -> None:
    gesture = drag()
    gesture.move(0, 20)
    assert loud(gesture.move(1440, 110).score) == [20, 50, 80, 110]


def test_a_stroke_goes_back_over_itself() -> None:
    gesture = drag()
    gesture.move(1900, 100)
    assert loud(gesture.move(0, 100).score) == [100] * 4
    assert loud(gesture.move(1900, 30).score) == [100, 82, 65, 30]


def test_one_of_several_selected_shifts_all() -> None:
    gesture = drag(0, 2, pressed=0)
    gesture.move(100, 80)
    edit = gesture.move(100, 95)
    assert loud(edit.score) == [95, 80, 95, 80]
    assert edit.text == "Change the loudness of 2 notes of the alto"
    assert len(edit.selection) == 2


def test_one_selected_alone_is_drawn() -> None:
    gesture = drag(0, pressed=0)
    assert loud(gesture.move(100, 33).score) == [33, 80, 80, 80]


def test_locked_notes_are_passed_over() -> None:
    gesture = drag(locked=1)
    gesture.move(0, 20)
    assert loud(gesture.move(1440, 110).score) == [20, 80, 80, 110]
    shifting = drag(0, 1, pressed=0, locked=1)
    shifting.move(0, 80)
    assert loud(shifting.move(0, 90).score) == [90, 80, 80, 80]


def test_a_cancelled_stroke_leaves_all_as_it_was() -> None:
    gesture = drag()
    gesture.move(0, 20)
    edit = gesture.cancel()
    assert (edit.score, edit.selection, edit.gesture) == (SCORE, NOTHING, gesture)
