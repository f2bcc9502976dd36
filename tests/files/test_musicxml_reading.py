"""MusicXML as notation programs write it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from harmonizer_gui.files.musicxml import read_musicxml
from harmonizer_gui.score import Note, Score, Tempo, TimeSignature, VoiceName, pitch_name
from tests.files.xml_files import BACKUP, document, note, rest, saved

S, A, T, B = VoiceName
WHOLE = {"Soprano": "C5", "Alto": "G4", "Tenor": "E4", "Bass": "C3"}


def sung(score: Score, voice: VoiceName) -> list[tuple[int, int, str]]:
    """Start and end in sixteenths, and name, of the notes of a voice."""
    return [(n.start // 120, n.end // 120, pitch_name(n.pitch)) for n in score.voice(voice)]


def read_text(tmp_path: Path, text: str) -> Score:
    return read_musicxml(saved(tmp_path / "piece.musicxml", text)).score


def test_four_parts_in_any_order(tmp_path: Path) -> None:
    parts = {name: [note(pitch, 16)] for name, pitch in reversed(WHOLE.items())}
    score = read_text(tmp_path, document(parts))
    assert [sung(score, voice) for voice in VoiceName] == [[(0, 16, pitch)] for pitch in WHOLE.values()]


CLOSED_UPPER = note("C5", 8) + note("B4", 8) + BACKUP + note("E4", 4, voice=2) + note("G4", 12, voice=2)


def test_closed_score_on_two_staves_with_two_voices_each(tmp_path: Path) -> None:
    upper = [CLOSED_UPPER, note("A4", 16) + BACKUP + note("C5", 16, voice=2)]
    lower = [
        note("C4", 16) + BACKUP + note("C3", 16, voice=2),
        note("C4", 16) + BACKUP + note("F3", 16, voice=2),
    ]
    score = read_text(tmp_path, document({"Upper": upper, "Lower": lower}))
    assert sung(score, S) == [(0, 8, "C5"), (8, 16, "B4"), (16, 32, "A4")]
    assert sung(score, A) == [(0, 4, "E4"), (4, 16, "G4"), (16, 32, "C5")]
    assert sung(score, T) == [(0, 16, "C4"), (16, 32, "C4")]
    assert sung(score, B) == [(0, 16, "C3"), (16, 32, "F3")]


def test_closed_score_on_the_two_staves_of_one_piano(tmp_path: Path) -> None:
    measure = (
        note("C5", 16, staff=1) + BACKUP + note("G4", 16, voice=2, staff=1)
        + BACKUP + note("E4", 16, voice=5, staff=2) + BACKUP + note("C3", 16, voice=6, staff=2)
    )  # fmt: skip
    score = read_text(tmp_path, document({"Piano": [measure]}, extra="<staves>2</staves>"))
    assert [sung(score, voice) for voice in VoiceName] == [[(0, 16, pitch)] for pitch in WHOLE.values()]


def test_closed_score_with_chords_of_two(tmp_path: Path) -> None:
    chord = "<chord/>"
    upper = note("C5", 8) + note("G4", 8, inside=chord) + note("B4", 8) + note("G4", 8, inside=chord)
    lower = note("E4", 16) + note("C3", 16, inside=chord)
    score = read_text(tmp_path, document({"": [upper, CLOSED_UPPER], " ": [lower, lower]}))
    assert sung(score, S) == [(0, 8, "C5"), (8, 16, "B4"), (16, 24, "C5"), (24, 32, "B4")]
    assert sung(score, A) == [(0, 8, "G4"), (8, 16, "G4"), (16, 20, "E4"), (20, 32, "G4")]
    assert sung(score, B) == [(0, 16, "C3"), (16, 32, "C3")]


def test_a_chord_in_a_voice_keeps_its_outer_note_and_says_so(tmp_path: Path) -> None:
    parts = {name: [note(pitch, 16)] for name, pitch in WHOLE.items()}
    parts["Tenor"] = [note("E4", 16), note("D4", 16) + note("F4", 16, inside="<chord/>")]
    imported = read_musicxml(saved(tmp_path / "divisi.xml", document(parts)))
    assert sung(imported.score, T) == [(0, 16, "E4"), (16, 32, "F4")]
    assert imported.notices == ("bar 2, tenor: two notes at once, kept the top one",)


def test_tied_notes_are_one(tmp_path: Path) -> None:
    start, both, stop = (
        '<tie type="start"/>',
        '<tie type="stop"/><tie type="start"/>',
        '<tie type="stop"/>',
    )

    def tied(length: int, ties: str) -> str:
        return note("G4", length).replace("</duration>", f"</duration>{ties}")

    measures = [rest(12) + tied(4, start), tied(16, both), tied(8, stop) + note("G4", 8)]
    score = read_text(tmp_path, document({"Alto": measures}))
    assert sung(score, A) == [(12, 40, "G4"), (40, 48, "G4")]


def test_triplets_are_whole_ticks(tmp_path: Path) -> None:
    triplet = (
        "<time-modification><actual-notes>3</actual-notes><normal-notes>2</normal-notes></time-modification>"
    )
    body = "".join(note("G4", 4).replace("</note>", f"{triplet}</note>") for _ in range(12))
    text = document({"Alto": [body]}).replace("<divisions>4<", "<divisions>12<")
    score = read_text(tmp_path, text)
    assert [(n.start, n.duration) for n in score.voice(A)] == [(160 * index, 160) for index in range(12)]


def test_a_pickup_fermatas_and_tempo(tmp_path: Path) -> None:
    tempo = (
        "<direction><direction-type><metronome><beat-unit>half</beat-unit>"
        "<per-minute>40</per-minute></metronome></direction-type></direction>"
    )
    fermata = "<notations><fermata/></notations>"
    measures = [note("G4", 4), tempo + note("A4", 16).replace("</note>", f"{fermata}</note>")]
    score = read_text(tmp_path, document({"Alto": measures}))
    assert score.pickup == 480
    assert score.voice(A).notes == (Note(0, 480, 67), Note(480, 1920, 69, fermata=True))
    assert score.tempos == (Tempo(0, 84), Tempo(480, 80))


def test_a_changed_metre(tmp_path: Path) -> None:
    change = "<attributes><time><beats>3</beats><beat-type>4</beat-type></time></attributes>"
    score = read_text(tmp_path, document({"": [note("G4", 16), change + note("G4", 12)]}))
    assert score.time_signatures == (TimeSignature(0, 4, 4), TimeSignature(1920, 3, 4))


def test_a_bar_in_two_halves_is_one_bar(tmp_path: Path) -> None:
    repeat = '<barline location="right"><repeat direction="backward"/></barline>'
    measures = [note("G4", 16), note("A4", 12) + repeat, note("B4", 4), note("C5", 16)]
    imported = read_musicxml(saved(tmp_path / "repeat.xml", document({"": measures})))
    assert imported.score.time_signatures == (TimeSignature(0, 4, 4),)
    assert [bar.start for bar in imported.score.bars] == [0, 1920, 3840]
    assert imported.notices == ("repeats are not written out: every bar stands once, as in the notation",)


def test_grace_notes_are_left_out(tmp_path: Path) -> None:
    grace = note("A4").replace("<note>", "<note><grace/>").replace("<duration>4</duration>", "")
    imported = read_musicxml(saved(tmp_path / "grace.xml", document({"": [grace + note("G4", 16)]})))
    assert sung(imported.score, S) == [(0, 16, "G4")]
    assert imported.notices == ("1 grace note was left out",)


def test_transposing_instruments_are_heard_as_they_sound(tmp_path: Path) -> None:
    clarinet = "<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose>"
    score = read_text(tmp_path, document({"Clarinet": [note("D5", 16)]}, extra=clarinet))
    assert sung(score, S) == [(0, 16, "C5")]


def test_a_part_that_lacks_notes_at_the_end_of_a_bar_stays_with_the_others(tmp_path: Path) -> None:
    parts = {name: [note(pitch, 16), note(pitch, 16)] for name, pitch in WHOLE.items()}
    parts["Alto"] = [note("G4", 8), note("F4", 16)]
    score = read_text(tmp_path, document(parts))
    assert sung(score, A) == [(0, 8, "G4"), (16, 32, "F4")]


def test_utf_16(tmp_path: Path) -> None:
    text = document({"Baß": [note("G4", 16)]}).replace("UTF-8", "UTF-16")
    path = tmp_path / "finale.xml"
    path.write_bytes(text.encode("utf-16"))
    assert sung(read_musicxml(path).score, S) == [(0, 16, "G4")]


@pytest.mark.parametrize("with_container", [True, False])
def test_a_packed_file_with_and_without_container(tmp_path: Path, *, with_container: bool) -> None:
    path = tmp_path / "packed.mxl"
    with zipfile.ZipFile(path, "w") as archive:
        if with_container:
            archive.writestr("other.xml", "<opus/>")
            container = '<container><rootfiles><rootfile full-path="deep/a.xml"/></rootfiles></container>'
            archive.writestr("META-INF/container.xml", container)
        archive.writestr("deep/a.xml", document({"": [note("G4", 16)]}))
    assert sung(read_musicxml(path).score, S) == [(0, 16, "G4")]
