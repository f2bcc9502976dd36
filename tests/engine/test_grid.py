from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.alphabet import HOLD, REST, STEP_TICKS
from harmonizer_gui.engine.grid import (
    UnreadableNoteError,
    free_cells,
    grid_of,
    notes_of,
    off_grid,
    sounding_before,
)
from harmonizer_gui.score import LOWEST_PITCH, KeySignature, Note, Score, TimeSignature, Voice, VoiceName
from tests.engine.toys import chorale, random_tokens


def voice_of(*notes: tuple[int, int, int]) -> Voice:
    """Notes as (step, steps, pitch)."""
    return Voice(tuple(Note(s * STEP_TICKS, n * STEP_TICKS, p) for s, n, p in notes))


@pytest.mark.parametrize("seed", range(5))
def test_notes_survive_the_way_through_the_grid(seed: int) -> None:
    for line in random_tokens(seed, 1, 64)[0].numpy().astype(np.int16):
        score = Score().with_voice(VoiceName.TENOR, Voice(notes_of(line)))
        tokens = grid_of(score, 64 * STEP_TICKS).tokens[VoiceName.TENOR]
        assert notes_of(tokens) == score.voice(VoiceName.TENOR).notes


def test_a_held_note_is_one_onset_and_holds() -> None:
    grid = grid_of(Score().with_voice(VoiceName.ALTO, voice_of((0, 3, 60), (4, 1, 62))))
    assert grid.tokens[VoiceName.ALTO].tolist() == [39, HOLD, HOLD, REST, 41]


def test_a_short_silence_is_a_rest_and_a_bar_of_it_is_unwritten() -> None:
    score = chorale(bars=4).with_voice(VoiceName.ALTO, voice_of((0, 8, 60), (12, 4, 62), (48, 4, 64)))
    written = grid_of(score).written[VoiceName.ALTO]
    assert written[:16].all()
    assert not written[16:48].any()
    assert written[48:].all()


def test_an_empty_voice_is_unwritten_and_an_empty_score_has_paper() -> None:
    assert not grid_of(chorale().with_voice(VoiceName.BASS, Voice())).written[VoiceName.BASS].any()
    assert grid_of(Score()).steps == 8 * 16


def test_a_pickup_counts_as_the_end_of_a_bar() -> None:
    score = Score(
        voices=chorale(bars=2).voices,
        time_signatures=(TimeSignature(0, 3, 4),),
        key_signatures=(KeySignature(0, 1),),
        pickup=480,
    )
    grid = grid_of(score)
    assert grid.position[:6].tolist() == [8, 9, 10, 11, 0, 1]
    assert set(grid.metre.tolist()) == {0}


def test_notes_off_the_grid_are_rounded_and_counted() -> None:
    score = Score().with_voice(VoiceName.SOPRANO, Voice((Note(0, 160, 72), Note(160, 160, 74))))
    assert grid_of(score).tokens[0].tolist() == [51, 53, HOLD]
    assert off_grid(score) == 2


def test_a_pitch_beyond_the_alphabet_is_named() -> None:
    score = chorale().with_voice(VoiceName.BASS, voice_of((16, 4, 12)))
    with pytest.raises(UnreadableNoteError, match=r"bass’s C0 in bar 2"):
        grid_of(score)


def test_what_sounds_before_each_step() -> None:
    assert sounding_before(np.array([39, HOLD, REST, 41], np.int16)).tolist() == [-1, 39, 39, -1]


def test_free_cells_are_those_whose_middle_is_in_a_span() -> None:
    assert free_cells(4, None).all()
    assert np.flatnonzero(free_cells(6, [(100, 300), (600, 720)])).tolist() == [1, 5]


def test_a_short_note_at_the_very_end_has_its_step() -> None:
    score = Score((Voice(), Voice((Note(0, 6061, 60), Note(6061, 19, 64))), Voice(), Voice()))
    grid = grid_of(score)
    assert grid.steps == 51
    assert grid.tokens[1, -1] == 64 - LOWEST_PITCH
