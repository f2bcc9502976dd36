from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from matplotlib import image
from numpy.typing import NDArray

from harmonizer_gui.engine.model import load_model
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.files.formats import read, write
from harmonizer_gui.score import VoiceName
from harmonizer_gui.score.edits import NoteRef, move_notes
from tests.cli.conftest import Run


def picture(path: Path) -> NDArray[np.float32]:
    """[height, width, 4]"""
    pixels: NDArray[np.float32] = image.imread(BytesIO(path.read_bytes()))
    return pixels


def colourful_bands(pixels: NDArray[np.float32]) -> int:
    """How many stretches of rows hold many colours, with rows of black on white between them."""
    rgb = (pixels[:, : round(0.85 * pixels.shape[1]), :3] * 255).astype(int)
    is_colour = rgb.max(axis=2) - rgb.min(axis=2) > 40
    busy = is_colour.mean(axis=1) > 0.5
    return int(np.sum(np.diff(np.concatenate([[False], busy]).astype(int)) == 1))


def heard(model: Path, piece: Path) -> tuple[str, ...]:
    """The experts that have something to say about the alto."""
    return load_model(model).analyse(AnalysisRequest(read(piece).score, VoiceName.ALTO)).experts


@pytest.mark.parametrize("words", [(), ("--rules",)])
def test_a_panel_for_each_expert_and_one_for_the_product(
    run: Run, toy_model: Path, piece: Path, words: tuple[str, ...]
) -> None:
    out = piece.with_name("heat.png")
    outcome = run("plot", piece, "--voice", "alto", "-o", out, "--model", toy_model, *words)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    pixels = picture(out)
    panels = 1 + (len(heard(toy_model, piece)) if words else 4)
    assert colourful_bands(pixels) == panels
    assert pixels.shape[1] == 1200
    assert pixels.shape[0] == round(252 * panels)
    assert len(np.unique((pixels[..., :3] * 255).astype(int).reshape(-1, 3), axis=0)) > 100


def test_a_long_piece_gets_a_wide_picture(run: Run, toy_model: Path, piece: Path) -> None:
    score = read(piece).score
    later = [NoteRef(name, note) for name in VoiceName for note in score.voice(name)]
    score, _ = move_notes(score, frozenset(later), ticks=15 * 1920, semitones=0)
    write(score, piece)
    out = piece.with_name("heat.png")
    assert run("plot", piece, "--voice", "alto", "-o", out, "--model", toy_model).code == 0
    assert picture(out).shape[1] == 19 * 120


@pytest.mark.parametrize(
    ("suffix", "beginning"), [(".svg", b"<?xml"), (".pdf", b"%PDF"), (".PNG", b"\x89PNG")]
)
def test_the_suffix_decides_the_kind_of_picture(
    run: Run, toy_model: Path, without_alto: Path, suffix: str, beginning: bytes
) -> None:
    out = without_alto.with_name(f"heat{suffix}")
    assert run("plot", without_alto, "--voice", "alto", "-o", out, "--model", toy_model).code == 0
    assert out.read_bytes().startswith(beginning)


def test_an_svg_has_every_panel(run: Run, toy_model: Path, without_alto: Path) -> None:
    out = without_alto.with_name("heat.svg")
    run("plot", without_alto, "--voice", "alto", "-o", out, "--model", toy_model, "--rules")
    text = out.read_text("utf-8")
    for name in (*heard(toy_model, without_alto), "product"):
        assert f"<!-- {name.capitalize()} -->" in text
    assert "average over 8 sampled lines" in text


def test_factors_change_the_picture_and_the_seed_repeats_it(
    run: Run, toy_model: Path, without_alto: Path
) -> None:
    def pixels(*words: object) -> NDArray[np.float32]:
        out = without_alto.with_name("heat.png")
        assert run("plot", without_alto, "--voice", "alto", "-o", out, "--model", toy_model, *words).code == 0
        return picture(out)

    as_learned = pixels("--seed", 2)
    assert np.array_equal(pixels("--seed", 2), as_learned)
    sharper = pixels("--seed", 2, "--exponent", "simple=3", "--temperature", 0.5)
    assert sharper.shape != as_learned.shape or not np.array_equal(sharper, as_learned)


def test_a_title_is_text_whatever_is_in_it(run: Run, toy_model: Path, piece: Path) -> None:
    write(replace(read(piece).score, title=r"$\frac{ $ 讃美歌"), piece)
    out = piece.with_name("heat.png")
    outcome = run("plot", piece, "--voice", "alto", "-o", out, "--model", toy_model)
    assert (outcome.code, outcome.err) == (0, "")
    assert out.exists()
