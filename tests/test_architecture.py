"""The picture of the house: who may import whom, and what is loaded when."""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.application import use_cases

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "harmonizer_gui"
ROOMS = {
    "torch": ("engine", "training", "cli.evaluate", "cli.train"),
    "safetensors": ("engine.checkpoint", "training.state"),
    "mido": (
        "files.midi",
        "files.midi_events",
        "files.midi_parsing",
        "playback.midi_port",
        "playback.midi_input",
    ),
    "pydantic": ("files.project_schema", "files.places"),
    "miniaudio": ("playback.synth_output",),
    "PySide6": ("session", "views", "app", "window_bench"),
    "pyqtgraph": ("views",),
    "tqdm": ("cli",),
    "music21": (),
    "rtmidi": (),
}
"""Where each library may be loaded as soon as a module is; elsewhere only inside functions, if at all."""

LIGHT = ("score", "errors", "resources", "files", "playback", "session", "views", "app", "cli.arguments")
"""What the window loads, or may load, in the GUI thread."""


def module_name(path: Path) -> str:
    """`files.midi` for harmonizer_gui/files/midi.py."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def is_in(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(room + ".") for room in rooms)


def imports_at_once(body: list[ast.stmt]) -> Iterator[str]:
    """The names of the packages that a module loads while it is itself loaded."""
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            yield statement.module.partition(".")[0]
        elif isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            yield from imports_at_once(statement.orelse)
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in ("body", "orelse", "finalbody"):
                yield from imports_at_once(getattr(statement, part, []))


def test_the_contracts_are_kept(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    names = [contract["name"] for contract in read_configuration()["contracts_options"]]
    assert "Layers" in names
    # Not verbose, it would leave a thread behind that turns a spinner.
    before = set(threading.enumerate())
    assert use_cases.lint_imports(cache_dir=None, no_logo=True, verbose=True), capsys.readouterr().out
    for thread in set(threading.enumerate()) - before:
        thread.join(10)  # its progress display has been told to end, and ends soon


@pytest.mark.parametrize("library", ROOMS)
def test_libraries_are_loaded_in_their_own_rooms(library: str) -> None:
    loads = {
        module
        for module, path in MODULES.items()
        if library in imports_at_once(ast.parse(path.read_text("utf-8")).body)
    }
    assert {module for module in loads if not is_in(module, ROOMS[library])} == set()
    for room in ROOMS[library]:
        assert any(is_in(module, (room,)) for module in loads), f"{room} has no need of {library} any more"


def test_what_the_window_loads_brings_neither_torch_nor_music21() -> None:
    names = [f"harmonizer_gui.{module}" for module in MODULES if is_in(module, LIGHT)]
    script = (
        "import importlib, sys\n"
        f"for name in {names!r}:\n"
        "    importlib.import_module(name)\n"
        "    for heavy in ('torch', 'music21', 'matplotlib'):\n"
        "        assert heavy not in sys.modules, f'{name} loads {heavy}'\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 0, told.stderr


def test_a_start_reads_no_files_and_loads_nothing_that_reads_them() -> None:
    script = (
        "import sys, harmonizer_gui.app\n"
        "late = ('torch', 'music21', 'matplotlib', 'pydantic', 'mido', 'rtmidi', 'miniaudio', 'defusedxml')\n"
        "assert [name for name in late if name in sys.modules] == []\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 0, told.stderr


def test_the_reader_of_imports_sees_what_is_loaded_at_once_and_no_more() -> None:
    text = """
import torch.nn
from music21 import corpus
if TYPE_CHECKING:
    import hidden
else:
    import other
try:
    import tried
finally:
    import last
class Thing:
    import inner
    def method(self):
        import late
"""
    found = list(imports_at_once(ast.parse(text).body))
    assert found == ["torch", "music21", "other", "tried", "last", "inner"]
