from __future__ import annotations

import pytest

from harmonizer_gui.score import Note, Score, TimeSignature, Voice, VoiceName
from harmonizer_gui.session.cells import with_cell, written_at

ALTO = VoiceName.ALTO
LINE = (Note(0, 480, 64, velocity=90), Note(480, 960, 65, fermata=True), Note(1920, 480, 67, generated=True))


def put(step: int, pitch: int | None, *, held: bool = False, notes: tuple[Note, ...] = LINE) -> list[Note]:
    score, _ = with_cell(Score().with_voice(ALTO, Voice(notes)), ALTO, step, pitch, held=held)
    return list(score.voice(ALTO))


def test_the_note_that_begins_there_gets_another_pitch() -> None:
    assert put(4, 69) == [LINE[0], Note(480, 960, 69, fermata=True), LINE[2]]


def test_in_the_middle_of_a_note_the_rest_of_it_does() -> None:
    assert put(6, 69)[1:3] == [Note(480, 240, 65, fermata=True), Note(720, 720, 69, fermata=True)]


def test_what_the_model_wrote_is_the_users_when_it_is_put_in() -> None:
    assert put(16, 60)[-1] == Note(1920, 480, 60)


def test_silence_takes_the_note_away() -> None:
    assert put(4, None) == [LINE[0], LINE[2]]


def test_a_pitch_that_is_held_makes_the_note_before_longer() -> None:
    assert put(4, 64, held=True) == [Note(0, 1440, 64, velocity=90), LINE[2]]
    assert put(4, 64)[:2] == [LINE[0], Note(480, 960, 64, fermata=True)]


def test_on_empty_paper_it_lasts_to_the_end_of_the_beat_or_the_next_note() -> None:
    assert put(13, 60)[2] == Note(1560, 360, 60)
    near = (*LINE, Note(3000, 120, 60))
    assert put(24, 62, notes=near)[3] == Note(2880, 120, 62)
    score = Score(time_signatures=(TimeSignature(0, 6, 8),), pickup=240)
    written, selection = with_cell(score, ALTO, 2, 60)
    assert list(written.voice(ALTO)) == [Note(240, 720, 60)]
    assert [ref.note for ref in selection] == list(written.voice(ALTO))


@pytest.mark.parametrize(("step", "pitch"), [(0, 64), (3, 64), (4, 65), (11, 65), (12, None), (99, None)])
def test_what_is_written_at_a_step(step: int, pitch: int | None) -> None:
    note = written_at(Score().with_voice(ALTO, Voice(LINE)), ALTO, step)
    assert (None if note is None else note.pitch) == pitch


def test_notes_off_the_grid_are_found_where_the_networks_see_them() -> None:
    voice = Voice((Note(0, 170, 60), Note(170, 310, 62)))
    score = Score().with_voice(ALTO, voice)
    seen = [written_at(score, ALTO, step) for step in range(4)]
    assert [note.pitch for note in seen if note is not None] == [60, 62, 62, 62]
    written, _ = with_cell(score, ALTO, 1, 64)
    assert list(written.voice(ALTO))[1] == Note(170, 310, 64)
