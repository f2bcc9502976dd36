"""MusicXML of ours, looked at as XML."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring

from harmonizer_gui.files.formats import read
from harmonizer_gui.files.musicxml import write_musicxml
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice

SCORE = Score(
    voices=(
        Voice((Note(0, 480, 66), Note(480, 2400, 70, fermata=True), Note(2880, 480, 61, 100))),
        Voice((Note(480, 160, 62), Note(640, 160, 60), Note(800, 160, 58))),
        Voice((Note(480, 600, 55),)),
        Voice(),
    ),
    title="Grüße & <Wünsche>",
    tempos=(Tempo(0, 72), Tempo(960, 60.5)),
    time_signatures=(TimeSignature(0, 4, 4), TimeSignature(2400, 3, 4)),
    key_signatures=(KeySignature(0, -2, "minor"),),
    pickup=480,
)


@pytest.fixture
def root(tmp_path: Path) -> ET.Element:
    write_musicxml(SCORE, tmp_path / "piece.musicxml")
    answer: ET.Element = fromstring((tmp_path / "piece.musicxml").read_bytes())
    return answer


def texts(element: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in element.iterfind(path)]


def test_four_parts_with_names_and_clefs(root: ET.Element) -> None:
    assert texts(root, "part-list/score-part/part-name") == ["Soprano", "Alto", "Tenor", "Bass"]
    assert texts(root, "part/measure/attributes/clef/sign") == ["G", "G", "G", "F"]
    assert texts(root, "part[@id='T']/measure/attributes/clef/clef-octave-change") == ["-1"]


def test_nothing_is_made_up(root: ET.Element, tmp_path: Path) -> None:
    assert texts(root, "work/work-title") == [SCORE.title]
    assert not texts(root, ".//creator")
    untitled = tmp_path / "untitled.xml"
    write_musicxml(Score(voices=SCORE.voices), untitled)
    assert "Fragment" not in untitled.read_text()
    assert read(untitled).score.title == ""


def test_a_note_over_the_barline_is_tied_and_has_one_fermata(root: ET.Element) -> None:
    soprano = root.findall("part[@id='S']/measure/note")
    tied = [note for note in soprano if note.find("tie") is not None]
    assert [[tie.get("type") for tie in note.iterfind("tie")] for note in tied] == [
        ["start"],
        ["stop"],
    ]
    assert [len(texts(note, "notations/fermata")) for note in tied] == [0, 1]
    assert texts(tied[0], "type") == ["whole"]


def test_a_length_that_is_no_single_note_is_tied(root: ET.Element) -> None:
    tenor = root.findall("part[@id='T']/measure[@number='1']/note")
    assert [texts(note, "type")[0] for note in tenor if note.find("pitch") is not None] == [
        "quarter",
        "16th",
    ]


def test_the_pickup_is_bar_nought(root: ET.Element) -> None:
    for part in root.iterfind("part"):
        bars = [(bar.get("number"), bar.get("implicit")) for bar in part.iterfind("measure")]
        assert bars == [("0", "yes"), ("1", "no"), ("2", "no")]


def test_every_part_ends_with_the_final_barline_and_has_no_other(root: ET.Element, tmp_path: Path) -> None:
    from music21 import converter

    for part in root.iterfind("part"):
        assert [measure.get("number") for measure in part.iterfind("measure[barline]")] == ["2"]
        assert texts(part, "measure/barline/bar-style") == ["light-heavy"]
        last = part.findall("measure")[-1]
        assert [element.tag for element in last][-1] == "barline"
    found = converter.parse(tmp_path / "piece.musicxml", forceSource=True)
    lines = [measure.rightBarline for measure in found.parts[0].getElementsByClass("Measure")]
    assert [line.type if line else "" for line in lines] == ["", "", "final"]


def test_triplets_say_what_they_are(root: ET.Element) -> None:
    alto = root.find("part[@id='A']")
    assert alto is not None
    assert texts(alto, "measure/note/time-modification/actual-notes")[:3] == ["3", "3", "3"]


def test_notes_are_spelled_by_the_key(root: ET.Element) -> None:
    soprano = root.find("part[@id='S']")
    assert soprano is not None
    spelled = zip(texts(soprano, ".//pitch/step"), texts(soprano, ".//pitch/alter"), strict=True)
    # F sharp leads to the tonic of G minor; the rest is flat or natural.
    assert list(spelled) == [("F", "1"), ("B", "-1"), ("B", "-1"), ("C", "1")]


def test_tempo_metre_and_key(root: ET.Element) -> None:
    soprano = root.find("part[@id='S']")
    assert soprano is not None
    assert texts(soprano, ".//metronome/per-minute") == ["72", "60.5"]
    assert texts(soprano, ".//time/beats") == ["4", "3"]
    assert texts(soprano, ".//key/fifths") == ["-2"]
    assert texts(soprano, ".//key/mode") == ["minor"]


def test_the_packed_file_names_its_score(tmp_path: Path) -> None:
    write_musicxml(SCORE, tmp_path / "piece.mxl")
    with ZipFile(tmp_path / "piece.mxl") as archive:
        container: ET.Element = fromstring(archive.read("META-INF/container.xml"))
        names = [rootfile.get("full-path") or "" for rootfile in container.iterfind("rootfiles/rootfile")]
        assert [fromstring(archive.read(name)).tag for name in names] == ["score-partwise"]


def test_positions_between_the_notatable_ones_are_moved_and_no_note_vanishes(tmp_path: Path) -> None:
    notes = (Note(1, 1, 60), Note(2, 7, 62), Note(9, 1000, 64), Note(1013, 1, 65))
    score = Score(
        voices=(Voice(notes), Voice(), Voice(), Voice()),
        time_signatures=(TimeSignature(0, 4, 4), TimeSignature(903, 3, 4)),
        key_signatures=(KeySignature(401, 3),),
        pickup=1,
    )
    write_musicxml(score, tmp_path / "a.xml")
    read_notes = read(tmp_path / "a.xml").score.voices[0].notes
    assert [note.pitch for note in read_notes] == [60, 62, 64, 65]
    assert all(abs(a.start - b.start) <= 5 for a, b in zip(notes, read_notes, strict=True))
