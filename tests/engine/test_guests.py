"""Experts of third parties: the example from the documentation, and many that are no good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from harmonizer_gui.engine.analysis import product_log_probs
from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.context import context_of
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.model import RULES, Model
from harmonizer_gui.engine.requests import AnalysisRequest, FillRequest
from harmonizer_gui.engine.rules.base import Surroundings, judged, judged_lines
from harmonizer_gui.score import Score, VoiceName
from tests.engine.toys import CPU, SMALL, chorale, small_product
from tests.plugins import CONTRARY, installed, make_package

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS
PIECE = chorale(seed=1)
ROOT = Path(__file__).parents[2]

EXPERT = """
import numpy as np

class Expert:
    name = "stranger"
    summary = "does not matter"
    def __init__(self): self.asked = 0
    def judge(self, surroundings): return self
    def faults(self, time, row, state):
        self.asked += 1
        return np.zeros((len(time), 90), np.float32)
"""
ZEROS = "return np.zeros((len(time), 90), np.float32)"


def toy(*, guests: bool = True) -> Model:
    model = Model(Card("toy", SMALL), small_product(), CPU, rules=RULES)
    if guests:
        model.invite_guests()
    return model


def filled(model: Model, mix: Mix = AS_LEARNED, voice: VoiceName = ALTO) -> Score:
    *_, last = model.fill(FillRequest(PIECE, (voice,), mix=mix, seed=3))
    return last.takes[0]


@pytest.fixture(scope="module")
def plain() -> Score:
    return filled(toy(guests=False))


@pytest.fixture
def example() -> Iterator[Model]:
    with installed(CONTRARY):
        model = toy()
        assert model.take_remarks() == ()
        yield model


def test_an_installed_package_brings_an_expert(example: Model) -> None:
    assert example.rules[-1] == example.experts[-1] == "contrary"
    analysis = example.analyse(AnalysisRequest(PIECE, ALTO))
    assert analysis.experts[-1] == "contrary"
    assert analysis.log_probs[-1].std() > 0.1
    assert example.analyse(AnalysisRequest(PIECE, BASS)).experts[-1] != "contrary"
    assert toy(guests=False).experts == example.experts[:-1]


def test_its_factor_counts_like_any_other(example: Model, plain: Score) -> None:
    def along_with_the_bass(score: Score) -> int:
        pairs = [grid_of(score).tokens[voice][::4].astype(int) for voice in (ALTO, BASS)]
        ways = [np.sign(np.diff(np.where(line < 88, line, 40))) for line in pairs]
        return int(((ways[0] == ways[1]) & (ways[1] != 0)).sum())

    assert filled(example, AS_LEARNED.with_factor("contrary", 0.0)) == plain
    assert filled(example, AS_LEARNED.with_muted("contrary", on=True)) == plain
    assert along_with_the_bass(
        filled(example, AS_LEARNED.with_factor("contrary", 3.0))
    ) < along_with_the_bass(plain)


def test_whole_lines_are_judged_as_step_by_step(example: Model) -> None:
    from contrary import Contrary  # type: ignore[import-not-found]  # the tests install it

    grid = grid_of(PIECE)
    judge = Contrary().judge(Surroundings.of(context_of(grid, ALTO, device=CPU), PIECE))
    whole = judged_lines([judge], grid.tokens[ALTO][None], 1)[0, 0]
    state = LineState.start(1)
    for time, token in enumerate(grid.tokens[ALTO]):
        step = judged([judge], np.array([time]), np.array([0]), state)[0, 0]
        assert np.allclose(step, whole[time], atol=1e-5)
        state.advance(np.array([int(token)]))


@pytest.mark.parametrize(("language", "file"), [("toml", "pyproject.toml"), ("python", "contrary.py")])
def test_the_documentation_shows_the_example_as_it_is(language: str, file: str) -> None:
    page = (ROOT / "docs" / "experts.md").read_text("utf-8")
    assert f"```{language}\n{(CONTRARY / file).read_text('utf-8')}```" in page


UNLOADABLE = {
    "import": ("import nothing_of_this_name", "ModuleNotFoundError: No module named 'nothing_of_this_name'"),
    "attribute": ("", "AttributeError"),
    "making": (EXPERT.replace("self.asked = 0", "raise OSError('no disk')"), "OSError: no disk"),
    "leaving": ("raise SystemExit(3)", "SystemExit: 3"),
    "no judge": ("class Expert:\n    name = 'stranger'", "it has no method “judge”"),
    "no name": (EXPERT.replace('"stranger"', "7"), "its name, 7, is not a text in lower case without “=”"),
    "odd name": (EXPERT.replace('"stranger"', '"A=b"'), "its name, 'A=b', is not a text"),
    "taken": (EXPERT.replace('"stranger"', '"range"'), "there is an expert named “range” already"),
}


@pytest.mark.parametrize("fault", UNLOADABLE)
def test_what_cannot_be_loaded_is_left_out(
    fault: str, tmp_path: Path, plain: Score, expected_logs: list[str]
) -> None:
    code, reason = UNLOADABLE[fault]
    make_package(tmp_path, "rogue", code)
    with installed(tmp_path, CONTRARY):
        model = toy()
    (remark,) = model.take_remarks()
    assert remark.text.startswith("the expert “rogue” of the package rogue is switched off: ")
    assert reason in remark.text
    assert "Traceback" in remark.details
    assert model.experts == (*toy(guests=False).experts, "contrary")
    expected_logs.append("rogue is switched off")
    assert filled(model, AS_LEARNED.with_factor("contrary", 0.0)) == plain


def test_of_two_with_one_name_the_first_stays(tmp_path: Path, expected_logs: list[str]) -> None:
    for name in ("one", "two"):
        make_package(tmp_path, name, EXPERT)
    with installed(tmp_path):
        model = toy()
    assert model.experts[-1] == "stranger"
    assert [remark.text.split(":")[0] for remark in model.take_remarks()] == [
        "the expert “two” of the package two is switched off"
    ]
    expected_logs.append("two is switched off")


FAILING = {
    "raises": ("if self.asked == 9: raise ValueError('nine')", "ValueError: nine"),
    "leaves": ("if self.asked == 9: raise SystemExit", "SystemExit"),
    "shape": (
        "if self.asked == 9: return np.zeros((len(time), 88))",
        "the shape (1, 88) in the place of (1, 90)",
    ),
    "kind": ("if self.asked == 9: return 'much'", "ValueError: could not convert string to float"),
    "nothing": ("if self.asked == 9: return None", "it gave faults of the shape () in the place of (1, 90)"),
    "nan": ("if self.asked == 9: return np.full((len(time), 90), np.nan)", "faults that are not numbers"),
    "writes": ("if self.asked == 9: state.last[:] = 3", "ValueError: assignment destination is read-only"),
}


@pytest.mark.parametrize("fault", FAILING)
def test_who_fails_is_switched_off_and_the_voice_is_written_on(
    fault: str, tmp_path: Path, plain: Score, expected_logs: list[str]
) -> None:
    code, reason = FAILING[fault]
    make_package(tmp_path, "rogue", EXPERT.replace(ZEROS, f"{code}\n        {ZEROS}"))
    with installed(tmp_path):
        model = toy()
        assert model.experts[-1] == "stranger"
        assert filled(model) == plain
    (remark,) = model.take_remarks()
    assert remark.text.startswith("the expert “stranger” of the package rogue is switched off: ")
    assert reason in remark.text
    assert "stranger" not in (*model.experts, *model.rules)
    assert filled(model) == plain
    assert model.take_remarks() == ()
    assert (
        model.analyse(AnalysisRequest(PIECE, ALTO)).experts
        == toy(guests=False).analyse(AnalysisRequest(PIECE, ALTO)).experts
    )
    expected_logs.append("rogue is switched off")


def test_who_fails_in_an_analysis_leaves_the_product_as_it_is(
    tmp_path: Path, expected_logs: list[str]
) -> None:
    make_package(tmp_path, "rogue", EXPERT.replace(ZEROS, "raise KeyError"))
    with installed(tmp_path):
        model = toy()
    guided, usual = (each.analyse(AnalysisRequest(PIECE, ALTO)) for each in (model, toy(guests=False)))
    assert np.allclose(
        np.exp(product_log_probs(guided, AS_LEARNED)), np.exp(product_log_probs(usual, AS_LEARNED)), atol=1e-6
    )
    assert len(model.take_remarks()) == 1
    expected_logs.append("rogue is switched off: KeyError")


def test_who_fails_before_the_first_step_is_not_asked_again(
    tmp_path: Path, plain: Score, expected_logs: list[str]
) -> None:
    make_package(tmp_path, "rogue", EXPERT.replace("return self", "return 1 / 0"))
    with installed(tmp_path):
        model = toy()
    assert filled(model) == plain
    assert len(model.take_remarks()) == 1
    expected_logs.append("rogue is switched off: ZeroDivisionError: division by zero")


def test_what_is_impossible_to_a_guest_may_be_infinite(tmp_path: Path, plain: Score) -> None:
    pitch = plain.voice(ALTO).notes[0].pitch
    forbids = f"faults = np.zeros((len(time), 90)); faults[:, {pitch - 21}] = np.inf; return faults"
    make_package(tmp_path, "strict", EXPERT.replace(ZEROS, forbids))
    with installed(tmp_path):
        model = toy()
        take = filled(model)
    assert model.take_remarks() == ()
    assert pitch not in {note.pitch for note in take.voice(ALTO)}
