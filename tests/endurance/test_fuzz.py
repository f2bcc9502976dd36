from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui.session.document import Document
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.messages import Severity
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker
from tests.endurance.fuzz import SUFFIXES, _damaged, fuzz
from tests.qt import Collector, wait_until
from tests.session.conftest import document, model, score, worker

__all__ = ["document", "model", "score", "worker"]


@pytest.mark.parametrize("kind", SUFFIXES)
def test_damaged_files_open_or_are_refused_with_a_sentence(kind: str, tmp_path: Path) -> None:
    outcome = fuzz(kind, 60, tmp_path, seed=1)
    assert outcome.failures == []
    assert outcome.opened + outcome.refused == 60
    assert min(outcome.opened, outcome.refused) > 0


@pytest.mark.parametrize("kind", SUFFIXES)
def test_the_open_piece_is_not_touched(kind: str, document: Document, worker: Worker, tmp_path: Path) -> None:
    """By files that are refused."""
    files = Files(document, worker, Settings(tmp_path / "settings.ini"))
    state, messages, opened = document.state, Collector(files.messages), Collector(files.opened)
    for index, data in enumerate(_damaged(kind, 3, tmp_path, seed=2)):
        path = tmp_path / f"damaged-{index}{SUFFIXES[kind]}"
        path.write_bytes(data[: len(data) // 2])
        said = len(messages)
        files.open(path)
        wait_until(lambda said=said: len(messages) > said, timeout=20)  # type: ignore[misc]
        assert messages.last.severity is Severity.PROBLEM
    assert document.state is state
    assert not opened.items
