"""What is written for a score, as MusicXML: values, beams, brackets, accidentals."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring

from harmonizer_gui.files.notation import GRID_TICKS
from harmonizer_gui.files.notation_xml import musicxml_bytes
from harmonizer_gui.score import KeySignature, Note, Score, TimeSignature, Voice

VALUES: dict[str, float] = {
    "whole": 1920,
    "half": 960,
    "quarter": 480,
    "eighth": 240,
    "16th": 120,
    "32nd": 60,
    "64th": 30,
}
VALUES |= {"128th": 15, "256th": 7.5, "breve": 3840, "long": 7680, "maxima": 15360}


def written(*notes: Note, metre: tuple[int, int] = (4, 4), pickup: int = 0, fifths: int = 0) -> ET.Element:
    """The soprano."""
    score = Score(
        (Voice(notes), Voice(), Voice(), Voice()),
        time_signatures=(TimeSignature(0, *metre),),
        key_signatures=(KeySignature(0, fifths),),
        pickup=pickup,
    )
    part = fromstring(musicxml_bytes(score)).find("part")
    assert part is not None
    return part


def line(*lengths: int, pitch: int = 67) -> list[Note]:
    starts = [sum(lengths[:index]) for index in range(len(lengths))]
    return [Note(start, length, pitch) for start, length in zip(starts, lengths, strict=True)]


def beams(part: ET.Element) -> list[list[str]]:
    return [[beam.text or "" for beam in note.iterfind("beam")] for note in part.iterfind("measure/note")]


def value(note: ET.Element) -> float:
    """The ticks that type, dot and triplet say."""
    ticks = float(VALUES[note.findtext("type", "")])
    if note.find("dot") is not None:
        ticks *= 1.5
    return ticks * 2 / 3 if note.find("time-modification") is not None else ticks


@pytest.mark.parametrize("length", [*range(GRID_TICKS, 600, GRID_TICKS), 640, 1280, 1440, 1915])
def test_types_dots_and_triplets_add_up_to_the_length(length: int) -> None:
    notes = [note for note in written(Note(0, length, 67)).iterfind("measure/note") if note.find("pitch")]
    assert notes
    assert sum(value(note) for note in notes) == length
    assert all(value(note) == int(note.findtext("duration", "")) for note in notes)


def test_a_long_note_in_a_long_bar() -> None:
    (note,) = written(Note(0, 7680, 67), metre=(16, 4)).iterfind("measure/note")
    assert (note.findtext("type"), note.find("dot")) == ("long", None)


def test_beams_join_what_lies_within_a_beat() -> None:
    assert beams(written(*line(240, 240, 240, 240))) == [["begin"], ["end"], ["begin"], ["end"], []]
    assert beams(written(*line(120, 240, 120)))[:3] == [
        ["begin", "forward hook"],
        ["continue"],
        ["end", "backward hook"],
    ]
    assert beams(written(*line(120, 120, 240)))[:3] == [["begin", "begin"], ["continue", "end"], ["end"]]


def test_no_beam_over_a_rest_or_a_beat_and_none_alone() -> None:
    syncopated = written(Note(0, 240, 67), Note(240, 480, 67), Note(720, 240, 67))
    assert beams(syncopated) == [[], [], [], []]
    with_rest = written(Note(0, 120, 67), Note(240, 120, 67), Note(360, 120, 67))
    assert beams(with_rest)[:4] == [[], [], ["begin", "begin"], ["end", "end"]]


def test_beams_of_compound_metres_and_of_a_pickup() -> None:
    three = ["begin"], ["continue"], ["end"]
    assert beams(written(*line(*[240] * 6), metre=(6, 8))) == [*three, *three]
    assert beams(written(*line(*[240] * 3), metre=(3, 8))) == [*three]
    assert beams(written(*line(240, 240, 240), pickup=720))[:3] == [[], ["begin"], ["end"]]


def test_triplets_are_bracketed_beat_by_beat() -> None:
    part = written(*line(160, 160, 160, 320, 160, 480))
    kinds = [
        tuplet.get("type") if (tuplet := note.find("notations/tuplet")) is not None else ""
        for note in part.iterfind("measure/note")
    ]
    assert kinds[:6] == ["start", "", "stop", "start", "stop", ""]


def test_accidentals_hold_until_the_barline() -> None:
    sharp = [Note(480 * index, 480, 66) for index in range(3)]
    part = written(*sharp, Note(1440, 480, 65), Note(1920, 960, 66), fifths=0)
    shown = [note.findtext("accidental") for note in part.iterfind("measure/note") if note.find("pitch")]
    assert shown == ["sharp", None, None, "natural", "sharp"]


def test_the_key_needs_no_accidentals_and_a_tie_brings_its_own() -> None:
    part = written(Note(0, 480, 66), Note(480, 1440, 70), Note(1920, 480, 65), fifths=1)
    shown = [note.findtext("accidental") for note in part.iterfind("measure/note") if note.find("pitch")]
    assert shown == [None, "flat", "natural"]
    tied = written(Note(960, 1920, 70))
    shown = [note.findtext("accidental") for note in tied.iterfind("measure/note") if note.find("pitch")]
    assert shown[1:] == [None]
    assert shown[0] in ("sharp", "flat")


def test_syllables_say_where_they_stand_in_their_word() -> None:
    words = ["Glo-", "-ri-", "-a", "in\nand"]
    notes = [Note(480 * index, 480, 67, lyric=word) for index, word in enumerate(words)]
    found = [
        (verse.get("number"), verse.findtext("syllabic"), verse.findtext("text"))
        for verse in written(*notes).iterfind("measure/note/lyric")
    ]
    assert found == [
        ("1", "begin", "Glo"),
        ("1", "middle", "ri"),
        ("1", "end", "a"),
        ("1", "single", "in"),
        ("2", "single", "and"),
    ]
