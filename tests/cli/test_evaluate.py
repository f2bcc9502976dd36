"""The keys and rows that other programs rely on, measured on a split of a few chorales."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harmonizer_gui.score import VoiceName
from harmonizer_gui.training import cache, corpus
from tests.cli.conftest import Run

FIGURES = ("nats_per_step", "nats_per_note", "cell_accuracy", "onset_accuracy")
EXPERTS = ("simple", "spacing", "contour", "beat")


@pytest.fixture(autouse=True)
def _tiny_split(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two chorales to count from, one in each of the other splits; none of the user's own cache."""
    whole = corpus.split_list()
    rows = {
        split: sorted(whole[split], key=lambda row: str(row["path"]))[: 2 if split == "train" else 1]
        for split in corpus.SPLITS
    }
    (tmp_path / "jsb_split.json").write_text(json.dumps({"splits": rows}), encoding="utf-8")
    monkeypatch.setattr(corpus, "files", lambda _package: tmp_path)
    monkeypatch.setattr(cache, "user_cache_path", lambda *_names, **_options: tmp_path / "cache")


@pytest.fixture
def answer(run: Run, toy_model: Path) -> dict[str, Any]:
    outcome = run("evaluate", "--json", "--model", toy_model)
    assert outcome.code == 0, outcome.err
    assert outcome.out.count("\n") == 1
    found = json.loads(outcome.out, parse_constant=pytest.fail)
    assert isinstance(found, dict)
    return found


def test_one_object_with_the_keys_of_the_contract(answer: dict[str, Any]) -> None:
    assert {"split", "chorales", "steps", "rows", "voice_leading"} <= set(answer)
    assert (answer["split"], answer["chorales"]) == ("valid", 1)
    assert answer["steps"] > 4 * 4 * 16
    assert answer["steps"] % 4 == 0
    leading = answer["voice_leading"]
    assert set(leading["parallels_per_1000"]) >= {"bach", "generated"}
    assert 0 <= leading["in_range"] <= 1
    assert leading["onset_rate_ratio"] > 0


def test_the_rows_of_the_contract(answer: dict[str, Any]) -> None:
    rows = {row["name"]: row for row in answer["rows"]}
    assert len(rows) == len(answer["rows"])
    wanted = ["product", "baseline:repeat", "baseline:unigram"]
    wanted += [f"{kind}:{name}" for kind in ("expert", "without") for name in EXPERTS]
    assert set(rows) >= set(wanted)
    for row in rows.values():
        check_figures(row)
        assert set(row["voices"]) == {voice.label for voice in VoiceName}
        for voice in row["voices"].values():
            check_figures(voice)
    low, high = rows["product"]["ci95"]
    assert low <= rows["product"]["nats_per_step"] <= high
    assert rows["baseline:repeat"]["nats_per_step"] is None


def check_figures(row: Mapping[str, Any]) -> None:
    assert set(FIGURES) <= set(row)
    for name in FIGURES[:2]:
        assert row[name] is None or 0 < row[name] < math.inf
    for name in FIGURES[2:]:
        assert 0 <= row[name] <= 1


def test_the_test_split_and_the_table_for_people(run: Run, toy_model: Path) -> None:
    outcome = run("evaluate", "--split", "test", "--model", toy_model)
    assert outcome.code == 0, outcome.err
    assert "1 chorale of the split “test”" in outcome.out
    for name in ("product", *(f"expert:{name}" for name in EXPERTS), "baseline:unigram"):
        assert f"\n{name} " in outcome.out
    with pytest.raises(json.JSONDecodeError):
        json.loads(outcome.out)


def test_the_same_seed_gives_the_same_figures(run: Run, toy_model: Path) -> None:
    def figures(seed: int) -> str:
        outcome = run("evaluate", "--json", "--model", toy_model, "--seed", seed)
        return str(json.loads(outcome.out)["voice_leading"])

    first = figures(1)
    assert figures(1) == first
    assert figures(2) != first
