from __future__ import annotations

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.alphabet import HOLD, PITCHES
from harmonizer_gui.engine.context import UNKNOWN
from harmonizer_gui.engine.grid import Grid
from harmonizer_gui.training.corpus import written_grid
from harmonizer_gui.training.pieces import (
    Masking,
    Piece,
    batch_of,
    excerpt,
    training_batch,
    transposed,
    transpositions,
)
from tests.engine.toys import chorale, random_tokens

EVERYTHING = Masking(hidden=0.0, pinned=0.0, no_fermata=0.0)


def grid(seed: int = 0, bars: int = 4) -> Grid:
    return written_grid(chorale(seed, bars))


def test_a_note_held_over_the_cut_is_struck_there() -> None:
    cut = excerpt(grid(), 6, 8)
    assert (cut.tokens[:, 0] == grid().tokens[:, 4]).all()
    assert (cut.tokens[:, 1:] == grid().tokens[:, 7:14]).all()
    assert cut.position.tolist() == [6, 7, 8, 9, 10, 11, 12, 13]


def test_transposing_moves_onsets_alone() -> None:
    tokens = random_tokens(1, 1, 40)[0].numpy().astype(np.int16)
    moved = transposed(tokens, 3)
    assert (moved[tokens < PITCHES] == tokens[tokens < PITCHES] + 3).all()
    assert (moved[tokens >= PITCHES] == tokens[tokens >= PITCHES]).all()


def test_transpositions_keep_every_voice_in_its_range() -> None:
    piece = grid()
    shifts = transpositions(piece, 6)
    assert 0 in shifts
    for shift in shifts[shifts != 0]:
        pitches = transposed(piece.tokens, int(shift))[0]
        onsets = pitches[pitches < PITCHES] + 21
        assert 57 <= onsets.min() <= onsets.max() <= 81


def test_every_voice_is_asked_for_and_the_others_are_known() -> None:
    batch = batch_of([grid(0), grid(1, bars=2)])
    assert batch.context.target.tolist() == [0, 1, 2, 3] * 2
    assert (batch.context.others_known[:4] == 3).all()
    assert int(batch.counted[4:].sum()) == 4 * 32
    assert (batch.tokens[1] == torch.from_numpy(grid(0).tokens[1].astype(np.int64))).all()


def test_hidden_voices_are_unknown_and_pinned_cells_do_not_count() -> None:
    pieces = [Piece("toy", grid(seed)) for seed in range(4)]
    random = np.random.default_rng(0)
    masking = Masking(hidden=1.0, pinned=1.0, no_fermata=1.0)
    batch = training_batch(pieces, random, crops=24, steps=48, masking=masking)
    rows = torch.arange(len(batch.tokens))
    own = batch.context.sounding[rows, batch.context.target]
    assert torch.equal(own == UNKNOWN, batch.counted)
    assert not batch.counted.all()
    assert (batch.context.others_known < 3).any()
    assert not batch.context.fermata.any()


@pytest.mark.parametrize("seed", range(3))
def test_pinned_notes_are_whole(seed: int) -> None:
    pieces = [Piece("toy", grid(seed, bars=8))]
    masking = Masking(hidden=0.0, pinned=1.0, no_fermata=0.0)
    batch = training_batch(pieces, np.random.default_rng(seed), crops=8, steps=96, masking=masking)
    held = batch.tokens[:, 1:] == HOLD
    assert torch.equal(batch.counted[:, 1:][held], batch.counted[:, :-1][held])


def test_a_batch_comes_from_its_seed_alone() -> None:
    pieces = [Piece("toy", grid(seed, bars=10)) for seed in range(3)]
    one, other = (
        training_batch(pieces, np.random.default_rng(5), crops=3, steps=32, masking=Masking())
        for _ in range(2)
    )
    assert torch.equal(one.tokens, other.tokens)
    assert torch.equal(one.context.sounding, other.context.sounding)
