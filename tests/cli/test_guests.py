"""Experts of other packages on the command line."""

from __future__ import annotations

from pathlib import Path

from harmonizer_gui.files.formats import read
from harmonizer_gui.score import VoiceName
from tests.cli.conftest import Run, really
from tests.plugins import CONTRARY, installed, make_package


def test_a_guest_has_a_factor_on_the_command_line(run: Run, toy_model: Path, without_alto: Path) -> None:
    def filled(*words: object) -> object:
        out = without_alto.with_name("out.harmonizer")
        asked = ("fill", without_alto, "--voice", "alto", "-o", out, "--model", toy_model, *words)
        outcome = run(*asked)
        assert outcome.code == 0, outcome.err
        return read(out).score.voice(VoiceName.ALTO)

    plain = filled()
    with installed(CONTRARY):
        assert filled("--exponent", "contrary=0") == plain
        assert filled("--exponent", "contrary=3") != plain
    unknown = run("fill", without_alto, "--voice", "alto", "-o", "o.mid", "--exponent", "contrary=3")
    assert "there is no expert “contrary”" in unknown.sentence


def test_a_guest_counts_in_the_plot(run: Run, toy_model: Path, piece: Path) -> None:
    def drawn(factor: int) -> bytes:
        out = piece.with_name("heat.png")
        words = ("--model", toy_model, "--exponent", f"contrary={factor}")
        assert run("plot", piece, "--voice", "alto", "-o", out, *words).code == 0
        return out.read_bytes()

    with installed(CONTRARY):
        assert drawn(0) != drawn(3)
        assert drawn(3) == drawn(3)


def test_who_fails_is_named_in_one_line_and_the_work_is_done(
    toy_model: Path, without_alto: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    make_package(site, "rogue", "import nothing_of_this_name")
    out = tmp_path / "out.mid"
    words = ("fill", without_alto, "--voice", "alto", "-o", out, "--model", toy_model)
    ended = really(*words, PYTHONPATH=str(site))
    assert (ended.returncode, ended.stdout) == (0, "")
    told, wrote = ended.stderr.splitlines()
    assert told.startswith("the expert “rogue” of the package rogue is switched off: ModuleNotFoundError")
    assert wrote.startswith("out.mid: wrote ")
    assert out.exists()
