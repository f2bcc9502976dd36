"""Real chorales come back note for note from every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui.files.demo import demo_score
from harmonizer_gui.files.formats import read, write
from harmonizer_gui.files.musicxml import read_musicxml
from harmonizer_gui.files.streams import score_from_stream
from harmonizer_gui.score import KeySignature, TimeSignature, VoiceName, pitch_name
from tests.files.chorales import NUMBERS, chorale, corpus_path, without_fermatas


@pytest.mark.parametrize("suffix", [".musicxml", ".mxl", ".harmonizer"])
@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_is_lost(tmp_path: Path, number: str, suffix: str) -> None:
    path = tmp_path / f"{number}{suffix}"
    write(chorale(number), path)
    assert read(path).score == chorale(number)


@pytest.mark.parametrize("number", NUMBERS)
def test_midi_loses_the_fermatas_alone(tmp_path: Path, number: str) -> None:
    write(chorale(number), tmp_path / "chorale.mid")
    assert read(tmp_path / "chorale.mid").score == without_fermatas(chorale(number))


def test_bwv_269_as_it_stands_in_print() -> None:
    score = chorale("bwv269")
    assert score.time_signatures == (TimeSignature(0, 3, 4),)
    assert score.key_signatures == (KeySignature(0, 1),)
    assert score.pickup == 480
    assert [pitch_name(n.pitch) for n in score.voice(VoiceName.SOPRANO).notes[:6]] == [
        "G4", "G4", "D5", "B4", "A4", "G4",
    ]  # fmt: skip
    assert [len(voice) for voice in score.voices] == [46, 60, 59, 60]
    fermatas = [score.bar_at(n.start).number for n in score.voice(VoiceName.SOPRANO) if n.fermata]
    assert fermatas == sorted(set(fermatas))
    assert len(fermatas) >= 5


def test_the_named_parts_are_taken_from_among_instruments() -> None:
    imported = read_musicxml(corpus_path("bwv19.7"))
    given = read_musicxml(corpus_path("bwv19.7"), parts=(4, 5, 6, 7))
    assert imported.score == given.score
    assert "4 parts were left out: Horn 1, Horn 2, Horn 3, Timpani" in imported.notices


def test_a_parsed_stream_gives_the_same_score_as_its_file() -> None:
    from music21 import converter

    stream = converter.parse(corpus_path("bwv66.6"), forceSource=True)
    assert score_from_stream(stream, (0, 1, 2, 3)).score == chorale("bwv66.6")


def test_bars_cut_short_keep_the_barlines_where_they_are() -> None:
    score = chorale("bwv4.8")
    assert score.time_signatures == (TimeSignature(0, 4, 4), TimeSignature(7680, 4, 4))
    assert [bar.end - bar.start for bar in score.bars[:6]] == [480, 1920, 1920, 1920, 1440, 1920]


def test_the_demo_lacks_its_alto() -> None:
    score = demo_score()
    assert "BWV 269" in score.title
    assert len(score.voice(VoiceName.ALTO)) == 0
    assert score.voice(VoiceName.BASS) == chorale("bwv269").voice(VoiceName.BASS)
