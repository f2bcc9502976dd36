"""The list of chorales, and one of them as a piece."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui.files import chorales
from harmonizer_gui.files.chorales import (
    Chorale,
    catalogue_order,
    chorale_files,
    described,
    first_words,
    keep_list,
    kept_list,
    key_of,
    plain_words,
    read_chorale,
)
from harmonizer_gui.score import KeySignature, Note, Score, Voice, VoiceName


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chorales, "user_cache_path", lambda *_names, **_more: tmp_path / "cache")


def test_the_corpus_has_them_all() -> None:
    found = {chorale.bwv: chorale for chorale in chorale_files()}
    assert len(found) >= 400
    assert found["269"] == Chorale("bwv269.mxl", "269", (1,), "Aus meines Herzens Grunde")
    assert found["2.6"].title == "Ach Gott, vom Himmel sieh’ darein"
    numbers = {number for chorale in found.values() for number in chorale.riemenschneider}
    assert len(numbers) >= 365
    assert list(found)[:4] == ["1.6", "2.6", "3.6", "4.8"]


def test_a_chorale_is_described_and_read() -> None:
    chorale = described(Chorale("bwv269.mxl", "269", (1,), "Aus meines Herzens Grunde"))
    assert chorale is not None
    assert chorale.key == KeySignature(0, 1, "major")
    score = read_chorale(chorale).score
    assert score.title == "Aus meines Herzens Grunde (BWV 269)"
    assert all(len(voice) for voice in score.voices)


def test_what_is_no_chorale_is_none() -> None:
    assert described(Chorale("bwv846.mxl", "846")) is None


def test_the_list_is_kept_for_the_next_time(tmp_path: Path) -> None:
    assert kept_list() is None
    known = (Chorale("bwv269.mxl", "269", (1, 2), "Herzens", 1, "minor"), Chorale("a.krn", "1"))
    keep_list(known)
    assert kept_list() == known
    (path,) = (tmp_path / "cache").iterdir()
    path.write_text('{"chorales": [{"file": 1}]}')
    assert kept_list() is None


def test_a_list_that_cannot_be_kept_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    keep_list([])
    assert kept_list() is None


@pytest.mark.parametrize(
    ("fifths", "stated", "last", "mode"),
    [
        (1, "minor", 55, "major"),
        (1, "major", 52, "minor"),
        (0, "major", 50, "minor"),
        (0, "major", 52, "minor"),
        (1, "minor", 50, "minor"),
        (1, "major", 50, "major"),
    ],
)
def test_the_last_bass_note_says_the_mode(fifths: int, stated: str, last: int, mode: str) -> None:
    key = KeySignature(0, fifths, "minor" if stated == "minor" else "major")
    score = Score(key_signatures=(key,)).with_voice(VoiceName.BASS, Voice((Note(0, 480, last),)))
    found = key_of(score)
    assert found is not None
    assert found.mode == mode


def test_without_a_signature_or_a_bass_nothing_is_said() -> None:
    assert key_of(Score()) is None
    assert key_of(Score(key_signatures=(KeySignature(0, 2),))) == KeySignature(0, 2)


def test_numbers_are_sorted_as_numbers() -> None:
    numbers = ["253", "4.8", "36.4-2", "36.4", "248.9-s", "248.53-5"]
    assert sorted(numbers, key=catalogue_order) == ["4.8", "36.4", "36.4-2", "248.9-s", "248.53-5", "253"]


def test_words_are_found_without_accents() -> None:
    assert plain_words("O Höchster, “schön” F♯/2") == ("o", "hochster", "schon", "f♯", "2")


def test_an_untitled_chorale_is_known_by_its_first_words() -> None:
    words = ("Wie", "schön", "leuch-", "-tet,", "der", "Mor-", "-gen-", "-stern")
    notes = tuple(Note(480 * index, 480, 60, lyric=f"{word}\nx") for index, word in enumerate(words))
    score = Score().with_voice(VoiceName.SOPRANO, Voice(notes))
    assert first_words(score) == "Wie schön leuchtet, der Morgenstern"
