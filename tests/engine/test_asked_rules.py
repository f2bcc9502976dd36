"""Painted, Key, Similar and the switches: what the user asks for is what the music does."""

from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.alphabet import HOLD, REST
from harmonizer_gui.engine.analysis import product_heat, product_log_probs
from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.context import context_of
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.guidance import (
    AVOID,
    AWKWARD_LEAPS,
    CROSSINGS,
    DOUBLED_LEADING_NOTE,
    FAULTS,
    FAVOUR,
    NO_GUIDANCE,
    OUT_OF_RANGE,
    OVERLAPS,
    PARALLEL_FIFTHS,
    PARALLEL_OCTAVES,
    WIDE_LEAPS,
    WIDE_SPACING,
    Guidance,
    Likeness,
    Lock,
)
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.engine.model import RULES, Model
from harmonizer_gui.engine.requests import AnalysisRequest, FillRequest
from harmonizer_gui.engine.rules.base import Surroundings
from harmonizer_gui.engine.rules.key import LOCKED_OUT, OUTSIDE, Key
from harmonizer_gui.engine.rules.painted import Painted
from harmonizer_gui.engine.rules.range import Range
from harmonizer_gui.engine.rules.similar import SAME_PITCH, SAME_RHYTHM, SAME_WAY, Similar
from harmonizer_gui.engine.rules.voice_leading import VoiceLeading
from harmonizer_gui.score import KeySignature, Note, Score, Voice, VoiceName
from tests.engine.test_rules import faults, held, index, score_of
from tests.engine.toys import CPU, SMALL, chorale, small_product

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS
PIECE = chorale()


@pytest.fixture(scope="module")
def toy() -> Model:
    return Model(Card("toy", SMALL), small_product(), CPU, rules=RULES)


def sounding(toy: Model, guidance: Guidance, mix: Mix = AS_LEARNED) -> list[list[int]]:
    """The pitches of the alto in 16 takes, step by step, 0 for silence."""
    *_, last = toy.fill(FillRequest(PIECE, (ALTO,), mix=mix, takes=16, guidance=guidance))
    lines = []
    for take in last.takes:
        notes = [take.voice(ALTO).at(step * 120) for step in range(64)]
        lines.append([0 if note is None else note.pitch for note in notes])
    return lines


def share(lines: list[list[int]], pitches: set[int]) -> float:
    return float(np.mean([[pitch in pitches for pitch in line] for line in lines]))


def test_what_is_painted_sounds_more_and_what_is_avoided_less(toy: Model) -> None:
    usual = sounding(toy, NO_GUIDANCE)
    common = max(range(53, 75), key=lambda pitch: share(usual, {pitch}))
    cells = [(step, common) for step in range(64)]
    favoured = sounding(toy, NO_GUIDANCE.paint(ALTO, cells, FAVOUR))
    avoided = sounding(toy, NO_GUIDANCE.paint(ALTO, cells, AVOID))
    assert share(avoided, {common}) < 0.4 * share(usual, {common})
    assert share(favoured, {common}) > 1.5 * share(usual, {common})


def test_a_painted_cell_shifts_the_odds_by_its_strength(toy: Model) -> None:
    before = toy.analyse(AnalysisRequest(PIECE, ALTO))
    painted = NO_GUIDANCE.paint(ALTO, [(8, 60)], AVOID)
    after = toy.analyse(AnalysisRequest(PIECE, ALTO, guidance=painted))
    plain, guided = (product_log_probs(each, AS_LEARNED)[0] for each in (before, after))
    odds = (guided - plain)[8, index(60)] - (guided - plain)[8, index(61)]
    assert odds == pytest.approx(AVOID, abs=1e-3)
    others = np.arange(64) != 8
    assert np.allclose(np.exp(guided[others]), np.exp(plain[others]), atol=1e-5)
    assert product_heat(after, AS_LEARNED)[8, index(60)] < product_heat(before, AS_LEARNED)[8, index(60)]


