"""Sixteen thousand notes: opened in two seconds of work at most, saved in half a second."""

from __future__ import annotations

import random
from pathlib import Path
from time import thread_time

import pytest

from harmonizer_gui.files.formats import read, write
from harmonizer_gui.score import KeySignature, Note, Score, Voice

NOTES = 16_000
OPEN_S = 2.0
SAVE_S = 0.5
EXPORT_S = 1.0


def long_score() -> Score:
    """Mostly eighths and quarters, some ties over barlines, about 700 bars."""
    dice = random.Random(1)

    def line(lowest: int) -> Voice:
        notes: list[Note] = []
        for _ in range(NOTES // 4):
            start = notes[-1].end if notes else 0
            length = dice.choice((120, 240, 240, 480, 480))
            notes.append(Note(start, length, lowest + dice.choice((0, 2, 4, 5, 7))))
        return Voice(tuple(notes))

    return Score((line(67), line(62), line(55), line(45)), "Long", key_signatures=(KeySignature(0, 1),))


@pytest.mark.parametrize(
    ("suffix", "save_s"),
    [(".harmonizer", SAVE_S), (".mid", SAVE_S), (".musicxml", EXPORT_S)],
)
def test_long_pieces_open_and_save_in_time(suffix: str, save_s: float, tmp_path: Path) -> None:
    """Time of the processor, which other work on the machine hardly changes."""
    import music21.musicxml.xmlToM21  # its half second of loading is another matter

    assert music21.musicxml.xmlToM21
    score, path = long_score(), tmp_path / f"long{suffix}"
    began = thread_time()
    write(score, path)
    written = thread_time()
    assert read(path).score.voices == score.voices
    opened = thread_time()
    assert written - began < save_s
    assert opened - written < OPEN_S + 0.5  # the comparison, and a machine in bad temper
    print(f"{suffix}: saved in {written - began:.2f} s, opened in {opened - written:.2f} s")  # noqa: T201  # figures
