from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from harmonizer_gui.engine.alphabet import PITCHES
from harmonizer_gui.files.formats import write
from harmonizer_gui.score import Voice, VoiceName
from harmonizer_gui.training.corpus import (
    SPLITS,
    CorpusError,
    bach_chorales,
    chorale_score,
    folder_pieces,
    split_list,
)
from tests.engine.toys import chorale


def test_the_split_is_the_canonical_one() -> None:
    sizes = {split: len(bach_chorales(split)) for split in SPLITS}
    assert sizes == {"train": 223, "valid": 73, "test": 77}
    names = [row["path"] for split in SPLITS for row in split_list()[split]]
    assert "bach/bwv269.mxl" in names
    assert not {"bach/bwv69.6-a.mxl", "bach/bwv253.mxl"} & {row["path"] for row in split_list()["train"]}


def test_a_chorale_is_read_as_it_stands() -> None:
    score = chorale_score("bach/bwv269.mxl", (0, 1, 2, 3))
    assert (score.time_signatures[0].numerator, score.pickup) == (3, 480)
    assert [len(voice) for voice in score.voices] == [46, 60, 59, 60]


def test_shares_of_the_tokens_are_those_of_chorales() -> None:
    tokens = np.concatenate([piece.grid.tokens.ravel() for piece in bach_chorales("train")])
    assert (tokens < PITCHES).mean() == pytest.approx(0.27, abs=0.02)
    assert (tokens == PITCHES).mean() == pytest.approx(0.72, abs=0.02)


def test_the_users_own_files_are_read_and_what_does_not_fit_is_named(tmp_path: Path) -> None:
    write(chorale(1), tmp_path / "one.mid")
    write(chorale(2), tmp_path / "two.harmonizer")
    write(chorale(3).with_voice(VoiceName.BASS, Voice()), tmp_path / "three.harmonizer")
    (tmp_path / "broken.mid").write_bytes(b"MThd")
    pieces, left_out = folder_pieces(tmp_path)
    assert [piece.name for piece in pieces] == ["one.mid", "two.harmonizer"]
    assert len(left_out) == 2
    assert any("three.harmonizer" in sentence for sentence in left_out)


def test_a_folder_without_music_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no score"):
        folder_pieces(tmp_path)
