from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.architecture import MONOLITHS, SIZES, Architecture
from harmonizer_gui.training import trainer as module
from harmonizer_gui.training.corpus import written_grid
from harmonizer_gui.training.evaluation import mean_nats
from harmonizer_gui.training.pieces import Piece
from harmonizer_gui.training.plan import Plan
from harmonizer_gui.training.processes import Processes
from harmonizer_gui.training.state import load_state, save_state
from harmonizer_gui.training.trainer import Report, Trainer, TrainingError
from tests.engine.toys import CPU, SMALL, chorale

PIECES = [Piece(f"toy {seed}", written_grid(chorale(seed))) for seed in range(4)]
PLAN = Plan(
    architecture=SMALL, minibatches=12, crops=2, excerpt_steps=32, warm_up=2, validate_every=4, bfloat16=False
)


def trainer(folder: Path, plan: Plan = PLAN) -> Trainer:
    return Trainer(plan, train=PIECES[1:], valid=PIECES[:1], folder=folder, device=CPU)


def losses(reports: list[Report]) -> list[float]:
    return [report.loss for report in reports]


def test_training_learns(tmp_path: Path) -> None:
    plan = replace(PLAN, minibatches=60, validate_every=60, learning_rate=0.02)
    run = trainer(tmp_path, plan)
    before = mean_nats(run.averaged, PIECES[:1])
    *_, last = run.run()
    assert last.best < before - 0.5
    assert mean_nats(run.best_product(), PIECES[:1]) == pytest.approx(last.best)


def test_a_run_that_was_killed_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole = losses(list(trainer(tmp_path / "whole").run()))
    first = trainer(tmp_path / "killed")
    for report in first.run():
        if report.minibatch == 6:  # two minibatches after the last state was written
            break
    second = trainer(tmp_path / "killed")
    assert second.resume()
    assert second.minibatch == 4
    assert losses(list(second.run())) == whole[4:]


def test_a_monolith_is_one_network_whose_exponents_stay_at_1(tmp_path: Path) -> None:
    architecture = Architecture(monolith=SMALL.simple)
    run = trainer(tmp_path, replace(PLAN, architecture=architecture, readable=0.0))
    *_, last = run.run()
    product = run.best_product()
    assert product.names == ("simple",)
    assert torch.allclose(product.exponents.values, torch.ones(2, 1, 4, 4))
    assert mean_nats(product, PIECES[:1]) == pytest.approx(last.best)
    assert Architecture.from_values(json.loads(json.dumps(architecture.to_values()))) == architecture


@pytest.mark.parametrize("size", SIZES)
def test_the_monolith_is_as_large_as_the_product(size: str) -> None:
    sizes = [
        sum(weight.numel() for weight in architecture.build().parameters())
        for architecture in (SIZES[size], MONOLITHS[size])
    ]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.03)


def test_a_run_from_before_the_monolith_is_taken_up(tmp_path: Path) -> None:
    list(trainer(tmp_path).run())
    found = load_state(tmp_path)
    assert found is not None
    tensors, values = found
    assert "monolith" not in values["plan"]["architecture"]
    del values["plan"]["bfloat16"]
    save_state(tmp_path, tensors, values)
    assert trainer(tmp_path, replace(PLAN, bfloat16=True)).resume()


def test_the_seed_decides_the_run(tmp_path: Path) -> None:
    one = losses(list(trainer(tmp_path / "1").run()))
    assert losses(list(trainer(tmp_path / "2").run())) == one
    assert losses(list(trainer(tmp_path / "3", replace(PLAN, seed=2)).run())) != one


def test_a_run_of_another_plan_is_not_taken_up(tmp_path: Path) -> None:
    list(trainer(tmp_path).run())
    with pytest.raises(TrainingError, match="another plan"):
        trainer(tmp_path, replace(PLAN, seed=9)).resume()
    assert not trainer(tmp_path / "none").resume()


def test_more_processes_than_excerpts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="2 excerpts are too few for 3 processes"):
        Trainer(PLAN, train=PIECES, valid=PIECES, folder=tmp_path, device=CPU, processes=Processes(count=3))


