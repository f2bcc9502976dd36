"""The program as users start it: in a process of its own, with the model that comes with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harmonizer_gui.files.formats import read
from harmonizer_gui.score import VoiceName
from tests.cli.conftest import read_lines, really


def test_a_voice_is_filled_and_the_result_converted_and_plotted(without_alto: Path) -> None:
    filled = without_alto.with_name("filled.musicxml")
    told = really("fill", without_alto, "--voice", "alto", "-o", filled, "--seed", 1)
    notes = len(read(filled).score.voice(VoiceName.ALTO))
    assert (told.returncode, told.stdout) == (0, "")
    assert told.stderr == f"filled.musicxml: wrote {notes} notes of the alto\n"
    converted = without_alto.with_name("converted.mid")
    assert really("convert", filled, "-o", converted).returncode == 0
    assert read_lines(converted) == read_lines(filled)
    heat = without_alto.with_name("heat.png")
    told = really("plot", filled, "--voice", "alto", "-o", heat)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert heat.read_bytes().startswith(b"\x89PNG")


def test_two_processes_write_the_same(without_alto: Path) -> None:
    outs = [without_alto.with_name(f"{number}.mid") for number in (1, 2)]
    for out in outs:
        told = really("fill", without_alto, "--voice", "alto", "-o", out, "--seed", 9)
        assert told.returncode == 0, told.stderr
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_bad_input_ends_with_a_sentence(tmp_path: Path) -> None:
    told = really("fill", tmp_path / "no.mid", "--voice", "alto", "-o", tmp_path / "out.mid")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == "no.mid: there is no such file or folder\n"
    assert not list(tmp_path.iterdir())


def test_help_needs_neither_torch_nor_music21_nor_a_display() -> None:
    script = (
        "import sys\n"
        "from harmonizer_gui.__main__ import main\n"
        "try:\n"
        "    main(['--help'])\n"
        "except SystemExit:\n"
        "    print(sorted({'torch', 'music21', 'PySide6', 'numpy'} & set(sys.modules)))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_window_says_so() -> None:
    environment = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    told = really(**environment)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.count("\n") == 1
    assert "there is no display" in told.stderr