def test_painted_asks_for_what_sounds_struck_or_held() -> None:
    painted = NO_GUIDANCE.paint(ALTO, [(4, 60)], 2.0)
    going_on = faults(Painted(), PIECE, held(60), 4, guidance=painted)
    assert going_on[HOLD] == going_on[index(60)] == -2.0
    assert np.count_nonzero(going_on) == 2
    other = faults(Painted(), PIECE, held(61), 4, guidance=painted)
    assert (other[HOLD], other[index(60)], other[REST]) == (0.0, -2.0, 0.0)


@pytest.mark.parametrize(
    "guidance",
    [NO_GUIDANCE, NO_GUIDANCE.paint(BASS, [(0, 60)], FAVOUR), NO_GUIDANCE.paint(ALTO, [(64, 60)], FAVOUR)],
    ids=["nothing", "another voice", "past the end"],
)
def test_guidance_that_says_nothing_here_changes_nothing(toy: Model, guidance: Guidance) -> None:
    plain = toy.analyse(AnalysisRequest(PIECE, ALTO))
    guided = toy.analyse(AnalysisRequest(PIECE, ALTO, guidance=guidance))
    assert guided.experts == plain.experts
    assert np.array_equal(guided.terms, plain.terms)


def test_at_factor_0_what_is_asked_counts_for_nothing(toy: Model) -> None:
    asked = (
        NO_GUIDANCE.paint(ALTO, [(step, 60) for step in range(64)], FAVOUR)
        .lock(Lock(0, None, frozenset({0})))
        .liken(Likeness(ALTO, chorale(3).voice(ALTO)))
    )
    silent = AS_LEARNED.with_factor("painted", 0.0)
    assert sounding(toy, asked, silent) == sounding(toy, NO_GUIDANCE)


def test_what_is_locked_holds(toy: Model) -> None:
    triad = Lock(0, None, frozenset({0, 4, 7}), "C")
    mix = AS_LEARNED.woken("key")
    inside = {pitch for pitch in range(21, 109) if pitch % 12 in triad.pitch_classes}
    locked, usual = sounding(toy, NO_GUIDANCE.lock(triad), mix), sounding(toy, NO_GUIDANCE, mix)
    assert share(locked, {0, *inside}) > 0.97
    assert share(usual, {0, *inside}) < 0.6


def test_a_lock_stands_over_the_key_signature_and_reaches_held_notes() -> None:
    score = score_of({BASS: [43, 43]}, key_signatures=(KeySignature(0, 1),))
    locked = NO_GUIDANCE.lock(Lock(480, 960, frozenset({0, 4, 7}), "C"))
    before = faults(Key(), score, held(66, 3), 3, guidance=locked)
    assert (before[index(65)], before[index(66)], before[HOLD]) == pytest.approx((OUTSIDE, 0.0, 0.0))
    inside = faults(Key(), score, held(66), 4, guidance=locked)
    assert (inside[index(66)], inside[index(60)], inside[HOLD]) == pytest.approx(
        (LOCKED_OUT, 0.0, LOCKED_OUT)
    )


def test_without_a_key_or_a_lock_key_says_nothing() -> None:
    assert Key().judge(surroundings(PIECE)) is None


def surroundings(score: Score, guidance: Guidance = NO_GUIDANCE) -> Surroundings:
    return Surroundings.of(context_of(grid_of(score), ALTO, device=CPU), score, guidance)


