"""Stretches of time, as sorted ticks [start, end), and what they do to a voice. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.grid import first_cell
from harmonizer_gui.engine.requests import Spans as Spans
from harmonizer_gui.score import Score, Voice, VoiceName


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """The same ticks as sorted spans that neither overlap nor touch."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        elif start < end:
            result.append((start, end))
    return tuple(result)


def covers(spans: Spans, tick: int) -> bool:
    return any(start <= tick < end for start, end in spans)


def contains(spans: Spans, start: int, end: int) -> bool:
    """Whether one of `spans` holds all of the ticks [start, end)."""
    return any(first <= start and end <= stop for first, stop in spans)


def minus(spans: Spans, others: Spans) -> Spans:
    """The ticks of `spans` that are in none of `others`, both in order."""
    left: list[tuple[int, int]] = []
    passed = 0
    for first, end in spans:
        start, cut = first, passed
        while cut < len(others) and others[cut][0] < end:
            if start < others[cut][0]:
                left.append((start, others[cut][0]))
            start = max(start, others[cut][1])
            passed, cut = cut, cut + 1
        if start < end:
            left.append((start, end))
    return tuple(left)


def has_cells(score: Score, spans: Spans) -> bool:
    """Whether any step of the piece is free to be written in `spans`."""
    steps = _steps(score)
    return any(first_cell(start) < min(steps, first_cell(end)) for start, end in spans)


def free_spans(score: Score, voice: VoiceName) -> Spans:
    """What of `voice` nobody has written by hand: all but the notes that are not generated.

    In the voice that is to be written, any silence is free paper, as it is when its heat is shown.
    """
    free: list[tuple[int, int]] = []
    end = 0
    for note in score.voice(voice).notes:
        if not note.generated:
            if note.start > end:
                free.append((end, note.start))
            end = note.start + note.duration
    last = _steps(score) * STEP_TICKS
    return (*free, (end, last)) if end < last else tuple(free)


def silent_spans(score: Score, voice: VoiceName) -> Spans:
    """Where `voice` has no note, up to the end of the piece."""
    return minus(((0, _steps(score) * STEP_TICKS),), joined((n.start, n.end) for n in score.voice(voice)))


def changed_spans(before: Voice, after: Voice) -> Spans:
    """The ticks of all notes that stand in only one of the two."""
    if before is after:
        return ()
    notes = frozenset(before.notes) ^ frozenset(after.notes)
    return joined((note.start, note.end) for note in notes)


def merged(before: Voice, written: Voice, now: Voice) -> Voice:
    """`written` with all that has changed from `before` to `now` laid over it.

    What the user drew or took away while the voice was being written stays so; the rest is as written.
    """
    result = written
    for start, end in changed_spans(before, now):
        result = result.cut(start, end)
        for note in now.between(start, end):
            result = result.laid(note.at(max(start, note.start), min(end, note.end)))
    return result


def marked(voice: Voice, spans: Spans) -> Voice:
    """The voice with the notes that start in `spans` marked as generated."""
    return Voice(tuple(replace(n, generated=True) if covers(spans, n.start) else n for n in voice))


def without(voice: Voice, spans: Spans) -> Voice:
    """The voice with silence in `spans`."""
    for start, end in spans:
        voice = voice.cut(start, end)
    return voice


def laid_in(base: Voice, line: Voice, spans: Spans) -> Voice:
    """`base` with what `line` does in `spans`.

    Where both are alike outside, that is `line` itself: no note is cut at the edge of a span.
    """
    result = without(base, spans)
    if result == without(line, spans):
        return line
    for start, end in spans:
        for note in line.between(start, end):
            result = result.laid(note.at(max(start, note.start), min(end, note.end)))
    return result


def _steps(score: Score) -> int:
    return -(-(score.end or score.length) // STEP_TICKS)
