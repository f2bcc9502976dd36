from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import Note, Score, Voice
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel

BARS = 2
BAR = 1920


def line(pitch: int) -> Voice:
    """Two bars of quarters."""
    return Voice(tuple(Note(tick, 480, pitch) for tick in range(0, BARS * BAR, 480)))


@pytest.fixture
def score() -> Score:
    """Soprano, tenor and bass over two bars; the alto is empty."""
    return Score((line(72), Voice(), line(60), line(48)), title="Two bars")


@pytest.fixture
def document(qapp: QApplication, score: Score) -> Document:
    document = Document()
    document.open(score, path=None)
    return document


@pytest.fixture
def model() -> FakeModel:
    return FakeModel()


@pytest.fixture
def worker(qapp: QApplication, model: FakeModel) -> Iterator[Worker]:
    worker = Worker(lambda: model)
    worker.start()
    yield worker
    model.analysis_gate.open()
    model.fill_gate.open()
    assert worker.stop()
