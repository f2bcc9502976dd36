"""Counting faults in written voices: by hand, and against music21."""

from __future__ import annotations

import warnings
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from harmonizer_gui.engine.counting import (
    FAULTS,
    UNKNOWN_KEY,
    Count,
    Found,
    crossings,
    doubled_leading_notes,
    hard_leaps,
    in_range,
    leading_notes,
    overlaps,
    parallels,
    sounding_pitches,
    wide_spacings,
)
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.score import KeySignature, Score
from harmonizer_gui.training.corpus import chorale_score
from tests.engine.toys import chorale

SILENT = [-1, -1]
C = 39
"""Middle C as an index."""


def pitches(*voices: list[int]) -> NDArray[np.int64]:
    return np.array([*voices, *[SILENT] * (4 - len(voices))])


def test_what_sounds_in_each_cell() -> None:
    tokens = np.array([[51, 88, 89, 88], [88, 40, 88, 41]], np.int16)
    assert sounding_pitches(tokens).tolist() == [[51, 51, -1, -1], [-1, 40, 40, 41]]


def test_parallels_by_hand() -> None:
    # C5/F4 → D5/G4 is a parallel fifth, the tenor goes against it, the bass stays.
    four = pitches([51, 53], [44, 46], [39, 38], [27, 27])
    assert parallels(four) == Count(found=1, of=3)
    assert parallels(four, (2,)) == Count(found=0, of=2)
    assert parallels(pitches([51, 53], [39, 41])) == Count(found=1, of=1)
    assert parallels(pitches([51, 51], [44, 44], [39, 41], [27, 29])).found == 1


def test_the_counter_agrees_with_music21() -> None:
    from music21 import note, voiceLeading

    random = np.random.default_rng(1)
    white_keys = [pitch for pitch in range(55, 75) if pitch % 12 in (0, 2, 4, 5, 7, 9, 11)]
    seen = 0
    for one, two, three, four in random.choice(white_keys, size=(2000, 4)):
        if (two - one) * (four - three) < 0 or one <= three or two <= four:
            continue  # music21 sees unison and octave otherwise, and wants the upper voice first
        quartet = voiceLeading.VoiceLeadingQuartet(
            note.Note(int(one)), note.Note(int(two)), note.Note(int(three)), note.Note(int(four))
        )
        theirs = quartet.parallelFifth() or quartet.parallelUnisonOrOctave()
        seen += bool(theirs)
        assert bool(parallels(pitches([one, two], [three, four])).found) == bool(theirs)
    assert seen > 2


CHORALES = ("bach/bwv268.mxl", "bach/bwv40.8.mxl", "bach/bwv269.mxl")
"""The first two have more parallels than all others of valid and test."""


@pytest.mark.parametrize("path", CHORALES)
def test_chorales_have_the_parallels_and_doubled_leading_notes_that_music21_finds(path: str) -> None:
    score = chorale_score(path, range(4))
    steps = grid_of(score).steps
    found = Found.of(grid_of(score).tokens, leading_notes(score, steps))
    voices, tonic = music21_voices(path, steps)
    assert found.faults["parallels"].found == music21_parallels(voices)
    leading = tonic.getLeadingTone().pitchClass
    chords = [[voice[step].pitch.pitchClass for voice in voices if voice[step]] for step in range(steps)]
    assert found.faults["doubled_leading_notes"] == Count(
        sum(chord.count(leading) > 1 for chord in chords), sum(leading in chord for chord in chords)
    )


def music21_voices(path: str, steps: int) -> tuple[list[list[Any]], Any]:
    """For each voice music21's note at each sixteenth (None for a rest), and its key."""
    from music21 import converter, corpus, key

    reader = converter.Converter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader.parseFileNoPickle(Path(corpus.getWork(path)))
    voices = []
    for part in reader.stream.parts:
        line: list[Any] = [None] * steps
        for note in part.flatten().notes:
            start, end = round(note.offset * 4), round((note.offset + note.quarterLength) * 4)
            line[start:end] = [note] * (end - start)
        voices.append(line)
    return voices, reader.stream.parts[0].flatten().getElementsByClass(key.Key).first()


def music21_parallels(voices: list[list[Any]]) -> int:
    from music21 import voiceLeading

    total = 0
    for upper, lower in combinations(voices, 2):
        for four in zip(upper, upper[1:], lower, lower[1:], strict=False):
            if all(four) and four[0].pitch != four[1].pitch and four[2].pitch != four[3].pitch:
                quartet = voiceLeading.VoiceLeadingQuartet(*four)
                total += bool(quartet.parallelFifth() or quartet.parallelUnisonOrOctave())
    return total


def test_crossings_overlaps_and_spacing_by_hand() -> None:
    crossed = pitches([40, 40], [42, 39], [30, 30], [28, 28])
    assert crossings(crossed) == Count(found=1, of=6)
    assert crossings(crossed, (3,)) == Count(found=0, of=2)
    # The alto leaps above where the soprano has been, while the soprano makes room.
    passed = pitches([40, 45], [36, 42])
    assert overlaps(passed) == Count(found=1, of=1)
    assert crossings(passed).found == 0
    assert overlaps(pitches([40, 39], [36, 35])).found == 0
    assert wide_spacings(pitches([53, 52], [40, 40], [28, 27], [5, 5])) == Count(found=2, of=4)


def test_leaps_that_are_hard_to_sing() -> None:
    moves = pitches([40, 46], [40, 52], [40, 53], [40, 40])
    assert hard_leaps(moves) == Count(found=2, of=3)
    assert hard_leaps(moves, (1,)) == Count(found=0, of=1)


def test_the_leading_note_in_two_voices() -> None:
    in_c = np.full(2, 11)
    # B with B an octave below, then B alone.
    both = pitches([C + 11, C + 12], [C - 1, C - 1])
    assert doubled_leading_notes(both, in_c) == Count(found=1, of=2)
    assert doubled_leading_notes(both, in_c, (0,)) == Count(found=1, of=1)
    assert doubled_leading_notes(both, in_c, (3,)) == Count()
    assert doubled_leading_notes(both, np.full(2, UNKNOWN_KEY)) == Count()


def test_the_leading_note_is_that_of_the_key_at_each_step() -> None:
    score = Score(key_signatures=(KeySignature(480, 0), KeySignature(960, -1, "minor")))
    assert leading_notes(score, 12).tolist() == [UNKNOWN_KEY] * 4 + [11] * 4 + [1] * 4


def test_what_lies_in_the_range_of_a_voice() -> None:
    assert in_range(np.array([36, 88, 60, 61, 89], np.int16), 0) == Count(found=2, of=3)


def test_what_is_found_in_two_pieces_adds_up() -> None:
    tokens = grid_of(chorale()).tokens
    once = Found.of(tokens, np.full(tokens.shape[1], 11))
    twice = once + once
    assert set(once.faults) == set(FAULTS)
    assert Found() + once == once
    assert twice.struck == Count(2 * 4 * 16, 2 * 4 * 64)
    assert twice.faults["hard_leaps"].of == 2 * once.faults["hard_leaps"].of > 0
