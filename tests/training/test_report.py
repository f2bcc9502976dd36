"""Pictures of a model and of a run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread
from numpy.typing import NDArray

from harmonizer_gui.__main__ import main
from harmonizer_gui.cli.card_tables import filled_in
from harmonizer_gui.cli.figures_table import FAULTS
from harmonizer_gui.cli.report import draw_exponents
from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.engine.model import load_model
from harmonizer_gui.errors import UserError
from harmonizer_gui.training.figures import write_figures
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


PAGE = """# A model
before
<!-- figures: likelihood, valid -->
what stood here
<!-- end of figures -->
between
<!-- figures: writing, valid -->
<!-- end of figures -->
<!-- figures: against, valid -->
<!-- end of figures -->
after
"""


def row(nats: float | None, **more: object) -> dict[str, object]:
    eighths = {"nats_per_eighth": nats and 2 * nats, "cell_accuracy": 0.5, "onset_accuracy": 0.25}
    return {
        "nats_per_step": nats,
        "ci95": nats and [nats - 0.1, nats + 0.1],
        "cell_accuracy": 0.9,
        "onset_accuracy": 0.8,
        "eighths": eighths,
        **more,
    }


def written(**more: object) -> dict[str, object]:
    faults = {key: {"bach": 1.0, "generated": 2.5} for key in FAULTS}
    return {**faults, "in_range": 1.0, "onset_rate_ratio": 0.987, **more}


FIGURES = {
    "chorales": 3,
    "product": row(0.2),
    "expert:simple": row(0.3),
    "without:simple": row(0.4),
    "baseline:monolith": row(0.25),
    "baseline:repeat": row(None),
    "tune_seen": row(0.1, chorales=2),
    "given_one": row(0.5),
    "given_none": row(0.6),
    "voice_leading": written(equal_cells=0.7),
    "from_soprano": written(equal_cells=0.3),
    "composed": written(
        pieces=16,
        bits_per_step={"bach": 0.26, "generated": 0.41},
        entropy_bits_per_step={"bach": 0.27, "generated": 0.36},
    ),
    "against": {
        "name": "mono",
        "nats_per_step": 0.25,
        "difference": -0.05,
        "ci95": [-0.06, -0.04],
        "relative": -0.2,
    },
}


def test_a_page_gets_the_figures_of_the_card() -> None:
    page = filled_in(PAGE, {"valid": FIGURES})
    assert page.startswith("# A model\nbefore\n<!-- figures: likelihood, valid -->\n| valid, 3 chorales |")
    assert page.endswith("<!-- end of figures -->\nafter\n")
    assert "what stood here" not in page
    for line in (
        "| **product** | 0.2000 | 0.1000–0.3000 | 90.0 % | 80.0 % | 0.4000 | 50.0 % | 25.0 % |",
        "| … 2 chorales, tune also in a training chorale | 0.1000 |",
        "| Simple alone | 0.3000 |",
        "| one network of the same size | 0.2500 |",
        "| repeating the last pitch | – | – | 90.0 % |",
        "| notes in the singer's range | 100.0 % | 100.0 % | 100.0 % |",
        "| crossings per 1000 cells | 2.5 (1.0) | 2.5 (1.0) | 2.5 (1.0) |",
        "| cells as Bach has them | 70.0 % | 30.0 % | – |",
        "| bits per step under the product | – | – | 0.410 (0.260) |",
        "| difference | -0.0500 (-20.0%) | -0.0600 to -0.0400 |",
    ):
        assert f"\n{line}" in page
    assert filled_in(page, {"valid": FIGURES}) == page


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("no tables", "no place for figures"),
        (PAGE.replace("likelihood", "beauty"), "“beauty” is no table"),
        (PAGE.replace("valid", "test"), "no figures of the split “test”"),
    ],
)
def test_a_page_without_a_place_for_them(page: str, problem: str) -> None:
    with pytest.raises(UserError, match=problem):
        filled_in(page, {"valid": FIGURES})


def test_a_page_is_replaced_or_left_as_it_was(
    tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page, out = tmp_path / "model.md", tmp_path / "out"
    page.write_text(PAGE, encoding="utf-8")
    command = ["report", "-o", str(out), "--page", str(page), "--model", model, "--device", "cpu"]
    assert main(command) == 2
    assert "model.md: the card has no figures" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == PAGE
    assert not out.exists()
    write_figures(Path(model), "valid", FIGURES)
    assert main(command) == 0
    assert page.read_text(encoding="utf-8") == filled_in(PAGE, {"valid": FIGURES})


def test_the_page_about_the_model_has_the_figures_of_its_card() -> None:
    page = Path(__file__).parents[2] / "docs" / "model.md"
    text = page.read_text(encoding="utf-8")
    assert filled_in(text, load_model(device="cpu").card.figures) == text


def _bar_pixels(path: Path) -> NDArray[np.int64]:
    """How many pixels of the four bars of the lower panel have the colour of the first expert."""
    picture = imread(path)[..., :3]
    lower = picture[picture.shape[0] // 2 :]
    columns = (abs(lower - np.array(BAR)).max(axis=-1) < 0.05).sum(axis=0)
    (painted,) = np.nonzero(columns)
    bars = np.split(painted, np.flatnonzero(np.diff(painted) > 10) + 1)
    assert len(bars) == 4
    return np.array([columns[bar].sum() for bar in bars])
