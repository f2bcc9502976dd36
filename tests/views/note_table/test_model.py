from __future__ import annotations

from time import thread_time

from hypothesis import given, settings
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.note_table.cells import Column
from harmonizer_gui.views.note_table.model import NoteModel
from harmonizer_gui.views.note_table.rows import rows_of
from tests.qt import Collector
from tests.strategies import scores


def long_score(bars: int) -> Score:
    """Sixteen notes to the bar, in four voices."""
    lines = [Voice(tuple(Note(480 * i, 480, 60 - 5 * v) for i in range(4 * bars))) for v in range(4)]
    return Score((lines[0], lines[1], lines[2], lines[3]))


@given(scores(), scores())
@settings(max_examples=25, deadline=None)
def test_whatever_changes_the_rows_are_those_of_the_score(before: Score, after: Score) -> None:
    model = NoteModel()
    for score in (before, after, before):
        model.set_score(score)
        assert [model.ref(row) for row in range(model.rowCount())] == [
            NoteRef(voice, note) for _, voice, note in rows_of(score)
        ]


def test_rows_are_in_order_of_time_and_from_the_soprano_down(qapp: QApplication) -> None:
    model = NoteModel()
    model.set_score(long_score(1))
    refs = [model.ref(row) for row in range(5)]
    assert [ref.voice for ref in refs] == [*VoiceName, VoiceName.SOPRANO]
    assert [ref.note.start for ref in refs] == [0, 0, 0, 0, 480]


def test_one_edit_of_a_long_piece_moves_one_row(qapp: QApplication) -> None:
    score = long_score(1000)
    model = NoteModel()
    model.set_score(score)
    assert model.rowCount() == 16_000
    resets, removed = Collector(model.modelReset), Collector(model.rowsRemoved)
    note = score.voice(VoiceName.ALTO).notes[2000]
    changed = Note(note.start, note.duration, note.pitch + 1)
    after = score.with_voice(VoiceName.ALTO, score.voice(VoiceName.ALTO).laid(changed))
    began = thread_time()
    model.set_score(after)
    assert thread_time() - began < 0.05
    assert (len(resets), len(removed)) == (0, 1)
    (row,) = model.rows(frozenset({NoteRef(VoiceName.ALTO, changed)}))
    assert model.ref(row).note == changed


def test_nonsense_in_a_cell_is_refused_with_a_sentence(qapp: QApplication) -> None:
    model = NoteModel()
    model.set_score(long_score(1))
    refused, asked = Collector(model.refused), Collector(model.edit_asked)
    assert not model.setData(model.index(0, Column.PITCH), "Z9")
    assert "“Z9” is no pitch" in refused.last
    assert not asked.items
    assert model.setData(model.index(0, Column.PITCH), "D4")
    assert asked.last.score.voice(VoiceName.SOPRANO).notes[0].pitch == 62


def test_a_probability_cannot_be_written_and_a_fermata_is_ticked(qapp: QApplication) -> None:
    model = NoteModel()
    model.set_score(long_score(1))
    model.probability = lambda _ref: 0.25
    assert model.data(model.index(0, Column.PROBABILITY)) == "25 %"
    assert not model.flags(model.index(0, Column.PROBABILITY)) & Qt.ItemFlag.ItemIsEditable
    asked = Collector(model.edit_asked)
    checked = Qt.ItemDataRole.CheckStateRole
    assert model.data(model.index(0, Column.FERMATA), checked) == Qt.CheckState.Unchecked
    model.setData(model.index(0, Column.FERMATA), Qt.CheckState.Checked, checked)
    assert asked.last.score.voice(VoiceName.SOPRANO).notes[0].fermata
