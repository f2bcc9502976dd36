"""Pictures of a model and of a run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread
from numpy.typing import NDArray

from harmonizer_gui.__main__ import main
from harmonizer_gui.cli.report import draw_exponents
from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.training.history import History, Row
from tests.engine.toys import SMALL, small_product

BAR = (0.12, 0.47, 0.71)


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "toy.safetensors"
    write_model(Card("toy", SMALL), small_product(), path)
    return str(path)


def test_both_pictures(tmp_path: Path, model: str) -> None:
    history = History(tmp_path / "run")
    history.begin(0)
    for minibatch in range(1, 31):
        valid = 1.0 / minibatch if minibatch % 10 == 0 else None
        history.add(Row(minibatch, 2.0 / minibatch, valid, 0.01))
    out = tmp_path / "docs" / "pictures"
    command = ["report", "-o", str(out), "--run", str(tmp_path / "run"), "--model", model, "--device", "cpu"]
    assert main(command) == 0
    assert sorted(path.name for path in out.iterdir()) == ["curves.png", "exponents.png"]
    for path in out.iterdir():
        assert imread(path).std() > 0.01


def test_a_folder_without_a_run(tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["report", "-o", str(out), "--run", str(tmp_path), "--model", model]) == 2
    assert "no history.csv" in capsys.readouterr().err
    assert not out.exists()
    assert main(["report", "-o", str(out), "--model", model]) == 0
    assert [path.name for path in out.iterdir()] == ["exponents.png"]


def test_higher_exponents_make_higher_bars(tmp_path: Path) -> None:
    exponents = np.full((2, 1, 4, 4), 0.5, np.float32)
    exponents[:, :, :, 3] = 1.0
    draw_exponents(["simple"], exponents, tmp_path / "bars.png")
    heights = _bar_pixels(tmp_path / "bars.png")
    assert heights[3] / heights[:3].mean() == pytest.approx(2.0, rel=0.1)


def _bar_pixels(path: Path) -> NDArray[np.int64]:
    """How many pixels of the four bars of the lower panel have the colour of the first expert."""
    picture = imread(path)[..., :3]
    lower = picture[picture.shape[0] // 2 :]
    columns = (abs(lower - np.array(BAR)).max(axis=-1) < 0.05).sum(axis=0)
    (painted,) = np.nonzero(columns)
    bars = np.split(painted, np.flatnonzero(np.diff(painted) > 10) + 1)
    assert len(bars) == 4
    return np.array([columns[bar].sum() for bar in bars])
