"""What the README tells users to type exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from harmonizer_gui.cli.arguments import parse
from harmonizer_gui.commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
TYPED = sorted(set(re.findall(rf"harmonizer-gui ((?:{'|'.join(COMMANDS)})\b[^`\n]*)", README)))


@pytest.mark.parametrize("words", TYPED)
def test_commands_can_be_typed_as_they_stand(words: str) -> None:
    assert parse(shlex.split(words)).command == words.split()[0]


def test_every_command_has_its_example() -> None:
    assert {words.split()[0] for words in TYPED} == set(COMMANDS)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make (\w+) ", README))))
def test_make_knows_its_targets(target: str) -> None:
    assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md"])
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8"))
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_records_are_numbered_and_tell_context_decision_and_consequences() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text("utf-8")
        assert text.startswith(f"# {int(record.name[:4])}. ")
        parts = [text.find(f"**{part}.**") for part in ("Context", "Decision", "Consequences")]
        assert -1 not in parts
        assert parts == sorted(parts)
