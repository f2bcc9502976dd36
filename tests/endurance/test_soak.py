from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.endurance.soak import soak


def test_a_short_day_of_work_leaves_nothing_over(qapp: QApplication, tmp_path: Path) -> None:
    """Memory is looked at by `make soak`: so few actions say nothing of it."""
    outcome = soak(60, tmp_path, seed=3, readings=2)
    assert outcome.actions == 60
    assert len(outcome.done) >= 5
    assert [failure for failure in outcome.failures if "memory" not in failure] == []
