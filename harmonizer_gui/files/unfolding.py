"""A score with its repeats written out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from harmonizer_gui.files.barlines import metres_and_pickup
from harmonizer_gui.files.bounds import check_end, check_note_count
from harmonizer_gui.files.changes import in_order, without_repeats
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice

_Change = TypeVar("_Change", Tempo, TimeSignature, KeySignature)


@dataclass(frozen=True, slots=True)
class _Run:
    """Measures played on end: the ticks [start, end) of the notation, from `at` on in the playing."""

    start: int
    end: int
    at: int
    measures: range


def unfolded(
    score: Score, *, stated: tuple[TimeSignature, ...], starts: Sequence[int], order: Sequence[int]
) -> Score:
    """The score as it is played when its measures, which begin at `starts`, come in this `order`.

    `starts` has the end of the last measure besides, `stated` the metres as the notation states them. A note
    that is held into a measure that does not follow ends with its own. Raises ContentError where the result
    is too long.
    """
    runs = list(_runs(order, starts))
    check_end(runs[-1].at + runs[-1].end - runs[-1].start)
    check_note_count(sum(_count(voice, run) for voice in score.voices for run in runs))
    soprano, alto, tenor, bass = (Voice(tuple(_played(voice, runs))) for voice in score.voices)
    stated = without_repeats(_changes(stated, runs))  # a bar may go on where the notation goes back
    metres, pickup = metres_and_pickup(stated, list(_starts(starts, runs)))
    return replace(
        score,
        voices=(soprano, alto, tenor, bass),
        tempos=without_repeats(_changes(score.tempos, runs)),
        time_signatures=metres,
        key_signatures=without_repeats(_changes(score.key_signatures, runs)),
        pickup=pickup,
    )


def _runs(order: Sequence[int], starts: Sequence[int]) -> Iterator[_Run]:
    at = 0
    for _, group in groupby(enumerate(order), key=lambda pair: pair[1] - pair[0]):
        indices = [index for _, index in group]
        start, end = starts[indices[0]], starts[indices[-1] + 1]
        yield _Run(start, end, at, range(indices[0], indices[-1] + 1))
        at += end - start


def _slice(voice: Voice, run: _Run) -> tuple[int, int]:
    """Of the notes, those that start in the run."""
    first = bisect_left(voice.notes, run.start, key=lambda note: note.start)
    return first, bisect_left(voice.notes, run.end, key=lambda note: note.start)


def _count(voice: Voice, run: _Run) -> int:
    first, stop = _slice(voice, run)
    return stop - first


def _played(voice: Voice, runs: Sequence[_Run]) -> Iterator[Note]:
    for run in runs:
        first, stop = _slice(voice, run)
        shift = run.at - run.start
        for note in voice.notes[first:stop]:
            yield note.at(note.start + shift, min(note.end, run.end) + shift)


def _changes(changes: tuple[_Change, ...], runs: Sequence[_Run]) -> tuple[_Change, ...]:
    """What holds at the start of every run, and what changes within it."""
    answer: list[_Change] = []
    for run in runs:
        before = [change for change in changes if change.tick <= run.start]
        answer += [replace(change, tick=run.at) for change in before[-1:]]
        answer += [
            replace(change, tick=change.tick - run.start + run.at)
            for change in changes
            if run.start < change.tick < run.end
        ]
    return in_order(answer)


def _starts(starts: Sequence[int], runs: Sequence[_Run]) -> Iterator[int]:
    for run in runs:
        yield from (starts[index] - run.start + run.at for index in run.measures)
    yield runs[-1].at + runs[-1].end - runs[-1].start
