"""What the program must never do, whatever file it is given: run code, call home, unpack without bounds."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "harmonizer_gui"
FILES = sorted(PACKAGE.rglob("*.py"))
NO_MODULES = {
    "pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "yaml", "code", "codeop",
    "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "telnetlib", "xmlrpc", "asyncio", "requests",
    "httpx", "aiohttp", "urllib3", "webbrowser", "PySide6.QtNetwork", "PySide6.QtWebEngineCore",
    "torch.hub", "xml.sax", "xml.dom", "lxml",
}  # fmt: skip
NO_CALLS = {"eval", "exec", "compile", "__import__", "execfile"}
NO_METHODS = {("torch", "load"), ("torch", "save"), ("np", "load"), ("numpy", "load"), ("os", "system")}


EXEMPT = {"display.py": ["socket"]}
"""By module. The display: a knock at the X server's socket on this machine."""


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not _refuses_pickles(node):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                yield (node.func.value.id, node.func.attr)


def _refuses_pickles(call: ast.Call) -> bool:
    """As numpy does when it is told so."""
    return any(
        keyword.arg == "allow_pickle"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in call.keywords
    )


def faults(text: str) -> list[str]:
    """The forbidden things in the text of a module."""
    tree = ast.parse(text)
    modules = [
        name for name in imported(tree) if any(name == no or name.startswith(f"{no}.") for no in NO_MODULES)
    ]
    calls = [str(call) for call in called(tree) if call in NO_CALLS or call in NO_METHODS]
    return modules + calls


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_unpickles_evaluates_or_reaches_for_the_network(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == EXEMPT.get(str(path.relative_to(PACKAGE)), [])


@pytest.mark.parametrize(
    "text",
    [
        "import pickle",
        "from urllib.request import urlopen",
        "def f():\n    import socket",
        "eval('1')",
        "import torch\ntorch.load('x')",
        "from PySide6.QtNetwork import QNetworkAccessManager",
        "from xml.sax import parse",
        "from torch import hub",
        "np.load('x')",
        "np.load('x', allow_pickle=True)",
    ],
)
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    assert faults(text)


def test_xml_is_parsed_by_defusedxml_only() -> None:
    """xml.etree builds and writes; a parser of it would follow entities."""
    parsers = {("ET", "parse"), ("ET", "fromstring"), ("ET", "XML"), ("ET", "iterparse"), ("ET", "XMLParser")}
    for path in FILES:
        found = [call for call in called(ast.parse(path.read_text("utf-8"))) if call in parsers]
        assert found == [], path


def test_every_model_that_ships_is_safetensors_with_its_hash_in_the_card() -> None:
    weights = sorted((ROOT / "models").rglob("*.safetensors"))
    assert weights
    for path in weights:
        card = json.loads(path.with_suffix(".json").read_text("utf-8"))
        assert card["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    others = {path.suffix for path in (ROOT / "models").rglob("*") if path.is_file()}
    assert not others & {".pt", ".pth", ".pkl", ".pickle", ".npy", ".npz", ".ckpt", ".bin"}
