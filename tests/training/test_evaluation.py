from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.model import Model, load_model
from harmonizer_gui.score import VoiceName
from harmonizer_gui.training.corpus import bach_chorales, written_grid
from harmonizer_gui.training.evaluation import (
    as_rows,
    evaluate,
    mean_nats,
    paired_difference,
)
from harmonizer_gui.training.pieces import Piece, batch_of
from harmonizer_gui.training.voice_leading import Count, compare, count_parallels, in_range
from tests.engine.toys import CPU, SMALL, chorale, small_product

PIECES = [Piece(f"toy {seed}", written_grid(chorale(seed, bars=2 + seed))) for seed in range(5)]


def test_the_rows_of_the_contract() -> None:
    rows = as_rows(evaluate(small_product(), PIECES, PIECES))
    names = [row["name"] for row in rows]
    experts = ("simple", "spacing", "contour", "beat")
    assert names == [
        "product",
        *(f"expert:{name}" for name in experts),
        *(f"without:{name}" for name in experts),
        "baseline:unigram",
        "baseline:repeat",
    ]
    for row in rows:
        assert set(row["voices"]) == {voice.label for voice in VoiceName}  # type: ignore[call-overload]


def test_nats_are_the_mean_over_the_cells() -> None:
    product = small_product()
    tallies = evaluate(product, PIECES, PIECES)
    total, steps = 0.0, 0
    with torch.inference_mode():
        for piece in PIECES:
            batch = batch_of([piece.grid])
            log_probs = product.log_probs(batch.tokens, batch.context)
            total -= float(log_probs.gather(-1, batch.tokens[..., None]).sum())
            steps += batch.tokens.numel()
    row = as_rows(tallies)[0]
    assert row["nats_per_step"] == pytest.approx(total / steps, rel=1e-5)
    assert mean_nats(product, PIECES) == pytest.approx(total / steps, rel=1e-5)
    assert row["nats_per_note"] == pytest.approx(4 * total / steps, rel=1e-5)


def test_repeating_is_right_where_nothing_moves() -> None:
    score = chorale()
    pieces = [Piece("toy", written_grid(score))]
    repeat = as_rows(evaluate(small_product(), pieces, pieces))[-1]
    tokens = grid_of(score).tokens
    onsets = tokens[:, ::4]
    again = (onsets[:, 1:] == onsets[:, :-1]).sum()
    assert repeat["onset_accuracy"] == pytest.approx(again / onsets.size)
    assert repeat["cell_accuracy"] == pytest.approx((again + 3 * onsets.size) / tokens.size)
    assert repeat["nats_per_step"] is None


def test_a_model_differs_from_itself_by_nothing() -> None:
    tallies = evaluate(small_product(), PIECES, PIECES)
    assert paired_difference(tallies["product"], tallies["product"]) == (0.0, 0.0, 0.0)
    difference, low, high = paired_difference(tallies["baseline:unigram"], tallies["product"])
    assert low <= difference <= high
    assert math.isfinite(difference)


def test_parallels_by_hand() -> None:
    # C5/F4 → D5/G4 is a parallel fifth, the tenor goes against it, the bass stays.
    tokens = np.array([[51, 53], [44, 46], [39, 38], [27, 88]], np.int16)
    assert count_parallels(tokens) == Count(moving=3, parallels=1)
    assert count_parallels(tokens, (2,)) == Count(moving=2, parallels=0)
    octaves = np.array([[51, 53], [39, 41], [88, 88], [88, 88]], np.int16)
    assert count_parallels(octaves) == Count(moving=1, parallels=1)
    assert count_parallels(np.array([[51, 51], [44, 44], [39, 41], [27, 29]], np.int16)).parallels == 1


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
        rows = np.full((4, 2), 89, np.int16)
        rows[:2] = np.array([[one, two], [three, four]]) - 21
        seen += bool(theirs)
        assert bool(count_parallels(rows).parallels) == bool(theirs), (one, two, three, four)
    assert seen > 2


def test_what_lies_in_the_range_of_a_voice() -> None:
    assert in_range(np.array([36, 88, 60, 61, 89], np.int16), 0) == (2, 3)


def test_comparing_generated_voices_with_written_ones() -> None:
    model = Model(Card("toy", SMALL), small_product(), CPU)
    found = compare(model, [chorale()], 0)
    assert set(found) == {"parallels_per_1000", "in_range", "onset_rate_ratio"}


def test_the_shipped_model_predicts_chorales_as_its_card_says() -> None:
    model = load_model(device="cpu")
    pieces = bach_chorales("valid")
    card = model.card.figures["valid"]
    assert mean_nats(model.product, pieces) == pytest.approx(card["product"]["nats_per_step"], abs=0.002)
    assert card["product"]["nats_per_step"] <= 0.26
