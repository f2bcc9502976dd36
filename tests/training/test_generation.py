"""What is generated, and how it is held against Bach's."""

from __future__ import annotations

import pytest

from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.engine.counting import FAULTS
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import TimeSignature, Voice, VoiceName
from harmonizer_gui.training.asked import Asked
from harmonizer_gui.training.corpus import chorale_score, written_grid
from harmonizer_gui.training.figures import composed_figures
from harmonizer_gui.training.generation import Comparison, Judged, Row, generated, tasks
from harmonizer_gui.training.pieces import Piece
from tests.engine.toys import SMALL, chorale, small_product

ROW: Row = ("bach/bwv286.mxl", (0, 1, 2, 3))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    path = tmp_path_factory.mktemp("model") / "toy.safetensors"
    write_model(Card("toy", SMALL), small_product(), path)
    return Asked(path, "cpu")


def done(
    asked: Asked, *, fill: int = 0, compose: int = 0, rows: int = 1, jobs: int = 1, seed: int = 0
) -> Judged:
    todo = tasks([ROW] * rows, seed=seed, fill=fill, compose=compose, sweeps=0)
    return generated(asked, todo, jobs=jobs, progress=lambda _: None)


def test_bach_against_himself_and_against_silence() -> None:
    score = chorale()
    figures = Comparison.of(score, score, (0, 1, 2, 3)).figures()
    assert (figures["equal_cells"], figures["onset_rate_ratio"], figures["in_range"]) == (1.0, 1.0, 1.0)
    assert all(
        figures[f"{name}_per_1000"]["bach"] == figures[f"{name}_per_1000"]["generated"] for name in FAULTS
    )
    figures = Comparison.of(score, score.with_voice(VoiceName.ALTO, Voice()), (1,)).figures()
    assert (figures["equal_cells"], figures["onset_rate_ratio"]) == (0.0, 0.0)


def test_which_chorales_are_filled_and_which_are_models_for_composing() -> None:
    rows = [(f"piece {number}", (0, 1, 2, 3)) for number in range(8)]
    todo = tasks(rows, seed=5, fill=3, compose=2, sweeps=1)
    assert [task.path[-1] for task in todo if task.fills] == ["0", "1", "2"]
    assert [task.path[-1] for task in todo if task.composes] == ["0", "4"]
    assert [task.seed for task in todo] == list(range(5, 13))
    assert len(tasks(rows, seed=0, fill=3, compose=0)) == 3
    assert tasks(rows, seed=0, fill=0, compose=0) == []


def test_what_is_composed_is_held_against_all_chorales(asked: Asked) -> None:
    one, both = done(asked, compose=1), done(asked, compose=1, rows=2)
    assert both.composed.generated == one.composed.generated
    assert both.composed.bach == one.composed.bach + one.composed.bach


def test_every_chorale_has_a_seed_of_its_own_whichever_process_it_is_judged_in(asked: Asked) -> None:
    noisy = Asked(asked.path, "cpu", noise=0.1)
    there = done(noisy, fill=2, rows=2, jobs=2, seed=3)
    first, second = (done(noisy, fill=1, seed=seed) for seed in (3, 4))
    assert first + second == there
    assert first != second
    assert there.single.equal.of == there.lower.equal.of * 4 / 3
    assert 0 < there.single.equal.found < there.single.equal.of


def test_progress_is_told(asked: Asked) -> None:
    told: list[int] = []
    todo = tasks([ROW, ROW], seed=0, fill=0, compose=2, sweeps=0)
    generated(asked, todo, jobs=1, progress=told.append)
    assert told == [1, 2]


def test_a_piece_from_nothing_is_as_long_as_its_chorale_and_in_its_metre(asked: Asked) -> None:
    judged = done(asked, compose=1)
    score = chorale_score(*ROW)
    (piece,) = judged.pieces
    bar = score.time_signatures[0].bar_ticks // 120
    assert score.time_signatures[0] == TimeSignature(0, 4, 4)
    assert piece.grid.steps == -(-score.end // 120 // bar) * bar
    assert piece.grid.written.all()
    assert not piece.grid.fermata.any()
    assert judged.single.equal.of == 0


def test_figures_of_pieces_from_nothing(asked: Asked) -> None:
    judged = done(asked, compose=2, rows=2)
    pieces = [Piece("toy", written_grid(chorale()))]
    figures = composed_figures(small_product(), judged, pieces)
    assert figures["pieces"] == 2
    assert {"parallels_per_1000", "doubled_leading_notes_per_1000", "in_range"} <= figures.keys()
    assert "equal_cells" not in figures
    for name in ("bits_per_step", "entropy_bits_per_step"):
        assert 0.0 < figures[name]["bach"] != figures[name]["generated"] > 0.0


def test_the_mix_reaches_what_is_written(asked: Asked) -> None:
    hot = Asked(asked.path, "cpu", mix=Mix(temperature=3.0))
    assert done(hot, fill=1).single != done(asked, fill=1).single
    assert done(hot, compose=1).composed != done(asked, compose=1).composed
