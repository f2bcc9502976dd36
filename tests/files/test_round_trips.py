"""Export, then import, gives the same score, up to what a format cannot carry."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from harmonizer_gui.files.formats import read, write
from harmonizer_gui.files.losses import losses
from harmonizer_gui.score import Score
from tests.strategies import SYLLABLES, VERSES, scores


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples: each overwrites the file of the one before."""
    return tmp_path_factory.mktemp("round_trips")


def returned(score: Score, path: Path) -> Score:
    write(score, path)
    return read(path).score


@settings(max_examples=100)
@given(score=scores(grid=1, lyrics=VERSES))
def test_a_project_carries_everything(score: Score, folder: Path) -> None:
    assert returned(score, folder / "piece.harmonizer") == score


@settings(max_examples=100)
@given(score=scores(grid=7, fermatas=False, generated=False, lyrics=SYLLABLES))
def test_midi_carries_all_but_fermatas_and_marks(score: Score, folder: Path) -> None:
    assert losses(score, ".mid") == ()
    assert returned(score, folder / "piece.mid") == score


@settings(max_examples=25)
@given(score=scores(grid=40, most=8, generated=False, lyrics=VERSES))
def test_musicxml_carries_all_but_marks(score: Score, folder: Path) -> None:
    assert losses(score, ".musicxml") == ()
    assert returned(score, folder / "piece.musicxml") == score


@settings(max_examples=10)
@given(score=scores(grid=30, most=8, generated=False, lyrics=VERSES))
def test_packed_musicxml_carries_the_same(score: Score, folder: Path) -> None:
    assert returned(score, folder / "piece.mxl") == score
