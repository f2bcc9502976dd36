"""Faults in a written score: one small case for each rule, and the counts of all of them."""

from __future__ import annotations

import pytest

from harmonizer_gui.engine.counting import counted, leading_notes, sounding_pitches
from harmonizer_gui.engine.grid import grid_of
from harmonizer_gui.engine.guidance import (
    AWKWARD_LEAPS,
    CROSSINGS,
    DOUBLED_LEADING_NOTE,
    FAULTS,
    NO_GUIDANCE,
    OUT_OF_RANGE,
    OVERLAPS,
    PARALLEL_FIFTHS,
    PARALLEL_OCTAVES,
    WIDE_LEAPS,
    WIDE_SPACING,
)
from harmonizer_gui.engine.proofreading import UNLIKELY, Finding, faults_of, notes_at, unlikely_notes
from harmonizer_gui.engine.surprise import NoteBits
from harmonizer_gui.score import KeySignature, Note, Score, Voice, VoiceName
from tests.engine.toys import chorale

S, A, T, B = VoiceName
G_MAJOR = (KeySignature(0, 1),)


def written(**lines: list[int]) -> Score:
    """Quarters, MIDI pitches, 0 for a rest."""
    score = Score(key_signatures=G_MAJOR)
    for name, pitches in lines.items():
        notes = (Note(480 * i, 480, pitch) for i, pitch in enumerate(pitches) if pitch)
        score = score.with_voice(VoiceName.parse(name), Voice(tuple(notes)))
    return score


@pytest.mark.parametrize(
    ("score", "rule", "voices", "ticks"),
    [
        (written(soprano=[67, 69], alto=[60, 62]), PARALLEL_FIFTHS, (S, A), (480, 600)),
        (written(soprano=[72, 74], bass=[48, 50]), PARALLEL_OCTAVES, (S, B), (480, 600)),
        (written(alto=[60, 60, 62], tenor=[55, 62, 57]), CROSSINGS, (A, T), (480, 960)),
        (written(tenor=[60, 57], bass=[50, 57]), None, (), (0, 0)),
        (written(alto=[62, 67], tenor=[55, 64]), OVERLAPS, (A, T), (480, 600)),
        (written(soprano=[76, 72, 76, 76], alto=[62, 62, 62, 62]), WIDE_SPACING, (S, A), (0, 480)),
        (written(bass=[40, 54]), WIDE_LEAPS, (B,), (480, 600)),
        (written(bass=[40, 50]), AWKWARD_LEAPS, (B,), (480, 600)),
        (written(soprano=[66, 67], bass=[54, 43]), DOUBLED_LEADING_NOTE, (S, B), (0, 480)),
        (written(tenor=[60, 72]), OUT_OF_RANGE, (T,), (480, 960)),
    ],
)
def test_each_rule_finds_its_fault(
    score: Score, rule: str | None, voices: tuple[VoiceName, ...], ticks: tuple[int, int]
) -> None:
    found = faults_of(score)
    if rule is None:
        assert found == []
        return
    first = next(finding for finding in found if finding.rule == rule)
    assert (first.voices, (first.start, first.end)) == (voices, ticks)


def test_what_is_switched_off_is_not_found() -> None:
    score = written(soprano=[67, 69], alto=[60, 62])
    assert [finding.rule for finding in faults_of(score)] == [PARALLEL_FIFTHS]
    assert faults_of(score, NO_GUIDANCE.switch(PARALLEL_FIFTHS, on=False)) == []


def test_singers_of_the_users_own_have_their_own_range() -> None:
    score = written(alto=[60, 62])
    low = NO_GUIDANCE.with_range(A, 55, 61)
    assert [(f.rule, f.start) for f in faults_of(score, low)] == [(OUT_OF_RANGE, 480)]


def test_nothing_is_found_on_empty_paper() -> None:
    assert faults_of(Score()) == []


@pytest.mark.parametrize("seed", range(4))
def test_as_many_are_found_as_are_counted(seed: int) -> None:
    score = Score(chorale(seed, bars=8).voices, key_signatures=G_MAJOR)
    grid = grid_of(score)
    counts = counted(sounding_pitches(grid.tokens), leading_notes(score, grid.steps))
    found = faults_of(score)
    rules = {rule for faults in FAULTS.values() for rule in faults}

    def number(*names: str) -> int:
        assert set(names) <= rules
        return sum(finding.rule in names for finding in found)

    def steps(*names: str) -> int:
        return sum((f.end - f.start) // 120 for f in found if f.rule in names)

    assert number(PARALLEL_FIFTHS, PARALLEL_OCTAVES) == counts["parallels"].found
    assert steps(CROSSINGS) == counts["crossings"].found
    assert number(OVERLAPS) == counts["overlaps"].found
    assert steps(WIDE_SPACING) == counts["wide_spacings"].found
    assert number(WIDE_LEAPS, AWKWARD_LEAPS) == counts["hard_leaps"].found
    assert found == sorted(found)


def test_unlikely_notes_from_a_threshold_on() -> None:
    notes = written(alto=[60, 62, 64]).voice(A).notes
    priced = [NoteBits(note, bits) for note, bits in zip(notes, (4.9, 5.0, 9.0), strict=True)]
    assert unlikely_notes(A, priced, 5.0) == [
        Finding(480, 960, (A,), UNLIKELY, 5.0),
        Finding(960, 1440, (A,), UNLIKELY, 9.0),
    ]


def test_the_notes_of_a_finding() -> None:
    score = written(soprano=[67, 69], alto=[60, 62])
    (finding,) = faults_of(score)
    assert notes_at(score, finding) == [(S, Note(480, 480, 69)), (A, Note(480, 480, 62))]
    late = Score().with_voice(A, Voice((Note(0, 470, 60), Note(470, 490, 62))))
    assert notes_at(late, Finding(480, 600, (A,), OVERLAPS)) == [(A, Note(470, 490, 62))]
    assert notes_at(late, Finding(470, 960, (A,), UNLIKELY, 6.0)) == [(A, Note(470, 490, 62))]