def test_more_like_a_line_comes_nearer_and_less_like_it_goes_further(toy: Model) -> None:
    line = Voice(tuple(Note(tick, 480, 60 + tick // 480 % 3) for tick in range(0, 7680, 480)))
    aim = [60 + step // 4 % 3 for step in range(64)]
    mix = AS_LEARNED.woken("similar")

    def equal(guidance: Guidance) -> float:
        return float(
            np.mean(
                [[p == q for p, q in zip(each, aim, strict=True)] for each in sounding(toy, guidance, mix)]
            )
        )

    usual = equal(NO_GUIDANCE)
    assert equal(NO_GUIDANCE.liken(Likeness(ALTO, line))) > 2.0 * usual
    assert equal(NO_GUIDANCE.liken(Likeness(ALTO, line, more=False))) < 0.8 * usual


def test_similar_goes_by_pitch_way_and_rhythm() -> None:
    line = Voice((Note(0, 480, 60), Note(480, 480, 64)))
    more = NO_GUIDANCE.liken(Likeness(ALTO, line))
    struck = faults(Similar(), PIECE, held(62), 4, guidance=more)
    assert struck[index(64)] == pytest.approx(-SAME_PITCH - SAME_WAY - SAME_RHYTHM)
    assert struck[index(50)] == pytest.approx(-SAME_RHYTHM)
    assert struck[HOLD] == pytest.approx(-SAME_PITCH / 3)  # D4 is two semitones from E4
    going_on = faults(Similar(), PIECE, held(64, 5), 5, guidance=more)
    assert going_on[HOLD] == pytest.approx(-SAME_PITCH - SAME_RHYTHM)
    assert going_on[index(64)] == pytest.approx(-SAME_PITCH)
    assert not faults(Similar(), PIECE, held(64, 5), 20, guidance=more).any()  # the line is silent there
    less = NO_GUIDANCE.liken(Likeness(ALTO, line, more=False))
    away = faults(Similar(), PIECE, held(62), 4, guidance=less)
    assert away[index(64)] == pytest.approx(SAME_PITCH + SAME_WAY)
    assert away[index(50)] == 0.0


def test_a_line_that_is_silent_in_the_piece_says_nothing() -> None:
    late = Voice((Note(64 * 120, 480, 60),))
    for line in (Voice(), late):
        assert Similar().judge(surroundings(PIECE, NO_GUIDANCE.liken(Likeness(ALTO, line)))) is None


FAULTY = {
    PARALLEL_FIFTHS: ({BASS: [48, 50], VoiceName.SOPRANO: [79, 79]}, held(67), 69),
    PARALLEL_OCTAVES: ({BASS: [48, 50], VoiceName.SOPRANO: [79, 79]}, held(60), 62),
    CROSSINGS: ({VoiceName.SOPRANO: [72, 65], VoiceName.TENOR: [60, 60]}, held(67), 67),
    OVERLAPS: ({VoiceName.SOPRANO: [65, 72], VoiceName.TENOR: [60, 60]}, held(64), 67),
    WIDE_SPACING: ({VoiceName.SOPRANO: [79, 79], VoiceName.TENOR: [55, 55]}, held(66), 66),
    WIDE_LEAPS: ({BASS: [40, 40]}, held(57), 71),
    AWKWARD_LEAPS: ({BASS: [40, 40]}, held(57), 63),
    DOUBLED_LEADING_NOTE: ({VoiceName.SOPRANO: [78, 78], BASS: [38, 38]}, held(69), 66),
    OUT_OF_RANGE: ({BASS: [40, 40]}, held(70), 76),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_every_fault_has_a_switch_of_its_own(fault: str) -> None:
    lines, past, pitch = FAULTY[fault]
    score = score_of(lines, key_signatures=(KeySignature(0, 1),))
    expert = Range() if fault == OUT_OF_RANGE else VoiceLeading()
    others = Guidance(off=frozenset({*FAULTS["voice leading"], OUT_OF_RANGE} - {fault}))
    assert faults(expert, score, past, 4, guidance=others)[index(pitch)] > 0.0
    off = NO_GUIDANCE.switch(fault, on=False)
    if fault == OUT_OF_RANGE:  # the only one of its expert
        assert expert.judge(surroundings(score, off)) is None
    else:
        on = faults(expert, score, past, 4)[index(pitch)]
        assert faults(expert, score, past, 4, guidance=off)[index(pitch)] < on
