"""The experts without training: each rule by hand, and both paths alike."""

from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST, token_name
from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.context import context_of
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.grid import grid_of, notes_of
from harmonizer_gui.engine.guidance import (
    CROSSINGS,
    DOUBLED_LEADING_NOTE,
    FAULTS,
    FAVOUR,
    NO_GUIDANCE,
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
from harmonizer_gui.engine.ranges import SINGABLE
from harmonizer_gui.engine.requests import AnalysisRequest, FillRequest
from harmonizer_gui.engine.rules.base import Floats, RuleExpert, Surroundings, judged, judged_lines
from harmonizer_gui.engine.rules.key import OUTSIDE, Key
from harmonizer_gui.engine.rules.range import Range
from harmonizer_gui.engine.rules.voice_leading import COSTS, VoiceLeading
from harmonizer_gui.score import KeySignature, Score, Voice, VoiceName
from tests.engine.toys import CPU, SMALL, chorale, small_product

ALTO = VoiceName.ALTO
FIRST_ROW = np.array([0])


def index(pitch: int) -> int:
    return pitch - 21


def score_of(lines: dict[VoiceName, list[int]], **changes: object) -> Score:
    """A score of quarters, MIDI pitches; 0 for a silent quarter."""
    score = Score(**changes)  # type: ignore[arg-type]  # passed on
    for voice, pitches in lines.items():
        tokens = np.full(4 * len(pitches), HOLD, np.int16)
        tokens[::4] = [index(pitch) if pitch else REST for pitch in pitches]
        score = score.with_voice(voice, Voice(notes_of(tokens)))
    return score


def faults(
    expert: RuleExpert,
    score: Score,
    past: list[int],
    step: int,
    voice: VoiceName = ALTO,
    guidance: Guidance = NO_GUIDANCE,
) -> Floats:
    """[90] the faults at `step` after the tokens `past`."""
    context = context_of(grid_of(score), voice, device=CPU)
    state = LineState.start(1)
    for token in past:
        state.advance(np.array([token]))
    judge = expert.judge(Surroundings.of(context, score, guidance))
    assert judge is not None
    found: Floats = judge.faults(np.array([step]), FIRST_ROW, state)[0]
    return found


def held(pitch: int, steps: int = 4) -> list[int]:
    return [index(pitch), *[HOLD] * (steps - 1)]


def test_a_parallel_fifth_and_octave_cost_and_contrary_motion_does_not() -> None:
    score = score_of({VoiceName.BASS: [48, 50], VoiceName.SOPRANO: [79, 79]})
    found = faults(VoiceLeading(), score, held(67), 4)  # G4 over C3: a twelfth
    assert found[index(69)] - found[index(70)] == pytest.approx(COSTS[PARALLEL_FIFTHS])  # A4 over D3
    octave = faults(VoiceLeading(), score, held(60), 4)
    assert octave[index(62)] - octave[index(64)] == pytest.approx(COSTS[PARALLEL_OCTAVES])
    contrary = faults(VoiceLeading(), score, held(67), 4)
    assert contrary[index(62)] == pytest.approx(contrary[index(65)])


def test_a_voice_that_stays_makes_no_parallel() -> None:
    score = score_of({VoiceName.BASS: [48, 48], VoiceName.SOPRANO: [79, 79]})
    found = faults(VoiceLeading(), score, held(67), 4)
    assert found[index(69)] == found[index(70)] == 0.0


def test_crossing_costs_more_the_further_it_goes_and_for_a_held_note_too() -> None:
    score = score_of({VoiceName.SOPRANO: [72, 65], VoiceName.TENOR: [60, 60]})
    found = faults(VoiceLeading(), score, held(67), 4)
    assert found[HOLD] == pytest.approx(COSTS[CROSSINGS] + 2 * 0.3)
    assert found[index(66)] > found[index(65)]
    assert found[index(59)] >= COSTS[CROSSINGS]
    assert found[REST] == 0.0


def test_wide_spacing_and_leaps_cost() -> None:
    score = score_of({VoiceName.SOPRANO: [79, 79], VoiceName.TENOR: [55, 55]})
    found = faults(VoiceLeading(), score, [], 4)
    assert found[index(66)] == pytest.approx(COSTS[WIDE_SPACING])
    assert found[index(67)] == 0.0
    lone = faults(VoiceLeading(), score_of({VoiceName.BASS: [40, 40]}), held(57), 4)
    assert lone[index(57 + 13)] >= COSTS[WIDE_LEAPS]
    assert 0.0 < lone[index(57 + 11)] < COSTS[WIDE_LEAPS]
    assert lone[index(57 + 4)] == 0.0


def test_a_second_leading_note_costs_where_the_key_is_known() -> None:
    lines = {VoiceName.SOPRANO: [78, 78], VoiceName.BASS: [38, 38]}
    in_g = score_of(lines, key_signatures=(KeySignature(0, 1),))
    unknown = score_of(lines)
    fsharp = index(66)
    assert faults(VoiceLeading(), in_g, [], 4)[fsharp] == pytest.approx(COSTS[DOUBLED_LEADING_NOTE])
    assert faults(VoiceLeading(), unknown, [], 4)[fsharp] == 0.0


def test_range_ends_softly() -> None:
    found = faults(Range(), chorale(), [], 0)
    low, high = SINGABLE[ALTO]
    assert found[index(low) : index(high) + 1].max() == 0.0
    assert 0.0 < found[index(high + 1)] < found[index(high + 2)]
    assert 0.0 < found[index(low - 1)] < found[index(low - 2)]
    assert found[HOLD] == found[REST] == 0.0


def test_key_keeps_to_the_scale() -> None:
    lines = {VoiceName.BASS: [43, 43]}
    major = faults(Key(), score_of(lines, key_signatures=(KeySignature(0, 1),)), [], 0)
    assert major[index(66)] == 0.0
    assert major[index(65)] == OUTSIDE
    minor = faults(Key(), score_of(lines, key_signatures=(KeySignature(0, 1, "minor"),)), [], 0)
    assert minor[index(63)] == minor[index(62)] == 0.0  # the raised and the natural seventh of E minor
    assert minor[index(65)] == OUTSIDE


def test_unknown_voices_are_found_no_fault_with() -> None:
    empty = score_of({VoiceName.SOPRANO: [72] * 8, ALTO: [0] * 8})
    found = faults(VoiceLeading(), empty, held(50), 4, VoiceName.TENOR)
    assert found[index(62)] == 0.0


def guided(line: Voice) -> Guidance:
    """Something to go by for every expert in every voice."""
    guidance = NO_GUIDANCE.lock(Lock(960, 1920, frozenset({0, 4, 7}), "C"))
    for voice in VoiceName:
        cells = [(step, 55 + 3 * voice) for step in range(3, 12)]
        guidance = guidance.paint(voice, cells, FAVOUR).liken(Likeness(voice, line, more=voice % 2 == 0))
    return guidance


@pytest.mark.parametrize("voice", list(VoiceName))
def test_whole_lines_are_judged_as_step_by_step(voice: VoiceName) -> None:
    score = chorale(seed=2)
    grid = grid_of(score)
    guidance = guided(chorale(seed=7).voice(voice))
    surroundings = Surroundings.of(context_of(grid, voice, device=CPU), score, guidance)
    judges = [judge for expert in RULES if (judge := expert.judge(surroundings)) is not None]
    assert len(judges) == len(RULES)
    tokens = grid.tokens[voice]
    whole = judged_lines(judges, tokens[None], 1)
    state = LineState.start(1)
    for time, token in enumerate(tokens):
        step = judged(judges, np.array([time]), FIRST_ROW, state)
        assert np.allclose(step[:, 0], whole[:, 0, time], atol=1e-5)
        assert np.abs(np.exp(step).sum(axis=-1) - 1.0).max() < 1e-5
        state.advance(np.array([int(token)]))


def test_rules_join_the_product_as_experts_with_a_factor() -> None:
    model = Model(Card("toy", SMALL), small_product(), CPU, rules=RULES)
    assert model.rules == ("voice leading", "range", "key", "painted", "similar")
    assert model.experts == ("simple", "spacing", "contour", "beat", *model.rules)
    assert AS_LEARNED.effective("key") == AS_LEARNED.effective("similar") == 0.0
    analysis = model.analyse(AnalysisRequest(chorale(), ALTO, guidance=guided(chorale(1).voice(ALTO))))
    assert analysis.experts == model.experts
    assert analysis.log_probs.shape[0] == 9
    free = Mix().with_factor("range", 0.0).with_factor("voice leading", 0.0)
    takes = {}
    for mix in (AS_LEARNED, free):
        *_, last = model.fill(FillRequest(chorale(), (ALTO,), mix=mix, seed=1))
        takes[mix] = [note.pitch for note in last.takes[0].voice(ALTO)]
    low, high = SINGABLE[ALTO]
    assert all(low <= pitch <= high for pitch in takes[AS_LEARNED])
    assert not all(low <= pitch <= high for pitch in takes[free])


def test_who_has_nothing_to_say_is_not_asked() -> None:
    model = Model(Card("toy", SMALL), small_product(), CPU, rules=RULES)
    analysis = model.analyse(AnalysisRequest(chorale(), ALTO))
    assert analysis.experts == ("simple", "spacing", "contour", "beat", "voice leading", "range")
    silenced = Guidance(off=frozenset(fault for faults in FAULTS.values() for fault in faults))
    bare = model.analyse(AnalysisRequest(chorale(), ALTO, guidance=silenced))
    assert bare.experts == analysis.experts[:4]
    assert np.array_equal(bare.terms, analysis.terms[:4])


def test_tokens_have_names() -> None:
    assert [token_name(token) for token in (0, index(60), PITCHES - 1, HOLD, REST)] == [
        "A0",
        "C4",
        "C8",
        "hold",
        "rest",
    ]


def test_range_goes_by_the_singers_of_the_guidance() -> None:
    own = NO_GUIDANCE.with_range(ALTO, 55, 60)
    found = faults(Range(), chorale(), [], 0, guidance=own)
    assert found[index(55) : index(60) + 1].max() == 0.0
    assert 0.0 < found[index(61)] < found[index(62)]
    assert found[index(54)] > 0.0
