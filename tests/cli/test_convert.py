from __future__ import annotations

import wave
from pathlib import Path

import pytest

from harmonizer_gui.files.formats import read, write
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from tests.cli.conftest import Run, read_lines
from tests.files.midi_files import saved, track

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


def closed_score(path: Path) -> Path:
    """Two tracks of two voices each, and no names."""
    upper = [Note(480 * beat, 480, pitch) for beat in range(4) for pitch in (72 + beat, 67)]
    lower = [Note(480 * beat, 480, pitch) for beat in range(4) for pitch in (60, 48 + beat)]
    return saved(path, [track(upper), track(lower)])


def test_the_strands_of_a_file_are_shown(run: Run, tmp_path: Path) -> None:
    outcome = run("convert", closed_score(tmp_path / "closed.mid"), "--list-voices")
    assert (outcome.code, outcome.err) == (0, "")
    rows = [line.split() for line in outcome.out.splitlines()]
    assert rows[0] == ["strand", "part", "notes", "range", "begins", "guess"]
    assert rows[2] == ["1b", "–", "4", "G4–G4", "G4", "G4", "G4", "G4", "alto"]
    assert [row[0] for row in rows[1:5]] == ["1a", "1b", "2a", "2b"]
    assert rows[-1] == ["--voices", "soprano=1a,alto=1b,tenor=2a,bass=2b"]


def test_the_user_may_say_which_strand_is_which_voice(run: Run, tmp_path: Path) -> None:
    source, out = closed_score(tmp_path / "closed.mid"), tmp_path / "out.harmonizer"
    outcome = run("convert", source, "--voices", "S=2b,bass=1", "-o", out)
    assert outcome.code == 0
    score = read(out).score
    assert [note.pitch for note in score.voice(VoiceName.SOPRANO)] == [48, 49, 50, 51]
    assert [note.pitch for note in score.voice(VoiceName.BASS)] == [67, 67, 67, 67]
    assert outcome.err.splitlines() == [
        "closed.mid: 1 part was left out: unnamed part 2 (2a)",
        "closed.mid: bar 1, bass: two notes at once, kept the bottom one",
    ]


@pytest.mark.parametrize(
    ("voices", "sentence"),
    [
        ("soprano=3", "closed.mid: it has 2 parts with notes, so there is no strand 3"),
        ("soprano=1x", "“1x” is no strand: write a number, as 2, or a number and a letter, as 2b"),
        ("cello=1", "“cello” is no voice: use soprano, alto, tenor or bass"),
        ("1,2,3,4", "“1” names no strand: write it as soprano=1,alto=2,tenor=3a,bass=3b"),
        ("alto=1,A=2", "the alto is named twice"),
        ("alto=1,bass=1", "strand 1 cannot be two voices at once"),
    ],
)
def test_voices_that_cannot_be(run: Run, tmp_path: Path, voices: str, sentence: str) -> None:
    source, out = closed_score(tmp_path / "closed.mid"), tmp_path / "out.mid"
    assert run("convert", source, "--voices", voices, "-o", out).sentence.endswith(sentence)
    assert not out.exists()


def test_a_project_has_no_strands(run: Run, piece: Path) -> None:
    words = f"{piece.name}: the voices of a project are what they are"
    assert run("convert", piece, "--list-voices").sentence == words
    assert run("convert", piece, "--voices", "alto=1", "-o", piece.with_name("a.mid")).sentence == words


def test_without_a_place_to_write_to_nothing_is_done(run: Run, piece: Path) -> None:
    assert "say with -o where to write" in run("convert", piece).sentence


def test_repeats_are_written_out_if_wanted(run: Run, tmp_path: Path) -> None:
    tune = tmp_path / "tune.abc"
    tune.write_text("X:1\nT:Round\nM:4/4\nL:1/4\nK:C\n|:CDEF|1 GGGG:|2 cccc|]\n", encoding="utf-8")
    listed = run("convert", tune, "--list-voices").out.splitlines()
    assert listed[-2:] == ["--expand-repeats makes 4 measures of 3", "--voices soprano=1"]
    out = tmp_path / "out.harmonizer"
    assert run("convert", tune, "-o", out).err == (
        "tune.abc: repeats are not written out: every bar stands once, as in the notation\n"
    )
    assert run("convert", tune, "--expand-repeats", "-o", out).err == ""
    pitches = [note.pitch for note in read(out).score.voice(VoiceName.SOPRANO)]
    assert pitches == [60, 62, 64, 65, 67, 67, 67, 67, 60, 62, 64, 65, 72, 72, 72, 72]


def test_sound_is_written(run: Run, piece: Path) -> None:
    out = piece.with_name("out.wav")
    assert run("convert", piece, "-o", out).code == 0
    with wave.open(str(out)) as file:
        assert (file.getnchannels(), file.getframerate()) == (2, 48_000)
        score = read(piece).score
        assert file.getnframes() == round((score.seconds_at(score.length) + 0.5) * 48_000)
