from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from harmonizer_gui.engine.alphabet import PITCHES
from harmonizer_gui.files.formats import write
from harmonizer_gui.score import Voice, VoiceName
from harmonizer_gui.training import corpus
from harmonizer_gui.training.cache import keep, load
from harmonizer_gui.training.corpus import (
    SPLITS,
    CorpusError,
    bach_chorales,
    chorale_score,
    folder_pieces,
    mixed_pieces,
    rights_in,
    split_list,
    written_grid,
)
from harmonizer_gui.training.pieces import Piece
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


def test_other_music_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = {"palestrina": ["one.krn", "two.krn"], "trecento": ["one.xml"]}
    told: list[tuple[int, int]] = []
    scores = iter([chorale(1), None, chorale(2)])
    monkeypatch.setattr("music21.corpus.getComposer", paths.get)
    monkeypatch.setattr(corpus, "_four_parts", lambda _: next(scores))
    monkeypatch.setattr(corpus, "cache_file", lambda name: tmp_path / f"{name}.npz")
    first = mixed_pieces(progress=lambda done, of: told.append((done, of)))
    again = mixed_pieces()  # a fourth reading would find no more scores
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [piece.name for piece in first] == ["palestrina/one.krn", "trecento/one.xml"]
    for one, other in zip(first, again, strict=True):
        assert one.name == other.name
        assert (one.grid.tokens == other.grid.tokens).all()


def test_a_damaged_cache_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "pieces.npz"
    assert load(path) is None
    keep({"train": [Piece("one", written_grid(chorale()))], "valid": []}, path)
    found = load(path)
    assert found is not None
    assert [piece.name for piece in found["train"]] == ["one"]
    path.write_bytes(path.read_bytes()[:100])
    assert load(path) is None


def test_whose_rights_a_corpus_carries() -> None:
    assert rights_in("bach") == ""
    assert "may not be shipped" in rights_in("mixed")
    assert "your own" in rights_in("/home/me/songs")
