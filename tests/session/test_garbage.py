from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from harmonizer_gui.session.document import Document
from harmonizer_gui.session.garbage import YOUNG, Garbage
from harmonizer_gui.session.heat import HeatModel
from harmonizer_gui.session.worker import Worker
from tests.qt import wait_until


@pytest.fixture(autouse=True)
def usual_collector() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


def test_what_is_there_with_the_first_heat_is_never_looked_through_again(
    document: Document, worker: Worker
) -> None:
    heat = HeatModel(document, worker)
    garbage = Garbage(heat)
    assert gc.get_threshold()[0] == YOUNG
    kept = [[place] for place in range(1000)]
    young = gc.get_freeze_count()
    wait_until(lambda: not heat.stale)
    settled = gc.get_freeze_count()
    assert settled >= young + len(kept)
    later = [[place] for place in range(1000)]
    heat.set_source("off")
    assert gc.get_freeze_count() < settled + len(later)
    garbage.deleteLater()
