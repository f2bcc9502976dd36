from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui.files.formats import read, write
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from tests.cli.conftest import Run, read_lines

FORMATS = (".mid", ".musicxml", ".mxl", ".harmonizer")


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_note_comes_through(run: Run, piece: Path, suffix: str) -> None:
    out = piece.with_name(f"out{suffix}")
    outcome = run("convert", piece, "-o", out)
    assert (outcome.code, outcome.out) == (0, "")
    assert read_lines(out) == read_lines(piece)


def test_there_and_back(run: Run, piece: Path) -> None:
    middle, out = piece.with_name("middle.mxl"), piece.with_name("out.mid")
    assert run("convert", piece, "-o", middle).code == 0
    assert run("convert", middle, "-o", out).code == 0
    assert read_lines(out) == read_lines(piece)


def test_what_the_target_cannot_carry_is_said(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "piece.harmonizer"
    notes = (Note(0, 480, 72, generated=True), Note(480, 480, 74, fermata=True))
    write(Score().with_voice(VoiceName.SOPRANO, Voice(notes)), source)
    outcome = run("convert", source, "-o", tmp_path / "out.mid")
    assert outcome.code == 0
    assert outcome.err.splitlines() == [
        "out.mid: 1 note is no longer marked as generated",
        "out.mid: MIDI has no fermatas: 1 is lost",
    ]
    outcome = run("convert", source, "-o", tmp_path / "out.musicxml")
    assert outcome.err.splitlines() == ["out.musicxml: 1 note is no longer marked as generated"]
    assert run("convert", source, "-o", tmp_path / "out.harmonizer").err == ""
    assert read(tmp_path / "out.harmonizer").score == read(source).score


def test_what_reading_had_to_decide_is_said(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "low.harmonizer"
    write(Score().with_voice(VoiceName.BASS, Voice((Note(0, 480, 12),))), source)
    outcome = run("convert", source, "-o", tmp_path / "out.mid")
    assert outcome.err == "low.harmonizer: 1 note lies outside A0–C8, where the model cannot read\n"


def test_a_file_may_be_written_over_itself(run: Run, piece: Path) -> None:
    before = read(piece).score
    assert run("convert", piece, "-o", piece).code == 0
    assert read(piece).score == before
