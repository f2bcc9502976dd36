"""Imports on a thread while PySide is busy on another."""

from __future__ import annotations

import os
import subprocess
import sys

IMPORT = """
import builtins, sys
import PySide6.QtCore
from harmonizer_gui.session.pyside_hook import spare_pydantic

hook = builtins.__import__

class Busy:
    '''Takes the hook out while pydantic.errors is read, as another thread may.'''

    def find_spec(self, name, path, target=None):
        if name == "pydantic.errors":
            builtins.__import__ = builtins.__orig_import__
        elif hasattr(sys.modules.get("pydantic.errors"), "PydanticErrorMixin"):
            builtins.__import__ = hook

sys.meta_path.insert(0, Busy())
assert "pydantic" not in sys.modules
spare_pydantic()
import harmonizer_gui.files.project
"""


def test_a_project_is_read_while_pyside_takes_out_its_hook() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", IMPORT], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    without = IMPORT.replace("spare_pydantic()\n", "")
    assert "ImportError" in _errors_of(without, environment)


def _errors_of(program: str, environment: dict[str, str]) -> str:
    run = [sys.executable, "-c", program]
    return subprocess.run(run, env=environment, capture_output=True, text=True, check=False).stderr
