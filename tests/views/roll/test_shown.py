"""Which notes of what is shown are selected."""

from __future__ import annotations

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef
from harmonizer_gui.views.roll.shown import Chosen, notes_between

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS
NOTES = tuple(Note(500 * index, 480, 60) for index in range(6))


def test_selected_notes_are_told_apart_by_voice_and_in_order() -> None:
    chosen = Chosen()
    selection = frozenset({*(NoteRef(ALTO, note) for note in NOTES), NoteRef(BASS, NOTES[2])})
    assert chosen.notes(selection, ALTO) == NOTES
    assert chosen.notes(selection, BASS) == (NOTES[2],)
    assert chosen.notes(selection, ALTO) is chosen.notes(selection, ALTO)
    assert chosen.notes(NOTHING, ALTO) == ()


def test_notes_between_are_those_that_sound_there() -> None:
    assert notes_between(NOTES, 480, 1001) == NOTES[1:3]
    assert notes_between(NOTES, 479, 1000) == NOTES[:2]
    assert notes_between(NOTES, 480, 490) == ()
    assert notes_between((), 0, 100) == ()
