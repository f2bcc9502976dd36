"""What is said of places where the voices may be otherwise."""

from __future__ import annotations

import pytest

from harmonizer_gui.files.notices import doubt_notices
from harmonizer_gui.files.strands import Doubt, Strand, Unsure
from harmonizer_gui.files.voices import Arrangement
from harmonizer_gui.score import Note, Score, Voice, VoiceName

S, A, T, _ = VoiceName
LONG = Score((Voice((Note(0, 19_200, 60),)), Voice(), Voice(), Voice()))


def told(*doubts: Doubt, voices: tuple[VoiceName, ...] = (S, A, T)) -> list[str]:
    strands = {voice: Strand(doubts=[d for d in doubts if voice in d.strands]) for voice in voices}
    return doubt_notices(Arrangement(strands), LONG)


@pytest.mark.parametrize(
    ("doubt", "sentence"),
    [
        (
            Doubt(1920, Unsure.HOLDS, (0, 1), 1),
            "bar 2: soprano and alto leave a unison; the alto may be the one that holds",
        ),
        (Doubt(0, Unsure.CROSSED, (1, 2), 1), "bar 1: alto and tenor may have to change places"),
        (
            Doubt(0, Unsure.MOVES, (0, 1, 2), 1),
            "bar 1: which of soprano, alto and tenor sings which note is a guess",
        ),
        (Doubt(0, Unsure.MOVES, (2,), 2), "bar 1: the tenor may rest, or sing the note of another voice"),
    ],
)
def test_each_kind_is_said_in_words(doubt: Doubt, sentence: str) -> None:
    assert told(doubt) == [sentence]


def test_the_first_places_are_named_and_the_others_counted() -> None:
    sentences = told(*(Doubt(1920 * bar, Unsure.CROSSED, (0, 1), 0) for bar in range(9, -1, -1)))
    assert [sentence.partition(":")[0] for sentence in sentences[:3]] == ["bar 1", "bar 2", "bar 3"]
    assert sentences[3:] == ["7 more places are unsure, the last in bar 10"]


def test_a_strand_that_is_left_out_leaves_no_doubt() -> None:
    assert told(Doubt(0, Unsure.CROSSED, (0, 1), 0), voices=(S, T)) == []