def test_training_stops_early(tmp_path: Path) -> None:
    plan = replace(PLAN, minibatches=40, validate_every=2, patience=3)
    verdicts = iter([1.0, 0.9, 0.95, 0.93, 0.91, 0.8])
    run = Trainer(
        plan, train=PIECES, valid=[], folder=tmp_path, device=CPU, validate=lambda *_: next(verdicts)
    )
    *_, last = run.run()
    assert (last.minibatch, last.best, last.stopped) == (10, 0.9, True)


def test_a_loss_that_is_no_number_stops_training_and_names_the_minibatch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module.likelihood_loss
    calls = iter([False, False, True])

    def broken(*arguments: object) -> tuple[torch.Tensor, torch.Tensor]:
        loss, product = real(*arguments)  # type: ignore[arg-type]  # passed on
        return (loss * math.nan if next(calls) else loss), product

    monkeypatch.setattr(module, "likelihood_loss", broken)
    with pytest.raises(TrainingError, match="minibatch 2 is nan"):
        list(trainer(tmp_path).run())


def test_a_gradient_that_is_infinite_stops_training_and_names_the_minibatch(tmp_path: Path) -> None:
    run = trainer(tmp_path)
    weight = next(run.product.experts.parameters())
    calls = iter([False, True])
    weight.register_hook(  # type: ignore[no-untyped-call]  # torch's own
        lambda slope: slope / 0.0 if next(calls) else slope
    )
    with pytest.raises(TrainingError, match="the gradient of minibatch 1 is"):
        list(run.run())
    assert all(torch.isfinite(each).all() for each in run.product.parameters())


class _Killed(BaseException):
    """In place of kill -9: nothing may catch it."""


def test_a_run_killed_at_any_write_goes_on_to_the_same_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = replace(PLAN, minibatches=6, validate_every=3)
    whole = trainer(tmp_path / "whole", plan)
    losses_of_the_whole = losses(list(whole.run()))
    weights = whole.best_product().state_dict()
    write, written = save_state, list[str]()

    def counted(folder: Path, *arguments: object, name: str = "state") -> None:
        if len(written) == kill_at:
            folder.mkdir(exist_ok=True)
            (folder / f"{name}.part").write_bytes(b"half")  # what a kill in the midst of writing leaves
            raise _Killed
        written.append(name)
        write(folder, *arguments, name=name)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(module, "save_state", counted)
    for kill_at in range(5):
        folder = tmp_path / str(kill_at)
        written.clear()
        with pytest.raises(_Killed):
            list(trainer(folder, plan).run())
        second = trainer(folder, plan)
        assert second.resume() == (kill_at > 0)
        first = second.minibatch
        written.extend(["resumed"] * 5)  # not killed again
        assert losses(list(second.run())) == losses_of_the_whole[first:]
        assert all(
            torch.equal(weights[key], value) for key, value in second.best_product().state_dict().items()
        )


def test_the_rate_warms_up_and_falls() -> None:
    rates = [PLAN.rate(minibatch) for minibatch in range(13)]
    assert rates[0] == 0.5
    assert max(rates) == rates[1] == 1.0
    assert rates[-1] == pytest.approx(0.02)
    assert PLAN.masking_at(0).hidden > PLAN.masking_at(11).hidden


def test_state_survives_and_damage_counts_as_none(tmp_path: Path) -> None:
    save_state(tmp_path, {"a": torch.arange(3)}, {"b": [1, 2]})
    found = load_state(tmp_path)
    assert found is not None
    assert found[0]["a"].tolist() == [0, 1, 2]
    assert found[1] == {"b": [1, 2]}
    path = tmp_path / "state.safetensors"
    path.write_bytes(path.read_bytes()[:20])
    assert load_state(tmp_path) is None


def test_a_plan_is_plain_values() -> None:
    assert json.loads(json.dumps(PLAN.to_values()))["architecture"]["simple"]["hidden"] == 8
    assert np.isfinite(PLAN.ema)
