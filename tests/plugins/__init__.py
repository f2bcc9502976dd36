"""Packages of third parties: one that lies here as if it were installed, and makeshift ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harmonizer_gui.engine.guests import GROUP

CONTRARY = Path(__file__).parent / "contrary"
"""The folder of the example, with what an installer leaves beside it."""


@contextmanager
def installed(*folders: Path) -> Iterator[None]:
    """As long as this lasts, the packages in these folders are installed; then they are forgotten."""
    before = set(sys.modules)
    with pytest.MonkeyPatch.context() as patch:
        for folder in folders:
            patch.syspath_prepend(str(folder))
        yield
    for name in set(sys.modules) - before:
        origin = getattr(sys.modules[name], "__file__", None)
        if origin is not None and Path(origin).parent in folders:
            del sys.modules[name]


def make_package(site: Path, name: str, code: str, attribute: str = "Expert") -> None:
    """A package `name` of one module, whose entry point is `attribute`."""
    site.mkdir(exist_ok=True)
    (site / f"{name}.py").write_text(code, "utf-8")
    info = site / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.3\nName: {name}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {name}:{attribute}\n", "utf-8")
