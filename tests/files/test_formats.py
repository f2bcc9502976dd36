"""Writing by suffix, and what each format loses."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import SUFFIXES, Imported, losses, marks_lost, read, write
from harmonizer_gui.files.project import Project, write_project
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice, VoiceName

SCORE = Score(voices=(Voice((Note(0, 1920, 72),)), Voice(), Voice(), Voice()))


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".MID", ".MXL"])
def test_every_suffix_is_written_and_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"piece{suffix}"
    write(SCORE, path)
    assert read(path).score == SCORE
    assert read(path).notices == ()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.wav", "“.wav” is no format that can be written"),
        ("a", "it needs a suffix"),
    ],
)
def test_other_suffixes_are_refused(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(FileError) as caught:
        write(SCORE, tmp_path / name)
    assert caught.value.problem == f"{sentence}: use .mid, .midi, .musicxml, .xml, .mxl or .harmonizer"
    assert not list(tmp_path.iterdir())


def test_a_project_comes_with_its_surroundings(tmp_path: Path) -> None:
    score = SCORE.with_voice(VoiceName.BASS, Voice((Note(10, 20, 15),)))
    project = Project(score, mix={"temperature": 2.0}, target="bass", view={"zoom": 3})
    write_project(project, tmp_path / "a.harmonizer")
    notices = (
        "1 note lies off the sixteenth grid and is shown to the model rounded",
        "1 note lies outside A0–C8, where the model cannot read",
    )
    assert read(tmp_path / "a.harmonizer") == Imported(score, notices, project)


def with_note(**changes: object) -> Score:
    note = replace(SCORE.voices[0].notes[0], **changes)  # type: ignore[arg-type]  # fields of a note
    return Score(voices=(Voice((note,)), Voice(), Voice(), Voice()))


SHORT_FIRST_BAR = replace(SCORE, time_signatures=(TimeSignature(0, 1, 4), TimeSignature(480, 3, 4)))


@pytest.mark.parametrize(
    ("score", "suffix", "sentences"),
    [
        (SCORE, ".mid", ()),
        (SCORE, ".musicxml", ()),
        (with_note(fermata=True), ".MIDI", ("MIDI has no fermatas: 1 is lost",)),
        (with_note(fermata=True), ".xml", ()),
        (with_note(generated=True), ".mid", ()),
        (with_note(lyric="Glo-\nGott"), ".mid", ("MIDI has one verse: 1 note loses the others",)),
        (with_note(lyric="Glo-\nGott"), ".mxl", ()),
        (with_note(generated=True, fermata=True, start=3), ".harmonizer", ()),
        (SHORT_FIRST_BAR, ".mid", ("MIDI has no pickups: the short first bar will be read as one",)),
        (
            with_note(start=3),
            ".musicxml",
            ("1 note lies where notation has no place and is moved by up to 2 ticks",),
        ),
        (
            replace(SCORE, tempos=(Tempo(0, 60), Tempo(1920, 70))),
            ".musicxml",
            ("changes of tempo or key after the last bar are lost",),
        ),
        (
            replace(SCORE, key_signatures=(KeySignature(4800, 1),)),
            ".musicxml",
            ("changes of tempo or key after the last bar are lost",),
        ),
    ],
)
def test_losses(score: Score, suffix: str, sentences: tuple[str, ...]) -> None:
    assert losses(score, suffix) == sentences


@pytest.mark.parametrize(
    ("suffix", "sentences"),
    [
        (".mid", ("1 note is no longer marked as generated",)),
        (".MXL", ("1 note is no longer marked as generated",)),
        (".wav", ()),
        (".harmonizer", ()),
    ],
)
def test_marks_that_a_file_does_not_keep(suffix: str, sentences: tuple[str, ...]) -> None:
    assert marks_lost(with_note(generated=True), suffix) == sentences
    assert marks_lost(SCORE, suffix) == ()


def test_nothing_heavy_is_imported_before_a_file_needs_it() -> None:
    code = (
        "import sys, harmonizer_gui.files.formats, harmonizer_gui.files.demo\n"
        "print([name for name in ('music21', 'torch', 'PySide6', 'matplotlib') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"
