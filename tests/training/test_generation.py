"""Counting faults in written voices, and holding generated ones against Bach's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.checkpoint import Card, write_model
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.training.generation import Comparison, Generation
from harmonizer_gui.training.voice_leading import (
    FAULTS,
    Count,
    crossings,
    hard_leaps,
    in_range,
    overlaps,
    parallels,
    sounding_pitches,
    wide_spacings,
)
from tests.engine.toys import SMALL, chorale, small_product

SILENT = [-1, -1]


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


def test_what_lies_in_the_range_of_a_voice() -> None:
    assert in_range(np.array([36, 88, 60, 61, 89], np.int16), 0) == Count(found=2, of=3)


def test_bach_against_himself_and_against_silence() -> None:
    own = grid_of(chorale()).tokens
    figures = Comparison.of(own, own, (0, 1, 2, 3)).figures()
    assert (figures["equal_cells"], figures["onset_rate_ratio"], figures["in_range"]) == (1.0, 1.0, 1.0)
    assert all(
        figures[f"{name}_per_1000"]["bach"] == figures[f"{name}_per_1000"]["generated"] for name in FAULTS
    )
    silent = own.copy()
    silent[1] = 89
    figures = Comparison.of(own, silent, (1,)).figures()
    assert (figures["equal_cells"], figures["onset_rate_ratio"]) == (0.0, 0.0)


def test_every_chorale_has_a_seed_of_its_own_whichever_process_it_is_judged_in(tmp_path: Path) -> None:
    path = tmp_path / "toy.safetensors"
    write_model(Card("toy", SMALL), small_product(), path)
    rows = [("bach/bwv286.mxl", (0, 1, 2, 3))] * 2
    told: list[int] = []
    there, first, second = (
        Generation(path, "cpu", noise=0.1, seed=seed).compare(rows[:jobs], jobs=jobs, progress=told.append)
        for seed, jobs in ((3, 2), (3, 1), (4, 1))
    )
    assert told == [1, 2, 1, 1]
    assert (first[0] + second[0], first[1] + second[1]) == there
    assert first != second
    assert there[0].equal.of == there[1].equal.of * 4 / 3
    assert 0 < there[0].equal.found < there[0].equal.of
