from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui.files.formats import read
from harmonizer_gui.score import KeySignature, TimeSignature
from tests.cli.conftest import Run, read_lines


@pytest.mark.parametrize("suffix", [".mid", ".musicxml", ".harmonizer"])
def test_a_piece_from_nothing(run: Run, toy_model: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    words = ("--bars", 4, "--key", "e", "--meter", "3/4", "--sweeps", 1)
    outcome = run("compose", "-o", out, *words, "--model", toy_model)
    assert (outcome.code, outcome.out) == (0, "")
    score = read(out).score
    assert outcome.err == f"{out.name}: wrote {sum(map(len, score.voices))} notes in 4 bars\n"
    assert all(len(voice) for voice in score.voices)
    assert score.end <= 4 * 1440
    assert score.time_signatures == (TimeSignature(0, 3, 4),)
    assert score.key_signatures == (KeySignature(0, 1, "minor"),)


def test_eight_bars_of_four_quarters_unless_told_otherwise(run: Run, toy_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.harmonizer"
    assert run("compose", "-o", out, "--sweeps", 0, "--model", toy_model).code == 0
    score = read(out).score
    assert score.time_signatures == (TimeSignature(0, 4, 4),)
    assert score.key_signatures == ()
    assert 7 * 1920 < score.end <= 8 * 1920


def test_noise_changes_what_is_written(run: Run, toy_model: Path, tmp_path: Path) -> None:
    pieces = []
    for noise in (0.0, 0.5):
        out = tmp_path / "out.harmonizer"
        words = ("--bars", 2, "--sweeps", 1, "--model", toy_model, "--noise", noise)
        assert run("compose", "-o", out, *words).code == 0
        pieces.append(read_lines(out))
    assert pieces[0] != pieces[1]


def test_the_seed_decides_what_is_written(run: Run, toy_model: Path, tmp_path: Path) -> None:
    def composed(seed: int) -> object:
        out = tmp_path / "out.harmonizer"
        words = ("--bars", 2, "--sweeps", 1, "--model", toy_model)
        assert run("compose", "-o", out, *words, "--seed", seed).code == 0
        return read_lines(out)

    first = composed(1)
    assert composed(1) == first
    assert composed(2) != first
