"""The question which strand of a file is which voice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from harmonizer_gui.files.assignment import StrandRef
from harmonizer_gui.files.material import Material
from harmonizer_gui.files.strands import Doubt, Found, Unsure
from harmonizer_gui.files.voices import FilePart
from harmonizer_gui.score import Note, Tempo, TimeSignature, VoiceName
from harmonizer_gui.session.file_jobs import Unclear
from harmonizer_gui.views.import_dialog import ImportDialog
from harmonizer_gui.views.strand_picture import note_bars
from harmonizer_gui.views.theme import DARK
from tests.qt import Collector

S, A, T, B = VoiceName
OPEN = QDialogButtonBox.StandardButton.Open


def part(name: str, *pitches: int, later: int = 0) -> FilePart:
    """Two chords of these pitches."""
    starts = (later, later + 480)
    return FilePart(name, [Found(Note(start, 480, pitch)) for start in starts for pitch in pitches])


def material(order: tuple[int, ...] = ()) -> Material:
    return Material(
        parts=(part("Upper", 72, 67), part("Lower", 60, 48), part("Flute", 84, later=960)),
        title="",
        tempos=(Tempo(0, 60),),
        time_signatures=(TimeSignature(0, 4, 4),),
        key_signatures=(),
        starts=(0, 960, 1920),
        order=order,
    )


Make = Callable[..., ImportDialog]


@pytest.fixture
def make(qapp: QApplication, show: Callable[..., None]) -> Make:
    def dialog(order: tuple[int, ...] = ()) -> ImportDialog:
        widget = ImportDialog(Unclear(Path("closed.mid"), material(order)), DARK)
        widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        show(widget)
        return widget

    return dialog


def choose(dialog: ImportDialog, row: int, voice: VoiceName | None) -> None:
    box = dialog.rows[row].voice
    index = 0 if voice is None else int(voice) + 1
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_the_guess_is_chosen(make: Make) -> None:
    dialog = make()
    assert [row.name.text() for row in dialog.rows] == ["1a  Upper", "1b  Upper", "2  Lower", "3  Flute"]
    assert [row.chosen for row in dialog.rows] == [row.strand.guess for row in dialog.rows]
    assert dialog.assignment == dict(dialog.unclear.material.guess.assignment)
    assert dialog.rows[1].facts.text() == "G4–G4, 2 notes\nG4 G4"


def test_two_strands_change_places_rather_than_share_a_voice(make: Make) -> None:
    dialog = make()
    before = [row.chosen for row in dialog.rows]
    choose(dialog, 0, before[2])
    assert [row.chosen for row in dialog.rows] == [before[2], before[1], before[0], before[3]]
    choose(dialog, 1, None)
    assert dialog.rows[1].chosen is None
    choose(dialog, 1, before[0])
    assert (dialog.rows[1].chosen, dialog.rows[2].chosen) == (before[0], None)


def test_without_any_voice_nothing_can_be_opened(make: Make) -> None:
    dialog = make()
    for row in range(4):
        choose(dialog, row, None)
    assert not dialog.buttons.button(OPEN).isEnabled()
    assert dialog.buttons.button(OPEN).toolTip() == "No strand is a voice yet"
    choose(dialog, 3, T)
    assert dialog.buttons.button(OPEN).isEnabled()
    assert dialog.assignment == {T: StrandRef(2)}


def test_repeats_are_asked_about_only_where_there_are_any(make: Make) -> None:
    assert not make().repeats.isVisible()
    dialog = make((0, 1, 0, 1))
    assert dialog.repeats.isVisible()
    assert dialog.repeats.text() == "&Write out repeats: 4 bars instead of 2"
    assert not dialog.repeats.isChecked()


def test_one_thing_is_heard_at_a_time(make: Make) -> None:
    dialog = make()
    heard, silent = Collector(dialog.hear_asked), Collector(dialog.silence_asked)
    QTest.mouseClick(dialog.rows[3].hear, Qt.MouseButton.LeftButton)
    (voice,) = [voice for voice in heard.last.voices if voice]
    assert voice.notes == (Note(0, 480, 84), Note(480, 480, 84))  # from its own beginning
    QTest.mouseClick(dialog.hear_all, Qt.MouseButton.LeftButton)
    assert not dialog.rows[3].hear.isChecked()
    assert sorted(map(len, heard.last.voices)) == [2, 2, 2, 2]
    assert heard.last.tempos == (Tempo(0, 60),)
    assert silent.items == []
    QTest.mouseClick(dialog.hear_all, Qt.MouseButton.LeftButton)
    assert len(silent) == 1
    QTest.mouseClick(dialog.hear_all, Qt.MouseButton.LeftButton)
    dialog.show_silent()
    assert not dialog.hear_all.isChecked()


def test_closing_ends_what_is_heard(make: Make) -> None:
    dialog = make()
    silent = Collector(dialog.silence_asked)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(silent) == 1
    assert dialog.result() == 0


def test_the_picture_shows_time_and_height() -> None:
    notes = (Note(0, 480, 60), Note(480, 480, 72))
    low, high = note_bars(notes, end=1920, width=400, height=43)
    assert (low.left(), high.left()) == (0, 100)
    assert low.width() == high.width() == 99.5
    assert (high.top(), low.bottom()) == (0, 43)
    (alone,) = note_bars(notes[:1], end=480, width=400, height=43)
    assert alone.center().y() == pytest.approx(21.5)
    assert note_bars((), end=480, width=400, height=43) == []


def test_what_is_unsure_is_named_and_follows_the_choice(make: Make) -> None:
    dialog = make()
    assert dialog.doubts.isHidden()
    dialog.unclear.material.found.split(0, 2)[0].doubts.append(doubt := Doubt(480, Unsure.CROSSED, (0, 1), 0))
    dialog.unclear.material.found.split(0, 2)[1].doubts.append(doubt)
    choose(dialog, 0, dialog.rows[0].chosen)
    assert dialog.doubts.text().endswith("bar 0: alto and tenor may have to change places")
    choose(dialog, 0, None)
    assert dialog.doubts.isHidden()
