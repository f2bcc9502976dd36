"""Scales, chords, and the key of a piece."""

from __future__ import annotations

import pytest

from harmonizer_gui.engine.keys import CHORDS, SCALES, detect_key, fitting_keys, key_lock, pitch_classes
from harmonizer_gui.files.demo import demo_score
from harmonizer_gui.score import KeySignature, Note, Score, Voice, VoiceName


def melody(pitches: list[int]) -> Score:
    notes = tuple(Note(480 * index, 480, pitch) for index, pitch in enumerate(pitches))
    return Score().with_voice(VoiceName.SOPRANO, Voice(notes))


def test_scales_and_chords_stand_on_their_root() -> None:
    assert pitch_classes(7, SCALES["major"]) == {7, 9, 11, 0, 2, 4, 6}
    assert pitch_classes(11, CHORDS["diminished"]) == {11, 2, 5}
    assert key_lock(KeySignature(0, 0, "minor"), 0, 960).pitch_classes == {9, 11, 0, 2, 4, 5, 6, 7, 8}


@pytest.mark.parametrize("tonic", range(12))
@pytest.mark.parametrize(
    ("mode", "degrees"), [("major", [0, 2, 4, 5, 7, 11]), ("minor", [0, 2, 3, 5, 7, 8, 11])]
)
def test_the_key_of_a_melody_is_found(tonic: int, mode: str, degrees: list[int]) -> None:
    found = detect_key(
        melody([60 + tonic + degree for degree in [*degrees, 7, 4 if mode == "major" else 3, 0]])
    )
    assert found is not None
    assert (found.tonic, found.mode) == (tonic, mode)
    assert -5 <= found.fifths <= 6


def test_the_key_of_a_part_is_its_own() -> None:
    c_then_e = melody([60, 64, 67, 65, 62, 71, 72, 72, 64, 68, 71, 69, 66, 75, 76, 76])
    first, second = detect_key(c_then_e, 0, 8 * 480), detect_key(c_then_e, 8 * 480)
    assert first == KeySignature(0, 0)
    assert second == KeySignature(3840, 4)


def test_silence_and_all_twelve_alike_have_no_key() -> None:
    assert detect_key(Score()) is None
    assert detect_key(melody(list(range(60, 72)))) is None


def test_the_key_of_the_first_chorale_is_found() -> None:
    score = demo_score()
    found = detect_key(score)
    assert found is not None
    assert found.fifths == score.key_signatures[0].fifths


def test_the_keys_that_fit_come_best_first() -> None:
    found = fitting_keys(melody([60, 62, 64, 65, 67, 71, 72, 67, 60]))
    assert len(found) == 24
    assert found[0].key == KeySignature(0, 0)
    assert [each.fit for each in found] == sorted((each.fit for each in found), reverse=True)
    assert 0.7 < found[0].fit <= 1.0
    assert fitting_keys(Score()) == []
