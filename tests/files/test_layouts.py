"""Which voice is which is found in chorales written out as other programs do it, and nothing else is lost.

`make check-corpus` does the same with every four-part file of the corpus; then the shares of chorales that
come back exactly are: four tracks, four channels and staves with two voices each 100 %, two staves on two
tracks nine in ten where chords stand in the order of the voices, three in four where they are sorted – the
rest is in no file: which voices cross, who holds on and who moves on after a unison.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from harmonizer_gui.score import Score
from tests.files.chorales import chorale, notes_alone
from tests.files.corpus_check import lost_on_the_way
from tests.files.layouts import (
    Layout,
    closed_by_pitch,
    closed_by_voice,
    closed_merged,
    closed_staves,
    four_channels,
    four_tracks,
    lines,
    piano_by_pitch,
    piano_by_voice,
    read_back,
    share_right,
    two_channels,
)

# Every sixteenth of the corpus.
SAMPLE = (
    "bwv108.6", "bwv127.5", "bwv153.9", "bwv174.5", "bwv197.10", "bwv244.29-a", "bwv245.3", "bwv254",
    "bwv269", "bwv284", "bwv3.6", "bwv314", "bwv329", "bwv344", "bwv36.4-2", "bwv373", "bwv388", "bwv40.8",
    "bwv415", "bwv43.11", "bwv5.7", "bwv70.7", "bwv90.5",
)  # fmt: skip


@cache
def sample() -> tuple[Score, ...]:
    return tuple(notes_alone(chorale(number)) for number in SAMPLE)


@pytest.mark.parametrize("layout", [four_tracks, four_channels, closed_staves])
def test_plain_layouts_come_back_exactly(layout: Layout) -> None:
    for score in sample():
        assert read_back(layout(score)) == lines(score)


@pytest.mark.parametrize(
    ("layout", "exact", "right"),
    [
        (closed_by_voice, 20, 0.997),
        (two_channels, 20, 0.997),
        (closed_by_pitch, 15, 0.991),
        (closed_merged, 15, 0.991),
        (piano_by_voice, 16, 0.994),
        (piano_by_pitch, 12, 0.985),
    ],
)
def test_of_chords_the_voices_are_mostly_found(layout: Layout, exact: int, right: float) -> None:
    shares = [share_right(read_back(layout(score)), lines(score)) for score in sample()]
    assert shares.count(1.0) >= exact
    assert sum(shares) / len(shares) >= right


@pytest.mark.parametrize("number", SAMPLE[::2])
def test_export_then_import_gives_the_same_score(number: str, tmp_path: Path) -> None:
    assert lost_on_the_way(chorale(number), tmp_path) == []
