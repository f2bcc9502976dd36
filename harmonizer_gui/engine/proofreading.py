"""Proofreading: what model and textbook find odd in a written score. Nothing is ever corrected here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

import numpy as np

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.counting import (
    Cells,
    Grid4,
    awkward_leap,
    crossed,
    leading_notes,
    motions,
    overlapped,
    parallel_to,
    sings_leading_note,
    sounding_pitches,
    wide_apart,
    wide_leap,
)
from harmonizer_gui.engine.grid import grid_of, note_steps
from harmonizer_gui.engine.guidance import (
    AWKWARD_LEAPS,
    CROSSINGS,
    DOUBLED_LEADING_NOTE,
    NO_GUIDANCE,
    OUT_OF_RANGE,
    OVERLAPS,
    PARALLEL_FIFTHS,
    PARALLEL_OCTAVES,
    WIDE_LEAPS,
    WIDE_SPACING,
    Guidance,
)
from harmonizer_gui.engine.surprise import NoteBits
from harmonizer_gui.score import Note, Score, VoiceName

UNLIKELY: Final = "unlikely"
"""What a finding is called whose note the model finds unlikely; the others have the names of faults."""
_PARALLEL: Final = {0: PARALLEL_OCTAVES, 7: PARALLEL_FIFTHS}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something odd over the ticks [start, end): which rule finds it, and in which voices."""

    start: int
    end: int
    voices: tuple[VoiceName, ...]
    """The highest first."""
    rule: str
    """UNLIKELY, or one of the faults that `guidance.FAULTS` names."""
    bits: float = 0.0
    """What the note costs, for one that is unlikely."""


def unlikely_notes(voice: VoiceName, notes: Iterable[NoteBits], threshold: float) -> list[Finding]:
    """The notes that cost `threshold` bits or more."""
    return [
        Finding(each.note.start, each.note.end, (voice,), UNLIKELY, each.bits)
        for each in notes
        if each.bits >= threshold
    ]


def faults_of(score: Score, guidance: Guidance = NO_GUIDANCE) -> list[Finding]:
    """The faults of voice leading and of range in all four voices, in order of time.

    The guidance says which are switched off, and what the singers reach. Raises UnreadableNoteError.
    """
    grid = grid_of(score)
    pitches = sounding_pitches(grid.tokens)
    sings = sings_leading_note(pitches, leading_notes(score, grid.steps))
    found = [*_between(pitches, sings), *_within(pitches), *_out_of_range(score, guidance)]
    return sorted(finding for finding in found if finding.rule not in guidance.off)


def _between(pitches: Grid4, sings: Cells) -> Iterator[Finding]:
    """The faults of two voices."""
    for upper, lower in combinations(VoiceName, 2):
        pair = (upper, lower)
        parallel = parallel_to(pitches, upper, lower)
        for interval, rule in _PARALLEL.items():
            yield from _moves(parallel == interval, pair, rule)
        yield from _stretches(sings[upper] & sings[lower], pair, DOUBLED_LEADING_NOTE)
    for upper, lower in pairwise(VoiceName):
        pair = (upper, lower)
        yield from _stretches(crossed(pitches, upper, lower), pair, CROSSINGS)
        yield from _moves(overlapped(pitches, upper, lower), pair, OVERLAPS)
        if lower is not VoiceName.BASS:
            yield from _stretches(wide_apart(pitches, upper, lower), pair, WIDE_SPACING)


def _within(pitches: Grid4) -> Iterator[Finding]:
    """The leaps of each voice."""
    motion = motions(pitches)
    for voice in VoiceName:
        yield from _moves(wide_leap(motion[voice]), (voice,), WIDE_LEAPS)
        yield from _moves(awkward_leap(motion[voice]), (voice,), AWKWARD_LEAPS)


def _out_of_range(score: Score, guidance: Guidance) -> Iterator[Finding]:
    for voice in VoiceName:
        low, high = guidance.range_of(voice)
        for note in score.voice(voice):
            if not low <= note.pitch <= high:
                yield Finding(note.start, note.end, (voice,), OUT_OF_RANGE)


def _moves(cells: Cells, voices: tuple[VoiceName, ...], rule: str) -> Iterator[Finding]:
    """A finding for each move from a cell to the next [T − 1], at the cell that is reached."""
    for step in np.flatnonzero(cells) + 1:
        yield Finding(int(step) * STEP_TICKS, int(step + 1) * STEP_TICKS, voices, rule)


def _stretches(cells: Cells, voices: tuple[VoiceName, ...], rule: str) -> Iterator[Finding]:
    """A finding for each run of cells [T]."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], cells, [False]]).astype(np.int8)))
    for start, stop in edges.reshape(-1, 2):
        yield Finding(int(start) * STEP_TICKS, int(stop) * STEP_TICKS, voices, rule)


def notes_at(score: Score, finding: Finding) -> list[tuple[VoiceName, Note]]:
    """The notes that a finding is about, as the networks see the time."""
    step = finding.start // STEP_TICKS if finding.rule != UNLIKELY else None
    found = []
    for voice in finding.voices:
        near = score.voice(voice).between(finding.start, finding.end)
        hits = [note for note in near if step is None or _sounds_in(note, step)]
        found += [(voice, note) for note in (hits or near)[:1]]
    return found


def _sounds_in(note: Note, step: int) -> bool:
    start, end = note_steps(note)
    return start <= step < end
